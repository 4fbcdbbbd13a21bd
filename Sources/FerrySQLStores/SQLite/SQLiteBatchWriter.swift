import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores

/// Writes the records of one batch, inside a transaction that its owner opened.
///
/// How it works: a create is a plain INSERT that does nothing on a conflict; only where it did
/// nothing is the record looked up and updated, so that the common case is one statement with the
/// same shape for every record. An update sets the present fields alone: one statement for each
/// set of fields, compiled once. Bytes are bound without a copy, which is sound because the page
/// outlives the batch and the bindings are cleared at its end.
struct SQLiteBatchWriter {
  private let kind: WriteBatch.Kind
  private let page: RecordPage
  private let database: Database
  private let refusals: Refusals
  private let tables: SQLTables
  private let table: SQLTable
  /// The statement that does the batch; for updates, the one of the last record's fields.
  private var statement: Statement
  private var updates: [[Bool]: Statement] = [:]
  private var present: [Bool] = []
  /// Whether new records may have an id; where none has, SQLite numbers them without a search.
  private var bringsIDs = false

  init(
    _ batch: WriteBatch, _ tables: SQLTables, database: Database, store: String
  ) throws(SQLiteError) {
    kind = batch.kind
    table = tables.table(batch.records.shape.entity)
    page = table.encoded(batch).records
    self.tables = tables
    self.database = database
    refusals = Refusals(store: store, table: table)
    switch kind {
    case .create:
      bringsIDs = table.idSource != .store || page.storeIDs.contains { $0.isPresent }
      statement = try database.cached(
        Self.insertion(page.shape, table, tables, withID: bringsIDs))
    case .delete: statement = try database.cached(Self.deletion(table, tables))
    case .update:
      present = page.shape.fields.map { _ in false }
      statement = try database.cached(
        Self.update(page.shape, table, tables, present: present))
      updates[present] = statement
    }
  }

  /// Writes all records: one result each; a broken constraint refuses its record alone.
  mutating func write() throws(SQLiteError) -> [WriteResult] {
    defer { clearBindings() }
    var results: [WriteResult] = []
    results.reserveCapacity(page.count)
    for record in 0..<page.count {
      do throws(SQLiteError) {
        results.append(try write(record))
      } catch {
        guard error.kind == .constraint || error.kind == .tooBig else { throw error }
        results.append(refusals.refused(error.message))
      }
    }
    return results
  }

  private mutating func write(_ record: Int) throws(SQLiteError) -> WriteResult {
    if let refusal = refusals.unfitKey(record, of: page) { return refusal }
    switch kind {
    case .create: return try create(record)
    case .update:
      let id = page.storeID(of: record) ?? ""
      return try update(record, id: id) ? .written(storeID: id) : refusals.gone(id)
    case .delete:
      try bind(page.storeIDs[record], to: statement, at: 1)
      try statement.run()
      return .written(storeID: page.storeID(of: record) ?? "")
    }
  }

  private mutating func create(_ record: Int) throws(SQLiteError) -> WriteResult {
    let givesID = table.idSource != .store && !page.storeIDs[record].isPresent
    let made = givesID ? table.newID(for: page.externalID(of: record)) : nil
    if let made {
      try statement.bind(made, at: 1)
    } else if bringsIDs {
      try bind(page.storeIDs[record], to: statement, at: 1)
    }
    try bind(page.externalIDs[record], to: statement, at: 2)
    for field in page.values.indices {
      try bind(page.values[field][record], to: statement, at: field + 3)
    }
    try statement.run()
    if database.changedRowCount == 1 {
      let named = table.idSource == .store ? nil : made ?? page.storeID(of: record)
      return .written(storeID: named ?? String(database.lastInsertedRowID))
    }
    guard let id = try existingID(of: record) else {
      return refusals.refused("UNIQUE constraint failed")
    }
    let insertion = statement
    defer { statement = insertion }
    _ = try update(record, id: id)
    return .written(storeID: id)
  }

  /// The id of the record that has this external id already.
  private func existingID(of record: Int) throws(SQLiteError) -> String? {
    let query = try database.cached(
      """
      SELECT \(tables.quoted(table.id)) FROM \(tables.quoted(table))
      WHERE \(tables.quoted(table.key)) = ?\(tables.condition(table) { "CAST(\($0) AS TEXT)" })
      """)
    try query.bind(page.externalID(of: record), at: 1)
    defer { query.reset() }
    return try query.step() ? query.string(at: 0) : nil
  }

  /// Sets the present fields.
  ///
  /// - Returns: False where there is no such record.
  private mutating func update(_ record: Int, id: String) throws(SQLiteError) -> Bool {
    try chooseUpdate(for: record)
    try statement.bind(id, at: 1)
    try bind(page.externalIDs[record], to: statement, at: 2)
    var index = 3
    for column in page.values where column[record].isPresent {
      try bind(column[record], to: statement, at: index)
      index += 1
    }
    try statement.run()
    return database.changedRowCount == 1
  }

  /// Makes ``statement`` the one that sets the fields which this record has.
  private mutating func chooseUpdate(for record: Int) throws(SQLiteError) {
    let isSame =
      kind == .update
      && page.values.indices.allSatisfy { page.values[$0][record].isPresent == present[$0] }
    if isSame { return }
    present = page.values.map { $0[record].isPresent }
    if let known = updates[present] {
      statement = known
    } else {
      statement = try database.cached(
        Self.update(page.shape, table, tables, present: present))
      updates[present] = statement
    }
  }

  /// Binds a value of the page; absent and empty are null.
  private func bind(
    _ value: ValueRef, to statement: Statement, at index: Int
  ) throws(SQLiteError) {
    guard value.byteCount > 0 else { return try statement.bindNull(at: index) }
    try page.arena.withBytes(of: value) { bytes throws(SQLiteError) in
      // The page lives until the batch is written, and its bytes never move.
      try unsafe statement.bindUncopied(bytes, at: index)
    }
  }

  private func clearBindings() {
    statement.clearBindings()
    for update in updates.values { update.clearBindings() }
  }
}

// MARK: - Statements

extension SQLiteBatchWriter {
  /// `?1` is the id where records may bring one, `?2` the external id, then the fields.
  private static func insertion(
    _ shape: EntityFields, _ table: SQLTable, _ tables: SQLTables, withID: Bool
  ) -> String {
    let own = !withID || table.idSource == .key ? [] : [(tables.quoted(table.id), "?1")]
    let fields = tables.columns(of: shape, in: table).map { ($0.column, "?\($0.index + 3)") }
    let constants = table.constants.map {
      (tables.quoted($0.column.text), SQLTables.literal($0.value))
    }
    let all = own + [(tables.quoted(table.key), "?2")] + fields + constants
    return """
      INSERT INTO \(tables.quoted(table)) (\(all.map(\.0).joined(separator: ", ")))
      VALUES (\(all.map(\.1).joined(separator: ", "))) ON CONFLICT DO NOTHING
      """
  }

  private static func deletion(_ table: SQLTable, _ tables: SQLTables) -> String {
    "DELETE FROM \(tables.quoted(table)) WHERE \(tables.quoted(table.id)) = ?"
  }

  /// `?1` is the id, `?2` the external id, which fills an empty `ferry_id` and changes none.
  private static func update(
    _ shape: EntityFields, _ table: SQLTable, _ tables: SQLTables, present: [Bool]
  ) -> String {
    let names = shape.fields.indices.filter { present[$0] }
      .map { table.column(of: shape.fields[$0]).map(tables.quoted) }
    let key = tables.quoted(table.key)
    let settings =
      ["\(key) = coalesce(\(key), ?2)"]
      + names.enumerated().compactMap { index, name in name.map { "\($0) = ?\(index + 3)" } }
    return """
      UPDATE \(tables.quoted(table)) SET \(settings.joined(separator: ", "))
      WHERE \(tables.quoted(table.id)) = ?1
      """
  }
}
