import CSQLite

/// A compiled statement: bind values, step through its rows, use it again.
///
/// Parameters are numbered from 1 and columns from 0, as in SQLite itself.
///
///     let query = try database.prepare("SELECT name FROM accounts WHERE city = ?")
///     try query.bind("上海", at: 1)
///     while try query.step() { names.append(query.string(at: 0) ?? "") }
@safe
public final class Statement {
  /// What a column of the current row holds.
  public enum ColumnKind: Int32, Hashable, Sendable {
    case integer = 1
    case real = 2
    case text = 3
    case blob = 4
    case null = 5
  }

  /// The statement as it was written.
  public let sql: String
  private let handle: OpaquePointer
  private let connection: Connection

  init(_ sql: String, on connection: Connection) throws(SQLiteError) {
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    try connection.check(code, sql: sql)
    guard let handle = unsafe compiled else {
      throw SQLiteError(
        code: SQLITE_ERROR, message: "not a statement", path: connection.path, sql: sql)
    }
    unsafe self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Goes to the next row.
  ///
  /// - Returns: False after the last; then the statement is reset, its values still bound.
  public func step() throws(SQLiteError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      unsafe sqlite3_reset(handle)
      return false
    case let code:
      let error = connection.error(code, sql: sql)
      unsafe sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs the statement to its end; rows are passed over.
  public func run() throws(SQLiteError) {
    while try step() {}
  }

  /// Ends reading before the last row; values stay bound.
  public func reset() { unsafe sqlite3_reset(handle) }

  /// Sets all parameters to null.
  public func clearBindings() { unsafe sqlite3_clear_bindings(handle) }
}

// MARK: - Binding

extension Statement {
  // SQLITE_TRANSIENT, a macro that Swift can't see: SQLite takes its own copy.
  private static var copied: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  /// Binds UTF-8 text; SQLite copies it.
  public func bind(_ text: Span<UInt8>, at index: Int) throws(SQLiteError) {
    try check(
      unsafe text.withUnsafeBufferPointer { bytes in
        unsafe Self.bindText(handle, index, bytes, Self.copied)
      })
  }

  /// Binds UTF-8 text without a copy, for hot loops.
  ///
  /// The bytes must stay where they are and as they are until the statement was stepped and then
  /// reset or bound anew.
  @unsafe
  public func bindUncopied(_ text: Span<UInt8>, at index: Int) throws(SQLiteError) {
    try check(
      unsafe text.withUnsafeBufferPointer { bytes in
        unsafe Self.bindText(handle, index, bytes, nil)
      })
  }

  /// Binds what a column of another statement's row holds as text, or null for null.
  public func bind(
    columnOf query: Statement, _ column: Int, at index: Int
  ) throws(SQLiteError) {
    guard !query.isNull(at: column) else { return try bindNull(at: index) }
    try query.withText(at: column) { text throws(SQLiteError) in try bind(text, at: index) }
  }

  /// Binds a string, or null for `nil`.
  public func bind(_ text: String?, at index: Int) throws(SQLiteError) {
    guard var text else { return try bindNull(at: index) }
    try check(
      text.withUTF8 { bytes in
        unsafe Self.bindText(handle, index, bytes, Self.copied)
      })
  }

  /// Binds an integer, or null for `nil`.
  public func bind(_ number: Int64?, at index: Int) throws(SQLiteError) {
    guard let number else { return try bindNull(at: index) }
    try check(unsafe sqlite3_bind_int64(handle, Int32(index), number))
  }

  /// Binds an integer, or null for `nil`.
  public func bind(_ number: Int?, at index: Int) throws(SQLiteError) {
    try bind(number.map { Int64($0) }, at: index)
  }

  /// Binds a binary floating-point number.
  public func bind(_ number: Double, at index: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_double(handle, Int32(index), number))
  }

  /// Binds bytes as a blob; SQLite copies them.
  public func bind(blob: Span<UInt8>, at index: Int) throws(SQLiteError) {
    try check(
      unsafe blob.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
          return unsafe sqlite3_bind_zeroblob(handle, Int32(index), 0)
        }
        return unsafe sqlite3_bind_blob64(
          handle, Int32(index), start, UInt64(bytes.count), Self.copied)
      })
  }

  /// Binds null.
  public func bindNull(at index: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_null(handle, Int32(index)))
  }

  private static func bindText(
    _ handle: OpaquePointer, _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>,
    _ lifetime: sqlite3_destructor_type?
  ) -> Int32 {
    // SQLite takes a null pointer for null, and an empty buffer may have one.
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return unsafe sqlite3_bind_text(handle, Int32(index), "", 0, copied)
    }
    return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
      unsafe sqlite3_bind_text64(
        handle, Int32(index), text, UInt64(bytes.count), lifetime, UInt8(SQLITE_UTF8))
    }
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    if code == SQLITE_OK { return }
    try connection.check(code, sql: sql)
  }
}

// MARK: - Columns

extension Statement {
  /// How many columns a row has.
  public var columnCount: Int { Int(unsafe sqlite3_column_count(handle)) }

  /// The name of a column.
  public func columnName(at index: Int) -> String {
    guard let name = unsafe sqlite3_column_name(handle, Int32(index)) else { return "" }
    return unsafe String(cString: name)
  }

  /// What a column of the current row holds.
  public func kind(at index: Int) -> ColumnKind {
    ColumnKind(rawValue: unsafe sqlite3_column_type(handle, Int32(index))) ?? .null
  }

  /// Whether a column of the current row is null.
  public func isNull(at index: Int) -> Bool {
    unsafe sqlite3_column_type(handle, Int32(index)) == SQLITE_NULL
  }

  /// A column as an integer; 0 for null and for text that is no number.
  public func integer(at index: Int) -> Int64 {
    unsafe sqlite3_column_int64(handle, Int32(index))
  }

  /// A column as a binary floating-point number.
  public func double(at index: Int) -> Double {
    unsafe sqlite3_column_double(handle, Int32(index))
  }

  /// A column as text; `nil` for null.
  ///
  /// Bytes that are no UTF-8 come as U+FFFD.
  public func string(at index: Int) -> String? {
    guard !isNull(at: index) else { return nil }
    return withText(at: index) { text in
      unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Calls `body` with a column's text as UTF-8; null is empty.
  @inlinable
  public func withText<R, E: Error>(
    at index: Int, _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    try body(unsafe Span(_unsafeElements: text(at: index)))
  }

  /// Calls `body` with a column's bytes as they are; null is empty.
  @inlinable
  public func withBlob<R, E: Error>(
    at index: Int, _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    try body(unsafe Span(_unsafeElements: blob(at: index)))
  }

  // SQLite's own memory, until the next step.
  @usableFromInline
  func text(at index: Int) -> UnsafeBufferPointer<UInt8> {
    let text = unsafe sqlite3_column_text(handle, Int32(index))
    let count = unsafe sqlite3_column_bytes(handle, Int32(index))
    return unsafe UnsafeBufferPointer(start: text, count: Int(count))
  }

  @usableFromInline
  func blob(at index: Int) -> UnsafeBufferPointer<UInt8> {
    let blob = unsafe sqlite3_column_blob(handle, Int32(index))
    let count = unsafe sqlite3_column_bytes(handle, Int32(index))
    let bytes = unsafe UnsafeRawBufferPointer(start: blob, count: Int(count))
    return unsafe bytes.bindMemory(to: UInt8.self)
  }
}
