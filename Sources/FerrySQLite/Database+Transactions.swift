import CSQLite

/// When a committed transaction is sure to outlive a power cut.
public enum Synchronous: String, Hashable, Sendable {
  /// Never waits for the disk.
  case off
  /// In WAL mode: the file is always sound, the last commits may be lost.
  case normal
  /// Each commit waits for the disk.
  case full
}

// MARK: - Transactions

extension Database {
  /// Whether a transaction is open.
  public var isInTransaction: Bool { unsafe sqlite3_get_autocommit(connection.handle) == 0 }

  /// Starts a transaction and takes the write lock at once, so that it can't fail half-way.
  public func begin() throws(SQLiteError) { try cached("BEGIN IMMEDIATE").run() }

  /// Starts a transaction that only reads: the file is locked once for all that is read in it.
  ///
  /// Does nothing where one is open.
  ///
  /// - Returns: What `body` returns, after the transaction has ended.
  public func reading<R>(_ body: () throws(SQLiteError) -> R) throws(SQLiteError) -> R {
    guard !isInTransaction else { return try body() }
    try cached("BEGIN").run()
    do throws(SQLiteError) {
      let result = try body()
      try commit()
      return result
    } catch {
      rollback()
      throw error
    }
  }

  /// Makes the transaction's changes last.
  public func commit() throws(SQLiteError) { try cached("COMMIT").run() }

  /// Takes the transaction's changes back; does nothing where none is open.
  public func rollback() {
    // A failed rollback means that SQLite rolled back by itself: nothing is left to do.
    if isInTransaction { try? execute("ROLLBACK") }
  }

  /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
  public func transaction<R>(_ body: () throws -> R) throws -> R {
    try begin()
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      rollback()
      throw error
    }
  }
}

// MARK: - Settings

extension Database {
  /// The application's own version of the schema, in the file's header; 0 in a new file.
  public func userVersion() throws(SQLiteError) -> Int {
    Int(try integer("PRAGMA user_version") ?? 0)
  }

  /// Sets the application's own version of the schema.
  public func setUserVersion(_ version: Int) throws(SQLiteError) {
    try execute("PRAGMA user_version = \(Int32(clamping: version))")
  }

  /// The journal mode, such as `delete` or `wal`.
  public func journalMode() throws(SQLiteError) -> String {
    try string("PRAGMA journal_mode") ?? ""
  }

  /// Asks for a journal mode, and says which one it is afterwards.
  ///
  /// It stays as it was where the file system or other connections don't allow a change.
  @discardableResult
  public func setJournalMode(_ mode: String) throws(SQLiteError) -> String {
    try string("PRAGMA journal_mode = \(mode)") ?? ""
  }

  /// Sets when commits wait for the disk.
  public func setSynchronous(_ synchronous: Synchronous) throws(SQLiteError) {
    try execute("PRAGMA synchronous = \(synchronous.rawValue)")
  }

  /// Moves everything from the write-ahead log into the file and empties the log.
  ///
  /// - Returns: False where other connections were in the way.
  @discardableResult
  public func checkpoint() throws(SQLiteError) -> Bool {
    try integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
  }

  /// Copies the whole database into `other`, which loses what it held.
  public func backUp(to other: Database) throws(SQLiteError) {
    let backup = unsafe sqlite3_backup_init(
      other.connection.handle, "main", connection.handle, "main")
    guard let backup = unsafe backup else {
      throw other.connection.error(unsafe sqlite3_errcode(other.connection.handle))
    }
    unsafe sqlite3_backup_step(backup, -1)
    try other.connection.check(unsafe sqlite3_backup_finish(backup))
  }
}
