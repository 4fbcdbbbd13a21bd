public import FerryCore

/// Cells of one column that a program has damaged in one way.
public struct Damage: Hashable, Sendable {
  /// What is wrong.
  public let rule: Rule
  /// The column.
  public let column: TableColumn
  /// How many cells.
  public let count: Int
  /// The first of them, at most five.
  public let cells: [CellAddress]
  /// What the rule's words need besides the count, the column and the cells.
  let more: [String]

  /// The cells as people read them, such as `K12, K19 …`.
  public var places: String {
    cells.map(\.description).joined(separator: ", ") + (count > cells.count ? " …" : "")
  }

  /// The damage as a finding, at its first cell.
  public func finding(in table: Table) -> Finding {
    Finding(
      rule,
      at: Provenance(
        file: table.file, sheet: table.sheet, rowNumber: cells.first?.rowNumber,
        columnIndex: column.columnIndex),
      arguments: [String(count), column.name, places] + more)
  }
}
