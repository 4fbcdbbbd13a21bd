import FerryRecords
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerrySQLStores

extension SQLiteStore {
  fileprivate func make(_ sql: String) throws(SQLiteError) { try database?.execute(sql) }
}

@Suite struct SideEffectTests {
  @Test(
    arguments: [
      ("CREATE TRIGGER a AFTER INSERT ON t BEGIN DELETE FROM u; END", [.create]),
      ("create trigger if not exists \"update\" before delete on t begin select 1; end", [.delete]),
      ("CREATE TEMP TRIGGER a INSTEAD OF UPDATE OF x, y ON t BEGIN SELECT 1; END", [.update]),
      ("no trigger at all", [.create, .update, .delete]),
    ] as [(String, Set<SideEffect.Event>)])
  func `a trigger's words say what starts it`(sql: String, events: Set<SideEffect.Event>) {
    #expect(SideEffect.events(ofTrigger: sql) == events)
  }

  @Test func `SQLite tells the triggers of an entity's table`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).db")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try SQLiteStore.open(path: path, access: .readWrite)
    let shape = EntityFields(SalesChain.deal, SalesChain.deal.fields)
    try await store.prepare([shape])
    #expect(try await store.sideEffects(of: [SalesChain.deal]).isEmpty)
    try await store.make(
      """
      CREATE TABLE log (x);
      CREATE TRIGGER mail AFTER UPDATE ON deals BEGIN INSERT INTO log VALUES (new.id); END
      """)
    let effects = try await store.sideEffects(of: [SalesChain.account, SalesChain.deal])
    #expect(effects == [SideEffect(entity: "deal", name: "trigger mail", events: [.update])])
    await store.close()
  }

  @Test func `MariaDB tells the triggers of an entity's table`() async throws {
    guard let server = try MariaDBServer.start() else {
      print("skipped: no mariadbd")
      return
    }
    defer { server.stop() }
    let store = try MariaDBStore.open(url: server.url, access: .readWrite)
    try await store.prepare([EntityFields(SalesChain.deal, SalesChain.deal.fields)])
    let address = try #require(MariaDBAddress(url: server.url, password: nil))
    let connection = try MariaDBConnection(address, isReadOnly: false)
    for (name, event) in [("mail", "AFTER UPDATE"), ("a `quoted` one", "BEFORE INSERT")] {
      let quoted = name.replacing("`", with: "``")
      try connection.run("CREATE TRIGGER `\(quoted)` \(event) ON deals FOR EACH ROW SET @x = 1")
    }
    let effects = try await store.sideEffects(of: [SalesChain.account, SalesChain.deal])
    #expect(
      effects == [
        SideEffect(entity: "deal", name: "trigger a `quoted` one", events: [.create]),
        SideEffect(entity: "deal", name: "trigger mail", events: [.update]),
      ])
    await store.close()
  }

  @Test func `PostgreSQL tells those that are on`() async throws {
    guard let server = try PostgresServer.start() else {
      print("skipped: no PostgreSQL under /usr/lib/postgresql, or no user postgres")
      return
    }
    defer { server.stop() }
    let store = try PostgresStore.open(url: server.url, access: .readWrite)
    try await store.prepare([EntityFields(SalesChain.deal, SalesChain.deal.fields)])
    try PostgresConnection(url: server.url, isReadOnly: false).run(
      """
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TRIGGER mail BEFORE INSERT OR UPDATE ON deals FOR EACH ROW EXECUTE FUNCTION f();
      CREATE TRIGGER off AFTER DELETE ON deals FOR EACH ROW EXECUTE FUNCTION f();
      ALTER TABLE deals DISABLE TRIGGER off
      """)
    let effects = try await store.sideEffects(of: [SalesChain.account, SalesChain.deal])
    #expect(
      effects == [SideEffect(entity: "deal", name: "trigger mail", events: [.create, .update])])
    await store.close()
  }
}
