// How it works: a record is scanned in one go from a buffer; where the buffer ends inside it, the
// scan says so and starts anew with more bytes. So there is no state between two buffers. Eight
// bytes are tested together for what can end a cell. Cells are slices of the buffer; only a cell
// with escaped quotes is copied. A quote that never closes is found at the end (or at the limit),
// or where the next quote plainly opens a cell on a later line; it is then text. Where a record
// with doubtful quotes has not the table's width, the other readings of the doubt are tried over
// the same bytes, and one that gives the width is taken. `ScannerTests` hold the search of eight
// bytes against one of single bytes; check them when changing this.

/// A cell as a slice of the scanned bytes, or of ``RecordScanner/unescaped``.
struct FieldSlice: Hashable {
  private let first: UInt32
  // The lowest bit tells the two kinds apart.
  private let countAndKind: UInt32

  @inline(__always)
  init(start: Int, count: Int, isUnescaped: Bool = false) {
    first = UInt32(truncatingIfNeeded: start)
    countAndKind = UInt32(truncatingIfNeeded: count) << 1 | (isUnescaped ? 1 : 0)
  }

  var start: Int { Int(first) }
  var count: Int { Int(countAndKind >> 1) }
  /// Whether the slice is one of ``RecordScanner/unescaped``.
  var isUnescaped: Bool { countAndKind & 1 == 1 }
}

/// Finds the cells of one record after another.
struct RecordScanner {
  /// How a quote in doubt is read.
  enum Doubt: CaseIterable {
    /// Inside a quoted cell, a quote that can't close it is text.
    case keepsOpen
    /// A quote that stands where a cell begins opens one; the quote before it was text.
    case opensNext
    /// Two quotes before a delimiter are one of the text and one that closes.
    case closesAtPair
  }

  /// Cells that are made room for at once.
  private static let fieldRoom = 64

  let delimiter: UInt8
  let delimiterTail: ContiguousArray<UInt8>
  private let quote: UInt8?
  /// The quote itself where the dialect has no escape.
  let escape: UInt8
  private let longestRecord: Int
  private let expectedWidth: Int
  var doubt = Doubt.keepsOpen

  /// The cells of the record scanned last.
  private(set) var fields = ContiguousArray<FieldSlice>()
  /// The values of the cells that had escapes.
  var unescaped = ContiguousArray<UInt8>()
  /// Quotes inside quoted cells that were neither doubled nor escaped.
  private(set) var strayQuoteCount = 0
  /// How many quotes opened a cell of the record and were never closed; they stay as text.
  private(set) var unclosedQuoteCount = 0
  /// How many lines below the record's first the first of these opened.
  private(set) var unclosedLineOffset = 0
  /// Line ends inside quoted cells.
  var lineBreakCount = 0
  /// Whether the record has more cells than any table; the scan gave up.
  private(set) var isTooWide = false
  /// How many cells were enclosed in quotes.
  private(set) var quotedFieldCount = 0
  /// Whether a quote of the record could have been read in another way.
  var isDoubtful = false

  /// `expectedWidth` is what most records have; 0 where that is not known.
  init(
    _ dialect: CSVDialect, expectedWidth: Int = 0,
    longestRecord: Int = CSVLimits.recordByteCount
  ) {
    delimiter = dialect.delimiter.first ?? UInt8(ascii: ",")
    delimiterTail = ContiguousArray(dialect.delimiter.dropFirst())
    quote = dialect.quote
    escape = dialect.escape ?? dialect.quote ?? 0
    self.expectedWidth = expectedWidth
    self.longestRecord = longestRecord
  }

  /// Scans the record that starts at `start`; `isLast` where nothing follows `bytes`.
  ///
  /// - Returns: The offset after its line end; `nil` where the record goes on past `bytes`.
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
    let end = scanOnce(bytes, from: start, isLast: isLast)
    guard isDoubtful, let end, expectedWidth > 1, fields.count != expectedWidth else { return end }
    return scanOtherwise(bytes.extracting(0..<end), from: start)
  }

  /// Reads the quotes of the record in other ways until it is as wide as the table.
  ///
  /// Only the record's own bytes count, so that the result does not depend on the buffer's end.
  private mutating func scanOtherwise(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    for other in [Doubt.closesAtPair, .opensNext] {
      doubt = other
      let end = scanOnce(bytes, from: start, isLast: true)
      doubt = .keepsOpen
      if fields.count == expectedWidth { return end }
    }
    return scanOnce(bytes, from: start, isLast: true)
  }

  private mutating func scanOnce(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
    fields.removeAll(keepingCapacity: true)
    unescaped.removeAll(keepingCapacity: true)
    (strayQuoteCount, unclosedQuoteCount, quotedFieldCount) = (0, 0, 0)
    (lineBreakCount, isDoubtful) = (0, false)
    var index = start
    while true {
      switch scanCells(bytes, from: index, limit: start + longestRecord, isLast: isLast) {
      case .nextCell(let next):
        index = next
        if fields.count < CSVLimits.columnCount { continue }
        isTooWide = true
        return nil
      case .lineEnd(let place):
        let next = place + 1
        guard bytes[place] == UInt8(ascii: "\r") else { return next }
        if next == bytes.count { return isLast ? next : nil }
        return bytes[next] == UInt8(ascii: "\n") ? next + 1 : next
      case .end: return isLast ? bytes.count : nil
      case .incomplete: return nil
      }
    }
  }

  /// Adds the cell at `start`, and those behind it up to the next quoted one.
  private mutating func scanCells(
    _ bytes: Span<UInt8>, from start: Int, limit: Int, isLast: Bool
  ) -> Stop {
    guard let quote, start < bytes.count, bytes[start] == quote else {
      return scanPlain(bytes, from: start, isLast: isLast)
    }
    switch scanQuoted(bytes, from: start, limit: limit, isLast: isLast, quote: quote) {
    case .incomplete: return .incomplete
    case .unclosed:
      if unclosedQuoteCount == 0 { unclosedLineOffset = lineBreakCount }
      unclosedQuoteCount += 1
      return scanPlain(bytes, from: start, isLast: isLast)
    case .closed(let field, let strays, let end):
      quotedFieldCount += 1
      strayQuoteCount += strays
      fields.append(field)
      guard end < bytes.count else { return .end }
      return isLineEnd(bytes[end]) ? .lineEnd(end) : .nextCell(end + 1 + delimiterTail.count)
    }
  }

  /// Adds cells that are not quoted, the first of them at `start` whatever it begins with.
  private mutating func scanPlain(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Stop {
    let (delimiter, quote, tail) = (delimiter, quote, delimiterTail)
    let pattern = ByteWord.pattern(delimiter)
    let raw = unsafe bytes.bytes
    var stop = Stop.end
    fields.append(addingCapacity: Self.fieldRoom) { output in
      var (cell, index) = (start, start)
      while index < bytes.count {
        let word = ByteWord(raw, at: index)
        var places = word.places(of: pattern) | word.placesOfControls
        while places != 0 {
          let place = index + places.firstPlace
          places.dropFirstPlace()
          let byte = bytes[place]
          if byte == delimiter {
            if place < cell { continue }
            if !tail.isEmpty {
              switch Self.hasTail(tail, bytes, at: place + 1) {
              case .some(true): break
              case .none where !isLast:
                stop = .incomplete
                return
              default: continue
              }
            }
            output.append(FieldSlice(start: cell, count: place - cell))
            cell = place + 1 + tail.count
            if output.freeCapacity == 0 || cell < bytes.count && bytes[cell] == quote {
              stop = .nextCell(cell)
              return
            }
          } else if isLineEnd(byte) {
            output.append(FieldSlice(start: cell, count: place - cell))
            stop = .lineEnd(place)
            return
          }
        }
        index += 8
      }
      output.append(FieldSlice(start: cell, count: bytes.count - cell))
    }
    return stop
  }

  /// Whether the rest of a delimiter stands at `index`; `nil` where `bytes` end inside it.
  static func hasTail(
    _ tail: ContiguousArray<UInt8>, _ bytes: Span<UInt8>, at index: Int
  ) -> Bool? {
    for offset in tail.indices {
      guard index + offset < bytes.count else { return nil }
      if bytes[index + offset] != tail[offset] { return false }
    }
    return true
  }
}

/// What follows the cells that were scanned.
private enum Stop {
  /// A cell that begins here.
  case nextCell(Int)
  /// The line end at this place.
  case lineEnd(Int)
  /// Nothing.
  case end
  /// More bytes are needed to tell.
  case incomplete
}
