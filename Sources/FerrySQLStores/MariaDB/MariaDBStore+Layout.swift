import FerryRecords
import FerryStores

// What is there: the facts that a layout is held against.
extension MariaDBStore {
  /// The tables of a layout, or the error that names all that does not fit.
  static func tables(
    _ layout: StoreLayout, on connection: MariaDBConnection, name: String
  ) throws(StoreError) -> SQLTables {
    var check = LayoutCheck(layout, store: name)
    try check.check(
      facts: { table throws(StoreError) in
        try attempt(name) { () throws(MariaDBError) in try facts(of: table, on: connection) }
      },
      others: { table throws(StoreError) in
        try attempt(name) { () throws(MariaDBError) in
          let rows = try connection.query(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = coalesce(?, database()) ORDER BY 1
            """, MariaDBParameters([table.schema]))
          return (0..<rows.count).compactMap { rows.string($0, 0) }
        }
      })
    if let error = check.error { throw error }
    return SQLTables(layouts: check.tables, quote: "`")
  }

  private static func facts(
    of table: TableLayout, on connection: MariaDBConnection
  ) throws(MariaDBError) -> TableFacts {
    var facts = TableFacts()
    let name = MariaDBParameters([table.schema, table.table.text])
    let rows = try connection.query(
      """
      SELECT column_name, lower(data_type), is_nullable = 'NO' AND column_default IS NULL
          AND extra NOT LIKE '%auto_increment%' AND extra NOT LIKE '%GENERATED%',
        extra LIKE '%auto_increment%' OR column_default IS NOT NULL
          AND column_default <> 'NULL', column_key = 'PRI', numeric_scale
      FROM information_schema.columns
      WHERE table_schema = coalesce(?, database()) AND table_name = ? ORDER BY ordinal_position
      """, name)
    for row in 0..<rows.count {
      let (column, type) = (rows.string(row, 0) ?? "", rows.string(row, 1) ?? "")
      if rows.string(row, 4) == "1" { facts.primaryKey.append(column) }
      facts.columns.append(
        TableFacts.Column(
          name: column, type: type, isRequired: rows.string(row, 2) == "1",
          isMade: rows.string(row, 3) == "1", idKind: type.hasSuffix("int") ? .whole : .text,
          scale: rows.string(row, 5).flatMap { Int($0) },
          isTime: ["datetime", "timestamp"].contains(type)))
      if type.hasSuffix("char") || type.hasSuffix("text") { facts.holdsText.insert(column) }
    }
    let indexes = try connection.query(
      """
      SELECT index_name, column_name, sub_part IS NULL FROM information_schema.statistics
      WHERE table_schema = coalesce(?, database()) AND table_name = ? AND non_unique = 0
      ORDER BY index_name, seq_in_index
      """, name)
    let rowsOfIndex = Dictionary(
      grouping: 0..<indexes.count, by: { indexes.string($0, 0) ?? "" })
    for (_, rows) in rowsOfIndex.sorted(by: { $0.key < $1.key })
    where rows.allSatisfy({ indexes.string($0, 2) == "1" }) {
      facts.addUnique(rows.map { indexes.string($0, 1) ?? "" })
    }
    return facts
  }
}
