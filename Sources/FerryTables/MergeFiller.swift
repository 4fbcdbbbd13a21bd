internal import FerryCore

/// Gives each row of a merged area the area's value, in its first column.
///
/// The columns beside it have headers of their own, or none.
struct MergeFiller {
  private struct Area {
    let range: CellRange
    var kind = CellKind.text
    var value = ContiguousArray<UInt8>()
  }

  private let columns: ClosedRange<Int>
  /// By first row; those that begin later than the rows read so far.
  private var waiting: ArraySlice<CellRange>
  private var active: [Area] = []

  init(_ table: Table) {
    columns = table.columnIndexes
    waiting =
      (table.policy.merged == .fill ? table.mergedRanges : [])
      .filter { $0.rowNumbers.count > 1 }.sorted {
        ($0.first.rowNumber, $0.first.columnIndex) < ($1.first.rowNumber, $1.first.columnIndex)
      }[...]
  }

  /// Whether no area is left.
  var isIdle: Bool { waiting.isEmpty && active.isEmpty }

  /// Whether an area reaches into the rows up to `rowNumber`.
  func concerns(rowsUpTo rowNumber: Int) -> Bool {
    !active.isEmpty || waiting.first.map { $0.first.rowNumber <= rowNumber } ?? false
  }

  /// Takes the values of areas that begin in this row, and drops those that ended above it.
  mutating func observe(_ batch: borrowing RowBatch, _ rowIndex: Int) {
    let number = Int(batch.rows[rowIndex].rowNumber)
    active.removeAll { $0.range.last.rowNumber < number }
    while let range = waiting.first, range.first.rowNumber <= number {
      waiting.removeFirst()
      guard range.last.rowNumber >= number else { continue }
      var area = Area(range: range)
      if range.first.rowNumber == number,
        let cell = batch.cells(ofRow: rowIndex).first(where: {
          Int($0.columnIndex) == range.first.columnIndex
        })
      {
        area.kind = cell.kind
        area.value = ContiguousArray(batch.bytes[cell.range])
      }
      active.append(area)
    }
  }

  /// Copies a row to the end of `output`, areas filled.
  func copy(_ batch: borrowing RowBatch, _ rowIndex: Int, to output: inout RowBatch) {
    let row = batch.rows[rowIndex]
    output.startRow(number: Int(row.rowNumber), role: row.role, isHidden: row.isHidden)
    var filled: Set<Int> = []
    for cell in batch.cells(ofRow: rowIndex) {
      filled.insert(Int(cell.columnIndex))
      let start = output.appendBytes(batch.bytes.span.extracting(cell.range))
      output.appendCell(
        kind: cell.kind, columnIndex: Int(cell.columnIndex), startOffset: start,
        byteCount: Int(cell.byteCount))
    }
    guard row.role == .data else { return }
    var added = false
    for area in active where !area.value.isEmpty {
      let column = area.range.first.columnIndex
      guard columns.contains(column), !filled.contains(column) else { continue }
      output.append(area.value.span, kind: area.kind, columnIndex: column)
      added = true
    }
    if added { output.sortLastRow() }
  }
}
