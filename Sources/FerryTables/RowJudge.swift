internal import FerryCore

/// Tells rows of data from totals, remarks, and headers printed again.
///
/// A look at the first cells settles nearly every row; text is compared only where they are odd.
struct RowJudge {
  /// Why a row that holds something is no data.
  enum Reason: Int, Hashable, CaseIterable {
    case total
    case note
    case repeated
    case hidden
    case dropped

    /// The rule that says so.
    var rule: Rule {
      switch self {
      case .total: .totalRow
      case .note: .noteRow
      case .repeated: .repeatedHeader
      case .hidden: .hiddenRow
      case .dropped: .droppedRow
      }
    }
  }

  /// What a row that holds something shows at first sight.
  struct Sight {
    static let firstLimit = 3
    var filled = 0
    /// The first cells that hold something, at most three.
    var first = ContiguousArray<RawCell>()

    mutating func clear() {
      filled = 0
      first.removeAll(keepingCapacity: true)
    }
  }

  let columns: ClosedRange<Int>
  let columnCount: Int
  private let policy: RowPolicy
  private let headers: RepeatedHeaders
  /// Rows whose one cell is merged over most of the table.
  private let sectionRows: Set<Int>
  /// Whether the row before was no data, or is missing.
  private var isBehindBreak = false
  private var lastNumber = 0
  /// Kept, so that no row allocates.
  private var sight = Sight()
  private var sums: ColumnSums

  init(_ table: Table) {
    let columns = table.columnIndexes
    let columnCount = table.columns.count
    self.columns = columns
    self.columnCount = columnCount
    policy = table.policy
    headers = RepeatedHeaders(table)
    sums = ColumnSums(table.policy.totals == .drop ? table.summedColumns : [])
    sectionRows = Set(
      table.mergedRanges.filter {
        $0.rowNumbers.count == 1 && columnCount >= 3
          && $0.columnIndexes.clamped(to: columns).count * 5 >= columns.count * 3
      }.map(\.first.rowNumber))
  }

  /// What the row is to the table, and why where it is left out.
  mutating func judge(
    _ batch: borrowing RowBatch, _ rowIndex: Int
  ) -> (role: RowRole, reason: Reason?) {
    let number = Int(batch.rows[rowIndex].rowNumber)
    look(batch, rowIndex)
    guard sight.filled > 0 else {
      isBehindBreak = true
      return (.blank, nil)
    }
    if number != lastNumber + 1 { isBehindBreak = true }
    lastNumber = number
    let reason = reason(batch, rowIndex, number)
    isBehindBreak = reason != nil
    if reason == nil, sums.isActive { sums.add(batch, rowIndex) }
    return (reason == nil ? .data : .filtered, reason)
  }

  private func reason(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ number: Int
  ) -> Reason? {
    if policy.keptRows.contains(where: { $0.contains(number) }) { return nil }
    if policy.droppedRows.contains(where: { $0.contains(number) }) { return .dropped }
    if policy.hidden == .drop, batch.rows[rowIndex].isHidden { return .hidden }
    if TotalLabel(self, batch, rowIndex, sight).isTotal {
      return policy.totals == .drop ? .total : nil
    }
    if isRemark(batch, number) { return policy.notes == .drop ? .note : nil }
    if headers.contains(batch, rowIndex, sight, columns) {
      return policy.repeated == .drop ? .repeated : nil
    }
    if sums.isActive, sight.filled < columnCount, sums.areTold(by: batch, rowIndex) {
      return .total
    }
    return nil
  }

  private mutating func look(_ batch: borrowing RowBatch, _ rowIndex: Int) {
    sight.clear()
    for cell in batch.cells(ofRow: rowIndex)
    where columns.contains(Int(cell.columnIndex)) && !batch.isBlank(cell) {
      sight.filled += 1
      if sight.first.count < Sight.firstLimit { sight.first.append(cell) }
    }
  }

  // MARK: Remarks

  private func isRemark(_ batch: borrowing RowBatch, _ number: Int) -> Bool {
    guard columnCount >= 3, sight.filled <= 3, let first = sight.first.first, first.kind == .text
    else { return false }
    if sight.filled == 1 {
      if sectionRows.contains(number) { return true }
      let text = trimmed(SheetHead.start(of: first, in: batch))
      return SheetWords.isNote(text)
        || isBehindBreak && Int(first.columnIndex) <= columns.lowerBound + 1
          && SheetWords.isSentence(text)
    }
    for cell in sight.first {
      let text = trimmed(SheetHead.start(of: cell, in: batch))
      let isLabelled = text.contains { $0 == ":" || $0 == "\u{FF1A}" }
      if !isLabelled || !SheetWords.isNote(text) { return false }
    }
    return true
  }
}
