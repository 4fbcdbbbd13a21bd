import CMariaDB

/// One connection to a MariaDB or MySQL server; the one owner of a `MYSQL`.
///
/// Values travel as bound parameters and come back as text. The session speaks utf8mb4 and UTC,
/// takes no value that it would have to change, and reads `\` in a literal as itself.
@safe
final class MariaDBConnection {
  private let handle: UnsafeMutablePointer<MYSQL>

  // The first call of the library must not meet another one.
  private static let isReady: Bool = mysql_server_init(0, nil, nil) == 0

  /// Connects.
  ///
  /// - Parameters:
  ///   - address: What it leaves out comes from the option files (`~/.my.cnf`, groups `client` and
  ///     `ferry`).
  ///   - isReadOnly: Whether the server is to refuse every write of this session.
  /// - Throws: What the library says.
  init(_ address: MariaDBAddress, isReadOnly: Bool) throws(MariaDBError) {
    guard Self.isReady, let handle = unsafe mysql_init(nil) else {
      throw MariaDBError(code: 2008, message: "out of memory")
    }
    unsafe self.handle = handle
    unsafe Self.configure(handle, address)
    let made = unsafe mysql_real_connect(
      handle, address.host, address.user, address.password, address.database, address.port,
      address.socket, 0)
    guard unsafe made != nil else { throw lastError }
    // The library takes a plain connection where the server offers no other, whatever was asked.
    let isWanted = ![nil, .disabled].contains(address.encryption)
    guard unsafe !isWanted || mysql_get_ssl_cipher(handle) != nil else {
      throw MariaDBError(code: 2026, message: "TLS is required, but the server offers none")
    }
    try run(
      """
      SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,\
      ERROR_FOR_DIVISION_BY_ZERO,NO_BACKSLASH_ESCAPES,NO_AUTO_VALUE_ON_ZERO,\
      NO_ENGINE_SUBSTITUTION', SESSION time_zone = '+00:00'
      """)
    // A record that another session has just made must be seen: no snapshot of the batch's begin.
    try run("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
    if isReadOnly { try run("SET SESSION TRANSACTION READ ONLY") }
  }

  deinit { unsafe mysql_close(handle) }

  /// Runs one statement without values; its rows, if any, are left out.
  func run(_ sql: String) throws(MariaDBError) {
    guard unsafe mysql_real_query(handle, sql, UInt(sql.utf8.count)) == 0 else { throw lastError }
    if let rest = unsafe mysql_store_result(handle) { unsafe mysql_free_result(rest) }
  }

  /// Runs one statement; each `?` takes the next parameter.
  @discardableResult
  func query(
    _ sql: String, _ parameters: MariaDBParameters = MariaDBParameters()
  ) throws(MariaDBError) -> MariaDBResult {
    guard let statement = unsafe mysql_stmt_init(handle) else { throw lastError }
    defer { unsafe mysql_stmt_close(statement) }
    var wantsLengths: my_bool = 1
    unsafe mysql_stmt_attr_set(statement, STMT_ATTR_UPDATE_MAX_LENGTH, &wantsLengths)
    guard unsafe mysql_stmt_prepare(statement, sql, UInt(sql.utf8.count)) == 0 else {
      throw unsafe Self.error(of: statement)
    }
    let isDone = unsafe parameters.withBindings { bindings in
      unsafe (bindings == nil || mysql_stmt_bind_param(statement, bindings) == 0)
        && mysql_stmt_execute(statement) == 0
    }
    guard isDone, unsafe mysql_stmt_store_result(statement) == 0 else {
      throw unsafe Self.error(of: statement)
    }
    return try unsafe MariaDBResult(statement)
  }

  private static func configure(
    _ handle: UnsafeMutablePointer<MYSQL>, _ address: MariaDBAddress
  ) {
    unsafe mysql_options(handle, MYSQL_READ_DEFAULT_GROUP, "ferry")
    unsafe mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
    var seconds: UInt32 = 10
    unsafe mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &seconds)
    if address.port != 0 {
      // A port means TCP, also to this machine, where the library would take its usual socket.
      var kind = MYSQL_PROTOCOL_TCP
      unsafe mysql_options(handle, MYSQL_OPT_PROTOCOL, &kind)
    }
    if let file = address.authority { unsafe mysql_options(handle, MYSQL_OPT_SSL_CA, file) }
    guard let encryption = address.encryption else { return }
    var isEnforced: my_bool = encryption == .disabled ? 0 : 1
    unsafe mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &isEnforced)
    var isVerified: my_bool = encryption == .verified ? 1 : 0
    unsafe mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &isVerified)
  }

  private var lastError: MariaDBError {
    MariaDBError(
      code: unsafe mysql_errno(handle), message: unsafe String(cString: mysql_error(handle)))
  }

  static func error(of statement: UnsafeMutablePointer<MYSQL_STMT>) -> MariaDBError {
    MariaDBError(
      code: unsafe mysql_stmt_errno(statement),
      message: unsafe String(cString: mysql_stmt_error(statement)))
  }
}
