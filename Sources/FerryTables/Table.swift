public import FerryCore

/// One sheet of a source file.
public struct SheetInfo: Hashable, Sendable {
  /// The sheet's name; for a CSV file the file's name without its extension.
  public let name: String
  /// Whether a person who opens the workbook does not see it.
  public let isHidden: Bool
  /// Whether it has cells; a chart sheet has none.
  public let isWorksheet: Bool

  /// Describes a sheet.
  public init(name: String, isHidden: Bool = false, isWorksheet: Bool = true) {
    self.name = name
    self.isHidden = isHidden
    self.isWorksheet = isWorksheet
  }
}

/// One column of a table.
public struct TableColumn: Hashable, Sendable {
  /// The header; the lines of a header of several rows are joined with a blank.
  ///
  /// Where the header is empty, the column's letter.
  public let name: String
  /// Zero-based column in the sheet.
  public let columnIndex: Int

  /// Describes a column.
  public init(name: String, columnIndex: Int) {
    self.name = name
    self.columnIndex = columnIndex
  }
}

/// A region of a sheet with one header.
public struct Table: Hashable, Sendable {
  /// The file's name, without its folders.
  public let file: String
  /// The sheet's name.
  public let sheet: String
  /// Zero-based place of the sheet in its file.
  public let sheetIndex: Int
  /// The columns by rising index; two may have one name.
  public let columns: [TableColumn]
  /// The rows that hold the header; `nil` where there is none.
  public let headerRows: ClosedRange<Int>?
  /// The first row below the header.
  public let firstRowNumber: Int
  /// The last row; `nil` where the table goes on to the end of the sheet.
  public let lastRowNumber: Int?
  /// Areas of merged cells that touch the table's rows.
  public let mergedRanges: [CellRange]
  /// What the finder took for a title, a header, a gap; each an `info` with its place.
  public let notes: [Finding]

  /// The columns from the first to the last.
  public var columnIndexes: ClosedRange<Int> {
    let first = columns.first?.columnIndex ?? 0
    return first...max(first, columns.last?.columnIndex ?? first)
  }
}

/// What a caller knows about where a table lies; what is `nil` is found by evidence.
public struct TableOptions: Hashable, Sendable {
  /// The rows of the header, one-based.
  public var headerRows: ClosedRange<Int>?
  /// The first row of data.
  public var firstRowNumber: Int?
  /// The last row of data.
  public var lastRowNumber: Int?
  /// Header and data in one rectangle; a cell outside is no part of the table.
  public var range: CellRange?

  /// States what is known.
  public init(
    headerRow: Int? = nil, headerRows: ClosedRange<Int>? = nil, firstRowNumber: Int? = nil,
    lastRowNumber: Int? = nil, range: CellRange? = nil
  ) {
    self.headerRows = headerRows ?? headerRow.map { $0...$0 }
    self.firstRowNumber = firstRowNumber
    self.lastRowNumber = lastRowNumber
    self.range = range
  }
}
