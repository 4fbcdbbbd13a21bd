internal import FerryCore

/// What a reader found in the rows, until somebody takes it.
struct CSVNotes {
  private let file: String
  private let sheet: String
  /// The number of cells that most rows have; 1 where there is nothing to hold rows against.
  private let columnCount: Int
  private var isInTable = false
  private var findings: [Finding] = []
  private var counts: [String: Int] = [:]

  init(file: String, sheet: String, columnCount: Int) {
    self.file = file
    self.sheet = sheet
    self.columnCount = columnCount
  }

  mutating func take() -> [Finding] {
    defer { findings.removeAll() }
    return findings
  }

  /// Looks at a record's number of cells and its quotes.
  @inline(__always)
  mutating func noteRecord(_ scanner: borrowing RecordScanner, rowNumber: Int) {
    if scanner.fields.count != columnCount {
      noteWidth(scanner.fields, rowNumber)
    } else {
      isInTable = true
    }
    if scanner.unclosedQuoteCount > 0 { note(.unclosedQuote, rowNumber) }
    if scanner.strayQuoteCount > 0 { note(.strayQuote, rowNumber) }
  }

  /// Tells where bytes were no text.
  mutating func note(
    _ fault: DecodeFault, rowNumber: Int, fields: ContiguousArray<FieldSlice>
  ) {
    let column = fields.lastIndex { !$0.isUnescaped && $0.start <= fault.offset }
    switch fault.kind {
    case .undecodable: note(.undecodableBytes, rowNumber, column)
    case .nul: note(.nulBytes, rowNumber, column)
    case .otherEncoding(let encoding): note(.mixedEncoding, rowNumber, nil, [encoding.name])
    }
  }

  private mutating func noteWidth(_ fields: ContiguousArray<FieldSlice>, _ rowNumber: Int) {
    guard isInTable, columnCount > 1 else { return }
    // A blank line is a blank row, and empty cells behind the last column lose nothing.
    if fields.allSatisfy({ $0.count == 0 }) { return }
    let lastFilled = fields.lastIndex { $0.count > 0 } ?? -1
    if fields.count > columnCount, lastFilled < columnCount { return }
    note(.unequalFieldCount, rowNumber, nil, [String(columnCount), String(fields.count)])
  }

  private mutating func note(
    _ rule: Rule, _ rowNumber: Int, _ columnIndex: Int? = nil, _ arguments: [String] = []
  ) {
    let count = counts[rule.id, default: 0] + 1
    counts[rule.id] = count
    guard count <= CSVLimits.findingCount else { return }
    findings.append(
      Finding(
        rule,
        at: Provenance(
          file: file, sheet: sheet, rowNumber: rowNumber, columnIndex: columnIndex),
        arguments: arguments))
    if count == CSVLimits.findingCount {
      findings.append(
        Finding(.moreFindings, at: Provenance(file: file, sheet: sheet), arguments: [rule.id]))
    }
  }
}
