internal import FerryCore

/// Rows of a sheet as values to look at.
enum SheetHead {
  /// Bytes of a value that are looked at: no header is longer, and a sheet may hold millions.
  static let lookedAtBytes = 4096

  /// One cell that holds something.
  struct Cell: Hashable {
    let columnIndex: Int
    let kind: CellKind
    /// The value without blanks around it.
    let text: String
  }

  /// One row that holds something.
  struct Row: Hashable {
    let number: Int
    let cells: [Cell]

    /// The value in a column, empty where there is none.
    func text(_ columnIndex: Int) -> String { cell(columnIndex)?.text ?? "" }

    /// The cell in a column.
    func cell(_ columnIndex: Int) -> Cell? { cells.first { $0.columnIndex == columnIndex } }

    /// The row with the cells of these columns alone.
    func within(_ columns: ClosedRange<Int>) -> Row {
      Row(number: number, cells: cells.filter { columns.contains($0.columnIndex) })
    }
  }

  /// The row at `index` of a batch, its blank cells left out.
  static func row(_ batch: borrowing RowBatch, _ index: Int) -> Row {
    let cells = batch.cells(ofRow: index).compactMap { raw -> Cell? in
      let text = trimmed(start(of: raw, in: batch))
      guard !text.isEmpty else { return nil }
      return Cell(columnIndex: Int(raw.columnIndex), kind: raw.kind, text: text)
    }
    return Row(number: Int(batch.rows[index].rowNumber), cells: cells)
  }

  /// The value, or as many whole characters of it as are looked at.
  static func start(of cell: RawCell, in batch: borrowing RowBatch) -> String {
    guard Int(cell.byteCount) > lookedAtBytes else { return batch.text(of: cell) }
    var end = Int(cell.startOffset) + lookedAtBytes
    while batch.bytes[end] & 0xC0 == 0x80, end > Int(cell.startOffset) { end -= 1 }
    return String(decoding: batch.bytes[Int(cell.startOffset)..<end], as: UTF8.self)
  }
}

/// What a title row says, in a length that a note can show.
func titleText(_ texts: [String]) -> String { String(texts.joined(separator: " ").prefix(200)) }
