import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Testing

@testable import FerrySQLStores

private let accounts = EntityFields(SalesChain.account, SalesChain.account.fields)
private let deals = EntityFields(SalesChain.deal, SalesChain.deal.fields)

@Suite struct PostgresStoreTests {
  @Test func `keeps every promise of a store`() async throws {
    guard let server = try PostgresServer.start() else {
      print("skipped: no PostgreSQL under /usr/lib/postgresql, or no user postgres")
      return
    }
    defer { server.stop() }
    let broken = try await checkStore { access throws(StoreError) in
      try PostgresStore.open(url: server.url, access: access)
    }
    #expect(broken == [])
    try await checkRefusals(server)
    try await checkReconnects(server)
    try await checkForeignTable(server)
    try checkUnknownDatabase(server)
  }

  /// One value that PostgreSQL can't hold refuses its record and no other.
  private func checkRefusals(_ server: PostgresServer) async throws {
    let store = try PostgresStore.open(url: server.url, access: .readWrite)
    var page = RecordPage(deals)
    for (id, amount) in [("X1", "1.50"), ("X2", "many"), ("X3", "2.50"), ("X4", "1\u{0}")] {
      let record = page.append(storeID: nil, externalID: id)
      page.set("商机", field: 0, of: record)
      page.set(
        amount, field: try #require(deals.fields.firstIndex { $0.name == "amount" }), of: record)
    }
    let results = try await store.write(.init(.create, page))
    let messages = results.map { result -> String in
      if case .refused(let finding) = result { finding.message(in: .english) } else { "written" }
    }
    #expect(messages[0] == "written" && messages[2] == "written")
    #expect(messages[1].contains("invalid input syntax for type numeric"))
    #expect(!messages[1].contains("many"), "a value is private")
    #expect(messages[3].contains("zero byte"))
    await store.close()
  }

  /// A connection that the server ended is made anew by the next call.
  private func checkReconnects(_ server: PostgresServer) async throws {
    let store = try PostgresStore.open(url: server.url, access: .readWrite)
    _ = try await store.records(of: accounts, withExternalIDs: ["A1"])
    let other = try PostgresConnection(url: server.url, isReadOnly: false)
    try other.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    do {
      _ = try await store.records(of: accounts, withExternalIDs: ["A1"])
      Issue.record("a connection that was ended answered")
    } catch {
      #expect(error.isTransient && error.kind == .unreachable)
    }
    #expect(try await store.records(of: accounts, withExternalIDs: ["A1"]).count == 1)
    await store.close()
  }

  private func checkForeignTable(_ server: PostgresServer) async throws {
    let connection = try PostgresConnection(url: server.url, isReadOnly: false)
    try connection.run(
      """
      DROP TABLE users; DROP TABLE products; CREATE TABLE products (id text);
      CREATE TABLE users (id serial PRIMARY KEY, name text, active boolean, hired timestamptz);
      INSERT INTO users (name, active) VALUES ('旧员工', true)
      """)
    let users = EntityFields(SalesChain.user, SalesChain.user.fields)
    let store = try PostgresStore.open(url: server.url, access: .readWrite)
    let before = try await store.page(of: users, after: nil).records
    let active = try #require(users.fields.firstIndex { $0.name == "active" })
    #expect(before.string(field: active, of: 0) == "1" && before.externalID(of: 0) == nil)
    try await store.prepare([users])
    var page = RecordPage(users)
    page.append(storeID: "1", externalID: "U-1")
    page.set("0", field: active, of: 0)
    _ = try await store.write(.init(.update, page))
    let rows = try connection.query("SELECT name, active, ferry_id FROM users")
    #expect((0..<3).map { rows.string(0, $0) } == ["旧员工", "f", "U-1"])
    let products = EntityFields(SalesChain.product, SalesChain.product.fields)
    await #expect(throws: StoreError.self) { try await store.prepare([products]) }
    await store.close()
  }

  private func checkUnknownDatabase(_ server: PostgresServer) throws {
    let url = server.url.replacing("/postgres?", with: "/nowhere?")
    do {
      _ = try PostgresStore.open(url: url, access: .readOnly)
      Issue.record("a database that is not there was opened")
    } catch {
      #expect(error.findings[0].message(in: .english).contains("does not exist"))
      #expect(!error.isTransient)
    }
  }

  @Test func `a server that is not there may be there later`() throws {
    do {
      _ = try PostgresStore.open(
        url: "postgres://crm:s3cret@/crm?host=/tmp/no-such-folder", access: .readOnly)
      Issue.record("a connection to nowhere was made")
    } catch {
      #expect(error.kind == .unreachable && error.isTransient)
      #expect(!error.findings[0].message(in: .english).contains("s3cret"))
    }
  }

  @Test(arguments: [
    (
      "postgres://crm:s3cr@t@db.example:5433/crm?sslmode=require",
      "postgres://crm@db.example:5433/crm"
    ),
    ("postgresql://db.example/crm", "postgresql://db.example/crm"),
    ("postgres://crm@db.example/crm?password=s3cret", "postgres://crm@db.example/crm"),
    ("host=db password=s3cret", "postgres"),
  ])
  func `the name that people see holds no password`(_ url: String, _ name: String) {
    #expect(PostgresStore.displayName(of: url) == name)
  }
}
