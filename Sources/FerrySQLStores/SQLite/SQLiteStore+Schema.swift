import FerryRecords
import FerrySQLite
import FerryStores

// Tables and columns: what is there, and what is made.
extension SQLiteStore {
  /// The columns of a table; empty where it is not there.
  func columns(of table: SQLTable, in database: Database) throws(StoreError) -> Set<String> {
    if let known = knownColumns[table.name] { return known }
    let columns = try attempt { () throws(SQLiteError) in
      let query = try database.cached("SELECT name FROM pragma_table_info(?)")
      try query.bind(table.name, at: 1)
      var columns = Set<String>()
      while try query.step() { columns.insert(query.string(at: 0) ?? "") }
      return columns
    }
    if !columns.isEmpty { knownColumns[table.name] = columns }
    return columns
  }

  /// Makes one entity's table, or adds what it lacks.
  func prepare(_ request: EntityFields, in database: Database) throws(StoreError) {
    let table = tables.table(request.entity)
    let present = try columns(of: table, in: database)
    guard table.isOwn else { return try addKey(to: table, present: present, in: database) }
    if !present.isEmpty { try checkID(of: request.entity, in: database) }
    try attempt { () throws(SQLiteError) in
      if present.isEmpty {
        try database.execute(tableDefinition(request))
      } else {
        try addColumns(to: request, present: present, in: database)
      }
      try addKeyIndex(to: table, in: database)
    }
    knownColumns[table.name] = nil
  }

  private func addColumns(
    to request: EntityFields, present: Set<String>, in database: Database
  ) throws(SQLiteError) {
    let table = tables.table(request.entity)
    try addKeyColumn(to: table, present: present, in: database)
    for field in SQLTable.fields(request) where !present.contains(field.columnName) {
      try database.execute(
        "ALTER TABLE \(tables.quoted(table)) ADD COLUMN \(columnDefinition(field))")
    }
  }

  private func addKey(
    to table: SQLTable, present: Set<String>, in database: Database
  ) throws(StoreError) {
    try attempt { () throws(SQLiteError) in
      guard !present.contains(table.key) else { return }
      try addKeyColumn(to: table, present: present, in: database)
      try addKeyIndex(to: table, in: database)
    }
    knownColumns[table.name] = nil
  }

  private func addKeyColumn(
    to table: SQLTable, present: Set<String>, in database: Database
  ) throws(SQLiteError) {
    guard !present.contains(table.key) else { return }
    try database.execute("ALTER TABLE \(tables.quoted(table)) ADD COLUMN ferry_id TEXT")
  }

  /// A new row must get its `id` by itself, which only a row-id alias does.
  private func checkID(of entity: Entity, in database: Database) throws(StoreError) {
    let isAlias = try attempt { () throws(SQLiteError) in
      let query = try database.prepare(
        """
        SELECT count(*) FILTER (WHERE name = 'id' AND pk = 1 AND upper(type) = 'INTEGER'),
          count(*) FILTER (WHERE pk > 0) FROM pragma_table_info(?)
        """)
      try query.bind(entity.plural, at: 1)
      return try query.step() && query.integer(at: 0) == 1 && query.integer(at: 1) == 1
    }
    if !isAlias { throw unsuitable(entity) }
  }

  /// The table can't hold Ferry's records.
  func unsuitable(_ entity: Entity) -> StoreError {
    SQLStoreRules.error(.unsuitable, SQLStoreRules.unsuitableTable, name, entity.plural)
  }

  private func tableDefinition(_ request: EntityFields) -> String {
    let columns =
      ["id INTEGER PRIMARY KEY", "ferry_id TEXT"]
      + SQLTable.fields(request).map(columnDefinition)
    let lines = columns.map { "  \($0)" }.joined(separator: ",\n")
    return "CREATE TABLE \(tables.quoted(request.entity.plural)) (\n\(lines)\n)"
  }

  /// Decimals are text, so that no digit is lost to a binary number.
  private func columnDefinition(_ field: Field) -> String {
    let type =
      switch field.type {
      case .boolean, .integer, .reference: "INTEGER"
      case .percent: "NUMERIC"
      case .text, .longText, .personName, .companyName, .phone, .email, .url, .creditCode,
        .province, .city, .district, .amount, .decimal, .date, .instant, .currency, .choice,
        .json:
        "TEXT"
      }
    return "\(tables.quoted(field.columnName)) \(type)"
  }
}
