import FerryCore

/// Reads the whole table of shared strings.
struct SharedStringReader {
  private let stream: PartStream
  private let way: ReadingWay

  init(_ stream: PartStream, way: ReadingWay) {
    self.stream = stream
    self.way = way
  }

  /// The table.
  func strings() throws(XLSXError) -> SharedStrings {
    var window = PartWindow(stream)
    _ = try window.refill()
    let strings =
      way == .libxml2 || window.dialect == .odd
      ? try parsed(window) : try scanned(&window)
    guard stream.isIntact else { throw stream.error(.damagedPart(stream.name)) }
    return strings
  }

  private func scanned(_ window: inout PartWindow) throws(XLSXError) -> SharedStrings {
    var scanner = SharedStringScanner(SharedStrings(partBytes: stream.byteCount))
    repeat {
      let bytes = window.bytes
      let padded = window.range.lowerBound..<window.range.upperBound + PartWindow.padding
      do {
        window.drop(
          try scanner.scan(bytes.span.extracting(padded), count: window.range.count))
      } catch {
        throw window.error(error)
      }
    } while try window.refill()
    // What is left is a piece of markup that never ended.
    guard window.range.isEmpty else { throw window.endedEarly() }
    return scanner.strings
  }

  private func parsed(_ window: PartWindow) throws(XLSXError) -> SharedStrings {
    // Of UTF-16 or a code page, each byte may become up to three of UTF-8.
    let events = SharedStringEvents(SharedStrings(partBytes: stream.byteCount * 3))
    var pump = EventPump(window, events)
    while try pump.step() {}
    guard !events.isFull, !events.isTooLong else { throw window.error(.tooManyStrings) }
    return events.strings
  }
}

extension PartWindow {
  private static let headBytes = 2048

  /// Whether the byte scanner can read the part; asked with the first bytes in the window.
  var dialect: XMLDialect {
    let bytes = bytes
    return XMLDialect(bytes.span.extracting(range.prefix(Self.headBytes)))
  }

  /// A fault of the byte scanner in words, with the line it is in.
  func error(_ fault: MarkupFault) -> XLSXError {
    switch fault {
    case .unknownEntity(let position):
      malformed("a reference to something that XML does not define", at: position)
    case .crossedTags(let position):
      malformed("a tag inside a cell that is never closed", at: position)
    case .wrongEncoding(let position):
      malformed("bytes that are no UTF-8", at: position)
    case .tooManyStrings:
      stream.error(
        .tooLarge(part: stream.name, limit: "\(Limits.sharedStringBytes >> 20) MiB"))
    }
  }

  /// The part stopped inside an element.
  func endedEarly() -> XLSXError { malformed("the part ends inside an element", at: range.count) }

  private func malformed(_ reason: String, at position: Int) -> XLSXError {
    stream.error(
      .malformedXML(part: stream.name, offset: droppedBytes + position, reason: reason))
  }
}
