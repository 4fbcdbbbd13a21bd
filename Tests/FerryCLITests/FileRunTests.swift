import Foundation
import Testing

@Suite("a mapping into import files")
struct FileRunTests {
  @Test func `plans, writes, verifies and takes back`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(
      """
      ferry: 1
      sources:
        - file: in.csv
          records:
            account:
              key: 编号
              name: 名称
      """, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾\nA2,=1+1\nA3,\"_x0041_ \"\"甲\"\" <&\"\n", to: "in.csv")
    let store = "'files:out?for=fxiaoke&rows=2'"
    let planned = try room.run("ferry plan m.yaml --to \(store)")
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(try room.run("ls").output.contains("out") == false)
    let applied = try room.run("ferry apply m.ferry/plans/*.ferryplan")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(
      try room.run("ls out/import").output == "01-accounts-1.xlsx\n01-accounts-2.xlsx\nindex.html\n"
    )
    let cells = try room.run("ferry cat out/import/01-accounts-2.xlsx --format csv").output
    #expect(cells == "Ferry 编号,客户名称\nA3,\"_x0041_ \"\"甲\"\" <&\"\n")
    let run = try #require(try room.run("ls m.ferry/runs").output.split(separator: "\n").first)
    #expect(try room.run("ferry verify \(run)").status == 0)
    let again = try room.run("ferry import m.yaml --to \(store) --json").output
    #expect(again.contains("\"same\":3"))
    let undone = try room.run("ferry undo \(run)")
    #expect(undone.status == 0, "\(undone.errors)")
    #expect(try room.run("ls out/import").output == "index.html\n")
  }

  @Test func `an option that is none is told`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write("ferry: 1\nsources: []\n", to: "m.yaml")
    #expect(try room.run("ferry plan m.yaml --to 'files:out?for=nobody'").status == 2)
  }
}
