import FerryCore
import FerryMapping
import FerryTables

/// What the source says in and beside the cells that findings are about.
///
/// The table is read twice: once for the rows that have such a cell, and once to count how often
/// their values occur, so that an answer is known to hold for a value or for one row alone.
struct FlaggedCells {
  private let mapped: MappedTable
  /// By row number, then by column, the texts of rows that have such a cell.
  private var rows: [Int: [Int: String]] = [:]
  /// How often each value stands in a column that has such a cell.
  private var valueCounts: [ColumnValue: Int] = [:]
  /// How often a cell with that value has a finding.
  private var flaggedCounts: [ColumnValue: Int] = [:]
  /// How often each row's key occurs in the table.
  private var keyCounts: [[String]: Int] = [:]

  private struct ColumnValue: Hashable {
    let column: Int
    let value: String
  }

  /// Reads the table of `mapped`; `cells` are those that findings are about.
  init(_ mapped: MappedTable, _ cells: Set<CellAddress>, in file: SourceFile) throws {
    self.mapped = mapped
    let numbers = Set(cells.map(\.rowNumber))
    try Self.read(mapped, file) { number, texts in
      if numbers.contains(number) { rows[number] = texts }
    }
    for cell in cells {
      let value = ColumnValue(column: cell.columnIndex, value: self[cell])
      if !value.value.isEmpty { valueCounts[value] = 0 }
      flaggedCounts[value, default: 0] += 1
      keyCounts[keys(of: cell.rowNumber)] = 0
    }
    let columns = Set(cells.map(\.columnIndex))
    let (valueCounted, keyCounted) = (valueCounts, keyCounts)
    try Self.read(mapped, file) { _, texts in
      for column in columns {
        let value = ColumnValue(column: column, value: texts[column] ?? "")
        if valueCounted[value] != nil { valueCounts[value, default: 0] += 1 }
      }
      let key = mapped.keyColumns.map { texts[$0] ?? "" }
      if keyCounted[key] != nil { keyCounts[key, default: 0] += 1 }
    }
  }

  /// What the cell holds, without blanks around it.
  subscript(cell: CellAddress) -> String { rows[cell.rowNumber]?[cell.columnIndex] ?? "" }

  /// Whether the value tells enough: each cell of the column that holds it has a finding.
  func isToldByValue(_ cell: CellAddress) -> Bool {
    let value = ColumnValue(column: cell.columnIndex, value: self[cell])
    return !value.value.isEmpty && valueCounts[value] == flaggedCounts[value]
  }

  /// What tells the cell's row from all others, the cell itself left out: columns of keys where they
  /// do, else all others.
  func rowKey(of cell: CellAddress) -> [PlacedPart] {
    let texts = rows[cell.rowNumber] ?? [:]
    let isUnique = keyCounts[keys(of: cell.rowNumber)] == 1
    let own = mapped.keyColumns.contains(cell.columnIndex)
    let columns =
      isUnique && !own && !mapped.keyColumns.isEmpty ? mapped.keyColumns : texts.keys.sorted()
    return columns.compactMap { column in
      guard column != cell.columnIndex, let text = texts[column], !text.isEmpty,
        let name = mapped.column(column)?.name
      else { return nil }
      return PlacedPart(columnIndex: column, column: name, value: text)
    }
  }

  private func keys(of row: Int) -> [String] { mapped.keyColumns.map { rows[row]?[$0] ?? "" } }

  private static func read(
    _ mapped: MappedTable, _ file: SourceFile, _ take: (Int, [Int: String]) -> Void
  ) throws {
    let reader = try file.rows(of: mapped.table)
    let columns = Set(mapped.table.columns.map(\.columnIndex))
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for (index, row) in batch.rows.enumerated() where row.role == .data {
        var texts: [Int: String] = [:]
        for cell in batch.cells(ofRow: index) where columns.contains(Int(cell.columnIndex)) {
          let text = RowKeyPart.trimmed(batch.text(of: cell))
          if !text.isEmpty { texts[Int(cell.columnIndex)] = text }
        }
        take(Int(row.rowNumber), texts)
      }
    }
  }
}
