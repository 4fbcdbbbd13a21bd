import CLibPQ

/// The rows of one answer; the one owner of a `PGresult`.
@safe
final class PostgresResult {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe PQclear(handle) }

  /// How many rows there are.
  var count: Int { Int(unsafe PQntuples(handle)) }

  /// Whether a column is null.
  func isNull(_ row: Int, _ column: Int) -> Bool {
    unsafe PQgetisnull(handle, Int32(row), Int32(column)) == 1
  }

  /// The type of a column, an OID of pg_type.
  func type(ofColumn column: Int) -> UInt32 { unsafe PQftype(handle, Int32(column)) }

  /// A column as text; `nil` for null.
  func string(_ row: Int, _ column: Int) -> String? {
    guard !isNull(row, column),
      let text = unsafe PQgetvalue(handle, Int32(row), Int32(column))
    else { return nil }
    return unsafe String(cString: text)
  }

  /// Calls `body` with a column's text; null is empty.
  func withText<R>(_ row: Int, _ column: Int, _ body: (Span<UInt8>) -> R) -> R {
    let count = Int(unsafe PQgetlength(handle, Int32(row), Int32(column)))
    let text = unsafe UnsafeRawBufferPointer(
      start: PQgetvalue(handle, Int32(row), Int32(column)), count: count)
    return body(unsafe Span(_unsafeElements: text.bindMemory(to: UInt8.self)))
  }
}
