import FerryCore
import FerryRecords
import FerryStores

/// Writes the records of one batch, inside a transaction that its owner opened.
///
/// How it works: all records are copied into a staging table with the target's own types, then one
/// statement moves them: INSERT … SELECT that does nothing on a conflict, then an UPDATE of those
/// that were there already, field by field where the mask says so. Where a value or constraint is
/// refused, all is taken back to the savepoint and done again record by record, so that only the
/// faulty ones are left out. Records that the set-based way could confuse (an id twice, none at
/// all) go that way from the start.
struct PostgresBatchWriter {
  private let kind: WriteBatch.Kind
  private let page: RecordPage
  private let connection: PostgresConnection
  private let store: String
  private let table: String
  private let columns: [String]

  init(_ batch: WriteBatch, connection: PostgresConnection, store: String) {
    kind = batch.kind
    page = batch.records
    self.connection = connection
    self.store = store
    table = SQLNames.table(page.shape.entity)
    columns = page.shape.fields.map { SQLNames.quoted($0.columnName) }
  }

  /// Writes all records: one result each.
  func write() throws(PostgresError) -> [WriteResult] {
    guard isSetBased else { return try writeOneByOne() }
    try connection.run("SAVEPOINT ferry_batch")
    do throws(PostgresError) {
      return switch kind {
      case .create: try create()
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
      if kind == .create ? page.storeIDs[record].isPresent : Int64(id) == nil { return false }
    }
    return true
  }
}

// MARK: - All at once

extension PostgresBatchWriter {
  private func create() throws(PostgresError) -> [WriteResult] {
    try stage()
    let names = (["ferry_id"] + columns).joined(separator: ", ")
    var ids = try idsByExternalID(
      """
      INSERT INTO \(table) (\(names)) SELECT \(names) FROM ferry_stage ORDER BY ferry_n
      ON CONFLICT (ferry_id) DO NOTHING RETURNING ferry_id, id
      """)
    if ids.count < page.count {
      let existing = (0..<page.count).compactMap { page.externalID(of: $0) }
        .filter { ids[$0] == nil }
      let updated = try idsByExternalID(
        """
        UPDATE \(table) t SET \(settings) FROM ferry_stage s
        WHERE t.ferry_id = s.ferry_id AND s.ferry_id = ANY ($1::text[])
        RETURNING t.ferry_id, t.id
        """, [PostgresSchema.array(existing)])
      ids.merge(updated) { first, _ in first }
    }
    return (0..<page.count).map { record in
      guard let id = ids[page.externalID(of: record) ?? ""] else {
        return refused("another unique value is there already")
      }
      return .written(storeID: id)
    }
  }

  private func update() throws(PostgresError) -> [WriteResult] {
    try stage()
    let rows = try connection.query(
      "UPDATE \(table) t SET \(settings) FROM ferry_stage s WHERE t.id = s.id RETURNING t.id")
    let written = Set((0..<rows.count).compactMap { rows.string($0, 0) })
    return (0..<page.count).map { record in
      let id = page.storeID(of: record) ?? ""
      return written.contains(id) ? .written(storeID: id) : gone(id)
    }
  }

  private func delete() throws(PostgresError) -> [WriteResult] {
    let ids = (0..<page.count).compactMap { page.storeID(of: $0) }
    try connection.query(
      "DELETE FROM \(table) WHERE id = ANY ($1::bigint[])", [PostgresSchema.array(ids)])
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

  /// Sets each field that the record's mask has, leaves the others, and fills an empty external id.
  private var settings: String {
    (["ferry_id = coalesce(t.ferry_id, s.ferry_id)"]
      + columns.enumerated().map { index, name in
        "\(name) = CASE substr(ferry_mask, \(index + 1), 1) WHEN '1' THEN s.\(name) ELSE t.\(name) END"
      }).joined(separator: ", ")
  }

  /// Copies the records into a table that lives as long as the transaction.
  private func stage() throws(PostgresError) {
    let targets = (["id", "ferry_id"] + columns).joined(separator: ", ")
    try connection.run(
      """
      CREATE TEMP TABLE ferry_stage ON COMMIT DROP AS
      SELECT 0::int AS ferry_n, ''::text AS ferry_mask, \(targets) FROM \(table) WITH NO DATA
      """)
    var rows = PostgresCopyRows()
    for record in 0..<page.count {
      rows.append(String(record))
      rows.append(String(decoding: mask(of: record), as: UTF8.self))
      rows.append(page.storeIDs[record], of: page)
      rows.append(page.externalIDs[record], of: page)
      for column in page.values { rows.append(column[record], of: page) }
      rows.endRow()
    }
    try connection.copy("COPY ferry_stage FROM STDIN", rows.bytes.span)
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
        results.append(refused(error.message))
      }
      try connection.run("RELEASE SAVEPOINT ferry_record")
    }
    return results
  }

  private func write(_ record: Int) throws(PostgresError) -> WriteResult {
    let id = page.storeID(of: record) ?? ""
    switch kind {
    case .create: return try create(record)
    case .update: return try update(record, id: id) ? .written(storeID: id) : gone(id)
    case .delete:
      guard Int64(id) != nil else { return .written(storeID: id) }
      try connection.query("DELETE FROM \(table) WHERE id = $1::bigint", [id])
      return .written(storeID: id)
    }
  }

  private func create(_ record: Int) throws(PostgresError) -> WriteResult {
    let named = page.storeID(of: record)
    let names = (named == nil ? [] : ["id"]) + ["ferry_id"] + columns
    let values =
      (named.map { [$0] } ?? []) + [page.externalID(of: record)]
      + page.shape.fields.indices.map { value($0, of: record) }
    let marks = names.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let made = try connection.query(
      """
      INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))
      ON CONFLICT DO NOTHING RETURNING id
      """, values)
    if made.count == 1 { return .written(storeID: made.string(0, 0) ?? "") }
    let existing = try connection.query(
      "SELECT id FROM \(table) WHERE ferry_id = $1", [page.externalID(of: record)])
    guard existing.count == 1, let id = existing.string(0, 0) else {
      return refused("another unique value is there already")
    }
    _ = try update(record, id: id)
    return .written(storeID: id)
  }

  /// Sets the present fields.
  ///
  /// - Returns: False where there is no such record.
  private func update(_ record: Int, id: String) throws(PostgresError) -> Bool {
    guard Int64(id) != nil else { return false }
    var settings = ["ferry_id = coalesce(ferry_id, $2)"]
    var values: [String?] = [id, page.externalID(of: record)]
    for field in columns.indices where page.values[field][record].isPresent {
      values.append(value(field, of: record))
      settings.append("\(columns[field]) = $\(values.count)")
    }
    return try connection.query(
      """
      UPDATE \(table) SET \(settings.joined(separator: ", ")) WHERE id = $1::bigint RETURNING id
      """, values
    ).count == 1
  }

  /// A value as a parameter; absent and empty are null.
  private func value(_ field: Int, of record: Int) -> String? {
    page.string(field: field, of: record).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func refused(_ message: String) -> WriteResult {
    .refused(
      Finding(
        SQLStoreRules.recordRefused, arguments: [store, page.shape.entity.plural, message]))
  }

  private func gone(_ id: String) -> WriteResult {
    .refused(
      Finding(SQLStoreRules.recordGone, arguments: [store, page.shape.entity.plural, id]))
  }
}

/// Rows in the text format of COPY.
///
/// Source: PostgreSQL's manual, COPY, "Text Format".
struct PostgresCopyRows {
  private(set) var bytes = ContiguousArray<UInt8>()
  private var isRowStart = true

  /// Adds a value that needs no escapes.
  mutating func append(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds a value of a page; absent and empty are null.
  mutating func append(_ value: ValueRef, of page: RecordPage) {
    separate()
    guard value.byteCount > 0 else {
      bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
      return
    }
    page.arena.withBytes(of: value) { appendEscaped($0) }
  }

  /// Ends the row.
  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isRowStart = true
  }

  private mutating func separate() {
    if !isRowStart { bytes.append(UInt8(ascii: "\t")) }
    isRowStart = false
  }

  private mutating func appendEscaped(_ text: Span<UInt8>) {
    for index in text.indices {
      let byte = text[index]
      let letter: UInt8? =
        switch byte {
        case UInt8(ascii: "\\"): byte
        case UInt8(ascii: "\t"): UInt8(ascii: "t")
        case UInt8(ascii: "\n"): UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        default: nil
        }
      if let letter {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
      } else {
        bytes.append(byte)
      }
    }
  }
}
