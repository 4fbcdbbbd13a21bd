import FerryRecords
import FerryStores

// What is there: the facts that a layout is held against.
extension PostgresStore {
  /// The tables of a layout, or the error that names all that does not fit.
  static func tables(
    _ layout: StoreLayout, on connection: PostgresConnection, name: String
  ) throws(StoreError) -> SQLTables {
    var check = LayoutCheck(layout, store: name)
    try check.check(
      facts: { table throws(StoreError) in
        try attempt(name) { () throws(PostgresError) in try facts(of: table, on: connection) }
      },
      others: { table throws(StoreError) in
        try attempt(name) { () throws(PostgresError) in
          let rows = try connection.query(
            """
            SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v')
              AND relnamespace = coalesce(to_regnamespace(nullif($1, '')), current_schema()::regnamespace)
            ORDER BY 1
            """, [table.schema.map { SQLTables().quoted($0) } ?? ""])
          return (0..<rows.count).compactMap { rows.string($0, 0) }
        }
      })
    if let error = check.error { throw error }
    return SQLTables(layouts: check.tables)
  }

  static func attempt<R>(
    _ name: String, _ body: () throws(PostgresError) -> R
  ) throws(StoreError) -> R {
    do throws(PostgresError) { return try body() } catch { throw StoreError(error, store: name) }
  }

  private static func facts(
    of table: TableLayout, on connection: PostgresConnection
  ) throws(PostgresError) -> TableFacts {
    var facts = TableFacts()
    let name = SQLTables().quoted(SQLTable(table, timeZone: "UTC"))
    let rows = try connection.query(
      """
      SELECT attname, format_type(atttypid, NULL),
        attnotnull AND NOT atthasdef AND attidentity = '' AND attgenerated = '',
        atthasdef OR attidentity <> '',
        CASE WHEN atttypid = 'numeric'::regtype AND atttypmod >= 4 THEN (atttypmod - 4) & 2047 END
      FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """, [name])
    for row in 0..<rows.count {
      let (column, type) = (rows.string(row, 0) ?? "", rows.string(row, 1) ?? "")
      facts.columns.append(
        TableFacts.Column(
          name: column, type: type, isRequired: rows.string(row, 2) == "t",
          isMade: rows.string(row, 3) == "t", idKind: idKind(of: type),
          scale: rows.string(row, 4).flatMap { Int($0) }))
      // `character` pads with blanks, and an enum takes no new words.
      if ["text", "character varying"].contains(type) { facts.holdsText.insert(column) }
    }
    let indexes = try connection.query(
      """
      SELECT indexrelid, attname, indisprimary FROM pg_index
      JOIN pg_attribute ON attrelid = indrelid
        AND attnum = ANY ((indkey::int2[])[0:indnkeyatts - 1])
      WHERE indrelid = to_regclass($1) AND indisunique AND indpred IS NULL AND indexprs IS NULL
        AND indimmediate
      ORDER BY indexrelid, array_position(indkey::int2[], attnum)
      """, [name])
    for (_, rows) in Dictionary(grouping: 0..<indexes.count, by: { indexes.string($0, 0) ?? "" })
      .sorted(by: { $0.key < $1.key })
    {
      let columns = rows.map { indexes.string($0, 1) ?? "" }
      facts.addUnique(columns)
      if indexes.string(rows[0], 2) == "t" { facts.primaryKey = columns }
    }
    return facts
  }

  private static func idKind(of type: String) -> SQLTable.IDKind {
    switch type {
    case "smallint", "integer", "bigint": .whole
    case "uuid": .uuid
    default: .text
    }
  }
}

extension SQLTable {
  /// The PostgreSQL type that external ids are compared in.
  var postgresKeyType: String { isKeyWhole ? "bigint" : "text" }

  /// The PostgreSQL type that ids are compared in, so that the index on them is used.
  var postgresIDType: String {
    switch idKind {
    case .whole: "bigint"
    case .uuid: "uuid"
    case .text: "text"
    }
  }
}
