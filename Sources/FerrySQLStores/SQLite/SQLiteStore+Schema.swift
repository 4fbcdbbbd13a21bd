import FerryRecords
import FerrySQLite
import FerryStores

// Tables and columns: what is there, and what is made.
extension SQLiteStore {
  /// The columns of the entity's table; empty where there is no table.
  func columns(of entity: Entity, in database: Database) throws(StoreError) -> Set<String> {
    if let known = knownColumns[entity.plural] { return known }
    let columns = try attempt { () throws(SQLiteError) in
      let query = try database.cached("SELECT name FROM pragma_table_info(?)")
      try query.bind(entity.plural, at: 1)
      var columns = Set<String>()
      while try query.step() { columns.insert(query.string(at: 0) ?? "") }
      return columns
    }
    if !columns.isEmpty { knownColumns[entity.plural] = columns }
    return columns
  }

  /// Makes one entity's table, or adds what it lacks.
  func prepare(_ request: EntityFields, in database: Database) throws(StoreError) {
    let present = try columns(of: request.entity, in: database)
    if !present.isEmpty { try checkID(of: request.entity, in: database) }
    try attempt { () throws(SQLiteError) in
      if present.isEmpty {
        try database.execute(Self.tableDefinition(request))
      } else {
        try addColumns(to: request, present: present, in: database)
      }
    }
    knownColumns[request.entity.plural] = nil
  }

  private func addColumns(
    to request: EntityFields, present: Set<String>, in database: Database
  ) throws(SQLiteError) {
    let table = SQLNames.table(request.entity)
    if !present.contains(SQLNames.externalID) {
      let index = SQLNames.quoted("\(request.entity.plural)_ferry_id")
      try database.execute(
        """
        ALTER TABLE \(table) ADD COLUMN ferry_id TEXT;
        CREATE UNIQUE INDEX \(index) ON \(table) (ferry_id)
        """)
    }
    for field in SQLNames.columns(request) where !present.contains(field.columnName) {
      try database.execute("ALTER TABLE \(table) ADD COLUMN \(Self.columnDefinition(field))")
    }
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

  static func tableDefinition(_ request: EntityFields) -> String {
    let columns =
      ["id INTEGER PRIMARY KEY", "ferry_id TEXT UNIQUE"]
      + SQLNames.columns(request).map(columnDefinition)
    let lines = columns.map { "  \($0)" }.joined(separator: ",\n")
    return "CREATE TABLE \(SQLNames.table(request.entity)) (\n\(lines)\n)"
  }

  /// Decimals are text, so that no digit is lost to a binary number.
  private static func columnDefinition(_ field: Field) -> String {
    let type =
      switch field.type {
      case .boolean, .integer, .reference: "INTEGER"
      case .percent: "NUMERIC"
      case .text, .longText, .personName, .companyName, .phone, .email, .url, .creditCode,
        .province, .city, .district, .amount, .decimal, .date, .instant, .currency, .choice,
        .json:
        "TEXT"
      }
    return "\(SQLNames.quoted(field.columnName)) \(type)"
  }
}
