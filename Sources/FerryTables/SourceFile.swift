internal import FerryCSV
public import FerryCore

/// What a caller knows about a file; what is `nil` is found from the file itself.
public struct SourceOptions: Hashable, Sendable {
  /// The encoding of a CSV file, by any name that iconv knows.
  public var encoding: String?
  /// The delimiter of a CSV file.
  public var delimiter: Character?
  /// The quote of a CSV file.
  public var quote: Character?
  /// The password of an encrypted workbook.
  public var password: SourcePassword?
  /// What reads .xls and .xlsb; without it they are refused.
  public var office: OfficeConverter?
  /// What places call the file; `nil` for the last part of its path.
  ///
  /// Of two files of one name, only more of their paths tells which one is meant.
  public var name: String?

  /// States what is known.
  public init(
    encoding: String? = nil, delimiter: Character? = nil, quote: Character? = nil,
    password: SourcePassword? = nil, office: OfficeConverter? = nil
  ) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.quote = quote
    self.password = password
    self.office = office
  }
}

/// A file of any kind that Ferry reads, as sheets of rows.
///
/// The reader is picked by what the file holds, not by its name.
///
///     let file = try SourceFile(path: "customers.csv")
///     for table in try file.tables(inSheet: 0) {
///       let reader = try file.rows(of: table)
///       var batch = RowBatch()
///       while try reader.read(into: &batch) { … }
///     }
public final class SourceFile {
  /// The last part of the path, or what the options say.
  public let name: String
  /// The sheets in the order of the workbook; a CSV file has one.
  public let sheets: [SheetInfo]
  /// What the reader found while it looked at the file, such as its encoding.
  public let findings: [Finding]
  private let content: any SourceContent

  /// Opens the file at `path`.
  public init(path: String, options: SourceOptions = SourceOptions()) throws {
    name = options.name ?? path.split(separator: "/").last.map(String.init) ?? path
    content = try openContent(path: path, name: name, options: options)
    sheets = content.sheets
    findings = content.findings
  }

  /// Opens a file that is in memory.
  public init(
    bytes: ContiguousArray<UInt8>, name: String, options: SourceOptions = SourceOptions()
  ) throws {
    self.name = name
    content = try CSVContent(bytes: bytes, name: name, options: options)
    sheets = content.sheets
    findings = content.findings
  }

  /// Whether the file is text with delimiters, so that ``SourceOptions/delimiter`` matters.
  public var isDelimitedText: Bool { content is CSVContent }

  /// The place of the sheet called `name`.
  public func sheetIndex(named name: String) throws(SourceError) -> Int {
    guard let index = sheets.firstIndex(where: { $0.name == name }) else {
      throw SourceError(.noSuchSheet(name, available: sheets.map(\.name)), file: self.name)
    }
    return index
  }

  /// The rows of a sheet as it is.
  public func rows(ofSheet index: Int) throws -> any RowReader {
    guard sheets[index].isWorksheet else {
      throw SourceError(.noCells(sheets[index].name), file: name)
    }
    return try content.rows(ofSheet: index)
  }

  /// Finds the tables of a sheet; at least one.
  ///
  /// The sheet is read once, in memory that does not grow with its rows: a table may begin
  /// anywhere, behind a gap or under a title of its own.
  public func tables(
    inSheet index: Int, options: TableOptions = TableOptions()
  ) throws -> [Table] {
    let reader = try rows(ofSheet: index)
    var finder = try finder(ofSheet: index, options: options)
    var survey = try finder.survey(reader)
    finder.merges = MergeIndex(try mergedRanges(ofSheet: index, readBy: reader))
    if !finder.merges.isEmpty, survey.hasUsedMerges {
      survey = try finder.survey(rows(ofSheet: index))
    }
    return try finder.tables(of: survey.blocks)
  }

  /// A finder for a sheet whose merged cells are not known yet.
  func finder(
    ofSheet index: Int, options: TableOptions = TableOptions()
  ) throws -> TableFinder {
    TableFinder(
      file: name, sheet: sheets[index].name, sheetIndex: index, merges: MergeIndex([]),
      hiddenColumns: try content.hiddenColumns(ofSheet: index), options: options)
  }

  /// The merged ranges of a sheet; `reader` has read it to its end, or as far as it was wanted.
  func mergedRanges(ofSheet index: Int, readBy reader: any RowReader) throws -> [CellRange] {
    try content.mergedRanges(ofSheet: index, readBy: reader)
  }

  /// The merged ranges of a sheet, in the order of the file.
  package func mergedRanges(ofSheet index: Int) throws -> [CellRange] {
    try mergedRanges(ofSheet: index, readBy: rows(ofSheet: index))
  }

  /// Every row below the header to the end of the table, its role set.
  ///
  /// Cells beside the table's columns may be among a row's cells; ask by column. Rows that a
  /// worksheet leaves out stand as blank ones.
  public func rows(of table: Table) throws -> any RowReader {
    TableReader(try rows(ofSheet: table.sheetIndex), sieve(of: table))
  }

  /// What picks a table's rows out of the sheet's.
  func sieve(of table: Table) -> TableSieve {
    TableSieve(table, keepsTrailingBlankRows: content.keepsTrailingBlankRows)
  }
}

/// What a kind of file gives.
protocol SourceContent {
  var sheets: [SheetInfo] { get }
  /// Whether every line counts as a row, blank ones at the end too.
  var keepsTrailingBlankRows: Bool { get }
  var findings: [Finding] { get }
  func rows(ofSheet index: Int) throws -> any RowReader
  /// The merged ranges of a sheet, which stand behind the rows that `reader` has read.
  func mergedRanges(ofSheet index: Int, readBy reader: any RowReader) throws -> [CellRange]
  /// The columns that nobody sees, zero-based.
  func hiddenColumns(ofSheet index: Int) throws -> [ClosedRange<Int>]
}

extension SourceContent {
  /// None, unless the kind of file has such columns.
  func hiddenColumns(ofSheet index: Int) throws -> [ClosedRange<Int>] { [] }
}

/// A CSV file as a source.
struct CSVContent: SourceContent {
  private let file: CSVFile

  init(path: String, options: SourceOptions) throws {
    file = try CSVFile(path: path, options: Self.csvOptions(options))
  }

  init(bytes: ContiguousArray<UInt8>, name: String, options: SourceOptions) throws {
    file = try CSVFile(bytes: bytes, name: name, options: Self.csvOptions(options))
  }

  var sheets: [SheetInfo] { [SheetInfo(name: file.sheetName)] }
  var keepsTrailingBlankRows: Bool { true }
  var findings: [Finding] { file.findings }
  func rows(ofSheet index: Int) throws -> any RowReader { try file.rows() }
  func mergedRanges(ofSheet index: Int, readBy reader: any RowReader) -> [CellRange] { [] }

  private static func csvOptions(_ options: SourceOptions) -> CSVOptions {
    CSVOptions(encoding: options.encoding, delimiter: options.delimiter, quote: options.quote)
  }
}
