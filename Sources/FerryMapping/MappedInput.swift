public import FerryCore
public import FerryRecords

/// What the sources gave: records by entity, and an account of every row and column.
public struct MappedInput: Sendable {
  /// By entity name; an entity that no recipe makes is not here.
  public var records: [String: RecordTable]
  /// One for each table that was read, in the order of the mapping.
  public var tables: [TableSummary]
  /// What a person must know, in the order of the sources; at most ten thousand of one rule.
  public var findings: [Finding]
  /// How many more there are of a rule.
  public var unlistedFindings: [Rule: Int] = [:]
  /// Values that no `map` line covers, with their counts, most frequent first.
  public var unmappedValues: [UnmappedValue]
  /// The corrections that some cell was read by.
  public var corrections: [AppliedCorrection] = []

  /// Gathers them.
  public init(
    records: [String: RecordTable] = [:], tables: [TableSummary] = [], findings: [Finding] = [],
    unmappedValues: [UnmappedValue] = []
  ) {
    self.records = records
    self.tables = tables
    self.findings = findings
    self.unmappedValues = unmappedValues
  }
}

/// A value that no line of a `map` covers.
public struct UnmappedValue: Hashable, Sendable {
  /// The entity and field it was meant for, such as `deal.stage`.
  public let field: String
  /// The value as it stands in the source.
  public let value: String
  /// The first cell that holds it.
  public let provenance: Provenance
  /// How many cells hold it.
  public var count: Int

  /// States it.
  public init(field: String, value: String, provenance: Provenance, count: Int) {
    self.field = field
    self.value = value
    self.provenance = provenance
    self.count = count
  }
}

/// One table that was read: its rows as an equation, its columns with their use.
///
/// rows = mapped + blank + filtered + rejected.
public struct TableSummary: Hashable, Sendable {
  /// The file's name.
  public let file: String
  /// The sheet.
  public let sheet: String
  /// All rows below the header, to the end of the table.
  public var rows = 0
  /// Rows that made at least one record that was not rejected for its row.
  public var mapped = 0
  /// Rows that hold nothing.
  public var blank = 0
  /// Totals, notes, repeated heads, and rows that no `when` wants.
  public var filtered = 0
  /// Rows from which no record could be made.
  public var rejected = 0
  /// The columns, in the order of the sheet.
  public var columns: [ColumnSummary] = []
  /// What the table finder did: title rows, merged cells, footers.
  public var notes: [Finding] = []

  /// Starts an account of a table.
  public init(file: String, sheet: String) {
    self.file = file
    self.sheet = sheet
  }

  /// Whether every row is in exactly one count.
  public var isBalanced: Bool { rows == mapped + blank + filtered + rejected }
}

/// One source column and what became of it.
public struct ColumnSummary: Hashable, Sendable {
  /// The header.
  public let name: String
  /// Zero-based column in the sheet.
  public let columnIndex: Int
  /// The fields it fills, such as `account.name`; `account.key` where it is part of a key;
  /// empty where it is unmapped.
  public var uses: [String]
  /// How many data rows hold a value.
  public var filled: Int

  /// States a column.
  public init(name: String, columnIndex: Int, uses: [String], filled: Int) {
    self.name = name
    self.columnIndex = columnIndex
    self.uses = uses
    self.filled = filled
  }
}
