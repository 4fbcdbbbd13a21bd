import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables

// The external ids of a row's records.
extension TableMapper {
  /// Writes the id of each record that the row makes.
  ///
  /// - Returns: Whether any block wants the row.
  mutating func writeIDs(_ row: borrowing RowCells, into sink: inout MappingSink) -> Bool {
    ids.removeAll(keepingCapacity: true)
    var isWanted = false
    for index in records.indices {
      idRanges[index] = nil
      if let when = records[index].when, !row.holds(when) { continue }
      if let parent = records[index].parent, idRanges[parent] == nil { continue }
      if let column = records[index].notesColumn, row.isBlank(inColumn: column) { continue }
      isWanted = true
      let start = ids.count
      if writeID(index, row, into: &sink) { idRanges[index] = start..<ids.count }
    }
    return isWanted
  }

  private mutating func writeID(
    _ index: Int, _ row: borrowing RowCells, into sink: inout MappingSink
  ) -> Bool {
    if records[index].hasHashedKey { return true }
    let start = ids.count
    if let parent = records[index].parent, let range = idRanges[parent] {
      let parentID = Array(ids[range])
      ids.append(contentsOf: parentID)
      ids.append(UInt8(ascii: "|"))
      // The position is known only once the line is known to hold something.
      if records[index].keyColumns.isEmpty { return true }
    } else if let system = records[index].system {
      ids.append(contentsOf: system.utf8)
      ids.append(UInt8(ascii: ":"))
    }
    guard let blank = appendKey(records[index].keyColumns, row, into: &sink) else { return true }
    ids.removeSubrange(start...)
    if records[index].parent == nil || hasContent(index, row) {
      let name = table.columns.first { $0.columnIndex == Int(blank) }?.name ?? ""
      sink.findings.append(
        Finding(
          .mappingBlankKey, at: place(row, column: blank),
          arguments: [records[index].entityName, name]))
    }
    return false
  }

  /// Whether any column of the block's fields holds something.
  func hasContent(_ index: Int, _ row: borrowing RowCells) -> Bool {
    for field in records[index].fields {
      if let column = field.column, let cell = row.cell(column), !row.isBlank(cell) { return true }
    }
    return false
  }

  /// Adds key columns to the ids, joined with `|`.
  ///
  /// - Returns: The column that is blank; `nil` where none is.
  private mutating func appendKey(
    _ columns: [Int32], _ row: borrowing RowCells, into sink: inout MappingSink
  ) -> Int32? {
    // Taken out of `self` meanwhile: `output` can't be lent while `ids` is written.
    var key = ContiguousArray<UInt8>()
    swap(&key, &ids)
    defer { swap(&key, &ids) }
    for (number, column) in columns.enumerated() {
      guard let cell = row.cell(column) else { return column }
      if number > 0 { key.append(UInt8(ascii: "|")) }
      switch text.normalize(row.bytes.span.extracting(cell.range), kind: cell.kind, into: &output) {
      case .blank, .invalid, .pending: return column
      case .value: break
      case .valueWithIssue(let issue):
        sink.findings.append(
          Finding(issue.rule, at: place(row, column: column), arguments: issue.arguments))
      }
      key.append(keyPart: output.span)
    }
    return nil
  }

  /// Writes another record's key, joined and escaped, into ``output``; false where a part is blank.
  mutating func writeKey(
    _ columns: [Int32], prefix: ContiguousArray<UInt8>, _ row: borrowing RowCells
  ) -> Bool {
    var key = prefix
    for (number, column) in columns.enumerated() {
      guard let cell = row.cell(column) else { return false }
      if number > 0 { key.append(UInt8(ascii: "|")) }
      switch text.normalize(row.bytes.span.extracting(cell.range), kind: cell.kind, into: &output) {
      case .blank, .invalid, .pending: return false
      case .value, .valueWithIssue: key.append(keyPart: output.span)
      }
    }
    swap(&key, &output)
    return true
  }

  /// Writes one value as another record's key into ``output``; false where it is blank.
  mutating func writeKey(
    _ value: Span<UInt8>, kind: CellKind, prefix: ContiguousArray<UInt8>
  ) -> Bool {
    switch text.normalize(value, kind: kind, into: &output) {
    case .blank, .invalid, .pending: return false
    case .value, .valueWithIssue: break
    }
    var key = prefix
    key.append(keyPart: output.span)
    swap(&key, &output)
    return true
  }

  /// The id of the record that a link names; `nil` where the row does not make it.
  func linkedID(_ recipes: [Int]) -> Range<Int>? {
    for recipe in recipes { if let range = idRanges[recipe] { return range } }
    return nil
  }

  mutating func setLink(_ range: Range<Int>, slot: Int, target: UInt8) {
    let ids = ids
    draft.set(ids.span.extracting(range), slot: slot, target: target)
  }
}

// MARK: - Ids that only the filled draft can tell

extension TableMapper {
  /// The record's external id; what only the filled draft can tell is added.
  mutating func finalID(
    _ index: Int, _ row: borrowing RowCells, into sink: inout MappingSink
  ) -> ContiguousArray<UInt8>? {
    if records[index].hasHashedKey { return hashedID(index, row, into: &sink) }
    guard let range = idRanges[index] else { return nil }
    var id = ContiguousArray(ids[range])
    guard let parent = records[index].parent, let parentRange = idRanges[parent] else { return id }
    let parentID = ContiguousArray(ids[parentRange])
    let number = (positions[index].value(of: parentID.span) ?? 0) + 1
    positions[index].set(number, of: parentID.span)
    let digits = ContiguousArray(String(number).utf8)
    if records[index].keyColumns.isEmpty { id.append(contentsOf: digits) }
    if let slot = records[index].positionSlot { draft.set(digits.span, slot: slot) }
    return id
  }

  /// The id of an activity without a key: parent, time and a hash of the text.
  private mutating func hashedID(
    _ index: Int, _ row: borrowing RowCells, into sink: inout MappingSink
  ) -> ContiguousArray<UInt8>? {
    let parent = draft.range(ofFirst: records[index].parentSlots)
    var time = records[index].timeSlot.flatMap { draft.range(of: $0) }
    if time == nil, let slot = records[index].timeSlot {
      time = draft.pendings.first { $0.slot == slot }?.raw
    }
    let text = draft.range(ofFirst: records[index].textSlots)
    guard parent != nil || time != nil || text != nil else {
      sink.findings.append(Finding(.mappingEmptyActivity, at: place(row)))
      return nil
    }
    var id = records[index].system.map { ContiguousArray("\($0):".utf8) } ?? []
    let bytes = draft.bytes
    if let parent { id.append(keyPart: bytes.span.extracting(parent)) }
    id.append(UInt8(ascii: "|"))
    if let time { id.append(keyPart: bytes.span.extracting(time)) }
    id.append(UInt8(ascii: "|"))
    var hash = StableHash()
    if let text { hash.add(bytes.span.extracting(text)) }
    id.append(contentsOf: hash.digits)
    return id
  }
}
