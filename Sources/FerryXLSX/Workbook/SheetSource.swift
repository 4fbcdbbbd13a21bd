package import FerryCore

/// A workbook of any format that this room reads, as the rooms below see it.
package protocol SheetSource: AnyObject {
  /// The sheets in the order of the tabs, hidden ones and charts too.
  var sheets: [WorkbookSheet] { get }
  /// What is odd about the workbook as a whole.
  var findings: [Finding] { get }
  /// A reader of a sheet's rows, from the first; rows without a value are left out.
  func reader(ofSheet index: Int) throws -> any RowReader
  /// The merged ranges of a sheet, in the order of the file.
  func mergedRanges(ofSheet index: Int) throws(XLSXError) -> [CellRange]
  /// The columns of a sheet that nobody sees, zero-based.
  func hiddenColumns(ofSheet index: Int) throws(XLSXError) -> [ClosedRange<Int>]
}

extension Workbook: SheetSource {
  package func reader(ofSheet index: Int) throws -> any RowReader { try rows(ofSheet: index) }
}

/// Opens workbooks of any format that this room reads, by what the file holds.
package enum SheetSources {
  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - path: Where it lies.
  ///   - password: For an encrypted one; Excel's default password is tried unasked.
  /// - Returns: The workbook, its list of sheets read.
  /// - Throws: Why the file can't be read; `legacyWorkbook` where it is older than Excel 97, or
  ///   an encrypted .xls.
  package static func open(
    path: String, password: String? = nil
  ) throws(XLSXError) -> any SheetSource {
    try open(SourceBytes(path: path), password: password)
  }

  /// Opens a file that is in memory; `name` stands in messages.
  package static func open(
    bytes: ContiguousArray<UInt8>, name: String
  ) throws(XLSXError) -> any SheetSource {
    try open(SourceBytes(bytes: bytes, name: name), password: nil)
  }

  private static func open(
    _ source: SourceBytes, password: String?
  ) throws(XLSXError) -> any SheetSource {
    if try Container(source) == .legacyWorkbook { return try LegacyWorkbook(source) }
    if try isFlatOpenDocument(source) { return try OpenDocument(.flat(source)) }
    do {
      return try workbook(source, password)
    } catch {
      guard error.kind == .openDocument else { throw error }
      return try OpenDocument(OpenDocumentContent(ZipArchive(source)))
    }
  }

  private static func workbook(
    _ source: SourceBytes, _ password: String?
  ) throws(XLSXError) -> any SheetSource {
    let package = try Package(source, password: password)
    return package.isBinary ? try BinaryWorkbook(package) : try Workbook(package)
  }

  /// Whether the file at `path` is an OpenDocument spreadsheet in one plain XML.
  package static func isFlatOpenDocument(path: String) throws(XLSXError) -> Bool {
    try isFlatOpenDocument(SourceBytes(path: path))
  }

  // The namespaces stand before the attribute that names the type: some 6 KB in LibreOffice's.
  private static let headBytes = 16 << 10

  private static func isFlatOpenDocument(_ source: SourceBytes) throws(XLSXError) -> Bool {
    try xmlHead(source).contains("application/vnd.oasis.opendocument.spreadsheet")
  }

  /// Whether the file at `path` is an XML spreadsheet of Excel 2003, which is not read here.
  ///
  /// Source: "XML Spreadsheet Reference" (Office XP), its namespace.
  package static func isExcel2003XML(path: String) throws(XLSXError) -> Bool {
    try xmlHead(SourceBytes(path: path)).contains("urn:schemas-microsoft-com:office:spreadsheet")
  }

  // The start of an XML file as text; nothing of a file of another kind.
  private static func xmlHead(_ source: SourceBytes) throws(XLSXError) -> Substring {
    guard try source.read(at: 0, count: 64).contains(UInt8(ascii: "<")) else { return "" }
    let bytes = try source.read(at: 0, count: headBytes)
    let head = String(decoding: bytes, as: UTF8.self).drop { $0 != "<" }
    return head.hasPrefix("<?xml") ? head : ""
  }
}
