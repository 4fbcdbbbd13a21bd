import CSQLite

/// An SQLite database, opened by one owner.
///
/// Not thread-safe by design: keep it inside one actor or one function. The file is closed when
/// the database and the last of its statements are gone.
///
///     let database = try Database(path: "journal.db", access: .create)
///     try database.execute("CREATE TABLE runs (id TEXT PRIMARY KEY)")
///     let insert = try database.prepare("INSERT INTO runs VALUES (?)")
///     try insert.bind("r-1", at: 1)
///     try insert.run()
public final class Database {
  /// What a database is opened for.
  public enum Access: Hashable, Sendable {
    /// Reads; the library refuses to write, the file must be there.
    case readOnly
    /// Reads a file that nobody else writes, also on a medium that can't be written.
    case immutable
    /// Reads and writes; the file must be there.
    case readWrite
    /// Reads and writes; makes the file where it is not there. Its folder must be.
    case create
  }

  let connection: Connection
  private var cache: [String: Statement] = [:]

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - path: A file; never taken for a URI or for a database in memory.
  ///   - access: What for.
  ///   - key: Seals the file; one that is there must have been sealed with it.
  ///   - busyTimeout: How long to wait for another connection's lock before `busy`.
  /// - Throws: `sealed`, `notSealed` or `otherKey` where the file and `key` don't fit, `notADatabase` for a file that is something else, `cannotOpen` where it is not
  ///   there, `readOnly` or `cannotOpen` where it can't be written.
  public init(
    path: String, access: Access, key: SealKey? = nil, busyTimeout: Duration = .seconds(5)
  ) throws(SQLiteError) {
    if let kind = Seal(ofFile: path).refusal(of: key) { throw SQLiteError(kind, path: path) }
    connection = try Connection(
      opening: Self.name(of: path, access: access), path: path, flags: Self.flags(for: access),
      key: key)
    setBusyTimeout(busyTimeout)
    if key != nil { try keepInMemory() }
    // Opening is lazy: only a read tells whether this is a database.
    _ = try integer("PRAGMA schema_version")
  }

  /// Makes an empty database in memory.
  public init() throws(SQLiteError) {
    connection = try Connection(
      opening: ":memory:", path: "", flags: Self.flags(for: .create))
  }

  /// The path as it was given; empty for a database in memory.
  public var path: String { connection.path }

  /// Whether the file can only be read, whatever was asked for.
  public var isReadOnly: Bool { unsafe sqlite3_db_readonly(connection.handle, "main") == 1 }

  /// The row id that the last `INSERT` made.
  public var lastInsertedRowID: Int64 { unsafe sqlite3_last_insert_rowid(connection.handle) }

  /// How many rows the last `INSERT`, `UPDATE` or `DELETE` touched.
  public var changedRowCount: Int { Int(unsafe sqlite3_changes64(connection.handle)) }

  /// Runs one or more statements that take no values and whose rows nobody wants.
  public func execute(_ sql: String) throws(SQLiteError) {
    try connection.check(unsafe sqlite3_exec(connection.handle, sql, nil, nil, nil), sql: sql)
  }

  /// Compiles one statement.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(sql, on: connection)
  }

  /// Compiles a statement once and gives the same one from then on, reset and without values.
  ///
  /// Don't ask again for one whose rows are still being read.
  public func cached(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = cache[sql] {
      statement.reset()
      statement.clearBindings()
      return statement
    }
    let statement = try prepare(sql)
    cache[sql] = statement
    return statement
  }

  /// The first column of the first row as an integer; `nil` where there is no row or it is null.
  public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(at: 0) else { return nil }
    return statement.integer(at: 0)
  }

  /// The first column of the first row as text; `nil` where there is no row or it is null.
  public func string(_ sql: String) throws(SQLiteError) -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.string(at: 0) : nil
  }

  private func setBusyTimeout(_ timeout: Duration) {
    let (seconds, attoseconds) = timeout.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    unsafe sqlite3_busy_timeout(connection.handle, Int32(clamping: milliseconds))
  }

  private static func flags(for access: Access) -> Int32 {
    switch access {
    case .readOnly: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
    case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
    case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
    case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    }
  }

  /// What SQLite is told: a leading colon would mean a database in memory, and only a URI can say
  /// `immutable`.
  private static func name(of path: String, access: Access) -> String {
    guard access == .immutable else { return path.hasPrefix(":") ? "./\(path)" : path }
    let escaped = path.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return "file:\(escaped.joined())?mode=ro&immutable=1"
  }
}
