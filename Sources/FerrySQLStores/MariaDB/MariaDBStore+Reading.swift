public import FerryRecords
public import FerryStores

extension MariaDBStore {
  /// Reads one page; the cursor is the last id of the page before.
  public func page(
    of request: EntityFields, after cursor: String?
  ) async throws(StoreError) -> StoredPage {
    let table = MariaDBSchema.table(request.entity, in: tables)
    let id = tables.quoted(table.id)
    let mark = table.idKind == .whole ? "CAST(? AS SIGNED)" : "?"
    let after = cursor == nil ? "true" : "\(id) > \(mark)"
    var records = RecordPage(request)
    try select(
      table, "WHERE \(after)", "ORDER BY \(id) LIMIT \(Self.recordsPerPage)",
      MariaDBParameters(cursor.map { [$0] } ?? []), into: &records)
    let isLast = records.count < Self.recordsPerPage
    return StoredPage(
      records: records, next: isLast ? nil : records.storeID(of: records.count - 1))
  }

  /// Reads by Ferry's ids, by rising id.
  public func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = MariaDBSchema.table(request.entity, in: tables)
    return try select(request, table, needing: table.key, ids.filter(table.canBeKey))
  }

  /// Reads by the store's own ids, by rising id.
  public func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = MariaDBSchema.table(request.entity, in: tables)
    return try select(request, table, needing: table.id, ids.filter(table.canBeID))
  }

  /// Reads by a field's values, by rising id.
  public func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    let table = MariaDBSchema.table(request.entity, in: tables)
    guard let column = table.column(of: field) else { return RecordPage(request) }
    return try select(request, table, needing: column, table.encoded(values, of: field))
  }

  /// The records whose `column` holds one of `values`, in parts that fit into one statement.
  private func select(
    _ request: EntityFields, _ table: SQLTable, needing column: String, _ values: [String]
  ) throws(StoreError) -> RecordPage {
    var records = RecordPage(request)
    guard try columns(of: table).contains(column) else { return records }
    let unique = Set(values).sorted()
    for start in stride(from: 0, to: unique.count, by: Self.recordsPerPage) {
      let part = unique[start..<min(start + Self.recordsPerPage, unique.count)]
      let marks = part.map { _ in "?" }.joined(separator: ", ")
      try select(
        table, "WHERE \(tables.quoted(column)) IN (\(marks))",
        "ORDER BY \(tables.quoted(table.id))", MariaDBParameters(Array(part)), into: &records)
    }
    return records
  }

  private func select(
    _ table: SQLTable, _ condition: String, _ order: String, _ parameters: MariaDBParameters,
    into records: inout RecordPage
  ) throws(StoreError) {
    let present = try columns(of: table)
    guard !present.isEmpty else { return }
    guard present.contains(table.id) else {
      throw SQLStoreRules.error(
        .unsuitable, SQLStoreRules.unsuitableTable, name, table.name)
    }
    let names = [table.id, table.key] + records.shape.fields.map { table.column(of: $0) }
    let list = names.map { name in
      name.flatMap { present.contains($0) ? tables.quoted($0) : nil } ?? "NULL"
    }.joined(separator: ", ")
    let only = tables.condition(table) { "CAST(\($0) AS CHAR)" }
    let sql = "SELECT \(list) FROM \(tables.quoted(table)) \(condition)\(only) \(order)"
    let rows = try attempt { connection throws(MariaDBError) in
      try connection.query(sql, parameters)
    }
    for row in 0..<rows.count {
      let record = records.append(storeID: rows.string(row, 0), externalID: rows.string(row, 1))
      for field in records.shape.fields.indices where !rows.isNull(row, field + 2) {
        rows.withText(row, field + 2) { text in
          rows.kinds[field + 2].setCanonical(text, field: field, of: record, in: &records)
        }
      }
    }
    table.decode(&records)
  }
}

extension MariaDBResult.Kind {
  /// Sets a field of a record from the server's text.
  func setCanonical(
    _ text: Span<UInt8>, field: Int, of record: Int, in page: inout RecordPage
  ) {
    switch self {
    case .asItIs: page.set(text, field: field, of: record)
    case .bit:
      let isSet = text.count > 0 && text[text.count - 1] & 1 == 1
      page.set(isSet ? "1" : "0", field: field, of: record)
    case .decimal:
      // Money keeps two digits behind the point; nothing else needs zeros there.
      let least = page.shape.fields[field].type == .amount ? 2 : 0
      page.set(
        text.extracting(0..<Self.end(of: text, keeping: least)), field: field, of: record)
    }
  }

  private static func end(of text: Span<UInt8>, keeping least: Int) -> Int {
    guard let point = text.indices.first(where: { text[$0] == UInt8(ascii: ".") }) else {
      return text.count
    }
    var end = text.count
    while end > point + 1 + least, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
    return end == point + 1 ? point : end
  }
}
