import FerrySQLite
import FerryTestSupport
import Foundation
import Testing

@Suite("a salesperson leaves")
struct HandoverTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: staff.csv
        records:
          user: { key: 工号, name: 姓名, active: 在职 }
      - file: in.csv
        records:
          account: { key: 编号, name: 名称, owner: { from: 销售, find: user.name } }
          deal:
            key: 编号
            name: 名称
            stage: { value: proposal }
            owner: { from: 销售, find: user.name }

    """
  private static let staff = "工号,姓名,在职\nU1,张伟,是\nU2,李娜,是\nU3,赵敏,否\nU4,王芳,是\n"
  private static let sheet = "编号,名称,销售\nA1,甲,张伟\nA2,乙,张伟\nA3,丙,王芳\nA4,丁,赵敏\nA5,戊,老周\n"

  private func room() throws -> Room {
    let room = try Room()
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.staff, to: "staff.csv")
    try room.write(Self.sheet, to: "in.csv")
    try room.write("原负责人,新负责人\n张伟,李娜\n王芳,公海\n赵敏,离职\n", to: "owners.csv")
    return room
  }

  private func document(_ result: Room.Result, status: Int32 = 0) throws -> Document {
    #expect(result.status == status, "\(result.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }

  /// Who owns which account, by name.
  private func check(_ store: String, in room: Room, owners: () throws -> String) throws {
    let before = try owners()
    #expect(before == "A1张伟 A2张伟 A3王芳 A4赵敏 A5-", "\(store)")
    let planned = try document(room.run("ferry plan owners.csv --to '\(store)' --json"))
    #expect(try owners() == before && planned.outcome == "planned")
    #expect(planned.entities["account"]?.updated == 3 && planned.entities["deal"]?.updated == 3)
    // With the journal that the records were loaded with: the next night must know of it.
    let to = "--to '\(store)' --workspace m.ferry"
    let done = try document(room.run("ferry import owners.csv \(to) --json"))
    #expect(try owners() == "A1李娜 A2李娜 A3- A4赵敏 A5-", "\(store)")
    let moved = try #require(done.owners?.first { $0.entity == "account" && $0.name == "张伟" })
    #expect(moved.source == 2 && moved.store == 2 && moved.user == "U2")
    #expect(done.findings.map(\.rule).contains("handover.left"))
    _ = try document(room.run("ferry verify \(done.run) --workspace m.ferry --json"))
    // The sheet still says 张伟: what was handed over counts as a person's change.
    let night = try document(room.run("ferry import m.yaml \(to) --json"))
    #expect(night.entities["account"]?.same == 5)
    #expect(try owners() == "A1李娜 A2李娜 A3- A4赵敏 A5-", "\(store)")
    _ = try document(room.run("ferry undo \(done.run) --workspace m.ferry --json"))
    #expect(try owners() == before)
    let again = try document(room.run("ferry import m.yaml \(to) --json"))
    #expect(again.entities["account"]?.same == 5)
  }

  @Test func `hands over in SQLite, proves it and takes it back`() throws {
    let room = try room()
    defer { room.remove() }
    _ = try document(room.run("ferry import m.yaml --to sqlite:crm.db --json"))
    try check("sqlite:crm.db", in: room) {
      let database = try Database(path: room.path("crm.db"), access: .readOnly)
      return try database.string(Self.query) ?? ""
    }
  }

  private static let query = """
    SELECT group_concat(t, ' ') FROM (SELECT a.ferry_id || coalesce(u.name, '-') AS t
      FROM accounts a LEFT JOIN users u ON u.id = a.owner_id ORDER BY 1) AS o
    """

  @Test func `hands over in PostgreSQL, proves it and takes it back`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let room = try room()
    defer { room.remove() }
    _ = try document(room.run("ferry import m.yaml --to '\(server.url)' --json"))
    try room.write(
      Self.query.replacing("group_concat(t, ' ')", with: "string_agg(t, ' ')"), to: "q.sql")
    try check(server.url, in: room) {
      try room.run("psql -qAtX -f q.sql '\(server.url)'").output
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  @Test func `hands over in tables that Ferry did not make`() throws {
    let room = try Room()
    defer { room.remove() }
    let database = try Database(path: room.path("crm.db"), access: .create)
    try database.execute(
      """
      CREATE TABLE staff (uid integer PRIMARY KEY, full_name text, mail text);
      INSERT INTO staff VALUES (7, 'Wang Fang', 'wf@x.test'), (8, 'Li Lei', 'll@x.test');
      CREATE TABLE customer (no varchar(9) PRIMARY KEY, title text, rep integer, gone integer);
      INSERT INTO customer VALUES ('C1', 'a', 7, 0), ('C2', 'b', 8, 0), ('C3', 'c', 7, 1);
      """)
    try room.write(
      """
      ferry: 1
      owners: { Wang Fang: ll@x.test }
      store:
        user: { table: staff, fields: { name: full_name, email: mail } }
        account:
          table: customer
          key: no
          where: { gone: 0 }
          fields: { name: title, owner: rep }

      """, to: "owners.yaml")
    let rows = "SELECT group_concat(no || rep, ' ') FROM (SELECT * FROM customer ORDER BY no)"
    let done = try document(room.run("ferry import owners.yaml --to sqlite:crm.db --json"))
    #expect(done.entities["account"]?.updated == 1)
    #expect(try database.string(rows) == "C18 C28 C37")
    let columns = try database.string("SELECT group_concat(name) FROM pragma_table_info('staff')")
    #expect(columns == "uid,full_name,mail")
    _ = try document(room.run("ferry undo \(done.run) --json"))
    #expect(try database.string(rows) == "C17 C28 C37")
  }

  @Test func `moves nothing where a line names nobody`() throws {
    let room = try room()
    defer { room.remove() }
    _ = try document(room.run("ferry import m.yaml --to sqlite:crm.db --json"))
    try room.write("old,new\n张伟,小明\n王芳,赵敏\n", to: "owners.csv")
    let done = try document(
      room.run("ferry import owners.csv --to sqlite:crm.db --json"), status: 1)
    #expect(done.outcome == "planned")
    #expect(done.findings.map(\.rule) == ["handover.no-user", "handover.to-inactive"])
  }

  @Test func `gives new records to who takes over, and stops at gates`() throws {
    let room = try room()
    defer { room.remove() }
    let gates = "gates: { unmapped_owners: 0, account.inactive_owners: 1 }\n"
    try room.write(Self.mapping + "owners: owners.csv\n" + gates, to: "m.yaml")
    let stopped = try document(
      room.run("ferry import m.yaml --to sqlite:crm.db --json"), status: 1)
    #expect(stopped.outcome == "planned")
    #expect(stopped.gates?.map(\.actual) == ["2", "1"])
    #expect(stopped.gates?.map(\.met) == [false, true])
    try room.write(Self.mapping + "owners: owners.csv\n", to: "m.yaml")
    let done = try document(room.run("ferry import m.yaml --to sqlite:crm.db --json"))
    let own = done.owners?.filter { $0.entity == "account" }.map {
      "\($0.name) \($0.state) \($0.user ?? "-") \($0.source) \($0.store ?? -1)"
    }
    #expect(
      own == [
        "张伟 user U2 2 2", "王芳 pool - 1 -1", "老周 unmapped - 1 -1", "赵敏 inactive - 1 -1",
      ])
    let database = try Database(path: room.path("crm.db"), access: .readOnly)
    #expect(try database.string(Self.query) == "A1李娜 A2李娜 A3- A4- A5-")
    let custom = try database.string("SELECT custom FROM accounts WHERE ferry_id = 'A3'")
    #expect(custom == #"{"owner":"王芳"}"#)
  }

  @Test func `knows from the staff list who has left`() throws {
    let room = try room()
    defer { room.remove() }
    try room.write(Self.mapping + "gates: { inactive_owners: 1 }\n", to: "m.yaml")
    let stopped = try document(
      room.run("ferry import m.yaml --to sqlite:crm.db --json"), status: 1)
    #expect(stopped.gates?.map(\.actual) == ["2"])
    #expect(stopped.findings.map(\.rule).contains("owner.inactive"))
  }

  @Test func `copies the store before an import`() throws {
    let room = try room()
    defer { room.remove() }
    _ = try document(room.run("ferry import m.yaml --to sqlite:crm.db --json"))
    let done = try document(
      room.run("ferry import owners.csv --backup --to sqlite:crm.db --json"))
    #expect(done.findings.map(\.rule).contains("backup.taken"))
    try room.write("编号,名称,销售\nA1,新,张伟\n", to: "in.csv")
    let night = try document(room.run("ferry import m.yaml --backup --to sqlite:crm.db --json"))
    let undone = try room.run("ferry undo \(night.run)")
    #expect(undone.errors.contains("[backup.there]"))
    #expect(undone.errors.contains("m.ferry/backups/\(night.run).db"))
    let copy = try Database(path: room.path("m.ferry/backups/\(night.run).db"), access: .readOnly)
    #expect(try copy.string("SELECT name FROM accounts WHERE ferry_id = 'A1'") == "甲")
  }

  private struct Document: Decodable {
    struct Counts: Decodable {
      let updated: Int
      let same: Int
    }
    struct Owner: Decodable {
      let entity: String
      let name: String
      let state: String
      let user: String?
      let source: Int
      let store: Int?
    }
    struct Gate: Decodable {
      let actual: String
      let met: Bool
    }
    struct Finding: Decodable {
      let rule: String
    }
    let run: String
    let outcome: String
    let entities: [String: Counts]
    let owners: [Owner]?
    let gates: [Gate]?
    let findings: [Finding]
  }
}
