import FerryCore

/// Finds the merged ranges behind the rows of a sheet.
struct MergedRangeReader {
  private let stream: PartStream

  init(_ stream: PartStream) { self.stream = stream }

  /// The ranges, in the order of the file.
  func ranges() throws(XLSXError) -> [CellRange] {
    var window = PartWindow(stream)
    _ = try window.refill()
    guard window.dialect == .plain else { return try parsed(window) }
    var ranges: [CellRange] = []
    var isBehindRows = false
    repeat {
      let bytes = window.bytes
      let padded = window.range.lowerBound..<window.range.upperBound + PartWindow.padding
      let span = bytes.span.extracting(padded)
      if isBehindRows {
        window.drop(Self.collect(span, count: window.range.count, into: &ranges))
      } else if let end = Self.endOfRows(span, count: window.range.count) {
        isBehindRows = true
        window.drop(end)
        let rest = bytes.span.extracting(
          window.range.lowerBound..<window.range.upperBound + PartWindow.padding)
        window.drop(Self.collect(rest, count: window.range.count, into: &ranges))
      } else {
        window.drop(max(0, window.range.count - Self.endTagBytes))
      }
    } while try window.refill()
    return ranges
  }

  private static let endTagBytes = 32
  private static let search = SkippingSearch("sheetData")

  // Behind `…sheetData>` or `…sheetData/>`; text holds no `<`, and no tag before ends like this.
  private static func endOfRows(_ bytes: Span<UInt8>, count: Int) -> Int? {
    var start = 0
    while let place = search.position(in: bytes, from: start, count: count) {
      var before = place
      while before > 0, bytes[before - 1] != UInt8(ascii: "<"), place - before < 20 { before -= 1 }
      let isEnd = bytes[before] == UInt8(ascii: "/")
      let isEmpty = bytes[place + 9] == UInt8(ascii: "/") || bytes.matches(" /", at: place + 9)
      if isEnd || isEmpty { return place + 9 <= count ? place + 9 : nil }
      start = place + 9
    }
    return nil
  }

  /// Adds the ranges that `bytes` name.
  ///
  /// - Returns: How many bytes were used; a tag that is not whole is left.
  static func collect(
    _ bytes: Span<UInt8>, count: Int, into ranges: inout [CellRange]
  ) -> Int {
    var position = 0
    while true {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count else { return count }
      guard let tag = Markup(bytes, at: open, count: count) else { return open }
      position = tag.end
      guard tag.isNamed("mergeCell", in: bytes), ranges.count < Limits.mergedRanges,
        let value = tag.attribute("ref", in: bytes)
      else { continue }
      var text = ContiguousArray<UInt8>()
      guard XMLText.append(bytes, value, to: &text) else { continue }
      if let range = CellRange(String(decoding: text, as: UTF8.self)) { ranges.append(range) }
    }
  }

  private func parsed(_ window: PartWindow) throws(XLSXError) -> [CellRange] {
    let handler = MergedRangeHandler()
    var pump = EventPump(window, handler)
    while try pump.step() {}
    return handler.ranges
  }
}

/// Finds a word in much text, looking at a ninth of it where the word has nine letters.
///
/// Source: R. N. Horspool, "Practical Fast Searching in Strings", Software: Practice and
/// Experience 10 (1980).
struct SkippingSearch: Sendable {
  private let word: ContiguousArray<UInt8>
  // By the byte under the word's last letter: how far the word may move on.
  private let skips: ContiguousArray<Int>

  /// - Parameter word: At least one byte of UTF-8.
  init(_ word: String) {
    self.word = ContiguousArray(word.utf8)
    var skips = ContiguousArray(repeating: word.utf8.count, count: 256)
    for (index, byte) in word.utf8.dropLast().enumerated() {
      skips[Int(byte)] = word.utf8.count - 1 - index
    }
    self.skips = skips
  }

  /// Where the word begins at or after `start`, all of it before `count`.
  func position(in bytes: Span<UInt8>, from start: Int, count: Int) -> Int? {
    var end = start + word.count - 1
    while end < count {
      let byte = bytes[end]
      if byte == word[word.count - 1] {
        let begin = end - word.count + 1
        if word.indices.allSatisfy({ bytes[begin + $0] == word[$0] }) { return begin }
      }
      end += skips[Int(byte)]
    }
    return nil
  }
}

/// Gathers merged ranges from libxml2's events.
private final class MergedRangeHandler: XMLEventHandler {
  private(set) var ranges: [CellRange] = []

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    guard name == "mergeCell", ranges.count < Limits.mergedRanges,
      let range = attributes.value("ref").flatMap({ CellRange($0) })
    else { return }
    ranges.append(range)
  }

  func endElement(_ name: String) {}

  func text(_ characters: Span<UInt8>) {}
}
