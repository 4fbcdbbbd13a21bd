import FerryCore
import FerryRecords
import FerryStores

/// Writes the records of one batch, inside a transaction that its owner opened.
///
/// How it works: many records go in one statement of bound values. Creates that the table does not
/// hold yet are one INSERT a few hundred rows; updates are joined with their new values, those that
/// set the same fields together. Where a value or constraint is refused, all is taken back to the
/// savepoint and done again record by record, so that only the faulty ones are left out.
struct MariaDBBatchWriter {
  /// A statement takes 65,535 values, and the server's smallest usual packet is 16 MiB.
  private static let mostValues = 20_000
  private static let mostBytes = 4 << 20

  private let kind: WriteBatch.Kind
  private let page: RecordPage
  private let connection: MariaDBConnection
  private let refusals: Refusals
  private let tables: SQLTables
  private let table: SQLTable
  private let target: String
  private let id: String
  private let key: String
  /// The fields that have a column, by their place in the page.
  private let fields: [(index: Int, column: String)]

  init(_ batch: WriteBatch, _ tables: SQLTables, connection: MariaDBConnection, store: String) {
    kind = batch.kind
    table = MariaDBSchema.table(batch.records.shape.entity, in: tables)
    page = table.encoded(batch).records
    self.tables = tables
    self.connection = connection
    refusals = Refusals(store: store, table: table)
    target = tables.quoted(table)
    id = tables.quoted(table.id)
    key = tables.quoted(table.key)
    fields = tables.columns(of: page.shape, in: table)
  }

  /// Writes all records: one result each.
  func write() throws(MariaDBError) -> [WriteResult] {
    var results: [WriteResult?] = (0..<page.count).map { refusals.unfit($0, of: page) }
    let all = results.indices.filter { results[$0] == nil }
    let done = isSetBased ? try attempt(all) : nil
    for (position, record) in all.enumerated() {
      if let done {
        results[record] = done[position]
      } else {
        results[record] = try writeAlone(record)
      }
    }
    return results.compactMap { $0 }
  }

  /// Whether no two records have the same id, so that their order does not matter.
  private var isSetBased: Bool {
    var seen = Set<String>()
    for record in 0..<page.count {
      let id = kind == .create ? page.externalID(of: record) : page.storeID(of: record)
      guard let id, seen.insert(id).inserted else { return false }
    }
    return true
  }

  /// Does records together; `nil` where one of them is refused and nothing was done.
  private func attempt(_ records: [Int]) throws(MariaDBError) -> [WriteResult]? {
    try connection.run("SAVEPOINT ferry_batch")
    do throws(MariaDBError) {
      return try write(records)
    } catch {
      guard error.isAboutRecord else { throw error }
      try connection.run("ROLLBACK TO SAVEPOINT ferry_batch")
      return nil
    }
  }

  private func writeAlone(_ record: Int) throws(MariaDBError) -> WriteResult {
    try connection.run("SAVEPOINT ferry_record")
    do throws(MariaDBError) {
      return try write([record]).first ?? refusals.refused("no answer")
    } catch {
      guard error.isAboutRecord else { throw error }
      try connection.run("ROLLBACK TO SAVEPOINT ferry_record")
      return refusals.refused(error.message)
    }
  }

  private func write(_ records: [Int]) throws(MariaDBError) -> [WriteResult] {
    switch kind {
    case .create: return try create(records)
    case .update: return try update(records)
    case .delete: return try delete(records)
    }
  }
}

// MARK: - Kinds

extension MariaDBBatchWriter {
  private func create(_ records: [Int]) throws(MariaDBError) -> [WriteResult] {
    let before = try ids(of: records)
    let isKnown = { (record: Int) in before[page.externalID(of: record) ?? ""] != nil }
    try insert(records.filter { !isKnown($0) })
    let known = records.filter(isKnown)
    try change(known) { before[page.externalID(of: $0) ?? ""] ?? "" }
    let after = try ids(of: records)
    return records.map { record in
      guard let id = after[page.externalID(of: record) ?? ""] else {
        return refusals.refused("another unique value is there already")
      }
      return .written(storeID: id)
    }
  }

  private func update(_ records: [Int]) throws(MariaDBError) -> [WriteResult] {
    let wanted = records.compactMap { page.storeID(of: $0) }.filter(table.canBeID)
    let found = try self.found(wanted)
    let there = records.filter { found.contains(page.storeID(of: $0) ?? "") }
    try change(there) { page.storeID(of: $0) ?? "" }
    return records.map { record in
      let id = page.storeID(of: record) ?? ""
      return found.contains(id) ? .written(storeID: id) : refusals.gone(id)
    }
  }

  private func delete(_ records: [Int]) throws(MariaDBError) -> [WriteResult] {
    let ids = records.map { page.storeID(of: $0) ?? "" }
    let wanted = ids.filter(table.canBeID)
    if !wanted.isEmpty {
      try connection.query(
        "DELETE FROM \(target) WHERE \(id) IN (\(marks(wanted.count)))", MariaDBParameters(wanted))
    }
    return ids.map { .written(storeID: $0) }
  }

  /// The ids of records that are there, by external id.
  private func ids(of records: [Int]) throws(MariaDBError) -> [String: String] {
    let wanted = records.compactMap { page.externalID(of: $0) }
    guard !wanted.isEmpty else { return [:] }
    let only = tables.condition(table) { "CAST(\($0) AS CHAR)" }
    let rows = try connection.query(
      "SELECT \(key), \(id) FROM \(target) WHERE \(key) IN (\(marks(wanted.count)))\(only)",
      MariaDBParameters(wanted))
    var ids: [String: String] = [:]
    for row in 0..<rows.count { ids[rows.string(row, 0) ?? ""] = rows.string(row, 1) }
    return ids
  }

  private func found(_ ids: [String]) throws(MariaDBError) -> Set<String> {
    guard !ids.isEmpty else { return [] }
    let rows = try connection.query(
      "SELECT \(id) FROM \(target) WHERE \(id) IN (\(marks(ids.count)))", MariaDBParameters(ids))
    return Set((0..<rows.count).compactMap { rows.string($0, 0) })
  }

  private func marks(_ count: Int) -> String {
    repeatElement("?", count: count).joined(separator: ", ")
  }
}

// MARK: - Statements

extension MariaDBBatchWriter {
  /// Inserts records; one whose unique values are there already is passed over.
  private func insert(_ records: [Int]) throws(MariaDBError) {
    // Records that bring an id of their own, or get one from Ferry, name it.
    for isNamed in [false, true] {
      let own = records.filter { (newID($0) != nil) == isNamed }
      let names = (isNamed ? [id] : []) + [key] + fields.map(\.column)
      let fixed = table.constants.map { SQLTables.literal($0.value) }
      let row = "(" + (names.map { _ in "?" } + fixed).joined(separator: ", ") + ")"
      let columns = names + table.constants.map { tables.quoted($0.column.text) }
      try inParts(own, width: names.count) { rows, parameters throws(MariaDBError) in
        let values = repeatElement(row, count: rows).joined(separator: ", ")
        try connection.query(
          """
          INSERT INTO \(target) (\(columns.joined(separator: ", "))) VALUES \(values)
          ON DUPLICATE KEY UPDATE \(key) = \(target).\(key)
          """, parameters)
      } fill: { record, parameters in
        if isNamed { parameters.append(newID(record)) }
        parameters.append(page.externalID(of: record))
        for field in fields { parameters.append(page.values[field.index][record], of: page) }
      }
    }
  }

  private func newID(_ record: Int) -> String? {
    guard table.idSource != .key else { return nil }
    return page.storeID(of: record) ?? table.newID(for: page.externalID(of: record))
  }

  /// Sets the present fields of records, those that set the same fields together.
  private func change(
    _ records: [Int], id storeID: (Int) -> String
  ) throws(MariaDBError) {
    var groups: [[Int]: [Int]] = [:]
    for record in records {
      let present = fields.indices.filter {
        page.values[fields[$0].index][record].isPresent
      }
      groups[present, default: []].append(record)
    }
    for (present, records) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
      let columns = present.map { fields[$0] }
      let settings =
        ["t.\(key) = coalesce(t.\(key), s.k)"]
        + columns.enumerated().map { "t.\($1.column) = s.c\($0)" }
      let names = ["? AS i", "? AS k"] + columns.indices.map { "? AS c\($0)" }
      let first = "SELECT \(names.joined(separator: ", "))"
      let next = " UNION ALL SELECT \(marks(names.count))"
      let same = table.idKind == .whole ? "CAST(s.i AS SIGNED)" : "s.i"
      try inParts(records, width: names.count) { rows, parameters throws(MariaDBError) in
        try connection.query(
          """
          UPDATE \(target) t JOIN (\(first)\(String(repeating: next, count: rows - 1))) s
          ON t.\(id) = \(same) SET \(settings.joined(separator: ", "))
          """, parameters)
      } fill: { record, parameters in
        parameters.append(storeID(record))
        parameters.append(page.externalID(of: record))
        for field in columns { parameters.append(page.values[field.index][record], of: page) }
      }
    }
  }

  /// Gathers the values of records and runs them in parts that a statement can take.
  private func inParts(
    _ records: [Int], width: Int,
    _ run: (_ rows: Int, MariaDBParameters) throws(MariaDBError) -> Void,
    fill: (Int, inout MariaDBParameters) -> Void
  ) throws(MariaDBError) {
    var parameters = MariaDBParameters()
    var rows = 0
    for record in records {
      fill(record, &parameters)
      rows += 1
      if parameters.count + width > Self.mostValues || parameters.byteCount > Self.mostBytes {
        try run(rows, parameters)
        parameters = MariaDBParameters()
        rows = 0
      }
    }
    if rows > 0 { try run(rows, parameters) }
  }
}
