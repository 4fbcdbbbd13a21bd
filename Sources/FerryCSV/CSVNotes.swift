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
  mutating func noteRecord(_ scanner: borrowing RecordScanner, _ place: RowPlace) {
    if scanner.fields.count != columnCount {
      noteWidth(scanner.fields, place)
    } else {
      isInTable = true
    }
    if scanner.unclosedQuoteCount > 0 {
      let line = place.lineNumber + scanner.unclosedLineOffset
      note(.unclosedQuote, RowPlace(rowNumber: place.rowNumber, lineNumber: line))
    }
    if scanner.strayQuoteCount > 0 { note(.strayQuote, place) }
  }

  /// Tells where bytes were no text.
  mutating func note(
    _ fault: DecodeFault, _ place: RowPlace, fields: ContiguousArray<FieldSlice>
  ) {
    let column = fields.lastIndex { !$0.isUnescaped && $0.start <= fault.offset }
    switch fault.kind {
    case .undecodable: note(.undecodableBytes, place, column)
    case .nul: note(.nulBytes, place, column)
    case .otherEncoding(let encoding): note(.mixedEncoding, place, nil, [encoding.name])
    }
  }

  private mutating func noteWidth(_ fields: ContiguousArray<FieldSlice>, _ place: RowPlace) {
    guard isInTable, columnCount > 1 else { return }
    // A blank line is a blank row, and empty cells behind the last column lose nothing.
    if fields.allSatisfy({ $0.count == 0 }) { return }
    let lastFilled = fields.lastIndex { $0.count > 0 } ?? -1
    if fields.count > columnCount, lastFilled < columnCount { return }
    note(.unequalFieldCount, place, nil, [String(columnCount), String(fields.count)])
  }

  private mutating func note(
    _ rule: Rule, _ place: RowPlace, _ columnIndex: Int? = nil, _ arguments: [String] = []
  ) {
    let count = counts[rule.id, default: 0] + 1
    counts[rule.id] = count
    guard count <= CSVLimits.findingCount else { return }
    // The line is told where a reader of the file would not find it under the row's number.
    let isElsewhere = place.lineNumber != place.rowNumber
    findings.append(
      Finding(
        isElsewhere ? rule.namingLine(argument: arguments.count) : rule,
        at: Provenance(
          file: file, sheet: sheet, rowNumber: place.rowNumber, columnIndex: columnIndex),
        arguments: isElsewhere ? arguments + [String(place.lineNumber)] : arguments))
    if count == CSVLimits.findingCount {
      findings.append(
        Finding(.moreFindings, at: Provenance(file: file, sheet: sheet), arguments: [rule.id]))
    }
  }
}

/// Where a record stands; both count from one.
struct RowPlace: Hashable {
  /// The number of the record.
  let rowNumber: Int
  /// The line of the file, which differs behind a record over several lines.
  let lineNumber: Int
}

extension Rule {
  /// The same rule, its message naming the line of the file, which is that argument.
  fileprivate func namingLine(argument index: Int) -> Rule {
    Rule(
      id: id, severity: severity,
      message: Words(
        en: message.english + " (line {\(index)} of the file)",
        zh: message.chinese + "（文件第 {\(index)} 行）"),
      suggestion: suggestion)
  }
}
