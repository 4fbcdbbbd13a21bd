import FerryCore
public import FerryRecords
public import FerryStores

/// A CRM in a MariaDB or MySQL database: a table an entity, a column a field.
///
/// Amounts are `decimal(38,6)`; a value with more digits behind the point is refused, where the
/// server would round it. Times are `datetime` in UTC. Tables are InnoDB: a batch is one
/// transaction. References are not declared as foreign keys: the planner orders and checks them.
public actor MariaDBStore: CRMStore {
  /// What the store can do.
  public nonisolated let capabilities: StoreCapabilities
  nonisolated var name: String { capabilities.displayName }

  static let recordsPerPage = 5000
  let access: StoreAccess
  let tables: SQLTables
  nonisolated let address: MariaDBAddress
  private var connection: MariaDBConnection?
  private var isClosed = false
  // By the table's quoted name.
  var knownColumns: [String: Set<String>] = [:]

  /// Connects to the database that a `mysql://` URL names.
  ///
  /// - Parameters:
  ///   - url: Such as `mysql://user@host:3306/crm?ssl-mode=VERIFY_IDENTITY&ssl-ca=ca.pem`; with
  ///     `socket=PATH` instead of a host for a server on this machine. What it leaves out comes
  ///     from the option files (`~/.my.cnf`).
  ///   - password: That of `MYSQL_PWD`; one in the URL goes before.
  ///   - access: For reading, the server itself refuses every write of the session.
  ///   - layout: The tables that Ferry did not make; they must be there.
  /// - Returns: The store.
  /// - Throws: A store error that says whether another try may help, or all places of the layout
  ///   that do not fit.
  public static func open(
    url: String, password: String? = nil, access: StoreAccess,
    layout: StoreLayout = StoreLayout()
  ) throws(StoreError) -> MariaDBStore {
    guard let address = MariaDBAddress(url: url, password: password), address.database != nil else {
      throw SQLStoreRules.error(.wrongUsage, SQLStoreRules.mariaDBAddress, "mysql://…")
    }
    return try open(address, access: access, layout: layout)
  }

  static func open(
    _ address: MariaDBAddress, access: StoreAccess, layout: StoreLayout
  ) throws(StoreError) -> MariaDBStore {
    let name = address.displayName
    let connection = try attempt(name) { () throws(MariaDBError) in
      try MariaDBConnection(address, isReadOnly: access == .readOnly)
    }
    let tables = try tables(layout, on: connection, name: name)
    return MariaDBStore(address, access: access, connection: connection, tables: tables)
  }

  private init(
    _ address: MariaDBAddress, access: StoreAccess, connection: sending MariaDBConnection,
    tables: SQLTables
  ) {
    capabilities = StoreCapabilities(
      kind: "mysql", displayName: address.displayName, isTransactional: true, keepsHistory: true,
      largestBatch: 5000)
    self.address = address
    self.access = access
    self.connection = connection
    self.tables = tables
  }

  /// Makes the tables and columns that are not there yet; the server commits each by itself.
  ///
  /// A table that Ferry did not make keeps all it has and gets `ferry_id` and what else is lacking;
  /// one that a layout names gets `ferry_id` alone, and that only where its `key` names no column.
  public func prepare(_ entities: [EntityFields]) async throws(StoreError) {
    try checkWritable()
    defer { knownColumns = [:] }
    for request in entities {
      let table = MariaDBSchema.table(request.entity, in: tables)
      let present = try columns(of: table)
      try attempt { connection throws(MariaDBError) in
        for sql in MariaDBSchema.definition(request, tables, present: present) {
          try connection.run(sql)
        }
      }
    }
  }

  /// Writes one batch whole or not at all, records aside whose values are refused.
  public func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] {
    try checkWritable()
    guard batch.records.count > 0 else { return [] }
    let (tables, name) = (tables, name)
    return try attempt { connection throws(MariaDBError) -> [WriteResult] in
      do throws(MariaDBError) {
        try connection.run("START TRANSACTION")
        let writer = MariaDBBatchWriter(batch, tables, connection: connection, store: name)
        let results = try writer.write()
        try connection.run("COMMIT")
        return results
      } catch {
        // A lost connection rolls back by itself.
        _ = try? connection.run("ROLLBACK")
        throw error
      }
    }
  }

  /// Ends the connection.
  public func close() async {
    connection = nil
    isClosed = true
  }

  private func checkWritable() throws(StoreError) {
    guard access == .readWrite, !isClosed else {
      throw SQLStoreRules.error(.refused, SQLStoreRules.openedForReading, name)
    }
  }

  /// Lends the connection; one that was lost is made anew by the next call.
  func attempt<R>(_ body: (MariaDBConnection) throws(MariaDBError) -> R) throws(StoreError) -> R {
    do throws(MariaDBError) {
      return try body(try live())
    } catch {
      if error.isConnectionLost { connection = nil }
      throw StoreError(error, store: name)
    }
  }

  private func live() throws(MariaDBError) -> MariaDBConnection {
    if let connection { return connection }
    let made = try MariaDBConnection(address, isReadOnly: access == .readOnly)
    connection = made
    return made
  }

  static func attempt<R>(
    _ name: String, _ body: () throws(MariaDBError) -> R
  ) throws(StoreError) -> R {
    do throws(MariaDBError) { return try body() } catch { throw StoreError(error, store: name) }
  }

  /// The columns of a table; empty where it is not there.
  func columns(of table: SQLTable) throws(StoreError) -> Set<String> {
    let quoted = tables.quoted(table)
    if let known = knownColumns[quoted] { return known }
    let columns = try attempt { connection throws(MariaDBError) -> Set<String> in
      let rows = try connection.query(
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = coalesce(?, database()) AND table_name = ?
        """, MariaDBParameters([table.schema, table.name]))
      return Set((0..<rows.count).compactMap { rows.string($0, 0) })
    }
    if !columns.isEmpty { knownColumns[quoted] = columns }
    return columns
  }
}
