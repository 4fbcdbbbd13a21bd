/// Samples of a file read under one dialect.
struct DialectTrial {
  /// Rows that are read of a file that is all front, or of the front and of each piece.
  private static let rowLimits = (whole: 4000, front: 2000, piece: 200)

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

  /// Reads the samples; `isWhole` where the first ends where the file does.
  init(
    _ front: Span<UInt8>, _ pieces: [ContiguousArray<UInt8>], _ dialect: CSVDialect, isWhole: Bool
  ) {
    self.dialect = dialect
    read(
      front, isWhole: isWhole,
      rowLimit: pieces.isEmpty ? Self.rowLimits.whole : Self.rowLimits.front)
    for piece in pieces {
      read(piece.span, isWhole: false, rowLimit: rowCount + Self.rowLimits.piece)
    }
    modalWidth = widths.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 1
    score = isUnlikely ? 0 : patternScore * typeScore * quoteScore
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
    where sample[index] == dialect.delimiter[0] || sample[index] == UInt8(ascii: "\n") {
      return true
    }
    return false
  }

  /// Whether four of five rows are equally wide, and no quote is left over.
  var isSteady: Bool {
    modalWidth > 1 && rowCount > 1 && anomalies == 0
      && (widths[modalWidth] ?? 0) * 5 >= rowCount * 4
  }

  /// Whether what parts cells also stands in any text, as blanks do, and too little speaks for it.
  ///
  /// It takes rows of three cells or more, and either nearly every row quotes a cell that holds
  /// the delimiter, or the rows are steady; behind blanks, with numbers and dates among the cells.
  private var isUnlikely: Bool {
    guard dialect.isDelimiterCommonInText else { return false }
    guard rowCount > 2, modalWidth > 2 else { return true }
    if anomalies == 0, needed * 10 >= rowCount * 9 { return false }
    let isTyped = dialect.delimiter[0] >= 0x80 || typed * 3 >= typed + words + odd
    return !isSteady || !isTyped
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
