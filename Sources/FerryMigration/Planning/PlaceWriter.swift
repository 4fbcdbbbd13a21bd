import FerryCore
import FerryRecords

/// Writes places as bytes: `file 'sheet'!14` for a row, `C14` for a cell of the same sheet.
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

  /// Adds the place of a record's row.
  mutating func appendRow(_ record: Int, to bytes: inout Bytes) {
    let origin = table.origins[record]
    bytes.append(contentsOf: prefixes[Int(origin.recipeIndex)])
    writeRow(origin.rowNumber)
    bytes.append(contentsOf: row)
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
