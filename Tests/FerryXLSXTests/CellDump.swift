import FerryCore

@testable import FerryXLSX

/// One cell as `ferry cat --format cells` would print it.
struct DumpedCell: Hashable, CustomStringConvertible {
  let sheet: String
  let address: String
  let kind: CellKind
  let value: String
  /// Whether nobody sees the cell's row.
  var isRowHidden = false

  var description: String { "\(sheet)!\(address) \(kind) \(value)" }

  /// All cells of a batch.
  static func all(of batch: RowBatch, sheet: String) -> [DumpedCell] {
    batch.rows.indices.flatMap { rowIndex in
      let row = batch.rows[rowIndex]
      return batch.cells(ofRow: rowIndex).map { cell in
        let address = CellAddress(
          columnIndex: Int(cell.columnIndex), rowNumber: Int(row.rowNumber))
        return DumpedCell(
          sheet: sheet, address: address.description, kind: cell.kind,
          value: batch.text(of: cell), isRowHidden: row.isHidden)
      }
    }
  }
}

/// All cells of all worksheets.
func cellsOfWorkbook(_ path: String, way: ReadingWay = .quick) throws -> [DumpedCell] {
  try cells(of: Workbook(path: path), way: way)
}

/// All cells of all worksheets of an open workbook.
func cells(of workbook: Workbook, way: ReadingWay) throws -> [DumpedCell] {
  var cells: [DumpedCell] = []
  var batch = RowBatch()
  for (index, sheet) in workbook.sheets.enumerated() where sheet.isWorksheet {
    let reader = try workbook.rows(ofSheet: index, way: way)
    while try reader.read(into: &batch) {
      cells += DumpedCell.all(of: batch, sheet: sheet.name)
    }
  }
  return cells
}
