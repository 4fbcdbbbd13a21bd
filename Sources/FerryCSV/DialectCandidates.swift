/// The dialects that the bytes of a file allow, each with how common it is.
struct DialectCandidates {
  /// The delimiters of one byte, with how common each is.
  private static let single: [(byte: UInt8, weight: Double)] = [
    (UInt8(ascii: ","), 1), (UInt8(ascii: "\t"), 1), (UInt8(ascii: ";"), 1),
    (UInt8(ascii: "|"), 0.98), (UInt8(ascii: "^"), 0.7), (UInt8(ascii: "~"), 0.7),
    (UInt8(ascii: "`"), 0.6), (1, 0.9), (0x1F, 0.9), (UInt8(ascii: ":"), 0.25),
    (UInt8(ascii: " "), 0.6),
  ]
  /// Chinese punctuation that people type for a comma: three bytes, the first of them alike.
  private static let wide: [[UInt8]] = ["，", "；", "｜"].map { Array($0.utf8) }
  private static let wideWeight = 0.6

  private let double = UInt8(ascii: "\"")
  private let single = UInt8(ascii: "'")
  private let backslash = UInt8(ascii: "\\")
  private let space = UInt8(ascii: " ")

  /// How often each byte comes.
  private var counts = ContiguousArray<Int>(repeating: 0, count: 256)
  /// How often a byte comes with a blank behind it.
  private var blankCounts = ContiguousArray<Int>(repeating: 0, count: 256)
  /// How often a byte, a blank and a quote follow each other.
  private var blankQuoteCounts = ContiguousArray<Int>(repeating: 0, count: 256)
  /// Runs of two within a line, and runs of any other length.
  private var pairCounts = ContiguousArray<Int>(repeating: 0, count: 256)
  private var otherRunCounts = ContiguousArray<Int>(repeating: 0, count: 256)
  private var wideCounts = ContiguousArray<Int>(repeating: 0, count: Self.wide.count)

  /// Counts what stands in the samples.
  init(_ front: Span<UInt8>, _ pieces: [ContiguousArray<UInt8>]) {
    count(front)
    for piece in pieces { count(piece.span) }
  }

  /// What is worth a trial where the caller knows the delimiter or the quote, or neither.
  func dialects(
    delimiter: [UInt8]?, quote: UInt8?
  ) -> [(dialect: CSVDialect, weight: Double)] {
    let delimiters = delimiter.map { [($0, 1.0)] } ?? foundDelimiters
    let quotes = quotes(given: quote)
    return delimiters.flatMap { delimiter, weight in
      quotes.map { quote, escape in
        var dialect = CSVDialect(quote: quote, escape: escape)
        dialect.delimiter = delimiter
        return (dialect, weight)
      }
    }
  }

  private var foundDelimiters: [([UInt8], Double)] {
    var found: [([UInt8], Double)] = []
    for (byte, weight) in Self.single where counts[Int(byte)] > 0 {
      found.append((isAlwaysPair(byte) ? [byte, byte] : [byte], weight))
      if isBeforeBlanks(byte) { found.append(([byte, space], weight)) }
    }
    for (index, bytes) in Self.wide.enumerated() where wideCounts[index] > 0 {
      found.append((bytes, Self.wideWeight))
    }
    // A file of one column has none; the comma is first, so that it wins where nothing scores.
    let comma = [UInt8(ascii: ",")]
    return found.contains { $0.0 == comma } ? found : [(comma, 1)] + found
  }

  private func quotes(given quote: UInt8?) -> [(quote: UInt8?, escape: UInt8?)] {
    let usual = quote ?? double
    var quotes: [(UInt8?, UInt8?)] = [(usual, nil)]
    if counts[Int(usual)] > 0, counts[Int(backslash)] > 0 { quotes.append((usual, backslash)) }
    if quote == nil, counts[Int(single)] > 1 { quotes.append((single, nil)) }
    if quote == nil, counts[Int(double)] > 0 { quotes.append((nil, nil)) }
    return quotes
  }

  /// Whether a blank follows nearly always and quotes stand behind the blank, as in `1, "a, b"`.
  ///
  /// Without quotes the blank is left in the cells, where it harms nothing.
  private func isBeforeBlanks(_ byte: UInt8) -> Bool {
    byte != space && blankQuoteCounts[Int(byte)] > 0
      && blankCounts[Int(byte)] * 5 >= counts[Int(byte)] * 4
  }

  /// Whether the byte comes in twos only, as in `a::b`; commas and the like leave cells empty.
  private func isAlwaysPair(_ byte: UInt8) -> Bool {
    guard pairCounts[Int(byte)] > 0, otherRunCounts[Int(byte)] == 0 else { return false }
    return switch byte {
    case UInt8(ascii: ":"): true
    // A cell may be empty now and then, but not every second one.
    case UInt8(ascii: "|"), UInt8(ascii: "~"), UInt8(ascii: "^"):
      pairCounts[Int(byte)] >= 2 * max(counts[0x0A], counts[0x0D], 1)
    default: false
    }
  }

  private mutating func count(_ sample: Span<UInt8>) {
    var index = 0
    while index < sample.count {
      let byte = sample[index]
      var end = index + 1
      while end < sample.count, sample[end] == byte { end += 1 }
      note(byte, index..<end, sample)
      index = end
    }
  }

  private mutating func note(_ byte: UInt8, _ run: Range<Int>, _ sample: Span<UInt8>) {
    let slot = Int(byte)
    counts[slot] += run.count
    if run.upperBound < sample.count, sample[run.upperBound] == space {
      blankCounts[slot] += 1
      if run.upperBound + 1 < sample.count, sample[run.upperBound + 1] == double {
        blankQuoteCounts[slot] += 1
      }
    }
    let isInLine = run.upperBound < sample.count && !isLineEnd(sample[run.upperBound])
    if run.count != 2 { otherRunCounts[slot] += 1 } else if isInLine { pairCounts[slot] += 1 }
    guard byte == 0xEF, run.lowerBound + 2 < sample.count else { return }
    for (index, bytes) in Self.wide.enumerated()
    where sample[run.lowerBound + 1] == bytes[1] && sample[run.lowerBound + 2] == bytes[2] {
      wideCounts[index] += 1
    }
  }
}

extension CSVDialect {
  /// Whether the delimiter also parts words or sentences, so that it takes more evidence.
  var isDelimiterCommonInText: Bool {
    delimiter == [UInt8(ascii: " ")] || delimiter.first ?? 0 >= 0x80
  }
}
