import FerryCore
import FerryNormalization
import FerryRecords

// Values that a field can't hold, and values that it can't hold all of.
extension TableMapper {
  /// The cell that a field comes from.
  func place(_ row: borrowing RowCells, _ index: Int, _ field: Int) -> Provenance {
    place(row, column: records[index].fields[field].column)
  }

  /// A value that can't be read rejects the record, or stays as it is in `custom`.
  mutating func complain(
    _ issue: NormalizationIssue, _ value: Span<UInt8>, _ index: Int, _ field: Int,
    _ row: borrowing RowCells, into sink: inout MappingSink
  ) {
    let rejects = records[index].fields[field].rejectsInvalid
    let finding = Finding(
      issue.rule, at: place(row, index, field), value: value.text, arguments: issue.arguments,
      severity: rejects ? .error : .warning)
    if rejects { return reject(index, field, finding, into: &sink) }
    sink.findings.append(finding)
    if records[index].customSlot != nil {
      let trimmed = value.extracting(value.rangeWithoutBlanks)
      draft.setCustom(trimmed, key: records[index].fields[field].columnName)
    }
  }

  mutating func reject(
    _ index: Int, _ field: Int, _ finding: Finding, into sink: inout MappingSink
  ) {
    if draft.rejection == nil { draft.rejection = finding }
    sink.findings.append(finding)
  }

  /// Further phones or e-mails of one cell go to `custom`.
  mutating func keepExtras(
    _ index: Int, _ field: Int, _ normalizer: Int, _ row: borrowing RowCells,
    into sink: inout MappingSink
  ) {
    guard records[index].fields[field].holdsSeveral else { return }
    let extras = records[index].fields[field].normalizers[normalizer].normalizer.extras
    guard !extras.isEmpty, records[index].customSlot != nil else { return }
    let key = records[index].fields[field].columnName
    let value = ContiguousArray(extras.joined(separator: "; ").utf8)
    draft.setCustom(value.span, key: key)
    sink.findings.append(
      Finding(
        .mappingFurtherValues, at: place(row, index, field),
        arguments: [
          records[index].fields[field].name, String(extras.count + 1),
          String(decoding: key, as: UTF8.self),
        ]))
  }
}

extension Span<UInt8> {
  /// The part of a split text, without blanks; empty where there are not so many.
  ///
  /// Parts count from 1, and from the end where `part` is negative.
  func range(ofPart part: Int, separator: ContiguousArray<UInt8>) -> Range<Int> {
    var ranges: [Range<Int>] = []
    var start = 0
    var index = 0
    while index + separator.count <= count {
      if has(separator, at: index) {
        ranges.append(start..<index)
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    ranges.append(start..<count)
    let chosen = part > 0 ? part - 1 : ranges.count + part
    guard ranges.indices.contains(chosen) else { return 0..<0 }
    let inner = extracting(ranges[chosen]).rangeWithoutBlanks
    let offset = ranges[chosen].lowerBound
    return offset + inner.lowerBound..<offset + inner.upperBound
  }

  private func has(_ word: ContiguousArray<UInt8>, at offset: Int) -> Bool {
    for index in word.indices where self[offset + index] != word[index] { return false }
    return true
  }
}
