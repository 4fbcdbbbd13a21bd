import FerryCore

/// The parts of a workbook's archive, found through their relationships.
struct Package {
  let archive: ZipArchive
  /// The part that lists the sheets.
  let workbookPart: String
  /// Whether the archive came out of an encrypted file that was changed since it was written.
  let hasWrongIntegrity: Bool

  /// Opens the archive, or the one inside an encrypted file: with Excel's default password, or
  /// else with the one given.
  init(_ source: SourceBytes, password: String? = nil) throws(XLSXError) {
    var source = source
    var isIntact = true
    if try Container(source) == .encrypted {
      let package = try EncryptedPackage(source, password: password)
      isIntact = package.isIntact
      source = SourceBytes(package, of: source)
    }
    hasWrongIntegrity = !isIntact
    switch try Container(source) {
    case .zip: break
    case .encrypted:
      throw XLSXError(.damagedEncryption(stream: "EncryptedPackage"), file: source.name)
    case .otherCompound: throw XLSXError(.otherCompound, file: source.name)
    case .legacyWorkbook: throw XLSXError(.legacyWorkbook, file: source.name)
    case .other: throw XLSXError(.notAWorkbook, file: source.name)
    }
    archive = try ZipArchive(source)
    try Prolog.check(archive)
    workbookPart = try Self.workbookPart(of: archive)
  }

  /// Whether its parts hold records in place of XML, as those of an .xlsb do.
  var isBinary: Bool { workbookPart.lowercased().hasSuffix(".bin") }

  /// What is odd about the workbook as a whole.
  func findings(about sheets: [WorkbookSheet]) -> [Finding] {
    let file = archive.source.name
    let changed = Finding(XLSXRules.wrongIntegrity, at: Provenance(file: file))
    return (hasWrongIntegrity ? [changed] : [])
      + sheets.filter { $0.part == nil }.map {
        Finding(XLSXRules.missingSheet, at: Provenance(file: file, sheet: $0.name))
      }
  }

  func error(_ kind: XLSXError.Kind) -> XLSXError { XLSXError(kind, file: archive.source.name) }

  /// The bytes of a part.
  func stream(_ part: String, limit: Int) throws(XLSXError) -> PartStream {
    guard let entry = archive.entry(part) else { throw error(.missingPart(part)) }
    return try PartStream(entry, of: archive.source, limit: limit)
  }

  /// Sends all of a small part through libxml2.
  func parse(_ part: String, into handler: any XMLEventHandler) throws(XLSXError) {
    try Self.parse(part, of: archive, into: handler)
  }

  /// What the parts beside `part` are to it.
  func relationships(of part: String) throws(XLSXError) -> [Relationship] {
    try Self.relationships(of: part, in: archive)
  }

  /// The name of the part of that kind which is really there; `nil` where there is none.
  func part(_ kind: String, _ relationships: [Relationship]) -> String? {
    let named = relationships.filter { $0.kind == kind }.map(\.target)
    return (named + ["xl/\(kind).xml", "xl/\(kind).bin"]).first { archive.entry($0) != nil }
  }

  /// The styles, or none where the workbook has none.
  func styles(_ relationships: [Relationship]) throws(XLSXError) -> Styles {
    guard let part = part("styles", relationships) else { return .none }
    let handler = StylesHandler()
    try parse(part, into: handler)
    return handler.styles
  }

  /// One sheet of `workbook.xml`.
  func sheet(_ sheet: WorkbookHandler.Sheet, _ relationships: [Relationship]) -> WorkbookSheet {
    let relationship = relationships.first { $0.id == sheet.relationshipID }
    let isThere = relationship.map { archive.entry($0.target) != nil } ?? false
    return WorkbookSheet(
      name: sheet.name, visibility: sheet.visibility,
      isWorksheet: isThere && !["chartsheet", "dialogsheet"].contains(relationship?.kind ?? ""),
      part: isThere ? relationship?.target : nil)
  }
}

extension Package {
  private static func workbookPart(of archive: ZipArchive) throws(XLSXError) -> String {
    let relationships = try relationships(of: "", in: archive)
    let named = relationships.filter { $0.kind == "officeDocument" }.map(\.target)
    let usual = ["xl/workbook.xml", "xl/workbook.bin"]
    if let part = (named + usual).first(where: { archive.entry($0) != nil }) { return part }
    if let part = named.first {
      throw XLSXError(.missingPart(part), file: archive.source.name)
    }
    let isOpenDocument = try isSpreadsheet(archive)
    throw XLSXError(
      isOpenDocument ? .openDocument : .otherDocument, file: archive.source.name)
  }

  /// Whether an archive is a spreadsheet of OpenDocument or of its predecessor.
  ///
  /// Source: OpenDocument 1.3 Part 2, 3.3 (the file `mimetype`).
  private static func isSpreadsheet(_ archive: ZipArchive) throws(XLSXError) -> Bool {
    guard archive.entry("content.xml") != nil, let entry = archive.entry("mimetype") else {
      return false
    }
    let stream = try PartStream(entry, of: archive.source, limit: Limits.wholePartBytes)
    var bytes = ContiguousArray<UInt8>(repeating: 0, count: 128)
    let count = try stream.read(into: &bytes, bytes.indices)
    let type = String(decoding: bytes.prefix(count), as: UTF8.self)
    return type.contains("spreadsheet") || type.contains("sun.xml.calc")
  }

  private static func relationships(
    of part: String, in archive: ZipArchive
  ) throws(XLSXError) -> [Relationship] {
    let name = RelationshipsHandler.name(of: part)
    guard archive.entry(name) != nil else { return [] }
    let handler = RelationshipsHandler(of: part)
    try parse(name, of: archive, into: handler)
    return handler.relationships
  }

  private static func parse(
    _ part: String, of archive: ZipArchive, into handler: any XMLEventHandler
  ) throws(XLSXError) {
    guard let entry = archive.entry(part) else {
      throw XLSXError(.missingPart(part), file: archive.source.name)
    }
    let stream = try PartStream(entry, of: archive.source, limit: Limits.wholePartBytes)
    var pump = EventPump(PartWindow(stream), handler)
    while try pump.step() {}
    guard stream.isIntact else { throw stream.error(.damagedPart(part)) }
  }
}

/// Feeds a part to libxml2, piece by piece.
struct EventPump {
  private var window: PartWindow
  private let parser: XMLEventParser
  // Small, so that few rows come at once.
  private static let pieceBytes = 16 << 10

  /// Takes over a window, with whatever is in it.
  init(_ window: PartWindow, _ handler: any XMLEventHandler) {
    self.window = window
    parser = XMLEventParser(handler)
  }

  /// Parses the next piece.
  ///
  /// - Returns: False at the end of the part.
  mutating func step() throws(XLSXError) -> Bool {
    if window.range.isEmpty { _ = try window.refill() }
    let bytes = window.bytes
    let piece = window.range.prefix(Self.pieceBytes)
    do {
      try parser.parse(bytes.span.extracting(piece), isLast: piece.isEmpty)
    } catch {
      throw window.stream.malformed(error)
    }
    window.drop(piece.count)
    return !piece.isEmpty
  }
}

extension PartStream {
  fileprivate func malformed(_ fault: XMLFault) -> XLSXError {
    switch fault.kind {
    case .malformed:
      error(.malformedXML(part: name, offset: fault.offset, reason: fault.reason))
    case .documentType: error(.documentType(part: name))
    case .tooDeep: error(.tooDeep(part: name))
    }
  }
}
