import FerrySQLite
import Foundation
import Testing

@Suite("a workspace with a key")
struct KeyFileTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account: { key: 编号, name: 名称 }
          contact: { key: 编号, name: 姓名, mobile: 手机, account: { link: account } }

    """
  private static func sheet(_ rows: Int, night: Int) -> String {
    (1...rows).reduce(into: "编号,名称,姓名,手机\n") { text, row in
      text += "A\(row),秘密公司\(row)号,欧阳某\(night)甲\(row),1380\(night)\(100_000 + row)\n"
    }
  }

  private func room(rows: Int) throws -> Room {
    let room = try Room()
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.sheet(rows, night: 0), to: "in.csv")
    try room.write(String(repeating: "0123456789abcdef", count: 4) + "\n", to: "key")
    try room.write(String(repeating: "fedcba9876543210", count: 4) + "\n", to: "key2")
    _ = try room.run("chmod 600 key key2")
    return room
  }

  private func run(_ room: Room, _ line: String, status: Int32 = 0) throws -> Room.Result {
    let result = try room.run("ferry \(line)")
    #expect(result.status == status, "\(line): \(result.errors)")
    return result
  }

  private static let plainText = "grep -rlaE '欧阳某|秘密公司|CREATE TABLE|SQLite format'"

  private func names(_ room: Room, _ store: String) throws -> String {
    try room.run(
      "sqlite3 \(store) 'SELECT a.ferry_id, a.name, c.name, c.mobile FROM accounts a "
        + "JOIN contacts c ON c.account_id = a.id ORDER BY 1' 'SELECT count(*) FROM contacts'"
    ).output
  }

  @Test func `does all that one without does, and keeps nothing plain`() throws {
    let room = try room(rows: 40)
    defer { room.remove() }
    let to = "m.yaml --to sqlite:crm.db"
    _ = try run(room, "import \(to) --key-file key")
    let before = try names(room, "crm.db")
    try room.write(Self.sheet(40, night: 1), to: "in.csv")
    let made = try run(room, "plan \(to) --key-file key --json")
    let plan = try JSONDecoder().decode(Document.self, from: Data(made.output.utf8))
    _ = try run(room, "apply \(plan.plan) --key-file key")
    _ = try run(room, "verify \(plan.run) --key-file key")
    #expect(try room.run(Self.plainText + " m.ferry/journal.db* m.ferry/plans").output == "")
    let dump = try run(room, "plan --dump \(plan.plan) --key-file key")
    #expect(dump.output.contains("欧阳某1甲7"))
    _ = try run(room, "plan --diff \(plan.plan) \(plan.plan) --key-file key")
    _ = try run(room, "runs \(plan.run) --key-file key")
    _ = try run(room, "undo \(plan.run) --key-file key")
    #expect(try names(room, "crm.db") == before)
    // The variable does what the option does.
    let night = try room.run("ferry import \(to) --json", ["FERRY_KEY_FILE": "key"])
    #expect(night.status == 0 && night.output.contains("\"updated\":40"), "\(night.errors)")
    #expect(try room.run(Self.plainText + " m.ferry/journal.db* m.ferry/plans").output == "")
    _ = try run(room, "forget m.ferry --key-file key")
    let again = try run(room, "import \(to) --key-file key --json")
    #expect(again.output.contains("\"same\":40"))
  }

  @Test func `says what to do where key and files do not fit`() throws {
    let room = try room(rows: 3)
    defer { room.remove() }
    let to = "m.yaml --to sqlite:crm.db"
    let made = try run(room, "plan \(to) --key-file key --json")
    let plan = try JSONDecoder().decode(Document.self, from: Data(made.output.utf8))
    _ = try run(room, "plan \(to) --workspace plain.ferry --json")
    let cases = [
      ("apply \(plan.plan)", "[key.missing]"),
      ("apply \(plan.plan) --key-file key2", "[key.other]"),
      ("plan \(to)", "[key.missing]"), ("runs --key-file key2", "[key.other]"),
      ("resume \(plan.run)", "[key.missing]"), ("undo \(plan.run) --key-file key2", "[key.other]"),
      ("forget m.ferry", "[key.missing]"),
      ("import \(to) --workspace plain.ferry --key-file key", "[key.not-encrypted]"),
      // A plan that is encrypted, in a workspace that is not.
      ("apply \(plan.plan) --workspace plain.ferry --key-file key", "[key.not-encrypted]"),
      ("apply plain.ferry/plans/*.ferryplan --key-file key", "[key.not-encrypted]"),
      ("runs --key-file none", "can't be read"),
    ]
    for (line, words) in cases {
      let refused = try run(room, line, status: 2)
      #expect(refused.errors.contains(words), "\(line): \(refused.errors)")
    }
    _ = try room.run("chmod 640 key")
    let open = try run(room, "apply \(plan.plan) --key-file key", status: 2)
    #expect(open.errors.contains("its mode is 640") && open.errors.contains("chmod 600 key"))
    #expect(!FileManager.default.fileExists(atPath: room.path("crm.db")))
    // A workspace beside it that is encrypted hides no other's runs.
    let plain = try room.run("ls plain.ferry/plans").output.split(separator: ".").first ?? ""
    _ = try run(room, "resume \(plain)")
  }

  @Test func `goes on after kills`() throws {
    let room = try room(rows: 3000)
    defer { room.remove() }
    _ = try run(room, "import m.yaml --to sqlite:calm.db --workspace calm.ferry")
    let made = try run(room, "plan m.yaml --to sqlite:crm.db --key-file key --json")
    let plan = try JSONDecoder().decode(Document.self, from: Data(made.output.utf8))
    for instant in 1...12 {
      let command = instant == 1 ? "apply \(plan.plan)" : "resume \(plan.run)"
      _ = try room.run("timeout -s KILL 0.\(instant)5 ferry \(command) --key-file key")
    }
    _ = try run(room, "resume \(plan.run) --key-file key")
    _ = try run(room, "verify \(plan.run) --key-file key")
    #expect(try names(room, "crm.db") == names(room, "calm.db"))
    #expect(try room.run(Self.plainText + " m.ferry/journal.db* m.ferry/plans").output == "")
  }

  private struct Document: Decodable {
    let run: String
    let plan: String
  }
}
