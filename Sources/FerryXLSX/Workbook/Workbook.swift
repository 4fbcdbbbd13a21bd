public import FerryCore

/// Who sees a sheet.
public enum SheetVisibility: String, Hashable, Sendable {
  case visible
  case hidden
  /// Hidden so that only a macro shows it again.
  case veryHidden
}

/// One tab of a workbook.
public struct WorkbookSheet: Hashable, Sendable {
  /// The name on the tab.
  public let name: String
  /// Who sees it.
  public let visibility: SheetVisibility
  /// Whether it has cells; a chart has none, nor a sheet that is listed and not there.
  public let isWorksheet: Bool
  /// The part that holds it; `nil` where the workbook names one that is not there.
  let part: String?
}

/// A workbook of Excel 2007 and later (.xlsx, .xlsm), read as a stream.
///
/// Opening reads the list of sheets and the styles. The shared strings are read once, with the
/// first sheet that is asked for, and kept; rows come in batches.
///
/// ```swift
/// let workbook = try Workbook(path: "legacy-customers.xlsx")
/// let reader = try workbook.rows(ofSheet: 0)
/// var batch = RowBatch()
/// while try reader.read(into: &batch) {
///   for row in batch.rows { print(row.rowNumber) }
/// }
/// ```
public final class Workbook {
  /// The sheets in the order of the tabs, hidden ones and charts too.
  public let sheets: [WorkbookSheet]
  /// Whether day 0 is 1904-01-01 and not the last day of 1899.
  public let is1904: Bool
  /// What is odd about the workbook as a whole, such as a sheet that is listed and not there.
  public let findings: [Finding]
  /// The file's name without its folders.
  public var file: String { package.archive.source.name }

  private let package: Package
  private let styles: Styles
  private let sharedStringsPart: String?
  private var sharedStrings: SharedStrings?
  private var mergedRanges: [Int: [CellRange]] = [:]

  /// Opens a workbook.
  ///
  /// - Parameters:
  ///   - path: Where it lies.
  ///   - password: For an encrypted one; Excel's default password is tried without being asked.
  /// - Throws: Why the file can't be read: no workbook, an old one, a password, damage.
  public convenience init(path: String, password: String? = nil) throws(XLSXError) {
    try self.init(SourceBytes(path: path), password: password)
  }

  /// Opens a workbook that is in memory; `name` stands in messages.
  package convenience init(bytes: ContiguousArray<UInt8>, name: String) throws(XLSXError) {
    try self.init(SourceBytes(bytes: bytes, name: name))
  }

  /// Opens a workbook through a descriptor, which it closes in the end; `name` stands in messages.
  package convenience init(owning descriptor: Int32, name: String) throws(XLSXError) {
    try self.init(SourceBytes(owning: descriptor, name: name))
  }

  convenience init(_ source: SourceBytes, password: String? = nil) throws(XLSXError) {
    try self.init(Package(source, password: password))
  }

  init(_ package: Package) throws(XLSXError) {
    self.package = package
    guard !package.isBinary else { throw package.error(.binaryWorkbook) }
    let handler = WorkbookHandler()
    try package.parse(package.workbookPart, into: handler)
    guard handler.isWorkbook else { throw package.error(.otherDocument) }
    is1904 = handler.is1904
    let relationships = try package.relationships(of: package.workbookPart)
    let sheets = handler.sheets.map { package.sheet($0, relationships) }
    self.sheets = sheets
    findings = package.findings(about: sheets)
    styles = try package.styles(relationships)
    sharedStringsPart = package.part("sharedStrings", relationships)
  }

  /// A reader of a sheet's rows, from the first.
  ///
  /// Rows without a value are left out; gaps in the row numbers say where they are.
  ///
  /// - Parameter index: Index into ``sheets``.
  /// - Returns: A reader that has not read yet.
  /// - Throws: Why the sheet or the shared strings can't be read.
  public func rows(ofSheet index: Int) throws(XLSXError) -> XLSXRowReader {
    try rows(ofSheet: index, way: .quick)
  }

  /// The same, read in one of the ways that must agree.
  package func rows(ofSheet index: Int, way: ReadingWay) throws(XLSXError) -> XLSXRowReader {
    let open = try opener(ofSheet: index)
    let writer = CellWriter(strings: try strings(way), styles: styles, is1904: is1904)
    return try XLSXRowReader(sheet: sheets[index].name, writer: writer, way: way, open: open)
  }

  /// The merged ranges of a sheet, in the order of the file.
  ///
  /// They stand behind the rows, so the whole sheet is inflated for them, once.
  public func mergedRanges(ofSheet index: Int) throws(XLSXError) -> [CellRange] {
    if let ranges = mergedRanges[index] { return ranges }
    let ranges = try MergedRangeReader(stream(ofSheet: index)).ranges()
    mergedRanges[index] = ranges
    return ranges
  }

  /// The columns of a sheet that nobody sees, zero-based, hidden or of no width.
  ///
  /// They stand before the rows, so only the head of the sheet is inflated for them.
  public func hiddenColumns(ofSheet index: Int) throws(XLSXError) -> [ClosedRange<Int>] {
    try hiddenColumns(ofSheet: index, way: .quick)
  }

  func hiddenColumns(
    ofSheet index: Int, way: ReadingWay
  ) throws(XLSXError) -> [ClosedRange<Int>] {
    try HiddenColumnReader(stream(ofSheet: index), way: way).columns()
  }

  /// The program that wrote the workbook, such as `LibreOffice/7.4.7.2`; `nil` where it is not told.
  ///
  /// Source: ECMA-376 Part 1, 22.2.2.1 (Application).
  package func applicationName() throws(XLSXError) -> String? {
    guard package.archive.entry(ApplicationHandler.part) != nil else { return nil }
    let handler = ApplicationHandler()
    try package.parse(ApplicationHandler.part, into: handler)
    return handler.name
  }

  private func stream(ofSheet index: Int) throws(XLSXError) -> PartStream {
    try opener(ofSheet: index)()
  }

  private func opener(
    ofSheet index: Int
  ) throws(XLSXError) -> () throws(XLSXError) -> PartStream {
    precondition(sheets.indices.contains(index), "no sheet at \(index)")
    let sheet = sheets[index]
    guard let part = sheet.part else { throw package.error(.missingPart(sheet.name)) }
    guard sheet.isWorksheet else { throw package.error(.noWorksheet(name: sheet.name)) }
    let package = package
    return { () throws(XLSXError) in try package.stream(part, limit: Limits.sheetBytes) }
  }

  private func strings(_ way: ReadingWay) throws(XLSXError) -> SharedStrings {
    if let sharedStrings { return sharedStrings }
    var strings = SharedStrings(partBytes: 0)
    if let sharedStringsPart {
      let package = package
      let reader = SharedStringReader(way: way) { () throws(XLSXError) in
        try package.stream(sharedStringsPart, limit: Limits.sheetBytes)
      }
      strings = try reader.strings()
    }
    sharedStrings = strings
    return strings
  }
}

/// By which of the ways that must agree a part is read.
package enum ReadingWay: CaseIterable, Sendable {
  /// The byte scanner with its short cuts.
  case quick
  /// The byte scanner without them.
  case careful
  /// libxml2.
  case libxml2
}
