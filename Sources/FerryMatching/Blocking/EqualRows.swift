// Rows that are alike in every field that is compared stand for each other. A few of them are
// compared like any rows; where there are many, such as a form that was sent a thousand times, one
// is compared and the others go where it goes, so a million equal rows cost what one costs.

/// Which rows are looked at, and which go where an equal one goes.
struct EqualRows: Sendable {
  /// So many equal rows are still compared with each other.
  private static let mostCompared = 8

  /// The row that each row is like; itself for most.
  private(set) var firstRows: ContiguousArray<UInt32>
  /// The rows that are not compared, rising.
  private(set) var leftOut: [UInt32] = []

  /// Whether a row is not compared.
  func isLeftOut(_ row: Int) -> Bool { firstRows[row] != UInt32(row) }

  /// By row that is compared: the rows that go where it goes, rising.
  var alike: [UInt32: [UInt32]] {
    Dictionary(grouping: leftOut) { firstRows[Int($0)] }
  }

  init(_ fields: [any ComparedField], rowCount: Int, otherSideStart: Int) {
    firstRows = ContiguousArray(0..<UInt32(rowCount))
    var signatures = ContiguousArray<UInt64>(repeating: 0, count: rowCount)
    for field in fields {
      for row in 0..<rowCount { signatures[row] = field.signature(of: row, seed: signatures[row]) }
    }
    var seen = TwiceSeen(expected: rowCount)
    for signature in signatures { seen.insert(signature) }
    var groups: [UInt64: [UInt32]] = [:]
    for row in 0..<rowCount where seen.holds(signatures[row]) {
      // The two sides of a link are not each other's stand-ins.
      let side: UInt64 = row < otherSideStart ? 1 : 0
      groups[signatures[row] ^ side, default: []].append(UInt32(row))
    }
    for rows in groups.values where rows.count > Self.mostCompared {
      guard fields.contains(where: { $0.isKnown(Int(rows[0])) }) else { continue }
      for row in rows.dropFirst() {
        firstRows[Int(row)] = rows[0]
        leftOut.append(row)
      }
    }
    leftOut.sort()
  }
}
