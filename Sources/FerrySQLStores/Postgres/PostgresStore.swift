import FerryCore
public import FerryRecords
public import FerryStores
import Foundation

/// A CRM in a PostgreSQL database: a table an entity, a column a field.
///
/// Amounts are `numeric`, which keeps every digit; booleans are 0 and 1 as in SQLite; `custom` is
/// `json` and not `jsonb`, because that would order its keys anew. References are not declared as
/// foreign keys: the planner orders and checks them, and undo may take records back in any order.
public actor PostgresStore: CRMStore {
  /// What the store can do.
  public nonisolated let capabilities: StoreCapabilities
  /// The store as people see it, without its password.
  nonisolated var name: String { capabilities.displayName }

  private static let recordsPerPage = 5000
  private let access: StoreAccess
  nonisolated let url: String
  private var connection: PostgresConnection?
  private var isClosed = false
  let tables: SQLTables
  /// The tables whose external ids get their index when the load has ended.
  var waitingTables: [SQLTable] = []
  // By the table's quoted name.
  private var knownColumns: [String: Set<String>] = [:]

  /// Connects to the database that a `postgres://` URL names.
  ///
  /// What the URL leaves out, and the password above all, comes from libpq's environment and
  /// files (`PGPASSWORD`, `~/.pgpass`).
  ///
  /// - Parameters:
  ///   - url: A connection URI.
  ///   - access: For reading, the server itself refuses every write of the session.
  ///   - layout: The tables that Ferry did not make; they must be there.
  /// - Returns: The store.
  /// - Throws: A store error that says whether another try may help, or all places of the layout
  ///   that do not fit.
  public static func open(
    url: String, access: StoreAccess, layout: StoreLayout = StoreLayout()
  ) throws(StoreError) -> PostgresStore {
    let name = displayName(of: url)
    let connection = try attempt(name) { () throws(PostgresError) in
      try PostgresConnection(url: url, isReadOnly: access == .readOnly)
    }
    let tables = try tables(layout, on: connection, name: name)
    return PostgresStore(
      url, name: name, access: access, connection: connection, tables: tables)
  }

  private init(
    _ url: String, name: String, access: StoreAccess, connection: sending PostgresConnection,
    tables: SQLTables
  ) {
    self.url = url
    self.tables = tables
    capabilities = StoreCapabilities(
      kind: "postgres", displayName: name, isTransactional: true, keepsHistory: true,
      largestBatch: 10_000)
    self.access = access
    self.connection = connection
  }

  /// The URL with what came from variables and files written out, so that it leads to the same
  /// database in another environment; without its password.
  ///
  /// - Parameter shown: The URL that was opened, without secrets.
  /// - Returns: `shown` where it says host and database itself.
  public func resolvedURL(_ shown: String) -> String {
    guard let connection, var parts = URLComponents(string: shown) else { return shown }
    var items = parts.queryItems ?? []
    let hasHost = parts.host?.isEmpty == false || items.contains { $0.name == "host" }
    guard !hasHost || parts.path.count < 2 else { return shown }
    let target = connection.target
    if target.host.hasPrefix("/") || target.host.hasPrefix("@") {
      if !items.contains(where: { $0.name == "host" }) {
        items.append(URLQueryItem(name: "host", value: target.host))
      }
      items.removeAll { $0.name == "port" }
      items.append(URLQueryItem(name: "port", value: target.port))
      parts.host = ""
    } else {
      parts.host = target.host
      parts.port = Int(target.port)
    }
    parts.user = target.user
    parts.path = "/\(target.database)"
    parts.queryItems = items.isEmpty ? nil : items
    return parts.string ?? shown
  }

  /// The URL for `pg_dump` without its password, which other users of the machine would see among
  /// the program's arguments, and that password.
  nonisolated var copyTarget: (url: String, password: String?) {
    guard var parts = URLComponents(string: url) else { return (url, nil) }
    let items = parts.queryItems ?? []
    let password = parts.password ?? items.first { $0.name == "password" }?.value
    parts.password = nil
    let rest = items.filter { $0.name != "password" }
    parts.queryItems = rest.isEmpty ? nil : rest
    return (parts.string ?? url, password)
  }

  /// Makes the tables and columns that are not there yet; all in one transaction.
  ///
  /// A table that Ferry did not make keeps all it has and gets `ferry_id` and what else is lacking;
  /// one that a layout names gets `ferry_id` alone, and that only where its `key` names no column.
  public func prepare(_ entities: [EntityFields]) async throws(StoreError) {
    let connection = try writableConnection()
    defer { knownColumns = [:] }
    do throws(StoreError) {
      try attempt { () throws(PostgresError) in try connection.run("BEGIN") }
      for request in entities { try prepare(request, on: connection) }
      try attempt { () throws(PostgresError) in try connection.run("COMMIT") }
    } catch {
      rollBack(connection)
      throw error
    }
  }

  /// Writes one batch whole or not at all, records aside whose values are refused.
  public func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] {
    let connection = try writableConnection()
    guard batch.records.count > 0 else { return [] }
    do throws(StoreError) {
      return try attempt { () throws(PostgresError) in
        // A faulty record takes the batch back to the savepoint, see the writer.
        try connection.run("BEGIN; SAVEPOINT ferry_batch")
        let writer = PostgresBatchWriter(
          batch, tables, isLoading: isLoading(batch.records.shape.entity),
          connection: connection, store: name)
        let results = try writer.write()
        try connection.run("COMMIT")
        return results
      }
    } catch {
      rollBack(connection)
      throw error
    }
  }

  /// Ends the connection.
  public func close() async {
    connection = nil
    isClosed = true
  }

  func writableConnection() throws(StoreError) -> PostgresConnection {
    guard access == .readWrite, !isClosed else {
      throw SQLStoreRules.error(.refused, SQLStoreRules.openedForReading, name)
    }
    return try live()
  }

  /// The connection; one that was lost is made anew by the next call.
  func live() throws(StoreError) -> PostgresConnection {
    if let connection, !connection.isLost { return connection }
    let made = try attempt { () throws(PostgresError) in
      try PostgresConnection(url: url, isReadOnly: access == .readOnly)
    }
    connection = made
    // What was under way may have been written or not, so that records can come a second time.
    try finishLoading(on: made)
    return made
  }

  func attempt<R>(_ body: () throws(PostgresError) -> R) throws(StoreError) -> R {
    try Self.attempt(name, body)
  }

  private func rollBack(_ connection: PostgresConnection) {
    // A lost connection rolls back by itself.
    _ = try? connection.run("ROLLBACK")
  }

  /// The URL's user, host and database, never its password or options.
  static func displayName(of url: String) -> String {
    let bare = url.split(separator: "?", maxSplits: 1).first ?? ""
    guard let scheme = bare.range(of: "://") else { return "postgres" }
    let rest = bare[scheme.upperBound...]
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let sign = rest[..<end].lastIndex(of: "@") else { return String(bare) }
    let user = rest[..<sign].prefix { $0 != ":" }
    return "\(bare[..<scheme.upperBound])\(user)\(rest[sign...])"
  }
}

// MARK: - Tables

extension PostgresStore {
  private func columns(
    of table: SQLTable, on connection: PostgresConnection
  ) throws(StoreError) -> Set<String> {
    let quoted = tables.quoted(table)
    if let known = knownColumns[quoted] { return known }
    let columns = try attempt { () throws(PostgresError) in
      let rows = try connection.query(
        """
        SELECT attname FROM pg_attribute
        WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
        """, [quoted])
      return Set((0..<rows.count).compactMap { rows.string($0, 0) })
    }
    if !columns.isEmpty { knownColumns[quoted] = columns }
    return columns
  }

  private func prepare(
    _ request: EntityFields, on connection: PostgresConnection
  ) throws(StoreError) {
    let table = tables.table(request.entity)
    let present = try columns(of: table, on: connection)
    if !present.isEmpty, table.isOwn { try checkID(of: request.entity, on: connection) }
    try attempt { () throws(PostgresError) in
      try connection.run(PostgresSchema.definition(request, tables, present: present))
      if table.isOwn || !present.contains(table.key) {
        try Self.addKeyIndex(to: table, tables, on: connection)
      }
    }
    knownColumns[tables.quoted(table)] = nil
  }

  /// A new row must get its `id` by itself.
  private func checkID(
    of entity: Entity, on connection: PostgresConnection
  ) throws(StoreError) {
    let counts = try attempt { () throws(PostgresError) in
      try connection.query(
        """
        SELECT 1 FROM pg_attribute a LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = to_regclass($1) AND attname = 'id' AND NOT attisdropped
          AND atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
          AND (attidentity <> '' OR d.oid IS NOT NULL)
        """, [tables.quoted(entity.plural)]
      ).count == 1
    }
    if !counts {
      throw SQLStoreRules.error(.unsuitable, SQLStoreRules.unsuitableTable, name, entity.plural)
    }
  }
}

// MARK: - Reading

extension PostgresStore {
  /// Reads one page; the cursor is the last id of the page before.
  public func page(
    of request: EntityFields, after cursor: String?
  ) async throws(StoreError) -> StoredPage {
    let table = tables.table(request.entity)
    let id = tables.quoted(table.id)
    let after = cursor == nil ? "true" : "\(id) > $1::\(table.postgresIDType)"
    let records = try select(
      request, "WHERE \(after)", "ORDER BY \(id) LIMIT \(Self.recordsPerPage)",
      cursor.map { [$0] } ?? [])
    let isLast = records.count < Self.recordsPerPage
    return StoredPage(
      records: records, next: isLast ? nil : records.storeID(of: records.count - 1))
  }

  /// Reads by Ferry's ids, by rising id.
  public func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = tables.table(request.entity)
    return try select(
      request, needing: table.key,
      "WHERE \(tables.quoted(table.key)) = ANY ($1::\(table.postgresKeyType)[])",
      "ORDER BY \(tables.quoted(table.id))", [PostgresSchema.array(ids.filter(table.canBeKey))])
  }

  /// Reads by the store's own ids, by rising id.
  public func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = tables.table(request.entity)
    let id = tables.quoted(table.id)
    return try select(
      request, "WHERE \(id) = ANY ($1::\(table.postgresIDType)[])", "ORDER BY \(id)",
      [PostgresSchema.array(ids.filter(table.canBeID))])
  }

  /// Reads by a field's values, by rising id.
  public func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = tables.table(request.entity)
    guard let column = table.column(of: field) else { return RecordPage(request) }
    return try select(
      request, needing: column, "WHERE \(tables.quoted(column))::text = ANY ($1::text[])",
      "ORDER BY \(tables.quoted(table.id))",
      [PostgresSchema.array(table.encoded(values, of: field))])
  }

  /// The rows of a query; none where there is no table or it lacks the column `needed`.
  private func select(
    _ request: EntityFields, needing needed: String? = nil, _ condition: String, _ order: String,
    _ parameters: [String]
  ) throws(StoreError) -> RecordPage {
    var records = RecordPage(request)
    let table = tables.table(request.entity)
    guard !isClosed else { return records }
    let connection = try live()
    let present = try columns(of: table, on: connection)
    guard !present.isEmpty, present.contains(needed ?? table.id) else { return records }
    let names = [table.id, table.key] + request.fields.map { table.column(of: $0) }
    let list = names.map { name in
      name.flatMap { present.contains($0) ? tables.quoted($0) : nil } ?? "NULL"
    }.joined(separator: ", ")
    let only = tables.condition(table) { "\($0)::text" }
    let rows = try attempt { () throws(PostgresError) in
      try connection.query(
        "SELECT \(list) FROM \(tables.quoted(table)) \(condition)\(only) \(order)", parameters)
    }
    let columns = request.fields.indices.map { PostgresColumn(type: rows.type(ofColumn: $0 + 2)) }
    for row in 0..<rows.count {
      let record = records.append(storeID: nil, externalID: nil)
      if !rows.isNull(row, 0) { rows.withText(row, 0) { records.setStoreID($0, of: record) } }
      if !rows.isNull(row, 1) { rows.withText(row, 1) { records.setExternalID($0, of: record) } }
      for (field, column) in columns.enumerated() where !rows.isNull(row, field + 2) {
        rows.withText(row, field + 2) { text in
          column.setCanonical(text, field: field, of: record, in: &records)
        }
      }
    }
    table.decode(&records)
    return records
  }
}
