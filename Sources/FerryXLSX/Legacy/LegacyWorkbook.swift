package import FerryCore

/// A workbook of Excel 97–2003 (.xls), read as a stream.
///
/// Opening reads the list of sheets, the styles and all shared texts; rows come in batches. Values
/// are those that stand in the file: of a formula the result that was saved with it.
/// Source: MS-XLS; the file around it is MS-CFB.
package final class LegacyWorkbook: SheetSource {
  /// The sheets in the order of the tabs, hidden ones and charts too.
  package let sheets: [WorkbookSheet]
  /// What is odd about the workbook as a whole.
  package let findings: [Finding]
  private let file: String
  private let stream: LegacyStream
  private let globals: LegacyGlobals
  private var margins: [Int: LegacyMargins] = [:]

  /// Opens a workbook.
  ///
  /// - Throws: `legacyWorkbook` for one that this does not read: older than Excel 97, or encrypted.
  init(_ source: SourceBytes) throws(XLSXError) {
    file = source.name
    guard let stream = try LegacyStream(source) else {
      throw XLSXError(.damagedRecords, file: source.name)
    }
    self.stream = stream
    globals = try LegacyGlobals(stream)
    guard globals.isReadable || !globals.isWorkbook else {
      throw XLSXError(.legacyWorkbook, file: source.name)
    }
    guard globals.isWhole, !globals.sheets.isEmpty else {
      throw XLSXError(.damagedRecords, file: source.name)
    }
    sheets = globals.sheets.map {
      WorkbookSheet(
        name: $0.name, visibility: $0.visibility, isWorksheet: $0.isWorksheet, part: nil)
    }
    findings = []
  }

  /// A reader of a sheet's rows, from the first; rows without a value are left out.
  package func reader(ofSheet index: Int) throws -> any RowReader {
    let sheet = globals.sheets[index]
    guard sheet.isWorksheet else { throw XLSXError(.noWorksheet(name: sheet.name), file: file) }
    return LegacyRowReader(
      file: file, sheet: sheet.name, RecordWalker(stream, from: sheet.offset),
      CellWriter(strings: globals.strings, styles: globals.styles, is1904: globals.is1904))
  }

  /// The merged ranges of a sheet, in the order of the file.
  package func mergedRanges(ofSheet index: Int) throws(XLSXError) -> [CellRange] {
    try margins(ofSheet: index).merged
  }

  /// The columns of a sheet that nobody sees, zero-based.
  package func hiddenColumns(ofSheet index: Int) throws(XLSXError) -> [ClosedRange<Int>] {
    try margins(ofSheet: index).hiddenColumns
  }

  private func margins(ofSheet index: Int) throws(XLSXError) -> LegacyMargins {
    if let known = margins[index] { return known }
    let found = try LegacyMargins(RecordWalker(stream, from: globals.sheets[index].offset))
    margins[index] = found
    return found
  }
}

/// What stands before and behind the cells of a sheet.
///
/// Source: MS-XLS 2.4.53 (ColInfo), 2.4.168 (MergeCells).
struct LegacyMargins {
  private(set) var merged: [CellRange] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []

  private static let columns = 0x007D
  private static let mergedCells = 0x00E5

  init(_ start: RecordWalker) throws(XLSXError) {
    var walker = start
    var depth = SubstreamDepth()
    while try walker.next() {
      depth.pass(walker.id)
      if depth.isAtEnd { return }
      guard depth.isSheet else { continue }
      if walker.id == Self.columns { readColumns(walker) }
      if walker.id == Self.mergedCells { readMerged(walker) }
    }
  }

  private mutating func readColumns(_ walker: RecordWalker) {
    let (first, last) = (walker.number16(at: 0), walker.number16(at: 2))
    let isHidden = walker.number16(at: 8) & 1 == 1 || walker.number16(at: 4) == 0
    guard isHidden, first <= last, first < Limits.columns else { return }
    hiddenColumns.append(first...min(last, Limits.columns - 1))
  }

  private mutating func readMerged(_ walker: RecordWalker) {
    for index in 0..<walker.number16(at: 0) where merged.count < Limits.mergedRanges {
      let place = 2 + 8 * index
      guard place + 8 <= walker.byteCount else { return }
      let rows = (walker.number16(at: place), walker.number16(at: place + 2))
      let columns = (walker.number16(at: place + 4), walker.number16(at: place + 6))
      guard rows.0 <= rows.1, columns.0 <= columns.1 else { continue }
      merged.append(
        CellRange(
          CellAddress(columnIndex: columns.0, rowNumber: rows.0 + 1),
          CellAddress(columnIndex: columns.1, rowNumber: rows.1 + 1)))
    }
  }
}

/// Whether records belong to a sheet, or to a chart inside it.
struct SubstreamDepth {
  private var depth = 0
  private var hasBegun = false

  var isSheet: Bool { depth == 1 }
  /// Whether the sheet's last record has passed.
  var isAtEnd: Bool { hasBegun && depth <= 0 }

  mutating func pass(_ id: Int) {
    if LegacyOutline.starts.contains(id) { depth += 1 }
    // Some programs name the place behind the first record.
    if !hasBegun { depth = 1 }
    hasBegun = true
    if id == 0x000A { depth -= 1 }
  }
}
