internal import FerryCore

// How it works: the sums of the columns that hold numbers go along with the rows. A row that names
// nothing, and whose every number is the sum of its column so far, is a total without a label.

/// Knows a total that has no label by its numbers.
struct ColumnSums {
  /// Rows that are added up; a table of more is no sheet that somebody made by hand.
  private static let mostRows = 20_000
  /// Rows that must stand above a total.
  private static let leastRows = 3

  private struct Sum {
    let columnIndex: Int
    var value = 0.0
    /// How many numbers other than zero it is of.
    var count = 0
  }

  private var sums: [Sum]
  private var rowCount = 0

  /// Adds up these columns, by rising index.
  init(_ columns: [Int]) { sums = columns.map { Sum(columnIndex: $0) } }

  /// Whether rows are still added up.
  var isActive: Bool { !sums.isEmpty && rowCount <= Self.mostRows }

  /// Adds a row of data.
  mutating func add(_ batch: borrowing RowBatch, _ rowIndex: Int) {
    rowCount += 1
    var place = 0
    for cell in batch.cells(ofRow: rowIndex) {
      while place < sums.count, sums[place].columnIndex < Int(cell.columnIndex) { place += 1 }
      guard place < sums.count else { return }
      guard sums[place].columnIndex == Int(cell.columnIndex),
        let number = number(batch, cell), number != 0
      else { continue }
      sums[place].value += number
      sums[place].count += 1
    }
  }

  /// Whether all that the row holds are sums of what stands above, one of three numbers at least.
  func areTold(by batch: borrowing RowBatch, _ rowIndex: Int) -> Bool {
    guard rowCount >= Self.leastRows else { return false }
    var most = 0
    for cell in batch.cells(ofRow: rowIndex) where !batch.isBlank(cell) {
      guard let sum = sums.first(where: { $0.columnIndex == Int(cell.columnIndex) }),
        let number = number(batch, cell), isEqual(number, sum.value)
      else { return false }
      most = max(most, sum.count)
    }
    return most >= Self.leastRows
  }

  private func isEqual(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= max(abs(one), abs(other)) * 1e-9
  }

  private func number(_ batch: borrowing RowBatch, _ cell: RawCell) -> Double? {
    guard cell.kind == .number || cell.kind == .text, cell.byteCount <= 24 else { return nil }
    return plainNumber(batch.bytes.span.extracting(cell.range))
  }
}
