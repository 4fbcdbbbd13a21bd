import FerryTestSupport
import Foundation
import Testing

@Suite("rehearsals")
struct RehearsalTests {
  private struct Document: Decodable {
    struct Rehearsal: Decodable {
      struct Change: Decodable, Equatable {
        let what: String
        let before: Int
        let now: Int
      }
      let since: String?
      let changes: [Change]
    }
    struct Counts: Decodable {
      let created: Int
      let updated: Int
      let rejected: Int
    }
    let run: String
    let command: String
    let plan: String
    let outcome: String
    let rehearsal: Rehearsal
    let entities: [String: Counts]
  }

  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account: { key: 编号, name: 名称 }

    """

  private func rehearse(_ room: Room, _ options: String = "", status: Int32 = 0) throws -> Document
  {
    let result = try room.run("ferry rehearse m.yaml --to sqlite:crm.db --json \(options)")
    #expect(result.status == status, "\(result.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }

  @Test func `neither store nor journal changes, and the copies go`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾有限公司\nA2,致雨\n", to: "in.csv")
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db").status == 0)
    let store = try #require(room.bytes(of: "crm.db"))
    let runs = try room.run("ferry runs --json").output
    try room.write("编号,名称\nA1,云腾\nA2,致雨\nA3,露结\n", to: "in.csv")

    let rehearsal = try rehearse(room)
    #expect(rehearsal.command == "rehearse" && rehearsal.outcome == "applied")
    let account = try #require(rehearsal.entities["account"])
    #expect(account.created == 1 && account.updated == 1 && account.rejected == 0)
    #expect(room.bytes(of: "crm.db") == store)
    #expect(try room.run("ferry runs --json").output == runs)
    let left = try room.run(
      "ls m.ferry | grep -v journal; stat -c %a m.ferry/rehearsals m.ferry/rehearsals/*"
    ).output
    #expect(left == "lock\nplans\nrehearsals\nruns\n700\n600\n600\n")

    // What was rehearsed is what then comes.
    let diff = try room.run(
      "ferry plan m.yaml --to sqlite:crm.db --json >made.json; "
        + "ferry plan --diff \(rehearsal.plan) m.ferry/plans/$(ls -t m.ferry/plans | head -1)")
    #expect(diff.status == 0, "\(diff.output) \(diff.errors)")
  }

  @Test func `the next is held against the last`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾有限公司\nA2,\n", to: "in.csv")
    let first = try rehearse(room, status: 1)
    #expect(first.rehearsal.since == nil && first.rehearsal.changes.isEmpty)
    #expect(room.bytes(of: "crm.db") == nil)
    try room.write("编号,名称\nA1,云腾有限公司\nA2,致雨\n", to: "in.csv")
    let second = try rehearse(room)
    #expect(second.rehearsal.since == first.run)
    #expect(second.rehearsal.changes.contains(.init(what: "account.rejected", before: 1, now: 0)))
    #expect(second.rehearsal.changes.contains(.init(what: "account.created", before: 1, now: 2)))
    #expect(second.rehearsal.changes.contains { $0.what.hasPrefix("rule.") && $0.now == 0 })
    #expect(try rehearse(room).rehearsal.changes.isEmpty)
    let shown = try room.run("ferry rehearse m.yaml --to sqlite:crm.db --lang zh")
    #expect(shown.errors.contains("没有变化"))
  }

  @Test func `a database of a server is copied beside itself, and the copy goes`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    try rehearse(in: server.url) { "psql '\(server.url)' -Atc \"\($0)\"" }
  }

  @Test func `so is one of MariaDB`() throws {
    guard let server = try MariaDBServer.start() else { return }
    defer { server.stop() }
    let socket = server.url.components(separatedBy: "socket=").last ?? ""
    try rehearse(in: server.url) {
      "mariadb --socket='\(socket)' -uroot --default-character-set=utf8mb4 -Ns -e \"\($0)\" crm"
    }
  }

  private func rehearse(in url: String, _ query: (String) -> String) throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾有限公司\nA2,致雨\n", to: "in.csv")
    let loaded = try room.run("ferry import m.yaml --to '\(url)'")
    #expect(loaded.status == 0, "\(loaded.errors)")
    let rows = query("select name from accounts order by id")
    let before = try room.run(rows).output
    #expect(before == "云腾有限公司\n致雨\n")
    try room.write("编号,名称\nA1,云腾\nA2,致雨\nA3,露结\n", to: "in.csv")
    let result = try room.run("ferry rehearse m.yaml --to '\(url)' --json")
    #expect(result.status == 0, "\(result.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
    #expect(document.outcome == "applied")
    #expect(
      document.entities["account"]?.updated == 1 && document.entities["account"]?.created == 1)
    #expect(try room.run(rows).output == before)
    #expect(!result.output.contains("ferry_rehearsal"))
    let left = try room.run(query("select count(*) from pg_database") + "; ls m.ferry/rehearsal")
    #expect(left.output == "3\n" || !url.hasPrefix("postgres"))
    #expect(left.status != 0)
  }

  @Test func `a store that can't be copied is refused before anything is written`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾有限公司\n", to: "in.csv")
    let result = try room.run("ferry rehearse m.yaml --to files:out")
    #expect(result.status != 0 && result.errors.contains("[rehearse.impossible]"))
    #expect(try room.run("ls m.ferry/rehearsal out").status != 0)
  }
}
