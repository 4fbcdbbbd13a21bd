import FerryCore

/// Reads the whole table of shared strings.
struct SharedStringReader {
  private let way: ReadingWay
  private let open: () throws(XLSXError) -> PartStream

  // `open` opens the part, from its first byte; perhaps twice.
  init(way: ReadingWay, open: @escaping () throws(XLSXError) -> PartStream) {
    self.way = way
    self.open = open
  }

  /// The table.
  func strings() throws(XLSXError) -> SharedStrings {
    var window = PartWindow(try open())
    _ = try window.refill()
    var strings: SharedStrings?
    if way != .libxml2, window.dialect == .plain {
      strings = try scanned(&window)
      if strings == nil { window = PartWindow(try open()) }
    }
    let table: SharedStrings
    if let strings { table = strings } else { table = try parsed(window) }
    guard window.stream.isIntact else {
      throw window.stream.error(.damagedPart(window.stream.name))
    }
    return table
  }

  // Nil where the scanner met what it doesn't know.
  private func scanned(_ window: inout PartWindow) throws(XLSXError) -> SharedStrings? {
    var scanner = SharedStringScanner(
      SharedStrings(partBytes: window.stream.byteCount))
    repeat {
      let bytes = window.bytes
      let padded = window.range.lowerBound..<window.range.upperBound + PartWindow.padding
      do {
        window.drop(
          try scanner.scan(bytes.span.extracting(padded), count: window.range.count))
      } catch {
        switch error {
        case .unknownConstruct: return nil
        case .tooManyStrings: throw window.tooManyStrings
        }
      }
    } while try window.refill()
    // What is left is a piece of markup that never ended: libxml2 can say where.
    return window.range.isEmpty ? scanner.strings : nil
  }

  private func parsed(_ window: PartWindow) throws(XLSXError) -> SharedStrings {
    // Of UTF-16 or a code page, each byte may become up to three of UTF-8.
    let events = SharedStringEvents(SharedStrings(partBytes: window.stream.byteCount * 3))
    var pump = EventPump(window, events)
    while try pump.step() {}
    guard !events.isFull, !events.isTooLong else { throw window.tooManyStrings }
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

  /// The table of shared strings has no room for more.
  fileprivate var tooManyStrings: XLSXError {
    stream.error(.tooLarge(part: stream.name, limit: "\(Limits.sharedStringBytes >> 20) MiB"))
  }
}
