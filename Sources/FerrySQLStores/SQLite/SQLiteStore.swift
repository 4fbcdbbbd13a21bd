import FerryCore
public import FerryRecords
import FerrySQLite
public import FerryStores
import Foundation

/// A CRM in one SQLite file: a table an entity, a column a field.
///
/// While it is written the file is in WAL mode, so that a kill loses no committed batch and others
/// can read; `close` brings everything back into the one file. References are not declared as
/// foreign keys: the planner orders and checks them, and undo may take records back in any order.
public actor SQLiteStore: CRMStore {
  /// What the store can do.
  public nonisolated let capabilities: StoreCapabilities
  /// The store as people see it.
  nonisolated var name: String { capabilities.displayName }

  let access: StoreAccess
  /// `nil` where the file is not there yet and only reads are wanted, or after `close`.
  var database: Database?
  /// Where each entity's records stand.
  let tables: SQLTables
  /// The columns of tables that are there, by the table's name.
  var knownColumns: [String: Set<String>] = [:]
  /// The tables whose external ids get their index when the load has ended.
  var waitingTables: [String] = []
  private let restsInLog: Bool

  // "Fery": files that Ferry made; they rest outside WAL mode, also after a crash.
  private static let applicationID = 0x4665_7279

  /// Opens the file, or makes it where it is to be written and is not there.
  ///
  /// For reading, a file that is not there is an empty store, and stays not there.
  ///
  /// - Parameters:
  ///   - path: The file; its folder must be there.
  ///   - access: What for.
  ///   - busyTimeout: How long to wait for another program's lock.
  ///   - layout: The tables that Ferry did not make; they must be there.
  /// - Returns: The store.
  /// - Throws: A store error that says in words what is wrong with the file or its folder, or all
  ///   places of the layout that do not fit.
  public static func open(
    path: String, access: StoreAccess, busyTimeout: Duration = .seconds(5),
    layout: StoreLayout = StoreLayout()
  ) throws(StoreError) -> SQLiteStore {
    let name = "sqlite:\(path)"
    try checkFolder(of: path, access: access, name: name)
    let isThere = FileManager.default.fileExists(atPath: path)
    guard access == .readWrite, isThere || layout.tables.isEmpty else {
      let database = isThere ? try openForReading(path, name: name) : nil
      let tables = try tables(layout, in: database, name: name)
      return SQLiteStore(
        name: name, access: access, database: database, tables: tables, restsInLog: false)
    }
    let database: Database
    let restsInLog: Bool
    do throws(SQLiteError) {
      database = try Database(path: path, access: .create, busyTimeout: busyTimeout)
      restsInLog = database.isReadOnly ? false : try settle(database)
    } catch {
      throw StoreError(error, store: name)
    }
    guard !database.isReadOnly else {
      throw SQLStoreRules.error(.unreachable, SQLStoreRules.notWritable, name, path)
    }
    let tables = try tables(layout, in: database, name: name)
    return SQLiteStore(
      name: name, access: access, database: database, tables: tables, restsInLog: restsInLog)
  }

  private init(
    name: String, access: StoreAccess, database: sending Database?, tables: SQLTables,
    restsInLog: Bool
  ) {
    self.tables = tables
    capabilities = StoreCapabilities(
      kind: "sqlite", displayName: name, isTransactional: true, keepsHistory: true,
      largestBatch: 5000)
    self.access = access
    self.database = database
    self.restsInLog = restsInLog
  }

  /// Makes the tables and columns that are not there yet; all in one transaction.
  ///
  /// A table that Ferry did not make keeps all it has and gets `ferry_id` and what else is lacking;
  /// one that a layout names gets `ferry_id` alone, and that only where its `key` names no column.
  public func prepare(_ entities: [EntityFields]) async throws(StoreError) {
    let database = try writableDatabase()
    defer { knownColumns = [:] }
    do throws(StoreError) {
      try attempt { () throws(SQLiteError) in try database.begin() }
      for request in entities { try prepare(request, in: database) }
      try attempt { () throws(SQLiteError) in try database.commit() }
    } catch {
      database.rollback()
      throw error
    }
  }

  /// Brings all into the one file and lets go of it.
  public func close() async {
    guard let database else { return }
    self.database = nil
    guard access == .readWrite else { return }
    // Where another connection is in the way, the log stays beside the file and nothing is lost.
    _ = try? database.checkpoint()
    if !restsInLog { _ = try? database.setJournalMode("delete") }
  }

  /// Runs `body` and puts SQLite's failures into a store's words.
  func attempt<R>(_ body: () throws(SQLiteError) -> R) throws(StoreError) -> R {
    do throws(SQLiteError) { return try body() } catch { throw StoreError(error, store: name) }
  }

  /// The database, or the error that fits a store that may only be read.
  func writableDatabase() throws(StoreError) -> Database {
    guard access == .readWrite, let database else {
      throw SQLStoreRules.error(.refused, SQLStoreRules.openedForReading, name)
    }
    return database
  }
}

// MARK: - Opening

extension SQLiteStore {
  private static func checkFolder(
    of path: String, access: StoreAccess, name: String
  ) throws(StoreError) {
    let parent = (path as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    // Only a folder has an entry of that name.
    guard FileManager.default.fileExists(atPath: "\(folder)/.") else {
      throw SQLStoreRules.error(.unreachable, SQLStoreRules.missingFolder, name, folder)
    }
    guard access == .readWrite else { return }
    // SQLite needs to write a log beside the file, so the file's own rights are not enough.
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw SQLStoreRules.error(.unreachable, SQLStoreRules.notWritable, name, folder)
    }
  }

  private static func openForReading(
    _ path: String, name: String
  ) throws(StoreError) -> sending Database {
    do throws(SQLiteError) {
      return try Database(path: path, access: .readOnly)
    } catch {
      let hasLog = FileManager.default.fileExists(atPath: "\(path)-wal")
      guard error.kind == .cannotOpen || error.kind == .readOnly, !hasLog,
        let database = try? Database(path: path, access: .immutable)
      else { throw StoreError(error, store: name) }
      // A file in WAL mode on a medium that can't be written: nobody else can write it either.
      return database
    }
  }

  /// Sets the connection up for loading.
  ///
  /// - Returns: Whether the file was in WAL mode by another program's wish.
  private static func settle(_ database: Database) throws(SQLiteError) -> Bool {
    if try database.integer("PRAGMA schema_version") == 0 {
      try database.execute("PRAGMA application_id = \(applicationID)")
    }
    let isOurs = try database.integer("PRAGMA application_id") == Int64(applicationID)
    let wasInLog = try database.journalMode() == "wal"
    try database.setJournalMode("wal")
    // A batch that was reported as written must outlive a power cut: the journal relies on it.
    try database.setSynchronous(.full)
    try database.execute("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384")
    return wasInLog && !isOurs
  }
}
