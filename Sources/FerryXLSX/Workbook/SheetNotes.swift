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
}
