import FerryCore
import FerryNormalization
import FerryRecords

// What a value tells beyond its own field, and what is decided once the table was read.
extension TableMapper {
  /// Fills the parts of a name or an address that the mapping maps to no column.
  mutating func takeApart(_ value: Span<UInt8>, _ index: Int, _ field: Int) {
    if records[index].familySlot != nil || records[index].givenSlot != nil {
      if let parts = PersonName.plainParts(of: value) {
        setPart(value.extracting(parts.family), slot: records[index].familySlot)
        setPart(value.extracting(parts.given), slot: records[index].givenSlot)
        return
      }
      let name = PersonName.parse(value.text)
      setPart(name.family, slot: records[index].familySlot)
      setPart(name.given, slot: records[index].givenSlot)
      return
    }
    let address = ChineseAddress.split(value.text)
    let parts = [address.province, address.city, address.district]
    var hasPart = false
    for (part, slot) in zip(parts, records[index].addressSlots) where slot != nil {
      hasPart = setPart(part, slot: slot) || hasPart
    }
    if hasPart { splitAddressCount += 1 }
  }

  private mutating func setPart(_ part: Span<UInt8>, slot: Int?) {
    guard let slot, !part.isEmpty else { return }
    draft.set(part, slot: slot)
  }

  @discardableResult
  private mutating func setPart(_ part: String?, slot: Int?) -> Bool {
    guard let slot, let part, !part.isEmpty else { return false }
    let bytes = ContiguousArray(part.utf8)
    draft.set(bytes.span, slot: slot)
    return true
  }

  /// Decides the dates that waited for their columns; called once, after the last row.
  mutating func finish(into sink: inout MappingSink) {
    resolveDates(into: &sink)
    guard splitAddressCount > 0 else { return }
    sink.findings.append(
      Finding(
        .mappingAddressSplit, at: Provenance(file: summary.file, sheet: summary.sheet),
        arguments: [String(splitAddressCount)]))
  }

  private mutating func resolveDates(into sink: inout MappingSink) {
    var decisions: [[DateColumn.Decision]] = []
    for record in records {
      decisions.append(record.fields.map { $0.normalizers[0].normalizer.dateColumn.decision })
    }
    for pending in pendingDates {
      let entity = records[pending.recipe].entityIndex
      let decision = decisions[pending.recipe][pending.fieldIndex]
      let value = ContiguousArray(
        (sink.tables[entity].string(field: pending.slot, of: pending.record) ?? "").utf8)
      DateColumn.resolve(value.span, by: decision, into: &output)
      sink.tables[entity].set(output.span, field: pending.slot, of: pending.record)
    }
    var told: Set<Int32> = []
    for (record, columns) in zip(records, decisions) {
      for (field, decision) in zip(record.fields, columns) {
        guard let issue = decision.issue, let column = field.column,
          told.insert(column).inserted
        else { continue }
        let place = Provenance(
          file: summary.file, sheet: summary.sheet, columnIndex: Int(column))
        sink.findings.append(Finding(issue.rule, at: place, arguments: issue.arguments))
      }
    }
  }
}
