public import FerryMatching

/// What a match read, how, and what came of it.
public struct MatchSummary: Sendable {
  /// One table that took part.
  public struct Table: Hashable, Sendable {
    /// The file's name.
    public let file: String
    /// Its sheet; for a CSV file its stem.
    public let sheet: String
    /// One-based row of the header; row 1 of the output is the one behind it.
    public let headerRowNumber: Int
    /// Rows behind the header, blank ones too.
    public let rowCount: Int

    /// The file, and the sheet where it is not named after the file.
    var place: String { file.hasPrefix(sheet + ".") ? file : "\(file) '\(sheet)'" }

    /// States a table.
    public init(file: String, sheet: String, headerRowNumber: Int, rowCount: Int) {
      self.file = file
      self.sheet = sheet
      self.headerRowNumber = headerRowNumber
      self.rowCount = rowCount
    }
  }

  /// The tables, one or two.
  public let tables: [Table]
  /// The columns that counted.
  public let columns: [MatchColumn]
  /// What every column was taken for, where no config said so.
  public let guesses: [ColumnGuess]
  /// What a config fixed.
  public let options: MatchOptions
  /// What came of it.
  public let result: MatchResult
  /// Why two rows are the same, or not, where that was asked.
  public let explanation: PairExplanation?

  /// Gathers what a report tells.
  public init(
    tables: [Table], columns: [MatchColumn], guesses: [ColumnGuess], options: MatchOptions,
    result: MatchResult, explanation: PairExplanation? = nil
  ) {
    self.tables = tables
    self.columns = columns
    self.guesses = guesses
    self.options = options
    self.result = result
    self.explanation = explanation
  }

  /// How many clusters hold two rows or more, and how many rows those hold.
  var clusterCounts: (clusters: Int, rows: Int) {
    var sizes = ContiguousArray<Int32>(repeating: 0, count: result.clusters.count)
    for first in result.clusters { sizes[Int(first)] += 1 }
    return sizes.reduce(into: (0, 0)) { counts, size in
      guard size > 1 else { return }
      counts.0 += 1
      counts.1 += Int(size)
    }
  }
}

/// Why two rows are the same, or not.
public struct PairExplanation: Hashable, Sendable {
  /// One-based row of the first table.
  public let left: Int
  /// One-based row of the second table, or of the same.
  public let right: Int
  /// The evidence.
  public let explanation: MatchExplanation

  /// Pairs rows with their evidence.
  public init(left: Int, right: Int, explanation: MatchExplanation) {
    self.left = left
    self.right = right
    self.explanation = explanation
  }
}
