import Foundation
import Testing

@Suite("ferry runs")
struct RunTrendTests {
  private struct Document: Decodable {
    struct Run: Decodable {
      struct Counts: Decodable {
        let records: Int
        let created: Int
        let updated: Int
        let rejected: Int
      }
      let rows: Int
      let seconds: Int?
      let entities: [String: Counts]
    }
    let runs: [Run]
  }

  @Test func `shows how an import goes from run to run`() throws {
    let room = try Room()
    defer { room.remove() }
    let nothing = try room.run("ferry runs")
    #expect(nothing.status == 0 && nothing.errors.contains("ferry plan MAPPING"))
    try room.write(
      """
      ferry: 1
      sources:
        - file: in.csv
          records:
            account: { key: 编号, name: 名称 }

      """, to: "m.yaml")
    for count in [1, 2, 8] {
      let rows = (0..<count).map { "A\($0),公司\($0)-\(count)\n" }.joined()
      try room.write("编号,名称\n\(rows)Z9,\n", to: "in.csv")
      #expect(
        try room.run("ferry import m.yaml --to sqlite:crm.db --fail-on never").status == 0)
    }
    let shown = try room.run("ferry runs", ["COLUMNS": "120"])
    #expect(shown.output.contains("m.yaml → sqlite:") && shown.output.contains("3 runs"))
    // Records with the rejected one: 2, 3, 9; created 1, 1, 6; updated 0, 1, 2.
    #expect(shown.output.contains("▂▃█ 9    ▂▂█ 6    ·▄█ 2    ███ 1"), "\(shown.output)")
    let chinese = try room.run("ferry runs --lang zh")
    #expect(chinese.output.contains("读取行数") && chinese.output.contains("3 次运行"))
    let json = try room.run("ferry runs --json").output
    let runs = try JSONDecoder().decode(Document.self, from: Data(json.utf8)).runs
    #expect(runs.map(\.rows) == [2, 3, 9])
    #expect(runs.compactMap { $0.entities["account"]?.updated } == [0, 1, 2])
    #expect(runs.allSatisfy { ($0.seconds ?? -1) >= 0 })
    // What is left when plans and reports are gone.
    #expect(try room.run("ferry forget m.ferry").status == 0)
    let left = try room.run("ferry runs --json").output
    let kept = try JSONDecoder().decode(Document.self, from: Data(left.utf8)).runs
    #expect(kept.compactMap { $0.entities["account"]?.created } == [1, 1, 6])
  }
}
