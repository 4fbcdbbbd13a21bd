import FerryCore

/// What was odd about a sheet, until it is made into findings.
struct SheetNotes {
  /// The first cell that lay beyond the last row or column.
  private(set) var cellOutside: (rowNumber: Int, columnIndex: Int)?
  /// Cells whose text is longer than Excel's may be, at most ``most``.
  private(set) var longTexts: [(length: Int, rowNumber: Int, columnIndex: Int)] = []
  /// Cells whose shared string is not there, at most ``most``.
  private(set) var missingStrings: [(index: Int, rowNumber: Int, columnIndex: Int)] = []
  /// The first row that stands after a later one, and that later one.
  private(set) var unorderedRow: (rowNumber: Int, after: Int)?

  private static let most = 100

  mutating func outside(row: Int, column: Int) {
    cellOutside = cellOutside ?? (row, column)
  }

  mutating func long(_ length: Int, row: Int, column: Int) {
    guard longTexts.count < Self.most else { return }
    longTexts.append((length, row, column))
  }

  mutating func missing(_ index: Int, row: Int, column: Int) {
    guard missingStrings.count < Self.most else { return }
    missingStrings.append((index, row, column))
  }

  mutating func unordered(_ rowNumber: Int, after: Int) {
    unorderedRow = unorderedRow ?? (rowNumber, after)
  }

  /// What was odd, in words.
  ///
  /// - Parameters:
  ///   - sheet: The sheet, in its file.
  ///   - stringCount: How many shared strings there are.
  /// - Returns: One finding a thing, in the order of the fields above.
  func findings(in sheet: Provenance, stringCount: Int) -> [Finding] {
    func finding(_ rule: Rule, _ row: Int, _ column: Int?, _ arguments: [Int]) -> Finding {
      let place = Provenance(
        file: sheet.file, sheet: sheet.sheet, rowNumber: row, columnIndex: column)
      return Finding(rule, at: place, arguments: arguments.map { String($0) })
    }
    let order = unorderedRow.map {
      finding(XLSXRules.unorderedRows, $0.rowNumber, nil, [$0.rowNumber, $0.after])
    }
    return [order].compactMap { $0 }
      + longTexts.map {
        finding(XLSXRules.longText, $0.rowNumber, $0.columnIndex, [$0.length])
      }
      + missingStrings.map {
        finding(XLSXRules.missingString, $0.rowNumber, $0.columnIndex, [$0.index, stringCount])
      }
  }
}
