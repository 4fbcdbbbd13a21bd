import FerryCore

/// What rows say in one field: a text in UTF-8 for each of the field's columns, row after row.
///
/// One value is used again and again, so that taking rows allocates nothing.
struct TextRows: Sendable {
  let columnCount: Int
  private(set) var bytes = ContiguousArray<UInt8>()
  /// Where the texts lie, the columns of a row one after the other.
  private var ranges = ContiguousArray<Range<Int>>()

  init(columnCount: Int = 1) { self.columnCount = columnCount }

  /// How many rows there are.
  var count: Int { ranges.count / columnCount }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }

  /// Appends the text of the next column, which may be empty.
  mutating func append(_ text: Span<UInt8>) {
    let start = bytes.count
    bytes.append(copying: text)
    ranges.append(start..<start + text.count)
  }

  /// Appends the text of the next column, which may be empty.
  mutating func append(_ text: ContiguousArray<UInt8>) { append(text.span) }

  /// Appends a cell, character references such as `&amp;` replaced by what they stand for.
  mutating func append(cell: Span<UInt8>) {
    let start = bytes.count
    CharacterReferences.append(cell, to: &bytes)
    ranges.append(start..<bytes.count)
  }

  /// Some of the rows, over the same bytes.
  func chosen(_ rows: ContiguousArray<Int>) -> TextRows {
    var chosen = TextRows(columnCount: columnCount)
    chosen.bytes = bytes
    chosen.ranges.reserveCapacity(rows.count * columnCount)
    for row in rows {
      for column in 0..<columnCount { chosen.ranges.append(ranges[row * columnCount + column]) }
    }
    return chosen
  }

  /// Where the texts of a row lie in ``bytes``, one after the other.
  func range(_ row: Int) -> Range<Int> {
    let first = row * columnCount
    return ranges[first].lowerBound..<ranges[first + columnCount - 1].upperBound
  }

  /// Where the text of a column lies in ``bytes``.
  func range(_ row: Int, column: Int) -> Range<Int> { ranges[row * columnCount + column] }

  /// 64 bits that stand for the texts of a row; 0 where none holds a byte.
  func hash(of row: Int) -> UInt64 {
    if range(row).isEmpty { return 0 }
    var hash: UInt64 = 0
    for column in 0..<columnCount {
      hash = ByteHash.hash(bytes.span.extracting(range(row, column: column)), seed: hash)
    }
    return max(hash, 1)
  }
}
