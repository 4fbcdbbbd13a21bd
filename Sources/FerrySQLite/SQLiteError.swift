import CSQLite

/// SQLite refused or failed, sorted by what a caller does about it.
///
/// The message is SQLite's own and holds no bound values. The room stands below findings; whoever
/// opened the database puts the kind into words for people.
public struct SQLiteError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Another connection holds the lock.
    case busy
    /// The disk is full.
    case full
    /// The database, its file or its folder can't be written.
    case readOnly
    /// The file is damaged.
    case corrupt
    /// The file is something else than a database.
    case notADatabase
    /// The file or its folder is not there or may not be opened.
    case cannotOpen
    /// A unique, not-null, check or foreign-key constraint was broken.
    case constraint
    /// Reading or writing the file failed.
    case inputOutput
    /// A value or row is longer than SQLite allows.
    case tooBig
    /// The statement was interrupted.
    case interrupted
    /// The file is sealed, and no key was given.
    case sealed
    /// A key was given, and the file is not sealed.
    case notSealed
    /// The file is sealed with another key.
    case otherKey
    /// A statement is wrong, a table or column missing, or the library was misused.
    case statement
  }

  /// What went wrong.
  public let kind: Kind
  /// SQLite's extended result code.
  public let code: Int
  /// SQLite's own words, in English.
  public let message: String
  /// The database's path; empty for one in memory.
  public let path: String
  /// The statement that was at work, if any.
  ///
  /// Values are bound, so it holds none.
  public let sql: String?

  /// Whether the same call may succeed later.
  public var isTransient: Bool { kind == .busy || kind == .interrupted }

  /// Says that a file and a key don't fit.
  init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
    (code, message, sql) = (0, kind.rawValue, nil)
  }

  /// Sorts a result code.
  init(code: Int32, message: String, path: String, sql: String? = nil) {
    self.code = Int(code)
    self.message = message
    self.path = path
    self.sql = sql
    kind = Self.kinds[code & 0xFF] ?? .statement
  }

  // Source: sqlite.org/rescode.html; the low byte is the primary code.
  private static let kinds: [Int32: Kind] = [
    SQLITE_BUSY: .busy, SQLITE_LOCKED: .busy, SQLITE_PROTOCOL: .busy, SQLITE_FULL: .full,
    SQLITE_READONLY: .readOnly, SQLITE_CORRUPT: .corrupt, SQLITE_NOTADB: .notADatabase,
    SQLITE_CANTOPEN: .cannotOpen, SQLITE_PERM: .cannotOpen, SQLITE_AUTH: .cannotOpen,
    SQLITE_CONSTRAINT: .constraint, SQLITE_IOERR: .inputOutput, SQLITE_TOOBIG: .tooBig,
    SQLITE_INTERRUPT: .interrupted,
  ]
}

extension SQLiteError: CustomStringConvertible {
  /// The message with the path, for a developer.
  public var description: String {
    "\(path.isEmpty ? "database in memory" : path): \(message) (\(kind), code \(code))"
  }
}
