internal import FerryCore

/// What came of a quote where a cell begins.
enum QuotedCell {
  /// More bytes are needed to tell.
  case incomplete
  /// It is never closed, hence text.
  case unclosed
  /// A cell, the quotes in it that were not doubled, and the offset after the closing quote and blanks.
  case closed(FieldSlice, strayQuoteCount: Int, end: Int)
}

extension RecordScanner {
  /// Reads the quoted cell that opens at `open`; at `limit` it is given up as unclosed.
  mutating func scanQuoted(
    _ bytes: Span<UInt8>, from open: Int, limit: Int, isLast: Bool, quote: UInt8
  ) -> QuotedCell {
    let start = (copied: unescaped.count, lineBreaks: lineBreakCount)
    var index = open + 1
    var runStart = index
    var strays = 0
    while true {
      index = nextPlace(bytes, from: index, quote: quote)
      guard index < bytes.count else {
        return isLast || index > limit ? abandon(start) : .incomplete
      }
      let byte = bytes[index]
      if byte == quote {
        guard index + 1 < bytes.count else {
          guard isLast else { return .incomplete }
          return close(bytes, runStart..<index, start.copied, strays, end: index + 1)
        }
        if bytes[index + 1] == quote, !closesAtPair(bytes, index) {
          copy(bytes, runStart..<index + 1)
          index += 2
          runStart = index
          continue
        }
        guard let end = endAfterQuote(bytes, index + 1, isLast: isLast) else {
          return .incomplete
        }
        if end >= 0 { return close(bytes, runStart..<index, start.copied, strays, end: end) }
        if opensCell(bytes, open: open, at: index) { return abandon(start) }
        strays += 1
      } else if byte == escape {
        guard index + 1 < bytes.count else { return isLast ? abandon(start) : .incomplete }
        if isPunctuation(bytes[index + 1]) {
          copy(bytes, runStart..<index)
          runStart = index + 1
          index += 1
        }
      } else if isLineEnd(byte) {
        if strays & 1 == 1 { return abandon(start) }
        if byte == UInt8(ascii: "\r") || bytes[index - 1] != UInt8(ascii: "\r") {
          lineBreakCount += 1
        }
      }
      index += 1
    }
  }

  /// The first quote, escape or line end from `start` on, else the end.
  private func nextPlace(_ bytes: Span<UInt8>, from start: Int, quote: UInt8) -> Int {
    let (first, second) = (ByteWord.pattern(quote), ByteWord.pattern(escape))
    let raw = unsafe bytes.bytes
    var index = start
    while index < bytes.count {
      let word = ByteWord(raw, at: index)
      let places = word.places(of: first) | word.places(of: second) | word.placesOfControls
      if places != 0 { return index + places.firstPlace }
      index += 8
    }
    return bytes.count
  }

  /// The offset of the delimiter or line end after blanks from `start`.
  ///
  /// - Returns: -1 where something else stands there; `nil` where the bytes end too early.
  private func endAfterQuote(_ bytes: Span<UInt8>, _ start: Int, isLast: Bool) -> Int? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == delimiter {
        switch Self.hasTail(delimiterTail, bytes, at: index + 1) {
        case .some(true): return index
        case .none where !isLast: return nil
        default: break
        }
      }
      if isLineEnd(byte) { return index }
      guard byte == UInt8(ascii: " ") else { return -1 }
      index += 1
    }
    return isLast ? index : nil
  }

  /// Whether the quote at `index`, which closes nothing, opens a cell, so that the one at `open`
  /// was text: where a cell begins, on a later line, or on the same one if the doubt is read so.
  private mutating func opensCell(_ bytes: Span<UInt8>, open: Int, at index: Int) -> Bool {
    let end = index - 1 - delimiterTail.count
    let isBehindDelimiter =
      end > open && bytes[end] == delimiter
      && Self.hasTail(delimiterTail, bytes, at: end + 1) == true
    guard isBehindDelimiter || index - 1 > open && isLineEnd(bytes[index - 1]) else {
      return false
    }
    if doubt == .opensNext { return true }
    var place = index - 1
    while place > open {
      if isLineEnd(bytes[place]) { return true }
      place -= 1
    }
    isDoubtful = true
    return false
  }

  /// Whether the first of two quotes is text and the second closes the cell: where a delimiter and
  /// a quote follow and the doubt is read so.
  private mutating func closesAtPair(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    let next = index + 2 + delimiterTail.count
    guard next + 1 < bytes.count, bytes[index + 2] == delimiter, bytes[next + 1] == bytes[index],
      Self.hasTail(delimiterTail, bytes, at: index + 3) == true
    else { return false }
    isDoubtful = true
    return doubt == .closesAtPair
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

  private mutating func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    unescaped.append(copying: bytes.extracting(range))
  }

  private mutating func abandon(_ start: (copied: Int, lineBreaks: Int)) -> QuotedCell {
    unescaped.removeLast(unescaped.count - start.copied)
    lineBreakCount = start.lineBreaks
    return .unclosed
  }

  private mutating func close(
    _ bytes: Span<UInt8>, _ run: Range<Int>, _ copyStart: Int, _ strays: Int, end: Int
  ) -> QuotedCell {
    guard unescaped.count > copyStart else {
      let field = FieldSlice(start: run.lowerBound, count: run.count)
      return .closed(field, strayQuoteCount: strays, end: end)
    }
    copy(bytes, run)
    let field = FieldSlice(
      start: copyStart, count: unescaped.count - copyStart, isUnescaped: true)
    return .closed(field, strayQuoteCount: strays, end: end)
  }
}
