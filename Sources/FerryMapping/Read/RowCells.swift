import FerryCore
import FerryNormalization
import FerryRecords

/// The cells of one row by column.
struct RowCells {
  /// The batch's bytes and cells; shared, not copied.
  let bytes: ContiguousArray<UInt8>
  let cells: ContiguousArray<RawCell>
  private var cellOfColumn: ContiguousArray<Int32>
  /// One-based.
  private(set) var rowNumber: Int32 = 0

  init(_ batch: RowBatch, columnCount: Int) {
    bytes = batch.bytes
    cells = batch.cells
    cellOfColumn = ContiguousArray(repeating: -1, count: columnCount)
  }

  /// Puts a row's cells in their columns.
  mutating func place(_ row: RawRow) {
    rowNumber = row.rowNumber
    for index in Int(row.cells.lowerBound)..<Int(row.cells.upperBound) {
      let column = Int(cells[index].columnIndex)
      if column < cellOfColumn.count { cellOfColumn[column] = Int32(index) }
    }
  }

  /// Takes a row's cells away again.
  mutating func clear(_ row: RawRow) {
    for index in Int(row.cells.lowerBound)..<Int(row.cells.upperBound) {
      let column = Int(cells[index].columnIndex)
      if column < cellOfColumn.count { cellOfColumn[column] = -1 }
    }
  }

  /// The cell in a column; `nil` where it is empty.
  func cell(_ column: Int32) -> RawCell? {
    let index = cellOfColumn[Int(column)]
    return index < 0 ? nil : cells[Int(index)]
  }

  /// Whether a cell says nothing: only blanks, a placeholder such as 无, or a formula's error.
  func isBlank(_ cell: RawCell) -> Bool {
    guard cell.kind != .error else { return true }
    let value = bytes.span.extracting(cell.range)
    return value.saysNothing
  }

  /// Whether a column says nothing in this row.
  func isBlank(inColumn column: Int32) -> Bool { cell(column).map { isBlank($0) } ?? true }

  /// Whether a condition over columns holds for the row.
  func holds(_ condition: BoundCondition) -> Bool {
    condition.holds { slot, body in
      let span = bytes.span
      guard let cell = cell(Int32(slot)), !isBlank(cell) else {
        return body(span.extracting(0..<0))
      }
      return body(span.extracting(cell.range))
    }
  }
}

extension Span<UInt8> {
  /// Whether the text is blank or a placeholder.
  var saysNothing: Bool {
    let range = rangeWithoutBlanks
    return range.isEmpty || Placeholders.contains(extracting(range), type: .text)
  }
}
