import FerryCore

/// The archive of a workbook, part by part: for rooms that write a changed copy of it.
package final class WorkbookArchive {
  /// One file of the archive, as it is packed there.
  package struct Part: Sendable {
    /// The name as the archive spells it.
    package let name: String
    /// 0 stored, 8 deflated.
    package let method: Int
    /// CRC-32 of what it holds.
    package let checksum: UInt32
    /// How many bytes it takes in the archive.
    package let compressedBytes: Int
    /// How many bytes it holds.
    package let byteCount: Int
    let entry: ZipEntry
  }

  /// What another part is to one.
  package struct Link: Hashable, Sendable {
    /// The id by which the part names it.
    package let id: String
    /// The last word of the relationship's type, such as `comments`.
    package let kind: String
    /// The part's name.
    package let target: String
  }

  /// All parts, in the order of the archive.
  package let parts: [Part]
  /// The part that lists the sheets.
  package let workbookPart: String
  /// Whether it came out of an encrypted file.
  package let wasEncrypted: Bool
  private let package: Package

  /// Opens the workbook at `path`; throws for what is no .xlsx or .xlsm.
  package init(path: String, password: String? = nil) throws(XLSXError) {
    let source = try SourceBytes(path: path)
    wasEncrypted = try Container(source) == .encrypted
    package = try Package(source, password: password)
    guard !package.isBinary else { throw package.error(.binaryWorkbook) }
    workbookPart = package.workbookPart
    parts = package.archive.all.map { entry in
      Part(
        name: entry.name, method: entry.method, checksum: entry.checksum,
        compressedBytes: entry.compressedBytes, byteCount: entry.byteCount, entry: entry)
    }
  }

  /// The name of the part as the archive spells it; `nil` where there is none.
  package func spelling(_ part: String) -> String? { package.archive.entry(part)?.name }

  /// What the parts beside `part` are to it, those outside the archive left out.
  package func links(of part: String) throws(XLSXError) -> [Link] {
    try package.relationships(of: part).map {
      Link(id: $0.id, kind: $0.kind, target: $0.target)
    }
  }

  /// The part that carries the relationships of `part`.
  package static func linksPart(of part: String) -> String { RelationshipsHandler.name(of: part) }

  /// The sheets in the order of the tabs: their names and parts; `nil` for a chart, or where the
  /// workbook names a part that is not there.
  package func worksheets() throws(XLSXError) -> [(name: String, part: String?)] {
    let handler = WorkbookHandler()
    try package.parse(workbookPart, into: handler)
    let relationships = try package.relationships(of: workbookPart)
    return handler.sheets.map { listed in
      let sheet = package.sheet(listed, relationships)
      return (sheet.name, sheet.isWorksheet ? sheet.part : nil)
    }
  }

  /// All bytes of a part, which is read as a whole.
  package func bytes(of part: String) throws(XLSXError) -> ContiguousArray<UInt8> {
    let stream = try package.stream(part, limit: Limits.wholePartBytes)
    var bytes = ContiguousArray<UInt8>(repeating: 0, count: stream.byteCount + 1)
    var count = 0
    while case let got = try stream.read(into: &bytes, count..<bytes.count), got > 0 {
      count += got
    }
    guard stream.isIntact else { throw stream.error(.damagedPart(part)) }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Hands out the bytes of a part of any size, piece by piece.
  package func read<E: Error>(
    _ part: String, _ take: (Span<UInt8>) throws(E) -> Void
  ) throws {
    let stream = try package.stream(part, limit: Limits.sheetBytes)
    var piece = ContiguousArray<UInt8>(repeating: 0, count: Self.pieceBytes)
    while case let got = try stream.read(into: &piece, piece.indices), got > 0 {
      try take(piece.span.extracting(0..<got))
    }
    guard stream.isIntact else { throw stream.error(.damagedPart(part)) }
  }

  /// Hands out the bytes of a part as they are packed.
  package func readPacked<E: Error>(
    _ part: Part, _ take: (Span<UInt8>) throws(E) -> Void
  ) throws {
    let source = package.archive.source
    var offset = try InflatedPart.dataOffset(of: part.entry, in: source)
    var piece = ContiguousArray<UInt8>(repeating: 0, count: Self.pieceBytes)
    var left = part.compressedBytes
    while left > 0 {
      let count = min(left, piece.count)
      guard try source.read(into: &piece, from: 0, at: offset, count: count) == count else {
        throw package.error(.damagedPart(part.name))
      }
      try take(piece.span.extracting(0..<count))
      offset += count
      left -= count
    }
  }

  private static let pieceBytes = 1 << 20
}
