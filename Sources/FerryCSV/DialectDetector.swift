// How it works: the samples are read under each dialect that their bytes allow: the file's front,
// and pieces spread over the rest, since a front may be all notes. A dialect is good when
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

  /// Finds the dialect of a file from its front and from pieces of the rest, all in UTF-8.
  ///
  /// `isWhole` says that the front ends where the file does. Pieces start and end at line ends.
  static func detect(
    _ front: Span<UInt8>, pieces: [ContiguousArray<UInt8>] = [], isWhole: Bool,
    options: (delimiter: [UInt8]?, quote: UInt8?)
  ) -> Result {
    let directive = separatorDirective(front)
    let body = front.extracting((directive?.byteCount ?? 0)..<front.count)
    let delimiter = options.delimiter ?? directive.map { [$0.delimiter] }
    var best: (score: Double, trial: DialectTrial)?
    var isExplained = false
    let candidates = DialectCandidates(body, pieces)
    for (dialect, weight) in candidates.dialects(delimiter: delimiter, quote: options.quote) {
      // Blanks are in every file; where something else is good they need no trial.
      if isExplained, dialect.isDelimiterCommonInText { continue }
      let trial = DialectTrial(body, pieces, dialect, isWhole: isWhole)
      let score = trial.score * weight
      if score > best?.score ?? -1 { best = (score, trial) }
      isExplained = isExplained || trial.isSteady && weight > 0.8
    }
    var result = Result(
      dialect: best?.trial.dialect ?? CSVDialect(), columnCount: best?.trial.modalWidth ?? 1)
    if let delimiter { result.dialect.delimiter = delimiter }
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
    guard index < sample.count, isLineEnd(sample[index]) else { return nil }
    let isPair =
      sample[index] == UInt8(ascii: "\r") && index + 1 < sample.count
      && sample[index + 1] == UInt8(ascii: "\n")
    return (delimiter, index + (isPair ? 2 : 1))
  }
}
