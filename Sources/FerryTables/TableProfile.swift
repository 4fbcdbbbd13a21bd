public import FerryCore

/// What a table holds, column by column, for `ferry inspect`.
public struct TableProfile: Hashable, Sendable {
  /// The table.
  public internal(set) var table: Table
  /// Rows of data.
  public internal(set) var dataRowCount = 0
  /// Rows that hold nothing.
  public internal(set) var blankRowCount = 0
  /// Totals, remarks and repeated headers.
  public internal(set) var filteredRowCount = 0
  /// Totals and subtotals that were left out.
  public internal(set) var totalRows = RowRuns()
  /// Remarks and section rows that were left out.
  public internal(set) var noteRows = RowRuns()
  /// Headers and titles printed again.
  public internal(set) var repeatedRows = RowRuns()
  /// Rows of data that nobody sees.
  public internal(set) var hiddenRows = RowRuns()
  /// The last row that holds something; `nil` where none below the header does.
  public internal(set) var lastUsedRowNumber: Int?
  /// Damage to values, by column and kind; ``findings`` tells it too.
  public internal(set) var damages: [Damage] = []
  /// One for each column of the table, in its order.
  public internal(set) var columns: [ColumnProfile] = []
  /// Damage to values, what the reader found, and rows left out.
  public internal(set) var findings: [Finding] = []

  init(table: Table) { self.table = table }

  /// Header and rows in one rectangle.
  public var range: CellRange {
    let first = table.headerRows?.lowerBound ?? table.firstRowNumber
    let last = max(lastUsedRowNumber ?? first, table.headerRows?.upperBound ?? first)
    return CellRange(
      CellAddress(columnIndex: table.columnIndexes.lowerBound, rowNumber: first),
      CellAddress(columnIndex: table.columnIndexes.upperBound, rowNumber: last))
  }
}

/// What one column holds.
public struct ColumnProfile: Hashable, Sendable {
  /// What most values of a column look like.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case empty
    case text
    case number
    case date
    case phone
    case email
    case url
    /// Codes: letters and digits in one word, or long numbers.
    case identifier
    case boolean
    /// No kind is the rule.
    case mixed
  }

  /// The column.
  public let column: TableColumn
  /// What most values look like.
  public let kind: Kind
  /// Rows of data that hold a value.
  public let filledCount: Int
  /// Different values.
  public let distinctCount: Int
  /// Whether ``distinctCount`` is an estimate, within some percent.
  ///
  /// Texts of more than 4 KiB that begin and end alike count as one, which is an estimate too.
  public let isDistinctEstimated: Bool
  /// The smallest number or the earliest date; `nil` for other kinds.
  public let minimum: String?
  /// The largest number or the latest date; `nil` for other kinds.
  public let maximum: String?
  /// The most frequent values with their counts, most frequent first.
  ///
  /// Among the first thousand different values only. Private data.
  public let topValues: [TopValue]
  /// What the cells look like, the most frequent look first.
  public let shapes: [ShapeCount]
  /// The different values, to be held against those of another column.
  public let sample: DistinctSample

  /// A value and how often it stands in the column.
  public struct TopValue: Hashable, Sendable {
    /// The value as the sheet has it, a long one cut with an ellipsis.
    public let value: String
    /// How many cells hold it.
    public let count: Int
  }
}

extension SourceFile {
  /// Reads a table once and says what it holds; memory does not grow with the rows.
  public func profile(of table: Table) throws -> TableProfile {
    let reader = try rows(ofSheet: table.sheetIndex)
    var builder = ProfileBuilder(table, sieve(of: table))
    var batch = RowBatch()
    while try reader.read(into: &batch) { builder.take(batch) }
    return builder.finish(reader.takeFindings())
  }

  /// Finds the tables of a sheet and says what each holds; at least one.
  ///
  /// A sheet of one table is read once, one of several twice.
  public func profiles(ofSheet index: Int) throws -> [TableProfile] {
    try SheetProfiler(file: self, sheetIndex: index).profiles()
  }
}
