import FerryTestSupport
import Foundation
import Testing

@Suite("a mapping into a database server")
struct ServerTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account:
            key: 编号
            name: 名称
          deal:
            key: 商机
            name: 商机
            amount: 金额
            stage: { value: won }
            account: { link: account }
    controls:
      - sum deal.amount by stage
    """
  private static let sheet = "编号,名称,商机,金额\nA1,云腾有限公司,D1,1200.5\nA2,\"O'Neil \"\"甲\"\"\",D2,3.5万\n"

  @Test func `goes all the way and back, as into SQLite`() throws {
    // Nothing to test against where no server is installed; `make deps-test` installs them.
    let postgres = try PostgresServer.start()
    defer { postgres?.stop() }
    let mariaDB = try MariaDBServer.start()
    defer { mariaDB?.stop() }
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.sheet, to: "in.csv")
    for store in [postgres?.url, mariaDB?.url, "sqlite:crm.db"].compactMap({ $0 }) {
      let to = "m.yaml --to '\(store)' --workspace w\(store.utf8.count).ferry --json"
      let first = try counts(room.run("ferry import \(to)"))
      #expect(first.entities["deal"]?.created == 2, "\(store)")
      #expect(first.controls.allSatisfy { $0.equal == true })
      #expect(first.controls.contains { $0.name.contains("won") && $0.store == "36200.50" })
      let second = try counts(room.run("ferry import \(to)"))
      #expect(second.entities["account"]?.same == 2)
      try room.write(Self.sheet.replacing("1200.5", with: "99"), to: "in.csv")
      let third = try counts(room.run("ferry import \(to)"))
      #expect(third.entities["deal"]?.updated == 1)
      let undone = try room.run(
        "ferry undo \(third.run) --workspace w\(store.utf8.count).ferry --json")
      #expect(undone.status == 0, "\(undone.errors)")
      try room.write(Self.sheet, to: "in.csv")
      let last = try counts(room.run("ferry import \(to)"))
      #expect(last.entities["deal"]?.same == 2)
    }
  }

  @Test func `keeps what the environment said of the database`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.sheet, to: "in.csv")
    let folder = String(server.url.split(separator: "=")[1])
    try room.write(
      "[crm]\nhost=\(folder)\nuser=postgres\ndbname=postgres\n", to: "services.conf")
    let environment = ["PGSERVICEFILE": room.path("services.conf"), "PGSERVICE": "crm"]
    let made = try room.run("ferry plan m.yaml --to postgres://", environment)
    #expect(made.status == 0, "\(made.errors)")
    // Without the variables the plan still leads to the same database.
    let applied = try room.run("ferry apply m.ferry/plans/*.ferryplan")
    #expect(applied.status == 0, "\(applied.errors)")
    let proof = try room.run("ferry verify --to postgres://", environment)
    #expect(proof.status == 0, "\(proof.errors)")
  }

  private struct Document: Decodable {
    struct Counts: Decodable {
      let created: Int
      let updated: Int
      let same: Int
    }
    struct Control: Decodable {
      let name: String
      let store: String?
      let equal: Bool
    }
    let run: String
    let entities: [String: Counts]
    let controls: [Control]
  }

  private func counts(_ result: Room.Result) throws -> Document {
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }
}
