import FerryCore
import FerryRecords
import FerryStores

/// Writes the records of one batch, inside a transaction that its owner opened, behind the savepoint
/// `ferry_batch`.
///
/// How it works: all records are copied into a staging table with the target's own types, then one
/// statement moves them: INSERT … SELECT that does nothing on a conflict, then an UPDATE of those
/// that were there already, field by field where the mask says so. Where a value or constraint is
/// refused, all is taken back to the savepoint and done again record by record, so that only the
/// faulty ones are left out. Records that the set-based way could confuse (an id twice, none at
/// all) go that way from the start. Into a table that is loaded for the first time records are copied
/// straight, with ids that are taken from its sequence beforehand.
struct PostgresBatchWriter {
  private let kind: WriteBatch.Kind
  private let page: RecordPage
  private let isLoading: Bool
  private let connection: PostgresConnection
  private let refusals: Refusals
  private let tables: SQLTables
  private let table: SQLTable
  private let target: String
  private let id: String
  private let key: String
  /// The fields that have a column, by their place in the page; of an update those that it sets.
  private let fields: [(index: Int, column: String)]
  /// By place in the page: whether each record has the field, so that its mask need not be asked.
  private let isInAll: [Bool]

  /// Prepares to write; `isLoading` says that the store holds none of the records.
  init(
    _ batch: WriteBatch, _ tables: SQLTables, isLoading: Bool, connection: PostgresConnection,
    store: String
  ) {
    kind = batch.kind
    self.isLoading = isLoading
    table = tables.table(batch.records.shape.entity)
    page = table.encoded(batch).records
    self.tables = tables
    self.connection = connection
    refusals = Refusals(store: store, table: table)
    target = tables.quoted(table)
    id = tables.quoted(table.id)
    key = tables.quoted(table.key)
    let (page, kind) = (page, kind)
    fields = tables.columns(of: page.shape, in: table).filter { field in
      kind == .create || page.values[field.index].contains(where: \.isPresent)
    }
    isInAll = page.values.map { column in column.allSatisfy(\.isPresent) }
  }

  /// Writes all records: one result each.
  func write() throws(PostgresError) -> [WriteResult] {
    guard isSetBased else { return try writeOneByOne() }
    do throws(PostgresError) {
      return switch kind {
      case .create: isLoading ? try load() : try create()
      case .update: try update()
      case .delete: try delete()
      }
    } catch {
      guard error.isAboutRecord else { throw error }
      try connection.run("ROLLBACK TO SAVEPOINT ferry_batch")
      return try writeOneByOne()
    }
  }

  /// Whether each record has the id that the set-based way finds it by, and no two the same.
  private var isSetBased: Bool {
    var seen = Set<String>()
    for record in 0..<page.count {
      let id = kind == .create ? page.externalID(of: record) : page.storeID(of: record)
      guard let id, seen.insert(id).inserted else { return false }
      guard refusals.unfit(record, of: page) == nil else { return false }
      if kind == .create ? page.storeIDs[record].isPresent : !table.canBeID(id) { return false }
    }
    return true
  }
}

// MARK: - All at once

extension PostgresBatchWriter {
  private func load() throws(PostgresError) -> [WriteResult] {
    let numbers = try connection.query(
      """
      WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence($1, 'id')::regclass AS sequence)
      SELECT nextval(sequence) FROM own, generate_series(1, $2::int)
      """, [target, String(page.count)])
    let names = ([id, key] + fields.map(\.column)).joined(separator: ", ")
    var rows = PostgresCopyRows()
    try connection.copy("COPY \(target) (\(names)) FROM STDIN") { send throws(PostgresError) in
      for record in 0..<page.count {
        numbers.withText(record, 0) { rows.append(plain: $0) }
        rows.append(page.externalIDs[record], of: page)
        for field in fields { rows.append(page.values[field.index][record], of: page) }
        rows.endRow()
        if rows.isFull { try send(&rows) }
      }
      try send(&rows)
    }
    return (0..<page.count).map { .written(storeID: numbers.string($0, 0) ?? "") }
  }

  private func create() throws(PostgresError) -> [WriteResult] {
    try stage()
    let own = table.idSource == .ferry ? [(id, "ferry_own")] : []
    let values = fields.map { ($0.column, "f\($0.index)") }
    let all = own + [(key, "ferry_key")] + values + constants
    var ids = try idsByExternalID(
      """
      INSERT INTO \(target) (\(all.map(\.0).joined(separator: ", ")))
      SELECT \(all.map(\.1).joined(separator: ", ")) FROM ferry_stage ORDER BY ferry_n
      ON CONFLICT (\(keyIndex)) DO NOTHING RETURNING \(key), \(id)
      """)
    if ids.count < page.count {
      let existing = (0..<page.count).compactMap { page.externalID(of: $0) }
        .filter { ids[$0] == nil }
      let found = try update(existing)
      ids.merge(found) { first, _ in first }
    }
    return (0..<page.count).map { record in
      guard let id = ids[page.externalID(of: record) ?? ""] else {
        return refusals.refused("another unique value is there already")
      }
      return .written(storeID: id)
    }
  }

  /// Sets the present fields of records that are there already; rows that have them stay untouched.
  private func update(_ externalIDs: [String]) throws(PostgresError) -> [String: String] {
    let wanted = [PostgresSchema.array(externalIDs)]
    let only = tables.condition(table) { "t.\($0)::text" }
    try connection.query(
      """
      UPDATE \(target) t SET \(settings) FROM ferry_stage s
      WHERE t.\(key) = s.ferry_key AND s.ferry_key = ANY ($1::\(keyType)[])\(only)
        AND (\(difference))
      """, wanted)
    return try idsByExternalID(
      """
      SELECT t.\(key), t.\(id) FROM \(target) t
      WHERE t.\(key) = ANY ($1::\(keyType)[])\(only)
      """, wanted)
  }

  private func update() throws(PostgresError) -> [WriteResult] {
    try stage()
    let changed = try connection.query(
      """
      UPDATE \(target) t SET \(settings) FROM ferry_stage s
      WHERE t.\(id) = s.ferry_own AND (\(difference)) RETURNING t.\(id)
      """)
    guard changed.count < page.count else {
      return (0..<page.count).map { .written(storeID: page.storeID(of: $0) ?? "") }
    }
    // The others are as they should be, or gone.
    let rows = try connection.query(
      "SELECT t.\(id) FROM \(target) t JOIN ferry_stage s ON t.\(id) = s.ferry_own")
    let written = Set((0..<rows.count).compactMap { rows.string($0, 0) })
    return (0..<page.count).map { record in
      let id = page.storeID(of: record) ?? ""
      return written.contains(id) ? .written(storeID: id) : refusals.gone(id)
    }
  }

  private func delete() throws(PostgresError) -> [WriteResult] {
    let ids = (0..<page.count).compactMap { page.storeID(of: $0) }
    try connection.query(
      "DELETE FROM \(target) WHERE \(id) = ANY ($1::\(table.postgresIDType)[])",
      [PostgresSchema.array(ids)])
    return ids.map { .written(storeID: $0) }
  }

  private func idsByExternalID(
    _ sql: String, _ parameters: [String] = []
  ) throws(PostgresError) -> [String: String] {
    let rows = try connection.query(sql, parameters)
    var ids = [String: String](minimumCapacity: rows.count)
    for row in 0..<rows.count { ids[rows.string(row, 0) ?? ""] = rows.string(row, 1) }
    return ids
  }

  private var keyType: String { table.postgresKeyType }

  private var keyIndex: String { table.keyIndex.map(tables.quoted).joined(separator: ", ") }

  private var constants: [(String, String)] {
    table.constants.map { (tables.quoted($0.column.text), SQLTables.literal($0.value)) }
  }

  /// Sets each field that the record's mask has, leaves the others, and fills an empty external id.
  private var settings: String {
    (["\(key) = coalesce(t.\(key), s.ferry_key)"]
      + fields.map { field in
        isInAll[field.index]
          ? "\(field.column) = s.f\(field.index)"
          : "\(field.column) = CASE WHEN \(isSet(field.index)) THEN s.f\(field.index) "
            + "ELSE t.\(field.column) END"
      }).joined(separator: ", ")
  }

  /// Whether ``settings`` changes anything; compared as text, since `json` knows no equality.
  private var difference: String {
    (["t.\(key) IS NULL"]
      + fields.map { field in
        (isInAll[field.index] ? "" : "\(isSet(field.index)) AND ")
          + "t.\(field.column)::text IS DISTINCT FROM s.f\(field.index)::text"
      }).joined(separator: " OR ")
  }

  private func isSet(_ field: Int) -> String { "substr(ferry_mask, \(field + 1), 1) = '1'" }

  /// Copies the records into a table that lives as long as the transaction.
  private func stage() throws(PostgresError) {
    let values = fields.map { ", \($0.column) AS f\($0.index)" }.joined()
    // The staged rows have no statistics: without this the whole target may be read for each batch.
    try connection.run(
      """
      SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
      CREATE TEMP TABLE ferry_stage ON COMMIT DROP AS SELECT 0::int AS ferry_n,
      ''::text AS ferry_mask, \(id) AS ferry_own, \(key) AS ferry_key\(values)
      FROM \(target) WITH NO DATA
      """)
    var rows = PostgresCopyRows()
    try connection.copy("COPY ferry_stage FROM STDIN") { send throws(PostgresError) in
      for record in 0..<page.count {
        rows.append(String(record))
        rows.append(String(decoding: mask(of: record), as: UTF8.self))
        if let made = madeID(of: record) {
          rows.append(made)
        } else {
          rows.append(page.storeIDs[record], of: page)
        }
        rows.append(page.externalIDs[record], of: page)
        for field in fields { rows.append(page.values[field.index][record], of: page) }
        rows.endRow()
        if rows.isFull { try send(&rows) }
      }
      try send(&rows)
    }
  }

  /// The id that Ferry gives a new record.
  private func madeID(of record: Int) -> String? {
    guard kind == .create, table.idSource == .ferry, !page.storeIDs[record].isPresent else {
      return nil
    }
    return table.newID(for: page.externalID(of: record))
  }

  private func mask(of record: Int) -> [UInt8] {
    page.values.map { UInt8(ascii: $0[record].isPresent ? "1" : "0") }
  }
}

// MARK: - One by one

extension PostgresBatchWriter {
  private func writeOneByOne() throws(PostgresError) -> [WriteResult] {
    var results: [WriteResult] = []
    for record in 0..<page.count {
      try connection.run("SAVEPOINT ferry_record")
      do throws(PostgresError) {
        results.append(try write(record))
      } catch {
        guard error.isAboutRecord else { throw error }
        try connection.run("ROLLBACK TO SAVEPOINT ferry_record")
        results.append(refusals.refused(error.message))
      }
      try connection.run("RELEASE SAVEPOINT ferry_record")
    }
    return results
  }

  private func write(_ record: Int) throws(PostgresError) -> WriteResult {
    if let refusal = refusals.unfit(record, of: page) { return refusal }
    let id = page.storeID(of: record) ?? ""
    switch kind {
    case .create: return try create(record)
    case .update: return try update(record, id: id) ? .written(storeID: id) : refusals.gone(id)
    case .delete:
      guard table.canBeID(id) else { return .written(storeID: id) }
      try connection.query(
        "DELETE FROM \(target) WHERE \(self.id) = $1::\(table.postgresIDType)", [id])
      return .written(storeID: id)
    }
  }

  private func create(_ record: Int) throws(PostgresError) -> WriteResult {
    let named = page.storeID(of: record) ?? madeID(of: record)
    let hasOwn = named != nil && table.idSource != .key
    let names = (hasOwn ? [id] : []) + [key] + fields.map(\.column)
    let values =
      (hasOwn ? [named] : []) + [page.externalID(of: record)]
      + fields.map { value($0.index, of: record) }
    let all = names.enumerated().map { ($1, "$\($0 + 1)") } + constants
    let made = try connection.query(
      """
      INSERT INTO \(target) (\(all.map(\.0).joined(separator: ", ")))
      VALUES (\(all.map(\.1).joined(separator: ", "))) ON CONFLICT DO NOTHING RETURNING \(id)
      """, values)
    if made.count == 1 { return .written(storeID: made.string(0, 0) ?? "") }
    let existing = try connection.query(
      """
      SELECT \(id) FROM \(target) WHERE \(key) = $1\(tables.condition(table) { "\($0)::text" })
      """, [page.externalID(of: record)])
    guard existing.count == 1, let id = existing.string(0, 0) else {
      return refusals.refused("another unique value is there already")
    }
    _ = try update(record, id: id)
    return .written(storeID: id)
  }

  /// Sets the present fields.
  ///
  /// - Returns: False where there is no such record.
  private func update(_ record: Int, id: String) throws(PostgresError) -> Bool {
    guard table.canBeID(id) else { return false }
    var settings = ["\(key) = coalesce(\(key), $2)"]
    var values: [String?] = [id, page.externalID(of: record)]
    for field in fields where page.values[field.index][record].isPresent {
      values.append(value(field.index, of: record))
      settings.append("\(field.column) = $\(values.count)")
    }
    return try connection.query(
      """
      UPDATE \(target) SET \(settings.joined(separator: ", "))
      WHERE \(self.id) = $1::\(table.postgresIDType) RETURNING \(self.id)
      """, values
    ).count == 1
  }

  /// A value as a parameter; absent and empty are null.
  private func value(_ field: Int, of record: Int) -> String? {
    page.string(field: field, of: record).flatMap { $0.isEmpty ? nil : $0 }
  }
}
