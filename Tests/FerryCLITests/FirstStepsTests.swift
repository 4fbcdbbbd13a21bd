import FerryCore
import Foundation
import Testing

@testable import FerryCLI

@Suite("first steps")
struct FirstStepsTests {
  @Test func `ferry alone says what to do first, by what is there`() throws {
    let room = try Room()
    defer { room.remove() }
    let empty = try room.run("ferry")
    #expect(empty.status == 0 && empty.output.contains("ferry demo"))
    try room.write("编号,名称\nA1,云腾\n", to: "客户 表.csv")
    let sheet = try room.run("ferry --lang zh")
    #expect(sheet.output.contains("ferry inspect '客户 表.csv'") && sheet.output.contains("可先"))
    try room.write(
      "ferry: 1\nsources:\n  - file: 客户 表.csv\n    records:\n      account: { key: 编号, name: 名称 }\n",
      to: "m.yaml")
    #expect(try room.run("ferry").output.contains("ferry plan m.yaml --to"))
    #expect(try room.run("ferry plan m.yaml --to sqlite:crm.db").status == 0)
    let planned = try room.run("ferry")
    #expect(planned.output.contains("ferry signoff") && planned.output.contains("ferry apply"))
    let line = try #require(
      planned.output.split(separator: "\n").first { $0.contains("ferry apply") })
    #expect(try room.run(line.components(separatedBy: "  ")[1]).status == 0)
    #expect(try !room.run("ferry").output.contains("ferry apply"))
    #expect(try room.run("ferry help apply").output.contains("usage: ferry apply"))
  }

  @Test(arguments: [
    (0, 50_000 as Int?, 0.0, "applying 0 / 50,000  0%"),
    (12_000, 50_000, 1.5, "applying 12,000 / 50,000  24%  8,000/s  0:05 left"),
    (1_000, 10_000_000, 1.0, "applying 1,000 / 10,000,000  0%  1,000/s  2:46:40 left"),
    (1_234_567, nil, 10.0, "applying 1,234,567  123,456/s"),
    (50_000, 50_000, 2.0, "applying 50,000 / 50,000  100%  25,000/s"), (0, 0, 1, "applying 0"),
  ])
  func `progress has rate and time left`(
    _ done: Int, _ total: Int?, _ seconds: Double, _ line: String
  ) {
    #expect(ProgressLine.line("applying", done, of: total, after: seconds, in: .english) == line)
  }

  @Test func `progress is drawn on a terminal and wiped, and nowhere else`() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    let room = try Room()
    defer { room.remove() }
    let rows = (0..<3000).map { "A\($0),公司\($0)" }.joined(separator: "\n")
    try room.write("编号,名称\n\(rows)\n", to: "in.csv")
    try room.write(
      "ferry: 1\nsources:\n  - file: in.csv\n    records:\n      account: { key: 编号, name: 名称 }\n",
      to: "m.yaml")
    let line = "ferry import m.yaml --to sqlite:crm.db"
    // `script` gives it a terminal of its own.
    let drawn = try room.run("script -qec '\(line)' typescript >/dev/null; cat typescript").output
    #expect(drawn.contains("\rapplying ") && drawn.contains("3,000"), "\(drawn.prefix(2000))")
    #expect(drawn.contains("\r\u{1B}[K"))
    for other in [line, "script -qec '\(line) --quiet' t >/dev/null; cat t"] {
      let plain = try room.run(other)
      #expect(!(plain.output + plain.errors).contains("\r\u{1B}[K"))
    }
    let chinese = try room.run("script -qec '\(line) --lang zh' t >/dev/null; cat t").output
    #expect(chinese.contains("\r制定计划 "))
  }

  @Test func `--mask leaves no value in what inspect and review say`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(
      "编号,名称,电话,金额,日期\n1,杭州云腾科技有限公司,0571-88886666,73219,2024-03-05\n"
        + "2,云腾科技,0571-88886667,84517,2023-11-29\n3,杭州云腾科技,0571-88886666,91,2022-01-07\n",
      to: "in.csv")
    let shown = try room.run("ferry inspect in.csv --show-values")
    let values = ["云腾", "88886666", "73219", "84517", "2024-03-05", "2022-01-07"]
    for value in ["云腾", "84517", "2022-01-07"] { #expect(shown.output.contains(value)) }
    for options in ["", "--show-values", "--json", "--json --show-values"] {
      let masked = try room.run("ferry inspect in.csv --mask \(options) -o page.html")
      #expect(masked.status == 0, "\(masked.errors)")
      let page = String(decoding: room.bytes(of: "page.html") ?? Data(), as: UTF8.self)
      for value in values {
        #expect(!masked.output.contains(value) && !page.contains(value), "\(options) \(value)")
      }
      #expect(masked.output.contains("‹"))
    }
    try room.write(
      """
      ferry: 1
      sources:
        - file: in.csv
          records:
            account: { key: 编号, name: 名称, phone: 电话 }
      match:
        account: { review: 0.001, merge: 0.999999 }

      """, to: "m.yaml")
    #expect(try room.run("ferry plan m.yaml --to sqlite:crm.db --fail-on never").status == 0)
    let plain = try room.run(
      "ferry review export r.xlsx --merged && ferry cat r.xlsx --format cells")
    #expect(plain.status == 0 && plain.output.contains("云腾"), "\(plain.errors)")
    let masked = try room.run(
      "ferry review export r.xlsx --merged --mask && ferry cat r.xlsx --format cells")
    #expect(masked.status == 0 && masked.output.contains("‹1›"), "\(masked.errors)")
    for value in ["云腾", "88886666"] { #expect(!masked.output.contains(value)) }
    let read = try room.run("ferry review import r.xlsx")
    #expect(read.errors.contains("0 same, 0 different"), "nothing of it can be remembered")
  }
}
