import FerryRecords
public import FerryStores

// The index of the external ids: made after the load where the table was empty; until then records
// go straight into the table, see ``PostgresBatchWriter``.
extension PostgresStore {
  /// Takes the index of the external ids from those tables of Ferry's own that are empty.
  public func beginLoading(_ entities: [EntityFields]) async throws(StoreError) {
    let connection = try writableConnection()
    try attempt { () throws(PostgresError) in
      for request in entities {
        let table = tables.table(request.entity)
        guard table.isOwn, try canWait(table, on: connection) else { continue }
        try connection.run("DROP INDEX \(tables.quoted(Self.keyIndex(of: table)))")
        waitingTables.append(table)
      }
    }
  }

  /// Makes the indexes that ``beginLoading(_:)`` took.
  public func finishLoading() async throws(StoreError) {
    guard !waitingTables.isEmpty else { return }
    try finishLoading(on: try writableConnection())
  }

  func finishLoading(on connection: PostgresConnection) throws(StoreError) {
    guard !waitingTables.isEmpty else { return }
    try attempt { () throws(PostgresError) in
      for table in waitingTables { try Self.addKeyIndex(to: table, tables, on: connection) }
    }
    waitingTables = []
  }

  /// Whether the table of an entity is being loaded for the first time.
  func isLoading(_ entity: Entity) -> Bool {
    waitingTables.contains { $0.name == tables.table(entity).name }
  }

  /// Makes the index of a table's external ids unless there is one.
  static func addKeyIndex(
    to table: SQLTable, _ tables: SQLTables, on connection: PostgresConnection
  ) throws(PostgresError) {
    let found = try connection.query(
      """
      SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
      WHERE i.indrelid = to_regclass($1) AND a.attname = $2 AND i.indisunique AND i.indisvalid
        AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum AND i.indpred IS NULL
      """, [tables.quoted(table), table.key])
    guard found.count == 0 else { return }
    try connection.run(
      """
      CREATE UNIQUE INDEX \(tables.quoted(keyIndex(of: table))) ON \(tables.quoted(table))
      (\(tables.quoted(table.key)))
      """)
  }

  private func canWait(
    _ table: SQLTable, on connection: PostgresConnection
  ) throws(PostgresError) -> Bool {
    try connection.query(
      """
      SELECT 1 FROM pg_index WHERE indrelid = to_regclass($1) AND indexrelid = to_regclass($2)
        AND pg_get_serial_sequence($1, 'id') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM \(tables.quoted(table)))
      """, [tables.quoted(table), tables.quoted(Self.keyIndex(of: table))]
    ).count == 1
  }

  private static func keyIndex(of table: SQLTable) -> String { "\(table.name)_ferry_id" }
}
