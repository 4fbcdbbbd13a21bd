import FerrySQLite
import FerryTestSupport
import Foundation
import Testing

@Suite("a copy before a run")
struct BackupTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account: { key: 编号, name: 名称 }

    """

  /// Loads, changes with a copy, and restores by the words that Ferry says.
  private func check(_ store: String, in room: Room, names: () throws -> String) throws {
    try room.write(Self.mapping, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾有限公司\nA2,致雨\n", to: "in.csv")
    #expect(try room.run("ferry import m.yaml --to '\(store)'").status == 0)
    let before = try names()
    try room.write("编号,名称\nA1,云腾\nA3,露结\n", to: "in.csv")
    let made = try room.run("ferry plan m.yaml --to '\(store)' --json")
    let plan = try JSONDecoder().decode(Document.self, from: Data(made.output.utf8))
    let applied = try room.run("ferry apply \(plan.plan) --backup")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(try names() != before)
    let command = try #require(Self.command(in: applied.errors))
    let undone = try room.run("ferry undo \(plan.run)")
    #expect(undone.errors.contains(command) && undone.errors.contains("[backup.there]"))
    #expect(try names() == before)
    #expect(try room.run("ferry import m.yaml --to '\(store)'").status == 0)
    let restored = try room.run(command)
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(try names() == before)
    let modes = try room.run("stat -c %a m.ferry/backups m.ferry/backups/*").output
    #expect(modes == "700\n600\n")
    let late = try room.run("ferry apply \(plan.plan) --backup")
    #expect(late.status == 0 && late.errors.contains("[run.nothing-to-do]"))
  }

  private static func command(in text: String) -> String? {
    guard let line = text.split(separator: "\n").first(where: { $0.contains("To go back to the") }),
      let colon = line.range(of: "after: ")
    else { return nil }
    return String(line[colon.upperBound...])
  }

  @Test func `restores a SQLite file`() throws {
    let room = try Room()
    defer { room.remove() }
    try check("sqlite:crm.db", in: room) {
      let database = try Database(path: room.path("crm.db"), access: .readOnly)
      return try database.string(
        "SELECT group_concat(ferry_id || name) FROM (SELECT * FROM accounts ORDER BY 1)") ?? ""
    }
  }

  @Test func `restores a PostgreSQL database`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let room = try Room()
    defer { room.remove() }
    try check(server.url, in: room) {
      try room.run("psql -qAtX -c 'SELECT ferry_id, name FROM accounts ORDER BY 1' '\(server.url)'")
        .output
    }
  }

  @Test func `restores a MariaDB database`() throws {
    guard let server = try MariaDBServer.start() else { return }
    defer { server.stop() }
    let room = try Room()
    defer { room.remove() }
    try check(server.url, in: room) {
      try room.run(
        "mariadb \(server.options) -N -B -e 'SELECT ferry_id, name FROM accounts ORDER BY 1' crm"
      ).output
    }
  }

  private struct Document: Decodable {
    let run: String
    let plan: String
  }
}
