import CLibPQ

/// One connection to a PostgreSQL server; the one owner of a `PGconn`.
///
/// Everything travels as text. The session speaks UTF-8, UTC and ISO dates, whatever the server's
/// own settings.
@safe
final class PostgresConnection {
  private let handle: OpaquePointer

  /// Connects.
  ///
  /// - Parameters:
  ///   - url: A connection URI; what it leaves out comes from libpq's environment and files.
  ///   - isReadOnly: Whether the server is to refuse every write of this session.
  /// - Throws: What libpq says.
  init(url: String, isReadOnly: Bool) throws(PostgresError) {
    let settings = [
      // What stands before dbname gives way to the URL; what stands after overrules it.
      ("connect_timeout", "10"), ("fallback_application_name", "ferry"), ("dbname", url),
      ("client_encoding", "UTF8"),
    ]
    let made = unsafe Self.withCStrings(settings.map(\.0)) { keywords in
      unsafe Self.withCStrings(settings.map(\.1)) { values in
        unsafe PQconnectdbParams(keywords, values, 1)
      }
    }
    guard let handle = unsafe made else {
      throw PostgresError(sqlState: "", message: "out of memory", isConnectionLost: true)
    }
    guard unsafe PQstatus(handle) == CONNECTION_OK else {
      let error = unsafe Self.signInError(handle)
      unsafe PQfinish(handle)
      throw error
    }
    unsafe self.handle = handle
    try run(
      """
      SET client_min_messages = error; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD';
      SET default_transaction_read_only = \(isReadOnly ? "on" : "off")
      """)
  }

  deinit { unsafe PQfinish(handle) }

  /// The user, the host or folder of sockets, the port and the database that it came to.
  var target: (user: String, host: String, port: String, database: String) {
    func text(_ value: UnsafeMutablePointer<CChar>?) -> String {
      unsafe value.map { unsafe String(cString: $0) } ?? ""
    }
    return unsafe (
      text(PQuser(handle)), text(PQhost(handle)), text(PQport(handle)), text(PQdb(handle))
    )
  }

  /// Whether the server or the way to it is gone.
  var isLost: Bool { unsafe PQstatus(handle) == CONNECTION_BAD }

  /// Runs statements without values.
  func run(_ sql: String) throws(PostgresError) {
    _ = try unsafe check(PQexec(handle, sql))
  }

  /// Runs one statement; `$1` … are the parameters, `nil` is null.
  @discardableResult
  func query(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> PostgresResult {
    // A C string ends at its first zero byte: the rest would be lost in silence.
    for case let text? in parameters where text.utf8.contains(0) {
      throw PostgresError(sqlState: "22021", message: "a text can't hold a zero byte")
    }
    return try unsafe check(
      unsafe Self.withCStrings(parameters) { values in
        unsafe PQexecParams(handle, sql, Int32(parameters.count), nil, values, nil, nil, 0)
      })
  }

  /// Runs a `COPY … FROM STDIN` in text format.
  ///
  /// `body` makes the rows and hands them over piece by piece; each piece is on its way to the
  /// server while the next one is made.
  func copy(
    _ sql: String,
    _ body: ((inout PostgresCopyRows) throws(PostgresError) -> Void) throws(PostgresError) -> Void
  ) throws(PostgresError) {
    let started = unsafe PQexec(handle, sql)
    guard let started = unsafe started, unsafe PQresultStatus(started) == PGRES_COPY_IN else {
      _ = try unsafe check(started)
      throw PostgresError(sqlState: "", message: "the server takes no COPY")
    }
    unsafe PQclear(started)
    try body { rows throws(PostgresError) in
      put(rows.bytes.span)
      rows.removeAll()
    }
    unsafe PQputCopyEnd(handle, nil)
    _ = try unsafe check(PQgetResult(handle))
    while let rest = unsafe PQgetResult(handle) { unsafe PQclear(rest) }
  }

  private func put(_ bytes: Span<UInt8>) {
    // libpq counts in 32 bits. What goes wrong comes to light at the end of the copy.
    for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
      let part = bytes.extracting(start..<min(start + 1 << 20, bytes.count))
      unsafe part.withUnsafeBufferPointer { part in
        _ = unsafe part.withMemoryRebound(to: CChar.self) { part in
          unsafe PQputCopyData(handle, part.baseAddress, Int32(part.count))
        }
      }
    }
  }
}

// MARK: - Private

extension PostgresConnection {
  private func check(_ result: OpaquePointer?) throws(PostgresError) -> PostgresResult {
    guard let result = unsafe result else {
      throw PostgresError(sqlState: "", message: lastMessage, isConnectionLost: true)
    }
    let owned = unsafe PostgresResult(result)
    switch unsafe PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return owned
    default:
      throw PostgresError(
        sqlState: unsafe Self.field(Self.stateCode, of: result) ?? "",
        message: unsafe Self.field(Self.messageCode, of: result) ?? lastMessage,
        isConnectionLost: unsafe PQstatus(handle) == CONNECTION_BAD)
    }
  }

  private var lastMessage: String { unsafe String(cString: PQerrorMessage(handle)) }

  // The header gives the codes as characters, which Swift does not see.
  private static let stateCode = Int32(UInt8(ascii: "C"))
  private static let messageCode = Int32(UInt8(ascii: "M"))

  private static func field(_ code: Int32, of result: OpaquePointer) -> String? {
    guard let text = unsafe PQresultErrorField(result, code) else { return nil }
    return unsafe String(cString: text)
  }

  private static func signInError(_ handle: OpaquePointer) -> PostgresError {
    let message = unsafe String(cString: PQerrorMessage(handle))
    // libpq keeps no SQLSTATE of a failed connection; these two say that it was about signing in.
    let isRefused =
      unsafe PQconnectionNeedsPassword(handle) == 1 || PQconnectionUsedPassword(handle) == 1
      || message.contains("authentication failed") || message.contains("no pg_hba.conf entry")
    // What the server itself says begins so; a file of certificates may not exist either.
    let isSaid = message.contains("FATAL:")
    let isUnsafe =
      ["certificate", "SSL", "TLS"].contains { message.contains($0) } && !isRefused && !isSaid
    let isMissing = message.contains("does not exist") && !isUnsafe
    // Several addresses give several lines, each with an indented hint; the last address counts.
    let lines = message.split(separator: "\n").filter { $0.first?.isWhitespace == false }
    let line = lines.last.map(String.init) ?? message
    let state =
      message.contains("definition of service") || message.contains("service file")
      ? PostgresError.serviceState
      : isMissing ? "3D000" : isRefused ? "28000" : isUnsafe ? PostgresError.tlsState : ""
    return PostgresError(sqlState: state, message: line, isConnectionLost: state.isEmpty)
  }

  /// Calls `body` with an array of C strings that ends in a null pointer.
  private static func withCStrings<R>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
  ) -> R {
    var bytes = ContiguousArray<CChar>()
    let offsets = strings.map { string -> Int? in
      guard let string else { return nil }
      defer { bytes.append(contentsOf: string.utf8CString) }
      return bytes.count
    }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      var pointers: [UnsafePointer<CChar>?] = unsafe []
      for offset in offsets {
        if let offset, let start = bytes.baseAddress {
          unsafe pointers.append(start + offset)
        } else {
          unsafe pointers.append(nil)
        }
      }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer { pointers in
        // The array has at least its end mark, hence a base address.
        guard let first = pointers.baseAddress else { preconditionFailure("an empty array") }
        return unsafe body(first)
      }
    }
  }
}
