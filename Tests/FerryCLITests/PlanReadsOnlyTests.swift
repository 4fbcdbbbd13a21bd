import Foundation
import Testing

@Suite("a plan only reads")
struct PlanReadsOnlyTests {
  @Test func `the store's file is the same byte for byte, and nothing lies beside it`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(
      """
      ferry: 1
      sources:
        - file: in.csv
          records:
            account: { key: id, name: name }
      gone: { account: { then: delete, limit: 90% } }

      """, to: "m.yaml")
    try room.write("id,name\n1,a\n2,b\n", to: "in.csv")
    _ = try room.run("mkdir store")
    #expect(try room.run("ferry plan m.yaml --to sqlite:store/crm.db").status == 0)
    #expect(try room.run("ls -A store").output.isEmpty, "a plan makes no store")
    let imported = try room.run("ferry import m.yaml --to sqlite:store/crm.db")
    #expect(imported.status == 0)
    let before = try #require(room.bytes(of: "store/crm.db"))
    try room.write("id,name\n1,changed\n3,c\n", to: "in.csv")
    #expect(try room.run("ferry plan m.yaml --to sqlite:store/crm.db").status == 0)
    let runs = try room.run(
      "ferry runs --json | sed 's/.*\"run\":\"\\([^\"]*\\)\".*\"import\".*/\\1/'")
    let run = runs.output.trimmingCharacters(in: .whitespacesAndNewlines)
    _ = try room.run("ferry undo \(run) --plan; ferry verify \(run)")
    #expect(room.bytes(of: "store/crm.db") == before)
    #expect(try room.run("ls -A store").output == "crm.db\n")
  }
}
