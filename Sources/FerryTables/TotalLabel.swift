internal import FerryCore

/// Whether a row is a total: a label such as 合计 among its first cells, and sums behind it.
struct TotalLabel {
  /// Whether it is.
  private(set) var isTotal = false

  private let columns: ClosedRange<Int>
  private let columnCount: Int
  private let filled: Int

  init(
    _ judge: RowJudge, _ batch: borrowing RowBatch, _ rowIndex: Int, _ sight: RowJudge.Sight
  ) {
    columns = judge.columns
    columnCount = judge.columnCount
    filled = sight.filled
    for (place, cell) in sight.first.enumerated()
    where cell.kind == .text && cell.byteCount <= 60 && Self.mayBeLabel(batch, cell) {
      if labels(batch, rowIndex, cell, textsBefore: place) {
        isTotal = true
        return
      }
    }
  }

  private func labels(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ cell: RawCell, textsBefore: Int
  ) -> Bool {
    let text = trimmed(batch.text(of: cell))
    let isSparse = filled * 4 <= columnCount * 3
    if SheetWords.isTotalLabel(text) {
      if columnCount < 2 { return true }
      let behind = textsBehind(batch, rowIndex, cell)
      return behind == 0 || behind == 1 && isSparse
    }
    return columnCount >= 3 && isSparse && textsBefore <= 1 && SheetWords.isGroupTotalLabel(text)
      && textsBehind(batch, rowIndex, cell) == 0
  }

  /// How many cells behind the label hold words, those with a number in them left aside.
  private func textsBehind(_ batch: borrowing RowBatch, _ rowIndex: Int, _ label: RawCell) -> Int {
    var count = 0
    for cell in batch.cells(ofRow: rowIndex)
    where cell.columnIndex > label.columnIndex && columns.contains(Int(cell.columnIndex)) {
      guard cell.kind == .text else { continue }
      let value = trimmed(batch.text(of: cell))
      let shape = ValueShape(value, kind: cell.kind)
      guard !value.isEmpty, shape != .number, shape != .phone, value != "-", value != "/",
        !(value.utf8.count <= 12 && value.contains(where: \.isNumber))
      else { continue }
      count += 1
    }
    return count
  }

  /// Whether the cell holds 计, 計, 汇, 和, 额, 均, or letters of total, sum, count, result, average.
  private static func mayBeLabel(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    let range = cell.range
    for index in range.dropLast(2) {
      let (one, two, three) = (batch.bytes[index], batch.bytes[index + 1], batch.bytes[index + 2])
      switch (one, two, three) {
      case (0xE8, 0xAE, 0xA1), (0xE8, 0xA8, 0x88), (0xE6, 0xB1, 0x87), (0xE5, 0x92, 0x8C),
        (0xE9, 0xA2, 0x9D), (0xE5, 0x9D, 0x87):
        return true
      default: break
      }
      switch (one | 0x20, two | 0x20, three | 0x20) {
      case (0x74, 0x6F, 0x74), (0x73, 0x75, 0x6D), (0x74, 0x61, 0x6C), (0x73, 0x75, 0x62),
        (0x75, 0x6E, 0x74), (0x75, 0x6C, 0x74), (0x61, 0x67, 0x65):
        return true
      default: break
      }
    }
    return false
  }
}
