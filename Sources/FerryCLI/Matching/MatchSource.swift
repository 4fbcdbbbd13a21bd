import FerryCore
import FerryMatching
import FerryReports
import FerryTables

/// One table that takes part in a match: its header, and the rows behind it as they stand.
///
/// In text with delimiters the first record is the header. In a sheet it is the first row with
/// all of the config's columns, or else the first row of more than one cell, since titles stand
/// above many. Row 1 is the one behind the header, and each row counts, blank ones too.
struct MatchSource {
  /// So many rows of a sheet are looked at for the header.
  private static let headerSearch = 30

  /// The path as it was given.
  let path: String
  let file: SourceFile
  let sheetIndex: Int
  let header: MatchHeader
  /// One-based row of the header.
  let headerRowNumber: Int

  /// Opens a file and finds the header.
  init(
    path: String, sheet: String?, options: SourceOptions, config: MatchConfig?
  ) throws {
    self.path = path
    var file = try SourceFile(path: path, options: options)
    let index = try Self.sheet(sheet, of: file)
    var head = try Self.head(of: file, sheet: index, config)
    if let config, file.isDelimitedText, config.columnCount(in: head.header) < config.columnCount,
      let other = try Self.otherDialect(path, options, config)
    {
      (file, head) = other
    }
    self.file = file
    sheetIndex = index
    header = head.header
    headerRowNumber = head.rowNumber
  }

  /// The file read with the delimiter under which all of the config's columns stand.
  private static func otherDialect(
    _ path: String, _ options: SourceOptions, _ config: MatchConfig
  ) throws -> (SourceFile, Head)? {
    for delimiter: Character in [",", ";", "\t", "|"] {
      var options = options
      options.delimiter = delimiter
      let file = try SourceFile(path: path, options: options)
      let head = try head(of: file, sheet: 0, config)
      if config.columnCount(in: head.header) == config.columnCount { return (file, head) }
    }
    return nil
  }

  private static func sheet(_ name: String?, of file: SourceFile) throws -> Int {
    let readable = file.sheets.indices.filter { file.sheets[$0].isWorksheet }
    guard let name else { return readable.first ?? 0 }
    guard let index = readable.first(where: { file.sheets[$0].name == name }) else {
      let known = readable.map { file.sheets[$0].name }
      throw UsageError(.noSheet(name, file: file.name, known: known), MatchCommand.spec)
    }
    return index
  }

  /// What a report says of the table.
  func summary(rowCount: Int) -> MatchSummary.Table {
    MatchSummary.Table(
      file: file.name, sheet: file.sheets[sheetIndex].name, headerRowNumber: headerRowNumber,
      rowCount: rowCount)
  }

  // MARK: - The header

  private typealias Head = (header: MatchHeader, rowNumber: Int)

  private static func head(
    of file: SourceFile, sheet index: Int, _ config: MatchConfig?
  ) throws -> Head {
    let reader = try file.rows(ofSheet: index)
    var batch = RowBatch()
    var wide: Head?
    var first: Head?
    while try reader.read(into: &batch) {
      for (place, row) in batch.rows.enumerated() {
        let names = names(ofRow: place, in: batch)
        let head = (MatchHeader(file: file.name, names: names), Int(row.rowNumber))
        if file.isDelimitedText { return head }
        if row.rowNumber > headerSearch { break }
        if let config, config.namesColumns, config.columnCount(in: head.0) == config.columnCount {
          return head
        }
        let filled = names.count { !$0.isEmpty }
        if filled > 1, wide == nil { wide = head }
        if filled > 0, first == nil { first = head }
      }
      if Int(batch.rows.last?.rowNumber ?? 0) >= headerSearch { break }
    }
    guard let head = wide ?? first else {
      throw SourceError(.emptySheet(file.sheets[index].name), file: file.name)
    }
    return head
  }

  private static func names(ofRow place: Int, in batch: RowBatch) -> [String] {
    var names: [String] = []
    for cell in batch.cells(ofRow: place) {
      while names.count < cell.columnIndex { names.append("") }
      let bytes = batch.bytes.span.extracting(cell.range)
      names.append(bytes.extracting(bytes.rangeWithoutBlanks).text)
    }
    return names
  }

  // MARK: - Rows

  /// Calls `body` with each row behind the header: its batch's bytes, and where each of `columns`
  /// lies in them, without blanks around it; it stops where `body` says false.
  ///
  /// - Returns: What the reader found on the way.
  func forEachRow(
    columns: [Int], _ body: (Span<UInt8>, [Range<Int>]) throws -> Bool
  ) throws -> [Finding] {
    let reader = try file.rows(ofSheet: sheetIndex)
    var places: [Int?] = []
    for (place, column) in columns.enumerated() {
      while places.count <= column { places.append(nil) }
      places[column] = place
    }
    let empty = [Range<Int>](repeating: 0..<0, count: columns.count)
    var batch = RowBatch()
    var next = headerRowNumber + 1
    while try reader.read(into: &batch) {
      let bytes = batch.bytes.span
      for row in batch.rows where row.rowNumber > headerRowNumber {
        while next < row.rowNumber {
          guard try body(bytes, empty) else { return reader.takeFindings() }
          next += 1
        }
        var cells = empty
        for index in row.cells {
          let cell = batch.cells[Int(index)]
          guard cell.columnIndex < places.count, let place = places[Int(cell.columnIndex)] else {
            continue
          }
          let inner = bytes.extracting(cell.range).rangeWithoutBlanks
          let start = cell.range.lowerBound
          cells[place] = start + inner.lowerBound..<start + inner.upperBound
        }
        guard try body(bytes, cells) else { return reader.takeFindings() }
        next += 1
      }
    }
    return reader.takeFindings()
  }
}
