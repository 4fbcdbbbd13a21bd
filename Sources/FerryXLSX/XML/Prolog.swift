import FerryCore

/// What stands in an XML part before its root element.
enum Prolog {
  // Nearly always enough; and where comments make it longer, the most that is looked at.
  private static let usualBytes = 1 << 10
  private static let mostBytes = 64 << 10

  /// Refuses an archive in which any XML part, read or not, has a document type declaration.
  ///
  /// What can't be inflated is no matter here: it is told where the part is read.
  ///
  /// Source: ECMA-376 Part 2, 8.1.4.
  static func check(_ archive: ZipArchive) throws(XLSXError) {
    for entry in archive.xmlEntries where hasDocumentType(entry, of: archive.source) {
      throw XLSXError(.documentType(part: entry.name), file: archive.source.name)
    }
  }

  private static func hasDocumentType(_ entry: ZipEntry, of source: SourceBytes) -> Bool {
    guard let part = try? InflatedPart(entry, of: source, limit: .max) else { return false }
    var head = ContiguousArray<UInt8>()
    for size in [usualBytes, mostBytes] {
      let start = head.count
      let wanted = max(0, min(size, entry.byteCount) - start)
      head.append(contentsOf: repeatElement(0, count: wanted))
      guard let count = try? part.read(into: &head, start..<head.count) else { return false }
      head.removeLast(wanted - count)
      // In UTF-16, every other byte of markup is 0.
      let markup = head.contains(0) ? head.filter { $0 != 0 } : head
      if let answer = hasDocumentType(markup.span) { return answer }
    }
    return false
  }

  // Nil where the root element does not begin in these bytes.
  private static func hasDocumentType(_ head: Span<UInt8>) -> Bool? {
    var open = head.positionOfTag(from: 0, count: head.count)
    while open + 9 < head.count {
      if head.matches("<!DOCTYPE", at: open) { return true }
      var end: Int?
      if head.matches("<!--", at: open) {
        end = head.position(of: "-->", from: open + 4, count: head.count)
      } else if head[open + 1] == UInt8(ascii: "?") {
        end = head.position(of: "?>", from: open + 2, count: head.count)
      } else {
        return false
      }
      guard let end else { return nil }
      open = head.positionOfTag(from: end, count: head.count)
    }
    return nil
  }
}
