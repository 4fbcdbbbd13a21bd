internal import FerryCore

/// The lines of a table's header and titles, to know them when a page prints them again.
struct RepeatedHeaders {
  private let lines: [[Int: ContiguousArray<UInt8>]]
  private let titles: Set<String>
  private let mostTitleCells: Int
  private let columnCount: Int

  init(_ table: Table) {
    columnCount = table.columns.count
    lines = table.headerLines.map { line in line.mapValues { ContiguousArray($0.utf8) } }
      .filter { $0.count > 1 || table.columns.count == 1 }
    let titles = table.notes.filter { $0.rule == .titleRow }.compactMap(\.arguments.first)
    self.titles = Set(titles.map(Self.plain).filter { $0.count > 1 })
    mostTitleCells = self.titles.isEmpty ? 0 : 4
  }

  /// Whether the row says what a line of the header or a title says.
  func contains(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ sight: RowJudge.Sight,
    _ columns: ClosedRange<Int>
  ) -> Bool {
    guard let first = sight.first.first else { return false }
    for line in lines where sight.filled * 5 >= line.count * 4 && equals(batch, first, line) {
      var same = 0
      for cell in batch.cells(ofRow: rowIndex) where equals(batch, cell, line) { same += 1 }
      if same * 5 >= line.count * 4, same * 5 >= sight.filled * 4 { return true }
    }
    guard sight.filled <= mostTitleCells, first.kind == .text, columnCount > 1 else { return false }
    let texts = batch.cells(ofRow: rowIndex).map { trimmed(SheetHead.start(of: $0, in: batch)) }
    return titles.contains(Self.plain(titleText(texts.filter { !$0.isEmpty })))
  }

  private func equals(
    _ batch: borrowing RowBatch, _ cell: RawCell, _ line: [Int: ContiguousArray<UInt8>]
  ) -> Bool {
    guard let name = line[Int(cell.columnIndex)], name.count <= Int(cell.byteCount) else {
      return false
    }
    if name.count == Int(cell.byteCount) {
      var index = Int(cell.startOffset)
      for byte in name {
        if batch.bytes[index] != byte { return false }
        index += 1
      }
      return true
    }
    guard Int(cell.byteCount) < name.count + 8 else { return false }
    return trimmed(batch.text(of: cell)).utf8.elementsEqual(name)
  }

  /// A title without its digits: the number of the page may stand in it.
  private static func plain(_ title: String) -> String {
    title.filter { !$0.isNumber && !$0.isWhitespace }
  }
}
