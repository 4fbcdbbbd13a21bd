import FerryCore

/// Finds the columns of a sheet that nobody sees, before its rows.
///
/// Source: ECMA-376 Part 1, 18.3.1.17 (cols), 18.3.1.13 (col).
struct HiddenColumnReader {
  private let stream: PartStream
  private let way: ReadingWay

  init(_ stream: PartStream, way: ReadingWay) {
    self.stream = stream
    self.way = way
  }

  /// The columns, zero-based, in the order of the file.
  func columns() throws(XLSXError) -> [ClosedRange<Int>] {
    var window = PartWindow(stream)
    _ = try window.refill()
    guard way != .libxml2, window.dialect == .plain else { return try parsed(window) }
    var found = HiddenColumns()
    repeat {
      let bytes = window.bytes
      let padded = window.range.lowerBound..<window.range.upperBound + PartWindow.padding
      window.drop(Self.collect(bytes.span.extracting(padded), window.range.count, &found))
      if found.isDone { break }
    } while try window.refill()
    return found.columns
  }

  private static func collect(
    _ bytes: Span<UInt8>, _ count: Int, _ found: inout HiddenColumns
  ) -> Int {
    var position = 0
    while !found.isDone {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count else { return count }
      guard let tag = Markup(bytes, at: open, count: count) else { return open }
      position = tag.end
      if tag.isNamed("sheetData", in: bytes) {
        found.isDone = true
      } else if tag.kind != .end, tag.isNamed("col", in: bytes) {
        found.add { name in tag.attribute(name, in: bytes).map { bytes.text(in: $0) } }
      }
    }
    return position
  }

  private func parsed(_ window: PartWindow) throws(XLSXError) -> [ClosedRange<Int>] {
    let handler = HiddenColumnHandler()
    var pump = EventPump(window, handler)
    while !handler.found.isDone {
      guard try pump.step() else { break }
    }
    return handler.found.columns
  }
}

/// The columns found so far.
private struct HiddenColumns {
  private(set) var columns: [ClosedRange<Int>] = []
  /// Whether the rows begin; no column is named behind.
  var isDone = false

  mutating func add(_ attribute: (StaticString) -> String?) {
    guard columns.count < Limits.columns,
      RowVisibility.isHidden(hidden: attribute("hidden"), size: attribute("width")),
      let first = attribute("min").flatMap({ Int($0) }), first >= 1, first <= Limits.columns
    else { return }
    let last = attribute("max").flatMap { Int($0) } ?? first
    columns.append(first - 1...max(first, min(last, Limits.columns)) - 1)
  }
}

/// Gathers hidden columns from libxml2's events.
private final class HiddenColumnHandler: XMLEventHandler {
  private(set) var found = HiddenColumns()

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    switch name {
    case "sheetData": found.isDone = true
    case "col" where !found.isDone: found.add { attributes.value("\($0)") }
    default: break
    }
  }

  func endElement(_ name: String) {}

  func text(_ characters: Span<UInt8>) {}
}

extension Span<UInt8> {
  /// The bytes in `range` as a string.
  fileprivate func text(in range: Range<Int>) -> String {
    var text = ContiguousArray<UInt8>()
    guard XMLText.append(self, range, to: &text) else { return "" }
    return String(decoding: text, as: UTF8.self)
  }
}
