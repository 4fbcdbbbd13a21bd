import FerryCore
import FerryNormalization
import FerryRecords

// One field of one record: where the value comes from, what it goes through, where it ends.
extension TableMapper {
  /// Fills one field of the draft from the row.
  mutating func fill(
    _ index: Int, _ field: Int, _ row: borrowing RowCells, into sink: inout MappingSink
  ) {
    if let when = records[index].fields[field].when, !row.holds(when) { return }
    switch records[index].fields[field].content {
    case .column(let column):
      guard let cell = row.cell(column) else { return fillBlank(index, field) }
      convert(index, field, row.bytes.span.extracting(cell.range), cell.kind, row, into: &sink)
    case .constant(let value): put(value.span, index, field)
    case .note(let part): fillNote(part, index, field, row, into: &sink)
    case .link(let recipes):
      guard let range = linkedID(recipes), case .field(let slot) = purpose(index, field) else {
        return
      }
      setLink(range, slot: slot, target: records[index].fields[field].target)
    case .firstOf(let columns):
      for column in columns {
        guard let cell = row.cell(column), !row.isBlank(cell) else { continue }
        records[index].fields[field].column = column
        let value = row.bytes.span.extracting(cell.range)
        return convert(index, field, value, cell.kind, row, into: &sink)
      }
      fillBlank(index, field)
    case .joined(let columns, let separator):
      let first = columns.first { row.cell($0).map { !row.isBlank($0) } ?? false }
      records[index].fields[field].column = first ?? columns[0]
      let joined = joined(columns, separator, row)
      guard !joined.isEmpty else { return fillBlank(index, field) }
      convert(index, field, joined.span, .text, row, into: &sink)
    case .keyParts(let columns):
      let prefix = records[index].fields[field].keyPrefix
      guard writeKey(columns, prefix: prefix, row) else { return fillBlank(index, field) }
      putOutput(index, field)
    }
  }

  private func purpose(_ index: Int, _ field: Int) -> FieldRecipe.Purpose {
    records[index].fields[field].purpose
  }

  /// The cells that are not blank, each trimmed, with the separator between them.
  private func joined(
    _ columns: [Int32], _ separator: ContiguousArray<UInt8>, _ row: borrowing RowCells
  ) -> ContiguousArray<UInt8> {
    var joined = ContiguousArray<UInt8>()
    for column in columns {
      guard let cell = row.cell(column), !row.isBlank(cell) else { continue }
      if !joined.isEmpty { joined.append(contentsOf: separator) }
      let value = row.bytes.span.extracting(cell.range)
      joined.append(copying: value.extracting(value.rangeWithoutBlanks))
    }
    return joined
  }

  /// What an absent value becomes: the default, an empty text that clears the field, or nothing.
  private mutating func fillBlank(_ index: Int, _ field: Int) {
    if let value = records[index].fields[field].defaultValue {
      put(value.span, index, field)
    } else if records[index].fields[field].clearsWhenBlank,
      case .field(let slot) = purpose(index, field)
    {
      draft.clear(slot: slot)
    }
  }

  /// Puts a canonical value where it belongs.
  private mutating func put(_ value: Span<UInt8>, _ index: Int, _ field: Int) {
    guard value.count > 0 else { return fillBlank(index, field) }
    if records[index].fields[field].isCurrency {
      currencies[index].removeAll(keepingCapacity: true)
      currencies[index].append(copying: value)
    }
    switch purpose(index, field) {
    case .field(let slot):
      draft.set(value, slot: slot, target: records[index].fields[field].target)
      if records[index].fields[field].isAmount { draft.hasAmount = true }
    case .custom(let key): draft.setCustom(value, key: key)
    case .currencyOnly: break
    }
    if records[index].fields[field].isTakenApart { takeApart(value, index, field) }
  }

  private mutating func putOutput(_ index: Int, _ field: Int) {
    var value = ContiguousArray<UInt8>()
    swap(&value, &output)
    put(value.span, index, field)
    swap(&value, &output)
  }
}

// MARK: - From cell to value

extension TableMapper {
  mutating func convert(
    _ index: Int, _ field: Int, _ cell: Span<UInt8>, _ kind: CellKind,
    _ row: borrowing RowCells, into sink: inout MappingSink
  ) {
    let part = records[index].fields[field].part
    let range =
      part == 0
      ? 0..<cell.count
      : cell.range(ofPart: part, separator: records[index].fields[field].separator)
    let value = cell.extracting(range)
    guard value.count <= ByteArena.longestValue else {
      return reject(
        index, field,
        Finding(
          .mappingTooLong, at: place(row, index, field),
          arguments: [
            records[index].fields[field].name
          ]), into: &sink)
    }
    if records[index].fields[field].choices != nil, kind != .error,
      choose(index, field, value, row, into: &sink)
    {
      return
    }
    if records[index].fields[field].isKeyLookup {
      let prefix = records[index].fields[field].keyPrefix
      guard writeKey(value, kind: kind, prefix: prefix) else { return fillBlank(index, field) }
      return putOutput(index, field)
    }
    let normalizer = normalizerIndex(index, field)
    let result = records[index].fields[field].normalizers[normalizer].normalizer.normalize(
      value, kind: kind, into: &output)
    switch result {
    case .value: break
    case .blank: return fillBlank(index, field)
    case .pending: return putPending(index, field, normalizer, value, row)
    case .invalid(let issue):
      return complain(issue, value, index, field, row, into: &sink)
    case .valueWithIssue(let issue):
      sink.findings.append(
        Finding(
          issue.rule, at: place(row, index, field), value: value.text,
          arguments: issue.arguments))
    }
    noteCurrency(index, field, normalizer)
    putOutput(index, field)
    keepExtras(index, field, normalizer, row, into: &sink)
  }

  /// Looks a value up in the field's map.
  ///
  /// - Returns: Whether that is all; false where the value goes on as it stands.
  private mutating func choose(
    _ index: Int, _ field: Int, _ value: Span<UInt8>, _ row: borrowing RowCells,
    into sink: inout MappingSink
  ) -> Bool {
    guard let answer = records[index].fields[field].choices?.answer(for: value) else {
      return false
    }
    if case .value(let number) = answer, let map = records[index].fields[field].choices?.map {
      let value = map.values[number]
      put(value.span, index, field)
      return true
    }
    if value.saysNothing {
      fillBlank(index, field)
      return true
    }
    let recipe = records[index].fields[field]
    // A lookup, or the set's own words, may still know it.
    if recipe.uncovered == .keep, recipe.target != 0 || recipe.isChoice { return false }
    let place = place(row, index, field)
    let text = value.extracting(value.rangeWithoutBlanks).text
    sink.countUnmapped(text, of: recipe.name, at: place)
    switch recipe.uncovered {
    case .reject:
      let finding = Finding(
        .mappingUnmappedValue, at: place, value: text, arguments: [recipe.name])
      reject(index, field, finding, into: &sink)
    case .keep: return false
    case .blank: break
    case .constant(let constant): put(constant.span, index, field)
    }
    return true
  }

  /// The normalizer for the record's currency; made when the currency is first seen.
  private mutating func normalizerIndex(_ index: Int, _ field: Int) -> Int {
    guard records[index].fields[field].isAmount,
      records[index].fields[field].normalizers[0].currency != currencies[index]
    else { return 0 }
    let code = currencies[index]
    let known = records[index].fields[field].normalizers
    if let found = known.firstIndex(where: { $0.currency == code }) { return found }
    var options = known[0].normalizer.options
    options.currency = String(decoding: code, as: UTF8.self)
    records[index].fields[field].normalizers.append(
      .init(currency: code, normalizer: FieldNormalizer(type: .amount, options: options)))
    return known.count
  }

  /// A date that can be read in two ways waits for the whole column.
  private mutating func putPending(
    _ index: Int, _ field: Int, _ normalizer: Int, _ value: Span<UInt8>,
    _ row: borrowing RowCells
  ) {
    guard case .field(let slot) = purpose(index, field) else {
      // A custom value has no second chance, so it stays as it was written.
      output.removeAll(keepingCapacity: true)
      output.append(copying: value)
      return putOutput(index, field)
    }
    var pending = ContiguousArray<UInt8>()
    swap(&pending, &output)
    draft.setPending(pending.span, raw: value, slot: slot, fieldIndex: field)
    swap(&pending, &output)
  }

  /// A cell that names a currency is believed; the normalizer has said so.
  private mutating func noteCurrency(_ index: Int, _ field: Int, _ normalizer: Int) {
    guard records[index].fields[field].isAmount,
      let found = records[index].fields[field].normalizers[normalizer].normalizer.foundCurrency
    else { return }
    draft.foundCurrency = found
  }
}
