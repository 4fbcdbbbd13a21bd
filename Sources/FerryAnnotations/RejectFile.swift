internal import FerryCSV
public import FerryCore
public import FerryTables
import Foundation

/// A source row that was not loaded, and why.
public struct RejectedRow: Hashable, Sendable {
  /// The sheet's name; for a CSV file the file's name without its extension.
  public let sheet: String
  /// One-based row of the source.
  public let rowNumber: Int
  /// Why, in words.
  public let reason: String

  /// States it.
  public init(sheet: String, rowNumber: Int, reason: String) {
    self.sheet = sheet
    self.rowNumber = rowNumber
    self.reason = reason
  }
}

/// Writes rejected rows in the layout of the source they come from, so that they can be mended and
/// loaded alone: its titles and headers, its columns in their order, and the reason behind them.
///
/// A CSV file keeps encoding, delimiter and quote; of a workbook a new one is made, with the sheets
/// that the mapping reads.
public struct RejectFile: Sendable {
  private let language: Language
  static let heading = Words(en: "Ferry: why not loaded", zh: "Ferry：未导入原因")

  /// Writes the heading of the reasons in `language`.
  public init(language: Language) { self.language = language }

  /// The ending of the reject file of a source.
  public static func fileExtension(for source: SourceFile, _ path: String) -> String {
    source.isDelimitedText ? (path as NSString).pathExtension : "xlsx"
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - rows: The rejected rows.
  ///   - source: The source's path.
  ///   - options: How it is read.
  ///   - tables: The tables that the mapping reads from it, in the order of the mapping.
  ///   - path: Where to write; a file that is there is replaced.
  /// - Throws: Why the source can't be read or the file not written.
  public func write(
    _ rows: [RejectedRow], of source: String, options: SourceOptions, tables: [Table],
    to path: String
  ) throws {
    let file = try SourceFile(path: source, options: options)
    var seen: Set<Table> = []
    let tables = tables.filter { seen.insert($0).inserted }
      .sorted { ($0.sheetIndex, $0.firstRowNumber) < ($1.sheetIndex, $1.firstRowNumber) }
    let contents = try tables.map { table in
      var reasons: [Int: String] = [:]
      for row in rows where row.sheet == table.sheet { reasons[row.rowNumber] = row.reason }
      return try content(of: table, reasons, in: file)
    }
    if file.isDelimitedText {
      try writeText(contents, like: source, options, to: path)
    } else {
      try writeWorkbook(contents, of: file, to: path)
    }
  }

  /// A cell's text and what it holds.
  struct Cell {
    let column: Int
    let text: String
    let kind: CellKind
  }

  /// What is written of one table.
  struct Content {
    let table: Table
    /// Rows down to the header, as they stand, then the rejected ones.
    var rows: [[Cell]] = []
    /// Merged cells down to the header, moved to where the rows are written.
    var merges: [CellRange] = []
  }

  private func content(
    of table: Table, _ reasons: [Int: String], in file: SourceFile
  ) throws -> Content {
    var content = Content(table: table)
    let header = table.headerRows?.upperBound ?? 0
    // What stands above the first table of a sheet is kept, so that its header stays in its row.
    let first = table.number == 1 ? 1 : table.headerRows?.lowerBound ?? table.firstRowNumber
    let reasonColumn = table.columnIndexes.upperBound + 1
    if header >= first {
      content.rows = Array(repeating: [], count: header - first + 1)
      try Self.read(file.rows(ofSheet: table.sheetIndex)) { number, cells, _ in
        if number >= first, number <= header { content.rows[number - first] = cells }
        return number < header
      }
      let heading = Cell(column: reasonColumn, text: Self.heading[language], kind: .text)
      content.rows[header - first].removeAll { $0.column >= reasonColumn }
      content.rows[header - first].append(heading)
      content.merges = try file.headerMerges(of: table, from: first, to: header)
    }
    guard !reasons.isEmpty else { return content }
    try Self.read(file.rows(of: table)) { number, cells, role in
      if role == .data, let reason = reasons[number] {
        let own = cells.filter { table.columnIndexes.contains($0.column) }
        content.rows.append(own + [Cell(column: reasonColumn, text: reason, kind: .text)])
      }
      return true
    }
    return content
  }

  private static func read(
    _ reader: any RowReader, _ take: (Int, [Cell], RowRole) -> Bool
  ) throws {
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for (index, row) in batch.rows.enumerated() {
        let cells = batch.cells(ofRow: index).map {
          Cell(column: Int($0.columnIndex), text: batch.text(of: $0), kind: $0.kind)
        }
        guard take(Int(row.rowNumber), cells, row.role) else { return }
      }
    }
  }

  // MARK: - Writing

  private func writeText(
    _ contents: [Content], like source: String, _ options: SourceOptions, to path: String
  ) throws {
    let file = try CSVFile(
      path: source,
      options: CSVOptions(
        encoding: options.encoding, delimiter: options.delimiter, quote: options.quote))
    let rows = contents.flatMap(\.rows).map { cells in
      var texts = Array(repeating: "", count: (cells.map(\.column).max() ?? -1) + 1)
      for cell in cells { texts[cell.column] = cell.text }
      return texts
    }
    let bytes = CSVFileWriter(like: file).bytes(of: rows)
    let isWritten = FileManager.default.createFile(
      atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    guard isWritten else { throw AnnotationError.unwritable(path) }
  }

  private func writeWorkbook(_ contents: [Content], of file: SourceFile, to path: String) throws {
    guard let book = PlainBook(path: path) else { throw AnnotationError.noMemory }
    var places: [Int: (sheet: Int, row: Int)] = [:]
    for content in contents where places[content.table.sheetIndex] == nil {
      places[content.table.sheetIndex] = (places.count, 0)
      book.addSheet(content.table.sheet)
    }
    for content in contents {
      guard var place = places[content.table.sheetIndex] else { continue }
      let start = place.row
      for cells in content.rows {
        for cell in cells.sorted(by: { $0.column < $1.column }) {
          book.value(cell.text, cell.kind, place.sheet, place.row, cell.column, .plain)
        }
        place.row += 1
      }
      // A gap, so that the next table is one of its own.
      place.row += 2
      book.text("", place.sheet, place.row - 1, 0, .title)
      for merge in content.merges { book.merge(merge, on: place.sheet, movedBy: start) }
      places[content.table.sheetIndex] = place
    }
    guard book.close() else { throw AnnotationError.unwritable(path) }
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }
}

extension SourceFile {
  /// The merged cells of a table's header and titles, their rows counted from `first` on.
  fileprivate func headerMerges(
    of table: Table, from first: Int, to last: Int
  ) throws -> [CellRange] {
    try mergedRanges(ofSheet: table.sheetIndex).filter {
      $0.first.rowNumber >= first && $0.last.rowNumber <= last
    }.map {
      CellRange(
        CellAddress(
          columnIndex: $0.first.columnIndex, rowNumber: $0.first.rowNumber - first + 1),
        CellAddress(columnIndex: $0.last.columnIndex, rowNumber: $0.last.rowNumber - first + 1))
    }
  }
}
