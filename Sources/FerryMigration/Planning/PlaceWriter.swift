import FerryCore
import FerryRecords

/// Writes places as bytes: `file 'sheet'!14` for a row, `C14` for a cell of the same sheet.
struct PlaceWriter {
  private let table: RecordTable
  // By recipe: file 'sheet'!
  private let prefixes: [Bytes]

  init(_ table: RecordTable) {
    self.table = table
    prefixes = table.recipes.map { Bytes("\($0.file) '\($0.sheet)'!".utf8) }
  }

  /// Adds the place of a record's row.
  func appendRow(_ record: Int, to bytes: inout Bytes) {
    let origin = table.origins[record]
    bytes.append(contentsOf: prefixes[Int(origin.recipeIndex)])
    bytes.append(decimal: Int(origin.rowNumber))
  }

  /// Adds the cell of a field of `record`, short where it lies in the sheet of `row`.
  ///
  /// - Returns: False where the value came from no cell; then nothing was added.
  func appendCell(_ record: Int, field: Int, inSheetOf row: Int, to bytes: inout Bytes) -> Bool {
    let origin = table.origins[record]
    let recipe = Int(origin.recipeIndex)
    guard let column = table.recipes[recipe].columnIndexes[field] else { return false }
    let other = Int(table.origins[row].recipeIndex)
    if other != recipe, prefixes[other] != prefixes[recipe] {
      bytes.append(contentsOf: prefixes[recipe])
    }
    appendColumn(Int(column), to: &bytes)
    bytes.append(decimal: Int(origin.rowNumber))
    return true
  }

  private func appendColumn(_ index: Int, to bytes: inout Bytes) {
    let start = bytes.count
    var rest = index + 1
    while rest > 0 {
      rest -= 1
      bytes.append(UInt8(ascii: "A") + UInt8(rest % 26))
      rest /= 26
    }
    bytes[start...].reverse()
  }
}
