package import FerryCore

/// A spreadsheet of OpenDocument (.ods, or .fods, which is one plain XML file), read as a stream.
///
/// Its cells say themselves what they hold, so that number formats matter for elapsed times alone.
/// Values are those that stand in the file: of a formula the result that was saved with it.
/// Source: OpenDocument 1.3 Part 3 (schema), chapters 9 (tables) and 19 (attributes).
package final class OpenDocument: SheetSource {
  /// The sheets in the order of the tabs, hidden ones too.
  package let sheets: [WorkbookSheet]
  /// What is odd about the document as a whole: nothing that is looked for.
  package let findings: [Finding] = []
  private let content: OpenDocumentContent
  private let index: OpenDocumentIndex

  init(_ content: OpenDocumentContent) throws(XLSXError) {
    self.content = content
    let handler = OpenDocumentIndex()
    if let styles = try content.styles() {
      var pump = OpenDocumentPump(styles, handler)
      while try pump.step() {}
    }
    var pump = OpenDocumentPump(try content.body(), handler)
    while try pump.step() {}
    index = handler
    sheets = handler.sheets.map {
      WorkbookSheet(
        name: $0.name, visibility: $0.isHidden ? .hidden : .visible, isWorksheet: true, part: nil)
    }
    guard !sheets.isEmpty else { throw XLSXError(.otherDocument, file: content.file) }
  }

  /// A reader of a sheet's rows, from the first; rows without a value are left out.
  package func reader(ofSheet index: Int) throws -> any RowReader {
    try OpenDocumentRowReader(
      sheet: sheets[index].name, sheetIndex: index, content, elapsed: self.index.elapsedStyles)
  }

  /// The merged ranges of a sheet, in the order of the file.
  package func mergedRanges(ofSheet index: Int) throws(XLSXError) -> [CellRange] {
    self.index.sheets[index].merged
  }

  /// The columns of a sheet that nobody sees, zero-based.
  package func hiddenColumns(ofSheet index: Int) throws(XLSXError) -> [ClosedRange<Int>] {
    self.index.sheets[index].hiddenColumns
  }
}

/// Where the XML of an OpenDocument file stands.
enum OpenDocumentContent {
  /// The parts of an archive.
  case archive(ZipArchive)
  /// The file itself.
  case flat(SourceBytes)

  /// An archive, unless it is encrypted.
  init(_ archive: ZipArchive) throws(XLSXError) {
    let isSealed = archive.entry("encrypted-package") != nil
    let isEncrypted = try Self.isEncrypted(archive)
    guard !isSealed, !isEncrypted else {
      throw XLSXError(.encryptedDocument, file: archive.source.name)
    }
    self = .archive(archive)
  }

  var file: String {
    switch self {
    case .archive(let archive): archive.source.name
    case .flat(let source): source.name
    }
  }

  /// The XML that holds the sheets.
  func body() throws(XLSXError) -> OpenDocumentBytes {
    switch self {
    case .flat(let source): return .file(source, name: source.name)
    case .archive(let archive):
      guard let entry = archive.entry("content.xml") else {
        throw XLSXError(.missingPart("content.xml"), file: file)
      }
      return .part(try PartStream(entry, of: archive.source, limit: Limits.sheetBytes))
    }
  }

  /// The XML that holds styles which have names; `nil` where there is none beside the body.
  func styles() throws(XLSXError) -> OpenDocumentBytes? {
    guard case .archive(let archive) = self, let entry = archive.entry("styles.xml") else {
      return nil
    }
    return .part(try PartStream(entry, of: archive.source, limit: Limits.wholePartBytes))
  }

  // Source: OpenDocument 1.3 Part 2, 4.4 (manifest:encryption-data).
  private static func isEncrypted(_ archive: ZipArchive) throws(XLSXError) -> Bool {
    guard let entry = archive.entry("META-INF/manifest.xml") else { return false }
    let handler = ManifestHandler()
    let stream = try PartStream(entry, of: archive.source, limit: Limits.wholePartBytes)
    var pump = OpenDocumentPump(.part(stream), handler)
    while try pump.step() {}
    return handler.isEncrypted
  }
}

/// Reads the list of an archive's parts.
private final class ManifestHandler: XMLEventHandler {
  private(set) var isEncrypted = false

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    if name == "encryption-data" { isEncrypted = true }
  }

  func endElement(_ name: String) {}

  func text(_ characters: Span<UInt8>) {}
}
