import CSQLite

/// The one owner of an `sqlite3` handle; closes it when the last user lets go.
///
/// A database and its statements share it, so that no statement outlives the handle.
@safe
final class Connection {
  let handle: OpaquePointer
  let path: String

  /// Opens `name` with SQLite's open flags; `path` is what messages say.
  ///
  /// With `key` the file is sealed, and stays so.
  init(
    opening name: String, path: String, flags: Int32, key: SealKey? = nil
  ) throws(SQLiteError) {
    var opened: OpaquePointer?
    let system = key.flatMap { SealedVFS.name(of: $0) }
    guard key == nil || system != nil else {
      throw SQLiteError(code: SQLITE_NOMEM, message: "no file system for the key", path: path)
    }
    let code = unsafe sqlite3_open_v2(name, &opened, flags, system)
    guard let handle = unsafe opened else {
      throw SQLiteError(code: SQLITE_NOMEM, message: "out of memory", path: path)
    }
    guard code == SQLITE_OK else {
      let extended = unsafe sqlite3_extended_errcode(handle)
      let message = unsafe String(cString: sqlite3_errmsg(handle))
      unsafe sqlite3_close_v2(handle)
      throw SQLiteError(code: extended, message: message, path: path)
    }
    unsafe self.handle = handle
    self.path = path
    unsafe sqlite3_extended_result_codes(handle, 1)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// What the last call on this connection has to say.
  func error(_ code: Int32, sql: String? = nil) -> SQLiteError {
    let message = unsafe String(cString: sqlite3_errmsg(handle))
    return SQLiteError(code: code, message: message, path: path, sql: sql)
  }

  /// Throws unless `code` says that all is well.
  func check(_ code: Int32, sql: String? = nil) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw error(code, sql: sql) }
  }
}
