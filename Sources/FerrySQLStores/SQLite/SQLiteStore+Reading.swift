public import FerryRecords
import FerrySQLite
public import FerryStores
import Foundation

// Reading: pages by rising id, and lookups.
extension SQLiteStore {
  private static let recordsPerPage = 5000

  /// Reads one page; the cursor is the last id of the page before.
  public func page(
    of request: EntityFields, after cursor: String?
  ) async throws(StoreError) -> StoredPage {
    var records = RecordPage(request)
    let table = tables.table(request.entity)
    let (id, isNumber) = (tables.quoted(table.id), table.idKind == .whole)
    try reading(
      request, "WHERE \(id) > ?\(tables.condition(table, cast: Self.text)) ORDER BY \(id) LIMIT ?"
    ) { query throws(SQLiteError) in
      if isNumber {
        try query.bind(cursor.flatMap { Int64($0) } ?? .min, at: 1)
      } else {
        try query.bind(cursor ?? "", at: 1)
      }
      try query.bind(Self.recordsPerPage, at: 2)
      try Self.append(rowsOf: query, to: &records)
    }
    table.decode(&records)
    let isLast = records.count < Self.recordsPerPage
    return StoredPage(
      records: records, next: isLast ? nil : records.storeID(of: records.count - 1))
  }

  /// Reads by Ferry's ids; an id named twice comes once.
  public func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = tables.table(request.entity)
    return try one(of: request, by: table.key, ids.filter(table.canBeKey))
  }

  /// Reads by the store's own ids; an id named twice comes once.
  public func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    try one(of: request, by: tables.table(request.entity).id, ids)
  }

  /// Reads by a field's values, by rising id; one pass over the table whatever their number.
  public func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    var records = RecordPage(request)
    let table = tables.table(request.entity)
    guard let database, !values.isEmpty, let column = table.column(of: field),
      try columns(of: table, in: database).contains(column)
    else { return records }
    let list = Self.jsonArray(table.encoded(values, of: field))
    try reading(
      request,
      """
      WHERE \(tables.quoted(column)) IN (SELECT value FROM json_each(?))
      \(tables.condition(table, cast: Self.text)) ORDER BY \(tables.quoted(table.id))
      """
    ) { query throws(SQLiteError) in
      try query.bind(list, at: 1)
      try Self.append(rowsOf: query, to: &records)
    }
    table.decode(&records)
    return records
  }

  /// Reads by a unique column.
  private func one(
    of request: EntityFields, by column: String, _ keys: [String]
  ) throws(StoreError) -> RecordPage {
    var records = RecordPage(request)
    let table = tables.table(request.entity)
    guard let database, try columns(of: table, in: database).contains(column) else {
      return records
    }
    if column == table.id, table.idKind == .whole, let run = DenseRun(keys) {
      try reading(
        request,
        "WHERE \(tables.quoted(column)) BETWEEN ? AND ?"
          + tables.condition(table, cast: Self.text)
      ) { query throws(SQLiteError) in
        try query.bind(run.first, at: 1)
        try query.bind(run.last, at: 2)
        try Self.append(rowsOf: query, to: &records) { run.contains(query.integer(at: 0)) }
      }
    } else if column == table.key, try lacksKeyIndex(table, in: database) {
      // A load was cut off before its end: one look at all rows instead of one for each key.
      let list = Self.jsonArray(keys)
      try reading(request, "WHERE \(tables.quoted(column)) IN (SELECT value FROM json_each(?))") {
        query throws(SQLiteError) in
        try query.bind(list, at: 1)
        try Self.append(rowsOf: query, to: &records)
      }
    } else {
      var seen = Set<String>()
      let isNumber = column == table.id && table.idKind == .whole
      try reading(
        request, "WHERE \(tables.quoted(column)) = ?\(tables.condition(table, cast: Self.text))"
      ) { query throws(SQLiteError) in
        for key in keys where seen.insert(key).inserted {
          // SQLite would take `01` for 1.
          if isNumber, Int64(key).map({ String($0) }) != key { continue }
          try query.bind(key, at: 1)
          try Self.append(rowsOf: query, to: &records)
        }
      }
    }
    table.decode(&records)
    return records
  }

  private func lacksKeyIndex(
    _ table: SQLTable, in database: Database
  ) throws(StoreError) -> Bool {
    guard table.isOwn else { return false }
    return try attempt { () throws(SQLiteError) in try !hasKeyIndex(table, in: database) }
  }

  /// Gives `body` a query for the request's columns; does nothing where there is no table.
  private func reading(
    _ request: EntityFields, _ clauses: String, _ body: (Statement) throws(SQLiteError) -> Void
  ) throws(StoreError) {
    guard let database else { return }
    let table = tables.table(request.entity)
    let present = try columns(of: table, in: database)
    guard !present.isEmpty else { return }
    guard present.contains(table.id) else { throw unsuitable(request.entity) }
    let names = [table.id, table.key] + request.fields.map { table.column(of: $0) }
    let list = names.map { name in
      name.flatMap { present.contains($0) ? tables.quoted($0) : nil } ?? "NULL"
    }.joined(separator: ", ")
    try attempt { () throws(SQLiteError) in
      try database.reading { () throws(SQLiteError) in
        try body(database.cached("SELECT \(list) FROM \(tables.quoted(table)) \(clauses)"))
      }
    }
  }

  // A number in the file and a text in the mapping are compared as texts.
  private static func text(_ column: String) -> String { "CAST(\(column) AS TEXT)" }

  private static func append(
    rowsOf query: Statement, to records: inout RecordPage, where isWanted: () -> Bool = { true }
  ) throws(SQLiteError) {
    let fields = records.shape.fields.indices
    var digits = ContiguousArray<UInt8>()
    while try query.step() {
      guard isWanted() else { continue }
      let record = records.append(storeID: nil, externalID: nil)
      withText(at: 0, of: query, &digits) { records.setStoreID($0, of: record) }
      withText(at: 1, of: query, &digits) { records.setExternalID($0, of: record) }
      for field in fields {
        withText(at: field + 2, of: query, &digits) { records.set($0, field: field, of: record) }
      }
    }
  }

  /// Calls `body` with a column's text, unless it is null.
  ///
  /// Whole numbers, such as ids, are spelt here: SQLite goes through `printf` for each.
  private static func withText(
    at column: Int, of query: Statement, _ digits: inout ContiguousArray<UInt8>,
    _ body: (Span<UInt8>) -> Void
  ) {
    switch query.kind(at: column) {
    case .null: return
    case .integer:
      spell(query.integer(at: column), into: &digits)
      body(digits.span)
    case .real, .text, .blob: query.withText(at: column, body)
    }
  }

  private static func spell(_ number: Int64, into digits: inout ContiguousArray<UInt8>) {
    digits.removeAll(keepingCapacity: true)
    var rest = number.magnitude
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { digits.append(UInt8(ascii: "-")) }
    digits.reverse()
  }

  private static func jsonArray(_ values: [String]) -> String {
    // Encoding an array of strings can't fail.
    guard let data = try? JSONEncoder().encode(values) else { return "[]" }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Ids that lie so close together that one scan of their range finds them all.
private struct DenseRun {
  /// From so many ids on a scan is worth its while.
  private static let leastCount = 16
  /// At most so many ids of the range for each one that is wanted.
  private static let slack = 2

  let first: Int64
  let last: Int64
  private var wanted: [Bool] = []

  /// `nil` where an id is no number as SQLite writes it, or they lie too far apart.
  init?(_ ids: [String]) {
    guard ids.count >= Self.leastCount else { return nil }
    var numbers = ContiguousArray<Int64>()
    numbers.reserveCapacity(ids.count)
    for id in ids {
      guard let number = Int64(id), let digit = id.utf8.first, (0x31...0x39).contains(digit) else {
        return nil
      }
      numbers.append(number)
    }
    guard let first = numbers.min(), let last = numbers.max(),
      last - first < Int64(ids.count * Self.slack)
    else { return nil }
    (self.first, self.last) = (first, last)
    wanted = Array(repeating: false, count: Int(last - first) + 1)
    for number in numbers { wanted[Int(number - first)] = true }
  }

  /// Whether it is one of the ids; it must lie in the range.
  func contains(_ id: Int64) -> Bool { wanted[Int(id - first)] }
}
