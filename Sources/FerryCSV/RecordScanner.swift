// How it works: a record is scanned in one go from a buffer; where the buffer ends inside it, the
// scan says so and starts anew with more bytes. So there is no state between two buffers, and the
// inner loops are two comparisons a byte. Cells are slices of the buffer; only a cell with escaped
// quotes is copied. A quote that never closes is found at the end (or at the limit), or where the
// next quote plainly opens a cell on a later line; the record is then scanned again with that
// quote as text. Check `RecordScannerTests` when changing this.

/// A cell as a slice of the scanned bytes, or of ``RecordScanner/unescaped``.
struct FieldSlice: Hashable {
  var start: Int
  var count: Int
  var isUnescaped: Bool
}

/// Finds the cells of one record after another.
struct RecordScanner {
  private let delimiter: UInt8
  private let quote: UInt8?
  /// The quote itself where the dialect has no escape.
  private let escape: UInt8
  private let longestRecord: Int

  /// The cells of the record scanned last.
  private(set) var fields = ContiguousArray<FieldSlice>()
  /// The values of the cells that had escapes.
  private(set) var unescaped = ContiguousArray<UInt8>()
  /// Quotes inside quoted cells that were neither doubled nor escaped.
  private(set) var strayQuoteCount = 0
  /// How many quotes opened a cell of the record and were never closed; they stay as text.
  private(set) var unclosedQuoteCount = 0
  /// Whether the record has more cells than any table; the scan gave up.
  private(set) var isTooWide = false
  /// How many cells were enclosed in quotes.
  private(set) var quotedFieldCount = 0

  init(_ dialect: CSVDialect, longestRecord: Int = CSVLimits.recordByteCount) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    escape = dialect.escape ?? dialect.quote ?? 0
    self.longestRecord = longestRecord
  }

  private enum Quoted {
    case incomplete
    case unclosed
    /// The offset after the closing quote and blanks.
    case closed(Int)
  }

  /// Scans the record that starts at `start`; `isLast` where nothing follows `bytes`.
  ///
  /// - Returns: The offset after its line end; `nil` where the record goes on past `bytes`.
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
    fields.removeAll(keepingCapacity: true)
    unescaped.removeAll(keepingCapacity: true)
    (strayQuoteCount, unclosedQuoteCount, quotedFieldCount) = (0, 0, 0)
    var index = start
    while true {
      if let quote, index < bytes.count, bytes[index] == quote {
        switch scanQuoted(
          bytes, from: index, limit: start + longestRecord, isLast: isLast, quote: quote)
        {
        case .incomplete: return nil
        case .closed(let end): index = end
        case .unclosed:
          unclosedQuoteCount += 1
          index = scanPlain(bytes, from: index)
        }
      } else {
        index = scanPlain(bytes, from: index)
      }
      guard index < bytes.count else { return isLast ? bytes.count : nil }
      let byte = bytes[index]
      index += 1
      if byte == delimiter {
        if fields.count < CSVLimits.columnCount { continue }
        isTooWide = true
        return nil
      }
      if byte == UInt8(ascii: "\r") {
        if index == bytes.count { return isLast ? index : nil }
        if bytes[index] == UInt8(ascii: "\n") { index += 1 }
      }
      return index
    }
  }

  /// Adds the cell from `start` to the next delimiter or line end, and gives its end.
  private mutating func scanPlain(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    let delimiter = delimiter
    while index < bytes.count {
      let byte = bytes[index]
      if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      index += 1
    }
    fields.append(FieldSlice(start: start, count: index - start, isUnescaped: false))
    return index
  }

  private mutating func scanQuoted(
    _ bytes: Span<UInt8>, from open: Int, limit: Int, isLast: Bool, quote: UInt8
  ) -> Quoted {
    var index = open + 1
    var runStart = index
    let copyStart = unescaped.count
    var strays = 0
    while true {
      while index < bytes.count, bytes[index] != quote, bytes[index] != escape {
        if strays & 1 == 1, isLineEnd(bytes[index]) { return abandon(copyStart) }
        index += 1
      }
      guard index < bytes.count else {
        return isLast || index > limit ? abandon(copyStart) : .incomplete
      }
      if bytes[index] != quote {
        guard index + 1 < bytes.count else {
          return isLast ? abandon(copyStart) : .incomplete
        }
        if isPunctuation(bytes[index + 1]) {
          copy(bytes, runStart..<index)
          runStart = index + 1
          index += 2
        } else {
          index += 1
        }
        continue
      }
      guard index + 1 < bytes.count else {
        guard isLast else { return .incomplete }
        return close(bytes, runStart..<index, copyStart, strays, next: index + 1)
      }
      if bytes[index + 1] == quote {
        copy(bytes, runStart..<index + 1)
        index += 2
        runStart = index
        continue
      }
      guard let next = endAfterQuote(bytes, index + 1, isLast: isLast) else { return .incomplete }
      if next >= 0 { return close(bytes, runStart..<index, copyStart, strays, next: next) }
      if opensOnLaterLine(bytes, open: open, at: index) { return abandon(copyStart) }
      strays += 1
      index += 1
    }
  }

  /// The offset of the delimiter or line end after blanks from `start`.
  ///
  /// - Returns: -1 where something else stands there; `nil` where the bytes end too early.
  private func endAfterQuote(_ bytes: Span<UInt8>, _ start: Int, isLast: Bool) -> Int? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == delimiter || isLineEnd(byte) { return index }
      guard byte == UInt8(ascii: " ") else { return -1 }
      index += 1
    }
    return isLast ? index : nil
  }

  /// Whether the quote at `index` starts a cell of a later line than the one at `open`.
  private func opensOnLaterLine(_ bytes: Span<UInt8>, open: Int, at index: Int) -> Bool {
    let before = bytes[index - 1]
    guard before == delimiter || isLineEnd(before), index - 1 > open else { return false }
    var place = index - 1
    while place > open {
      if isLineEnd(bytes[place]) { return true }
      place -= 1
    }
    return false
  }

  /// Whether an escape before the byte is no part of the text; `\n` and `C:\Data` are kept.
  private func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80..., 0...0x20:
      false
    default: true
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    for index in range { unescaped.append(bytes[index]) }
  }

  private mutating func abandon(_ copyStart: Int) -> Quoted {
    unescaped.removeLast(unescaped.count - copyStart)
    return .unclosed
  }

  private mutating func close(
    _ bytes: Span<UInt8>, _ run: Range<Int>, _ copyStart: Int, _ strays: Int, next: Int
  ) -> Quoted {
    quotedFieldCount += 1
    strayQuoteCount += strays
    if unescaped.count == copyStart {
      fields.append(FieldSlice(start: run.lowerBound, count: run.count, isUnescaped: false))
    } else {
      copy(bytes, run)
      fields.append(
        FieldSlice(start: copyStart, count: unescaped.count - copyStart, isUnescaped: true))
    }
    return .closed(next)
  }
}
