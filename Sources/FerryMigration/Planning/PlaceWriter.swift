import FerryCore
import FerryRecords

/// Writes places as bytes: `file 'sheet'!C14`, or `C14` for a cell of the same sheet.
struct PlaceWriter {
  private let table: RecordTable
  // By recipe: file 'sheet'!
  private let prefixes: [Bytes]
  // By recipe and field: the letters of the column; empty where the value comes from no cell.
  private let columns: [[Bytes]]
  // The number of the row that was written last.
  private var lastRow = Int32(-1)
  private var row = Bytes()

  init(_ table: RecordTable) {
    self.table = table
    prefixes = table.recipes.map { Bytes("\($0.file) '\($0.sheet)'!".utf8) }
    columns = table.recipes.map { recipe in
      recipe.columnIndexes.map { $0.map { Bytes(CellAddress.columnName(Int($0)).utf8) } ?? [] }
    }
  }

  /// Whether the place of a field of `record` need not be said in the line of `row`: it is the cell in
  /// the field's own column there, or none where the field has no column.
  func isImplied(_ record: Int?, field: Int, in row: Int) -> Bool {
    let own = table.origins[row]
    if record == row { return true }
    let hasCell = hasCell(own, field)
    guard let record else { return !hasCell }
    let origin = table.origins[record]
    return origin == own || !hasCell && !self.hasCell(origin, field)
  }

  private func hasCell(_ origin: RecordOrigin, _ field: Int) -> Bool {
    let columns = columns[Int(origin.recipeIndex)]
    return field < columns.count && !columns[field].isEmpty
  }

  // Most values of a record come from one row.
  private mutating func writeRow(_ number: Int32) {
    guard number != lastRow else { return }
    lastRow = number
    row.removeAll(keepingCapacity: true)
    row.append(decimal: Int(number))
  }

  /// Adds the cell of a field of `record`, short where it lies in the sheet of `row`; nothing where
  /// the value came from no cell.
  mutating func appendCell(
    _ record: Int, field: Int, inSheetOf row: Int, to fields: inout FieldsWriter
  ) {
    let origin = table.origins[record]
    let recipe = Int(origin.recipeIndex)
    guard field < columns[recipe].count, !columns[recipe][field].isEmpty else { return }
    writeRow(origin.rowNumber)
    let other = Int(table.origins[row].recipeIndex)
    if other == recipe || prefixes[other] == prefixes[recipe] {
      fields.cell(column: columns[recipe][field], row: self.row)
    } else {
      let place = prefixes[recipe] + columns[recipe][field] + self.row
      fields.member("cell", place.span)
    }
  }
}
