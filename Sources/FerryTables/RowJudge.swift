internal import FerryCore

/// Tells rows of data from totals, remarks, and headers printed again.
///
/// A look at the first cells settles nearly every row; text is compared only where they are odd.
struct RowJudge {
  private let columns: ClosedRange<Int>
  private let columnCount: Int
  private let header: [Int: ContiguousArray<UInt8>]
  private let titles: Set<String>

  init(_ table: Table) {
    columns = table.columnIndexes
    columnCount = table.columns.count
    var header: [Int: ContiguousArray<UInt8>] = [:]
    if table.headerRows?.count == 1 {
      for column in table.columns { header[column.columnIndex] = ContiguousArray(column.name.utf8) }
    }
    self.header = header
    titles = Set(
      table.notes.filter { $0.rule == .titleRow }.compactMap(\.arguments.first))
  }

  /// What the row is to the table, and the rule that says why it is left out.
  func judge(_ batch: borrowing RowBatch, _ rowIndex: Int) -> (role: RowRole, rule: Rule?) {
    var filled = 0
    var first: RawCell?
    var second: RawCell?
    for cell in batch.cells(ofRow: rowIndex)
    where columns.contains(Int(cell.columnIndex)) && !isBlank(batch, cell) {
      filled += 1
      if first == nil { first = cell } else if second == nil { second = cell }
    }
    guard let first else { return (.blank, nil) }
    if isTotal(batch, rowIndex, first, filled)
      || second.map({ isTotal(batch, rowIndex, $0, filled) }) ?? false
    {
      return (.filtered, .totalRow)
    }
    if filled <= 3, isRemark(batch, rowIndex, first, filled) { return (.filtered, .noteRow) }
    if repeatsHeader(batch, rowIndex, first, filled) { return (.filtered, .repeatedHeader) }
    if filled <= 2, !titles.isEmpty, repeatsTitle(batch, rowIndex) {
      return (.filtered, .repeatedHeader)
    }
    return (.data, nil)
  }

  private func isBlank(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    guard cell.byteCount > 0 else { return true }
    let first = batch.bytes[Int(cell.startOffset)]
    if first > 0x20, first < 0x80 || first > 0xC2 && first != 0xE2 && first != 0xE3 && first != 0xEF
    {
      return false
    }
    return trimmed(batch.text(of: cell)).isEmpty
  }

  // MARK: Totals

  private func isTotal(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ cell: RawCell, _ filled: Int
  ) -> Bool {
    guard cell.kind == .text, cell.byteCount <= 60, mayBeTotal(batch, cell) else { return false }
    let text = trimmed(batch.text(of: cell))
    let others = otherTexts(batch, rowIndex, besides: cell)
    if SheetWords.isTotalLabel(text) { return columnCount < 2 || others <= 1 }
    return columnCount >= 3 && filled * 4 <= columnCount * 3 && others == 0
      && SheetWords.isGroupTotalLabel(text)
  }

  /// Whether the cell holds 计, 計, 汇, 和, 额, or the letters `otal` or `sum`.
  private func mayBeTotal(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    let range = cell.range
    for index in range.dropLast(2) {
      let (one, two, three) = (batch.bytes[index], batch.bytes[index + 1], batch.bytes[index + 2])
      switch (one, two, three) {
      case (0xE8, 0xAE, 0xA1), (0xE8, 0xA8, 0x88), (0xE6, 0xB1, 0x87), (0xE5, 0x92, 0x8C),
        (0xE9, 0xA2, 0x9D):
        return true
      default:
        let letters = (one | 0x20, two | 0x20, three | 0x20)
        if letters == (0x74, 0x6F, 0x74) || letters == (0x73, 0x75, 0x6D)
          || letters == (0x74, 0x61, 0x6C)
        {
          return true
        }
      }
    }
    return false
  }

  private func otherTexts(_ batch: borrowing RowBatch, _ rowIndex: Int, besides: RawCell) -> Int {
    var count = 0
    for cell in batch.cells(ofRow: rowIndex)
    where cell != besides && columns.contains(Int(cell.columnIndex)) {
      let value = trimmed(batch.text(of: cell))
      let shape = ValueShape(value, kind: cell.kind)
      if !value.isEmpty, shape != .number, shape != .phone, value != "-", value != "/" {
        count += 1
      }
    }
    return count
  }

  // MARK: Remarks and repetitions

  private func isRemark(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ first: RawCell, _ filled: Int
  ) -> Bool {
    guard columnCount >= 3, first.kind == .text else { return false }
    if filled == 1 { return SheetWords.isNote(trimmed(batch.text(of: first))) }
    for cell in batch.cells(ofRow: rowIndex)
    where columns.contains(Int(cell.columnIndex)) && !isBlank(batch, cell) {
      let text = trimmed(batch.text(of: cell))
      let isLabelled = text.contains { $0 == ":" || $0 == "\u{FF1A}" }
      if !isLabelled || !SheetWords.isNote(text) { return false }
    }
    return true
  }

  private func repeatsHeader(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ first: RawCell, _ filled: Int
  ) -> Bool {
    guard header.count > 1, filled * 5 >= header.count * 4, equalsHeader(batch, first) else {
      return false
    }
    var same = 0
    for cell in batch.cells(ofRow: rowIndex) where equalsHeader(batch, cell) { same += 1 }
    return same * 5 >= header.count * 4
  }

  private func equalsHeader(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    guard let name = header[Int(cell.columnIndex)], name.count <= Int(cell.byteCount) else {
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

  private func repeatsTitle(_ batch: borrowing RowBatch, _ rowIndex: Int) -> Bool {
    let texts = batch.cells(ofRow: rowIndex).map { trimmed(batch.text(of: $0)) }
    return titles.contains(titleText(texts.filter { !$0.isEmpty }))
  }
}
