// How it works: the sample is read under each dialect that its bytes allow. A dialect is good when
// most rows have the same number of cells, when there are several, when the cells look like whole
// cells, and when no quote is left over. The score is the product, as in G. van den Burg,
// A. Nazábal, C. Sutton, "Wrangling messy CSV files by detecting row and type patterns", DMKD 33
// (2019), with shapes of cells in place of their regular expressions and a weight for how common
// a delimiter is. Check with `score_csv.py` when changing a constant.

/// What a sample of a file tells about its dialect.
struct DialectDetector {
  /// What was found.
  struct Result: Hashable {
    var dialect: CSVDialect
    /// The number of cells that most rows have.
    var columnCount: Int
    /// Bytes of a first line such as `sep=;`.
    var directiveByteCount = 0
  }

  /// The delimiters tried, with how common each is.
  private static let delimiters: [(byte: UInt8, weight: Double)] = [
    (UInt8(ascii: ","), 1), (UInt8(ascii: "\t"), 1), (UInt8(ascii: ";"), 1),
    (UInt8(ascii: "|"), 0.98), (UInt8(ascii: "^"), 0.7), (UInt8(ascii: "~"), 0.7),
    (UInt8(ascii: "`"), 0.6), (1, 0.9), (0x1F, 0.9), (UInt8(ascii: ":"), 0.25),
  ]
  private static let rowLimit = 4000

  /// Finds the dialect of a sample in UTF-8; `isWhole` where the sample ends where the file does.
  static func detect(
    _ sample: Span<UInt8>, isWhole: Bool, options: (delimiter: UInt8?, quote: UInt8?)
  ) -> Result {
    let directive = separatorDirective(sample)
    let body = sample.extracting((directive?.byteCount ?? 0)..<sample.count)
    let histogram = byteCounts(body)
    var best: (score: Double, trial: Trial)?
    for dialect in candidates(
      histogram, delimiter: options.delimiter ?? directive?.delimiter, quote: options.quote)
    {
      let trial = Trial(body, dialect, isWhole: isWhole, rowLimit: rowLimit)
      let weight = delimiters.first { $0.byte == dialect.delimiter }?.weight ?? 1
      let score = trial.score * weight
      if score > best?.score ?? -1 { best = (score, trial) }
    }
    var result = Result(
      dialect: best?.trial.dialect ?? CSVDialect(), columnCount: best?.trial.modalWidth ?? 1)
    if let delimiter = options.delimiter ?? directive?.delimiter {
      result.dialect.delimiter = delimiter
    }
    result.directiveByteCount = directive?.byteCount ?? 0
    return result
  }

  /// A first line `sep=;`, as Excel writes and obeys.
  private static func separatorDirective(
    _ sample: Span<UInt8>
  ) -> (delimiter: UInt8, byteCount: Int)? {
    var index = 0
    let isQuoted = sample.count > 0 && sample[0] == UInt8(ascii: "\"")
    if isQuoted { index = 1 }
    for letter in "sep=".utf8 {
      guard index < sample.count, sample[index] | 0x20 == letter | 0x20 else { return nil }
      index += 1
    }
    guard index < sample.count, sample[index] < 0x80 else { return nil }
    let delimiter = sample[index]
    index += 1
    if isQuoted, index < sample.count, sample[index] == UInt8(ascii: "\"") { index += 1 }
    if index < sample.count, sample[index] == UInt8(ascii: "\r") { index += 1 }
    guard index < sample.count, sample[index] == UInt8(ascii: "\n") else { return nil }
    return (delimiter, index + 1)
  }

  private static func byteCounts(_ sample: Span<UInt8>) -> ContiguousArray<Int> {
    var counts = ContiguousArray<Int>(repeating: 0, count: 256)
    for index in sample.indices { counts[Int(sample[index])] += 1 }
    return counts
  }

  private static func candidates(
    _ histogram: ContiguousArray<Int>, delimiter: UInt8?, quote: UInt8?
  ) -> [CSVDialect] {
    let found = delimiters.map(\.byte).filter { histogram[Int($0)] > 0 }
    let delimiters = delimiter.map { [$0] } ?? (found.isEmpty ? [UInt8(ascii: ",")] : found)
    let (double, single, backslash) = (
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\")
    )
    var quotes: [(UInt8?, UInt8?)] = [(quote ?? double, nil)]
    if histogram[Int(quotes[0].0 ?? 0)] > 0, histogram[Int(backslash)] > 0 {
      quotes.append((quote ?? double, backslash))
    }
    if quote == nil, histogram[Int(single)] > 1 { quotes.append((single, nil)) }
    if quote == nil, histogram[Int(double)] > 0 { quotes.append((nil, nil)) }
    return delimiters.flatMap { delimiter in
      quotes.map { CSVDialect(delimiter: delimiter, quote: $0.0, escape: $0.1) }
    }
  }
}

/// The sample read under one dialect.
private struct Trial {
  let dialect: CSVDialect
  private(set) var modalWidth = 1
  private(set) var score = 0.0

  private var widths: [Int: Int] = [:]
  private var rowCount = 0
  private var typed = 0
  private var words = 0
  private var odd = 0
  private var anomalies = 0
  private var quotedFields = 0
  /// Cells that begin and end with a quote taken for text.
  private var enclosed = 0
  /// Cells that begin with a quote taken for text and hold quotes in pairs.
  private var paired = 0
  /// Quoted cells that would fall apart without quotes.
  private var needed = 0

  init(_ sample: Span<UInt8>, _ dialect: CSVDialect, isWhole: Bool, rowLimit: Int) {
    self.dialect = dialect
    read(sample, isWhole: isWhole, rowLimit: rowLimit)
    modalWidth = widths.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 1
    score = patternScore * typeScore * quoteScore
  }

  private mutating func read(_ sample: Span<UInt8>, isWhole: Bool, rowLimit: Int) {
    var scanner = RecordScanner(dialect)
    var index = 0
    while index < sample.count, rowCount < rowLimit,
      let next = scanner.scan(sample, from: index, isLast: isWhole)
    {
      take(scanner, sample, isComment: sample[index] == UInt8(ascii: "#"))
      index = next
    }
  }

  private mutating func take(_ scanner: RecordScanner, _ sample: Span<UInt8>, isComment: Bool) {
    let fields = scanner.fields
    if fields.count == 1, fields[0].count == 0 { return }
    if isComment, rowCount == 0 { return }
    rowCount += 1
    widths[fields.count, default: 0] += 1
    if scanner.strayQuoteCount > 0 { anomalies += 1 }
    quotedFields += scanner.quotedFieldCount
    let unescaped = scanner.unescaped
    for field in fields {
      weighQuotes(field, sample)
      let range = field.start..<field.start + field.count
      let shape =
        field.isUnescaped
        ? CellShape(unescaped.span.extracting(range)) : CellShape(sample.extracting(range))
      switch shape {
      case .empty: break
      case .typed: typed += 1
      case .words: words += 1
      case .odd: odd += 1
      }
    }
  }

  /// Counts cells where quotes speak for the dialect or against it.
  private mutating func weighQuotes(_ field: FieldSlice, _ sample: Span<UInt8>) {
    guard !field.isUnescaped, field.count > 0 else {
      if field.isUnescaped { needed += 1 }
      return
    }
    let (first, last) = (field.start, field.start + field.count - 1)
    if last + 1 < sample.count, sample[last + 1] == dialect.quote {
      if needsQuotes(sample, first...last) { needed += 1 }
      return
    }
    let quote = UInt8(ascii: "\"")
    if sample[first] != quote, sample[last] != quote { return }
    var count = 0
    for index in first...last where sample[index] == quote { count += 1 }
    if dialect.quote == nil {
      // Quotes in pairs may well be text, such as `"Soap" MacTavish`.
      if count & 1 == 1 { anomalies += 1 }
    } else {
      if sample[first] != sample[last] || first == last { anomalies += 1 }
      if count & 1 == 0 { paired += 1 }
    }
    if sample[first] == sample[last] { enclosed += 1 }
  }

  private func needsQuotes(_ sample: Span<UInt8>, _ range: ClosedRange<Int>) -> Bool {
    for index in range
    where sample[index] == dialect.delimiter || sample[index] == UInt8(ascii: "\n") {
      return true
    }
    return false
  }

  private var patternScore: Double {
    guard rowCount > 0 else { return 0 }
    var sum = 0.0
    for (width, count) in widths {
      let share = Double(count) / Double(rowCount)
      sum += share * share * max(0.05, Double(width - 1) / Double(width))
    }
    return sum
  }

  private var typeScore: Double {
    let all = typed + words + odd
    guard all > 0 else { return 0.1 }
    return (Double(typed) + Double(words) * 0.9 + Double(odd) * 0.1) / Double(all)
  }

  private var quoteScore: Double {
    var score = 1.0
    if anomalies > 0 { score /= 1 + Double(anomalies) / Double(max(rowCount, 1)) }
    if dialect.quote == UInt8(ascii: "'"), quotedFields == 0 { score *= 0.8 }
    if dialect.quote == nil {
      score *= 0.9 / (1 + 0.3 * Double(enclosed) / Double(max(rowCount, 1)))
    }
    if paired > needed { score *= 0.8 }
    if dialect.escape != nil { score *= 0.999 }
    return score
  }
}
