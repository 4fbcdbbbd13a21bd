import FerryRecords
import FerrySQLite
import FerryStores

// What is there: the facts that a layout is held against.
extension SQLiteStore {
  /// The tables of a layout, or the error that names all that does not fit.
  static func tables(
    _ layout: StoreLayout, in database: Database?, name: String
  ) throws(StoreError) -> SQLTables {
    var check = LayoutCheck(layout, store: name)
    do throws(SQLiteError) {
      let others = try tableNames(in: database)
      var facts: [String: TableFacts] = [:]
      for table in layout.tables.values where table.schema ?? "main" == "main" {
        if let database { facts[table.table.text] = try Self.facts(table.table.text, in: database) }
      }
      do throws(StoreError) {
        try check.check(
          facts: { table throws(StoreError) in
            table.schema ?? "main" == "main" ? facts[table.table.text] : nil
          },
          others: { _ throws(StoreError) in others })
      } catch { preconditionFailure("the facts are read already") }
    } catch {
      throw StoreError(error, store: name)
    }
    if let error = check.error { throw error }
    return SQLTables(layouts: check.tables)
  }

  private static func tableNames(in database: Database?) throws(SQLiteError) -> [String] {
    guard let database else { return [] }
    let query = try database.prepare(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
    var names: [String] = []
    while try query.step() { names.append(query.string(at: 0) ?? "") }
    return names
  }

  private static func facts(
    _ table: String, in database: Database
  ) throws(SQLiteError) -> TableFacts {
    var facts = TableFacts()
    let query = try database.prepare(
      """
      SELECT name, lower(type), "notnull" AND dflt_value IS NULL, pk FROM pragma_table_xinfo(?)
      WHERE hidden = 0
      """)
    try query.bind(table, at: 1)
    while try query.step() {
      let (name, type) = (query.string(at: 0) ?? "", query.string(at: 1) ?? "")
      let isInteger = type == "integer"
      if query.integer(at: 3) > 0 { facts.primaryKey.append(name) }
      facts.columns.append(
        TableFacts.Column(
          name: name, type: type, isRequired: query.integer(at: 2) == 1,
          isMade: isInteger && query.integer(at: 3) == 1,
          idKind: type.contains("int") ? .whole : .text))
      // Section 3.1 of "Datatypes in SQLite": which names of types keep a text as it is.
      let isText = ["char", "clob", "text"].contains { type.contains($0) }
      if isText && !type.contains("int") { facts.holdsText.insert(name) }
    }
    if facts.primaryKey.count == 1 { facts.unique.formUnion(facts.primaryKey) }
    for columns in try uniqueIndexes(of: table, in: database) { facts.addUnique(columns) }
    return facts
  }

  /// The columns of each unique index that covers all rows.
  private static func uniqueIndexes(
    of table: String, in database: Database
  ) throws(SQLiteError) -> [[String]] {
    let query = try database.prepare(
      """
      SELECT l.name, i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i
      WHERE l."unique" AND NOT l.partial ORDER BY l.name, i.seqno
      """)
    try query.bind(table, at: 1)
    var indexes: [String: [String?]] = [:]
    while try query.step() {
      indexes[query.string(at: 0) ?? "", default: []].append(query.string(at: 1))
    }
    // An expression has no name.
    return indexes.sorted { $0.key < $1.key }.map(\.value).filter { !$0.contains(nil) }
      .map { $0.compactMap { $0 } }
  }
}
