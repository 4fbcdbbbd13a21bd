import FerryRecords
import FerrySQLite
public import FerryStores

// The index of the external ids: made after the load where the table was empty, since it takes half
// the time when all ids are there, and in any order.
extension SQLiteStore {
  /// Takes the index of the external ids from those tables of Ferry's own that are empty.
  public func beginLoading(_ entities: [EntityFields]) async throws(StoreError) {
    let database = try writableDatabase()
    try attempt { () throws(SQLiteError) in
      for request in entities {
        let table = tables.table(request.entity)
        guard table.isOwn, try canWait(table, in: database) else { continue }
        try database.execute("DROP INDEX \(tables.quoted(Self.keyIndex(of: table)))")
        waitingTables.append(table.name)
      }
    }
  }

  /// Makes the indexes that ``beginLoading(_:)`` took.
  public func finishLoading() async throws(StoreError) {
    guard !waitingTables.isEmpty else { return }
    let database = try writableDatabase()
    try attempt { () throws(SQLiteError) in
      for name in waitingTables { try makeKeyIndex(onTable: name, in: database) }
    }
    waitingTables = []
  }

  /// Makes the index of a table's external ids unless there is one.
  func addKeyIndex(to table: SQLTable, in database: Database) throws(SQLiteError) {
    guard try !hasKeyIndex(table, in: database) else { return }
    try makeKeyIndex(onTable: table.name, in: database)
  }

  /// Whether a record is found by its external id without a look at all of them.
  func hasKeyIndex(_ table: SQLTable, in database: Database) throws(SQLiteError) -> Bool {
    let query = try database.cached(
      """
      SELECT 1 FROM pragma_index_list(?) l, pragma_index_info(l.name) i
      WHERE i.seqno = 0 AND i.name = ? AND NOT l.partial
      """)
    try query.bind(table.name, at: 1)
    try query.bind(table.key, at: 2)
    defer { query.reset() }
    return try query.step()
  }

  private func canWait(_ table: SQLTable, in database: Database) throws(SQLiteError) -> Bool {
    let query = try database.prepare(
      """
      SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ? AND tbl_name = ?
        AND NOT EXISTS (SELECT 1 FROM \(tables.quoted(table)))
      """)
    try query.bind(Self.keyIndex(of: table), at: 1)
    try query.bind(table.name, at: 2)
    return try query.step()
  }

  private func makeKeyIndex(onTable name: String, in database: Database) throws(SQLiteError) {
    try database.execute(
      """
      CREATE UNIQUE INDEX IF NOT EXISTS \(tables.quoted("\(name)_ferry_id"))
      ON \(tables.quoted(name)) (ferry_id)
      """)
  }

  private static func keyIndex(of table: SQLTable) -> String { "\(table.name)_ferry_id" }
}
