import Foundation
import Testing

@Suite("a workspace that forgets")
struct ForgetTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          contact: { key: [编号, 姓名], name: 姓名, mobile: 手机 }
    controls:
      - count contact by name

    """

  @Test func `holds no person's data any more, and all counts`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write("编号,姓名,手机\n1,欧阳明月,13812345678\n2,司徒清风,坏号码甲乙\n", to: "in.csv")
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db --fail-on never").status == 0)
    try room.write("编号,姓名,手机\n1,欧阳明月,13899999999\n2,司徒清风,13877777777\n", to: "in.csv")
    let made = try room.run("ferry plan m.yaml --to sqlite:crm.db --json")
    let run = try JSONDecoder().decode(Document.self, from: Data(made.output.utf8))
    let applied = try room.run("ferry apply \(run.plan) --backup")
    #expect(applied.status == 0, "\(applied.errors)")
    // Found before, so that not finding them afterwards means something.
    let search = "grep -rlaE '欧阳|司徒|明月|138123|1389999|1387777|坏号码' m.ferry"
    #expect(try !room.run(search).output.isEmpty)
    let forgotten = try room.run("ferry forget m.ferry --json")
    #expect(forgotten.status == 0, "\(forgotten.errors)")
    #expect(try room.run(search).output == "")
    let counts = try room.run("cat m.ferry/runs/\(run.run)/counts.json").output
    #expect(counts.contains("\"updated\":2"), "\(counts)")
    for command in ["verify", "undo", "resume"] {
      let refused = try room.run("ferry \(command) \(run.run)")
      #expect(refused.status == 2 && refused.errors.contains("[forget.forgotten]"), "\(command)")
    }
    let shown = try room.run("ferry runs \(run.run)")
    #expect(shown.status == 0 && shown.output.contains("counts.json"), "\(shown.errors)")
    #expect(try room.run("ferry forget m.ferry").status == 0)
    // The store is as it was, so that the next night changes nothing.
    let again = try room.run("ferry import m.yaml --to sqlite:crm.db --json")
    #expect(again.status == 0 && again.output.contains("\"same\":2"), "\(again.errors)")
    let wrong = try room.run("ferry forget nowhere.ferry")
    #expect(wrong.status == 4 && wrong.errors.contains("[forget.no-workspace]"))
  }

  private struct Document: Decodable {
    let run: String
    let plan: String
  }
}
