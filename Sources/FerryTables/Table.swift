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
  /// Whether a person who opens the sheet does not see it.
  public let isHidden: Bool

  /// Describes a column.
  public init(name: String, columnIndex: Int, isHidden: Bool = false) {
    self.name = name
    self.columnIndex = columnIndex
    self.isHidden = isHidden
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
  /// One-based place among the sheet's tables, from the top and from the left.
  public internal(set) var number = 1
  /// The columns by rising index; two may have one name.
  public internal(set) var columns: [TableColumn]
  /// The rows that hold the header; `nil` where there is none.
  public internal(set) var headerRows: ClosedRange<Int>?
  /// The rows above the header that are no part of the table.
  public internal(set) var titleRows: [Int] = []
  /// The first row below the header.
  public internal(set) var firstRowNumber: Int
  /// The last row; `nil` where the table goes on to the end of the sheet.
  public internal(set) var lastRowNumber: Int?
  /// Areas of merged cells that touch the table's rows.
  public internal(set) var mergedRanges: [CellRange]
  /// Whether labels stand beside their values, so that a row is no record.
  public internal(set) var isForm = false
  /// What becomes of the rows.
  public internal(set) var policy = RowPolicy()
  /// What the finder took for a title, a header, a gap; each an `info` with its place.
  public internal(set) var notes: [Finding] = []
  /// The columns whose numbers a total may add up.
  var summedColumns: [Int] = []
  /// The header's lines as they stand, by column.
  var headerLines: [[Int: String]] = []

  /// The columns from the first to the last.
  public var columnIndexes: ClosedRange<Int> {
    let first = columns.first?.columnIndex ?? 0
    return first...max(first, columns.last?.columnIndex ?? first)
  }
}

/// What becomes of rows that are no plain data, as the finder guesses or a mapping says.
public struct RowPolicy: Hashable, Sendable {
  /// Whether rows of one kind stay among the data.
  public enum Treatment: String, Hashable, Sendable, CaseIterable {
    case keep
    case drop
  }

  /// Which cells of a merged area get its value.
  public enum Merging: String, Hashable, Sendable, CaseIterable {
    /// All rows that it covers, in its first column.
    case fill
    /// The first cell alone, as the file has it.
    case first
  }

  /// Totals and subtotals.
  public var totals = Treatment.drop
  /// Remarks among and under the data.
  public var notes = Treatment.drop
  /// The header or the title printed again.
  public var repeated = Treatment.drop
  /// Rows that nobody sees.
  public var hidden = Treatment.keep
  /// Merged cells.
  public var merged = Merging.fill
  /// Rows that are left out, whatever they hold.
  public var droppedRows: [ClosedRange<Int>] = []
  /// Rows that are data, whatever they look like; blank ones stay blank.
  public var keptRows: [ClosedRange<Int>] = []

  /// The finder's own guesses.
  public init() {}
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
  /// Whether there is a header at all; without one the columns are called by their letters.
  public var hasHeader = true
  /// The one table wanted, by its place in the sheet, one-based; `nil` for all.
  public var tableNumber: Int?
  /// What becomes of rows that are no plain data.
  public var policy = RowPolicy()

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
