import FerryCore

/// XML that is read from its front: a part of an archive, or a file.
enum OpenDocumentBytes {
  case part(PartStream)
  case file(SourceBytes, name: String)

  var name: String {
    switch self {
    case .part(let stream): stream.name
    case .file(_, let name): name
    }
  }

  var file: String {
    switch self {
    case .part(let stream): stream.file
    case .file(let source, _): source.name
    }
  }

  /// Whether its checksum is right; of use at the end alone.
  var isIntact: Bool {
    if case .part(let stream) = self { stream.isIntact } else { true }
  }
}

/// Feeds XML to libxml2, piece by piece.
struct OpenDocumentPump {
  private let source: OpenDocumentBytes
  private let parser: XMLEventParser
  private var piece = ContiguousArray<UInt8>(repeating: 0, count: pieceBytes)
  private var offset = 0

  // Small, so that few rows come at once.
  private static let pieceBytes = 16 << 10

  init(_ source: OpenDocumentBytes, _ handler: any XMLEventHandler) {
    self.source = source
    parser = XMLEventParser(handler)
  }

  /// Parses the next piece.
  ///
  /// - Returns: False at the end.
  mutating func step() throws(XLSXError) -> Bool {
    var count = 0
    switch source {
    case .part(let stream): count = try stream.read(into: &piece, piece.indices)
    case .file(let bytes, _):
      count = try bytes.read(
        into: &piece, from: 0, at: offset, count: min(piece.count, bytes.byteCount - offset))
    }
    offset += count
    do {
      try parser.parse(piece.span.extracting(0..<count), isLast: count == 0)
    } catch {
      throw XLSXError(kind(of: error), file: source.file)
    }
    return count > 0
  }

  private func kind(of fault: XMLFault) -> XLSXError.Kind {
    switch fault.kind {
    case .malformed:
      .malformedXML(part: source.name, offset: fault.offset, reason: fault.reason)
    case .documentType: .documentType(part: source.name)
    case .tooDeep: .tooDeep(part: source.name)
    }
  }
}
