import FerryCore

/// A store of values of which one cell may hold several, such as phones.
///
/// What it adds are the texts that it found in cells: each is a row that spells one value.
protocol ValueSetStore: ValueStore {
  /// Appends the text of each value that the cell spells; none where it spells none.
  mutating func appendTexts(of cell: Span<UInt8>, to texts: inout TextRows)

  /// The index in ``ValueStore/levels`` of rows of which one value is the same while another column
  /// differs; `nil` where that is no level of its own. No two values stand so to each other.
  static var partLevel: Int? { get }
}

extension ValueSetStore {
  static var partLevel: Int? { nil }
}

/// Takes a cell apart at the signs that people put between two values.
struct CellParts {
  private var rest: Range<Int>

  init(_ cell: Span<UInt8>) { rest = cell.indices }

  /// Where the next part that is not blank lies, up to a sign for which `isGap` holds.
  mutating func next(in cell: Span<UInt8>, isGap: (UInt8) -> Bool) -> Range<Int>? {
    while !rest.isEmpty {
      var end = rest.lowerBound
      while end < rest.upperBound, !isGap(cell[end]) { end += 1 }
      let part = rest.lowerBound..<end
      rest = min(end + 1, rest.upperBound)..<rest.upperBound
      if part.contains(where: { cell[$0] > 0x20 }) { return part }
    }
    return nil
  }
}
