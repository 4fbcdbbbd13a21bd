import FerryCore

/// Dates that a cell of type `d` writes as ISO 8601 text.
enum ISODate {
  /// Appends the date, time or both in `text`, seconds filled in and an idle clock left out
  /// where the format shows a date alone.
  ///
  /// - Returns: What was appended; `nil`, with nothing appended, where the text is neither.
  static func append(
    _ text: Span<UInt8>, as format: NumberFormat, to output: inout ContiguousArray<UInt8>
  ) -> CellKind? {
    var range = XMLText.trimmed(text, 0..<text.count)
    if let last = range.last, text[last] | 0x20 == UInt8(ascii: "z") {
      range = range.lowerBound..<last
    }
    let hasDate = isDate(text, range)
    var clock = range
    if hasDate {
      let dateEnd = range.lowerBound + 10
      guard dateEnd < range.upperBound else {
        output.append(copying: text.extracting(range))
        return .date
      }
      let separator = text[dateEnd] & 0xDF
      guard separator == UInt8(ascii: "T") || separator == 0 else { return nil }
      clock = dateEnd + 1..<range.upperBound
    }
    guard isClock(text, clock) else { return nil }
    if hasDate {
      output.append(copying: text.extracting(range.lowerBound..<range.lowerBound + 10))
      if format == .date, isMidnight(text, clock) { return .date }
      output.append(UInt8(ascii: "T"))
    }
    appendClock(text, clock, to: &output)
    return hasDate ? .datetime : .time
  }

  private static func isDate(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 10 else { return false }
    let start = range.lowerBound
    guard text[start + 4] == UInt8(ascii: "-"), text[start + 7] == UInt8(ascii: "-"),
      text.number(in: start..<start + 4) != nil,
      let month = text.number(in: start + 5..<start + 7),
      let day = text.number(in: start + 8..<start + 10)
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }

  // hh:mm, hh:mm:ss or hh:mm:ss.fff
  private static func isClock(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count >= 5, text[start + 2] == UInt8(ascii: ":"),
      let hour = text.number(in: start..<start + 2), hour < 24,
      let minute = text.number(in: start + 3..<start + 5), minute < 60
    else { return false }
    guard range.count > 5 else { return true }
    guard range.count >= 8, text[start + 5] == UInt8(ascii: ":"),
      let second = text.number(in: start + 6..<start + 8), second < 61
    else { return false }
    guard range.count > 8 else { return true }
    return text[start + 8] == UInt8(ascii: ".")
      && (start + 9..<range.upperBound).allSatisfy { text[$0] &- UInt8(ascii: "0") <= 9 }
  }

  private static func isMidnight(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.allSatisfy { text[$0] <= UInt8(ascii: "0") || text[$0] == UInt8(ascii: ":") }
  }

  private static func appendClock(
    _ text: Span<UInt8>, _ range: Range<Int>, to output: inout ContiguousArray<UInt8>
  ) {
    output.append(copying: text.extracting(range.lowerBound..<range.lowerBound + 5))
    guard range.count > 5 else {
      output.append(contentsOf: ":00".utf8)
      return
    }
    // Milliseconds, as with serial days; and 09:30:00.000 says no more than 09:30:00.
    var end = min(range.upperBound, range.lowerBound + 12)
    if range.count > 8 {
      while text[end - 1] == UInt8(ascii: "0") { end -= 1 }
      if text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    }
    output.append(copying: text.extracting(range.lowerBound + 5..<end))
  }
}
