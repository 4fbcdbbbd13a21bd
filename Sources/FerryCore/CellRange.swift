/// A rectangle of cells in a sheet, such as `B2:D14`.
///
/// Source: ECMA-376 Part 1, 18.18.62 (ST_Ref).
public struct CellRange: Hashable, Sendable, CustomStringConvertible {
  /// The cell in the upper left.
  public let first: CellAddress
  /// The cell in the lower right.
  public let last: CellAddress

  /// Spans the rectangle between two corners, whichever they are.
  public init(_ corner: CellAddress, _ opposite: CellAddress) {
    first = CellAddress(
      columnIndex: min(corner.columnIndex, opposite.columnIndex),
      rowNumber: min(corner.rowNumber, opposite.rowNumber))
    last = CellAddress(
      columnIndex: max(corner.columnIndex, opposite.columnIndex),
      rowNumber: max(corner.rowNumber, opposite.rowNumber))
  }

  /// Reads a range in A1 notation, a single cell too; gives nothing where the text is none.
  public init?(_ text: String) {
    let corners = text.split(separator: ":", omittingEmptySubsequences: false)
      .map { CellAddress(String($0)) }
    guard let corner = corners.first ?? nil, let opposite = corners.last ?? nil,
      corners.count <= 2
    else { return nil }
    self.init(corner, opposite)
  }

  /// The rows it covers, one-based.
  public var rowNumbers: ClosedRange<Int> { first.rowNumber...last.rowNumber }

  /// The columns it covers, zero-based.
  public var columnIndexes: ClosedRange<Int> { first.columnIndex...last.columnIndex }

  /// Whether the cell lies inside.
  public func contains(_ address: CellAddress) -> Bool {
    rowNumbers.contains(address.rowNumber) && columnIndexes.contains(address.columnIndex)
  }

  /// The range in A1 notation; a single cell without a colon.
  public var description: String { first == last ? "\(first)" : "\(first):\(last)" }
}
