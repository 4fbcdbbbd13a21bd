import Foundation

/// Matches the rows of a table, or of two tables, against each other.
///
///     let run = MatchRun(table, options: MatchOptions())
///     let model = await run.learnedModel()
///     let result = await run.result(by: model)
public struct MatchRun: Sendable {
  /// EM needs no more rows than this, with all their candidate pairs.
  private static let mostLearnedRows = 20_000
  /// In a table of *n* rows so many matches are expected, a row, before anything is known.
  private static let expectedMatches = 0.3
  /// The share of them that counts as if it had been seen.
  private static let trust = 0.15

  /// Share of the pairs that large groups bring which are taken to match, before anything is known.
  private static let likelyShare = 0.05

  /// So many pairs at most are told of rows that are like others, the surest of each.
  private static let mostAlikePairs = 5_000_000

  let fields: [any ComparedField]
  private let rowCount: Int
  private let otherSideStart: Int
  let options: MatchOptions
  private let search: CandidateSearch
  private let equal: EqualRows

  /// Takes a table; with `otherSideStart`, rows from there on are another table's and pairs are
  /// made across only.
  public init(_ table: consuming MatchTable, otherSideStart: Int = 0, options: MatchOptions) {
    rowCount = table.rowCount
    let rules = table.rules
    fields = table.fields()
    self.otherSideStart = otherSideStart
    self.options = options
    let equal = EqualRows(fields, rowCount: rowCount, otherSideStart: otherSideStart)
    var limits = SearchLimits(rowCount: rowCount)
    if !rules.isEmpty { limits.followRules(rowCount: rowCount) }
    let context = SearchContext(
      rowCount: rowCount, otherSideStart: otherSideStart, equal: equal,
      usesParts: limits.usesParts(rowCount: rowCount, knownValues: Self.knownValues(fields)))
    let fields = fields
    search = CandidateSearch(context, limits: limits) {
      rules.isEmpty
        ? fields.enumerated().map { $1.makeIndex(place: $0, in: context) }
        : rules.enumerated().map { $1.index(place: $0, in: context) }
    } areLikely: {
      Self.areLikely($0, fields)
    }
    self.equal = equal
  }

  /// How many fields are known, in all rows.
  private static func knownValues(_ fields: [any ComparedField]) -> Int {
    fields.reduce(0) { $0 + $1.knownRowCount }
  }

  /// Whether the defaults of the fields hold pairs for matches.
  private static func areLikely(
    _ pairs: ContiguousArray<RowPair>, _ fields: [any ComparedField]
  ) -> [Bool] {
    let model = MixtureModel(fields.map(FieldPrior.init), matchShare: likelyShare)
    return Parallel.map(pairs.count, by: 4096) { range in
      Self.patterns(of: ContiguousArray(pairs[range]), fields).map {
        MixtureModel.probability(ofWeight: model.matchWeight(of: $0)) > 0.5
      }
    }.flatMap(\.self)
  }

  /// Learns from the table what agreement and disagreement in each field are worth.
  public func learnedModel() async -> MatchModel {
    // A small table against a large one teaches little: EM over all its candidates, most of them
    // chance partners, finds the wrong class. So few rows are asked, and the defaults decide.
    let stride = max(1, rowCount / Self.mostLearnedRows)
    let found = RowChunks(count: rowCount, stride: stride).map(search) { patterns(of: $0) }
    var counts = PatternCounts()
    for patterns in found {
      for pattern in patterns { counts.add(pattern) }
    }
    let pairs = Double(max(1, counts.pairCount)) * Double(stride)
    let given = options.prior.map { $0 * allPairs / pairs }
    let expected = Self.expectedMatches * Double(smallerSide) / pairs
    let share = min(0.5, max(1e-4, given ?? expected))
    let learning = MixtureLearning(
      priors: fields.map(FieldPrior.init),
      course: LearningCourse(
        expectedMatches: Self.expectedMatches * Double(smallerSide) / Double(stride) * Self.trust,
        keepsMatchShare: given != nil),
      matchShare: (share, min(0.5, share * pairs / max(allPairs, 1))))
    let mixture = learning.model(of: counts)
    let matches = learning.isAlone ? expected : mixture.classes[0].weight
    return MatchModel(
      mixture, fields: fields, learnedFrom: counts.pairCount,
      prior: allPairs > 0 ? matches * pairs / allPairs : 0)
  }

  var modelFields: [MatchModel.Field] { fields.map(MatchModel.Field.init) }

  private var largeGroups: LargeGroups? {
    guard var large = search.largeGroups else { return nil }
    let rules = options.blocking ?? []
    large.largestField =
      rules.isEmpty
      ? fields[large.largestPlace].name : rules[large.largestPlace].joined(separator: "+")
    return large
  }

  private var smallerSide: Int {
    otherSideStart > 0 ? min(otherSideStart, rowCount - otherSideStart) : rowCount
  }

  private var allPairs: Double {
    otherSideStart > 0
      ? Double(otherSideStart) * Double(rowCount - otherSideStart)
      : Double(rowCount) * Double(rowCount - 1) / 2
  }

  /// Learns from the table and finds its pairs and clusters.
  public func result() async -> MatchResult { await result(by: learnedModel()) }

  /// Finds the pairs and clusters; the same input gives the same output, whatever the threads.
  public func result(by model: MatchModel) async -> MatchResult {
    let mixture = model.mixture
    let review = options.review
    let chunks = RowChunks(count: rowCount, stride: 1).map(search) { pairs in
      ScoredChunk(pairs, patterns(of: pairs), mixture, review: review)
    }
    var figures = MatchFigures(rowCount: rowCount)
    for chunk in chunks { figures.add(chunk.figures) }
    figures.largeGroups = largeGroups
    var pairs = chunks.flatMap(\.pairs).sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    if otherSideStart > 0, options.link == .one {
      pairs = BestPartners.of(pairs, rowCount, alike: equal)
    }
    var clusters = PairClusters(
      rowCount: rowCount, pairs: pairs, review: options.review, merge: options.merge,
      weight: { mixture.matchWeight(of: pattern(of: $0)) })
    let equalPairs = otherSideStart > 0 ? linkedAlike(pairs) : equalPairs(mixture)
    for pair in equalPairs where pair.probability >= options.merge {
      let (known, alike) =
        equal.isLeftOut(pair.right) ? (pair.left, pair.right) : (pair.right, pair.left)
      clusters.add(alike, likeRow: known)
    }
    pairs = (pairs + equalPairs).sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    figures.countFound(pairs, merge: options.merge)
    return MatchResult(pairs: pairs, clusters: clusters.firstRows, figures: figures)
  }

  /// Pairs each row that was not compared with the one that it is like.
  private func equalPairs(_ model: MixtureModel) -> [MatchedPair] {
    equal.leftOut.compactMap { row in
      let pair = RowPair(left: equal.firstRows[Int(row)], right: row)
      let probability = MixtureModel.probability(ofWeight: model.matchWeight(of: pattern(of: pair)))
      guard probability >= options.review else { return nil }
      return MatchedPair(left: Int(pair.left), right: Int(row), probability: probability)
    }
  }

  /// Pairs each row that was not compared with the best partners of the one that it is like.
  private func linkedAlike(_ pairs: [MatchedPair]) -> [MatchedPair] {
    guard options.link == .many, !equal.leftOut.isEmpty else { return [] }
    let alike = equal.alike
    let most = max(1, Self.mostAlikePairs / equal.leftOut.count)
    var told: [UInt32: Int] = [:]
    var all: [MatchedPair] = []
    for pair in pairs.sorted(by: { ($1.probability, $0.left) < ($0.probability, $1.left) }) {
      for (row, partner) in [(pair.left, pair.right), (pair.right, pair.left)] {
        guard let rows = alike[UInt32(row)], told[UInt32(row), default: 0] < most else { continue }
        told[UInt32(row), default: 0] += 1
        all += rows.map {
          MatchedPair(
            left: min(Int($0), partner), right: max(Int($0), partner),
            probability: pair.probability)
        }
      }
    }
    return all
  }

  /// Why two rows are held to be the same, or not; rows count from 0.
  public func explanation(left: Int, right: Int, by model: MatchModel) -> MatchExplanation {
    let pair = RowPair(left: UInt32(min(left, right)), right: UInt32(max(left, right)))
    return MatchExplanation(pattern(of: pair), model.mixture, fields)
  }

  private func patterns(of pairs: ContiguousArray<RowPair>) -> ContiguousArray<Pattern> {
    Self.patterns(of: pairs, fields)
  }

  private static func patterns(
    of pairs: ContiguousArray<RowPair>, _ fields: [any ComparedField]
  ) -> ContiguousArray<Pattern> {
    var patterns = ContiguousArray<Pattern>(repeating: 0, count: pairs.count)
    for (index, field) in fields.enumerated() {
      field.addCodes(of: pairs, at: index, to: &patterns)
    }
    return patterns
  }

  private func pattern(of pair: RowPair) -> Pattern {
    var pattern: Pattern = 0
    for (index, field) in fields.enumerated() {
      pattern |= Pattern(field.code(of: pair)) << (index * Pattern.bitsPerField)
    }
    return pattern
  }
}
