import FerryCore
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerrySQLStores

extension SQLiteStore {
  /// Runs a statement past the store's own guard.
  fileprivate func run(_ sql: String) throws(SQLiteError) { try database?.execute(sql) }
}

/// A store that is opened for a plan can't be written: not by this program's will alone, but because
/// the database refuses it.
@Suite struct ReadOnlyTests {
  @Test func `SQLite refuses every write of a store that is opened for reading`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "ferry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "crm.db").path
    let made = try SQLiteStore.open(path: path, access: .readWrite)
    try await made.run("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    await made.close()
    let store = try SQLiteStore.open(path: path, access: .readOnly)
    for sql in [
      "INSERT INTO t VALUES (2)", "DELETE FROM t", "DROP TABLE t", "CREATE TABLE u (x)",
      "PRAGMA user_version = 7; DELETE FROM t",
    ] {
      let error = await #expect(throws: SQLiteError.self, "\(sql)") { try await store.run(sql) }
      #expect(error?.kind == .readOnly, "\(sql)")
    }
    await store.close()
  }

  @Test func `PostgreSQL refuses every write of a session that is opened for reading`() throws {
    guard let server = try PostgresServer.start() else {
      print("skipped: no PostgreSQL under /usr/lib/postgresql, or no user postgres")
      return
    }
    defer { server.stop() }
    try PostgresConnection(url: server.url, isReadOnly: false).run("CREATE TABLE t (x int)")
    let session = try PostgresConnection(url: server.url, isReadOnly: true)
    for sql in ["INSERT INTO t VALUES (2)", "DELETE FROM t", "DROP TABLE t", "CREATE TABLE u ()"] {
      let error = #expect(throws: PostgresError.self, "\(sql)") { try session.run(sql) }
      // read_only_sql_transaction
      #expect(error?.sqlState == "25006", "\(sql)")
    }
  }
}
