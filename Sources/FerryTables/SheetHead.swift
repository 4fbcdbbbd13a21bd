internal import FerryCore

/// The first rows of a sheet, kept as values to look at.
struct SheetHead {
  /// How many rows are looked at to find where tables lie.
  static let rowLimit = 200
  /// How many rows may be passed over that hold nothing at all.
  static let blankLimit = 5_000

  /// One cell that holds something.
  struct Cell {
    let columnIndex: Int
    let kind: CellKind
    /// The value without blanks around it.
    let text: String
  }

  /// One row that holds something.
  struct Row {
    let number: Int
    let cells: [Cell]

    /// The value in a column, empty where there is none.
    func text(_ columnIndex: Int) -> String { cell(columnIndex)?.text ?? "" }

    /// The cell in a column.
    func cell(_ columnIndex: Int) -> Cell? { cells.first { $0.columnIndex == columnIndex } }
  }

  /// Rows by rising number; blank ones are left out.
  let rows: [Row]
  /// Whether the sheet goes on behind.
  let isCut: Bool

  /// Reads the head.
  init(_ reader: any RowReader) throws {
    var rows: [Row] = []
    var batch = RowBatch()
    var seen = 0
    var isCut = false
    reading: while try reader.read(into: &batch) {
      for index in batch.rows.indices {
        if rows.count == Self.rowLimit || seen == Self.blankLimit {
          isCut = true
          break reading
        }
        seen += 1
        let row = Self.row(batch, index)
        if !row.cells.isEmpty { rows.append(row) }
      }
    }
    self.rows = rows
    self.isCut = isCut
  }

  private static func row(_ batch: borrowing RowBatch, _ index: Int) -> Row {
    let cells = batch.cells(ofRow: index).compactMap { raw -> Cell? in
      let text = trimmed(batch.text(of: raw))
      guard !text.isEmpty else { return nil }
      return Cell(columnIndex: Int(raw.columnIndex), kind: raw.kind, text: text)
    }
    return Row(number: Int(batch.rows[index].rowNumber), cells: cells)
  }
}

/// The text without white space around it, wide and unbreakable blanks too.
func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[first...last])
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || scalar.value == 0xFEFF || scalar.value == 0x200B
}

/// What a title row says, in a length that a note can show.
func titleText(_ texts: [String]) -> String { String(texts.joined(separator: " ").prefix(200)) }
