import FerryCore
import FerryRecords

/// How many pairs of records of an entity a person should or may decide.
public struct ReviewCounts: Hashable, Sendable {
  /// The entity's name.
  public let entity: String
  /// Pairs that nobody has decided.
  public var open = 0
  /// Pairs that a person decided on.
  public var decided = 0
  /// Records that went into another without a person's word.
  public var merged = 0
  /// Of all these, the ones that are counted only: the plan and the workbook do not list them.
  public var leftOut = 0

  /// Whether there is any pair.
  public var hasAny: Bool { open + decided + merged > 0 }

  /// Starts counting.
  public init(entity: String) { self.entity = entity }
}

/// Gathers the pairs of an entity that a person should or may decide, each once.
///
/// At most so many of each state are listed, of the open ones those that are surest; the others are
/// counted, and said.
struct ReviewPairs {
  /// No person decides on more than this in one workbook.
  static let mostPairs = 10_000

  private(set) var pairs: [ReviewPair] = []
  private(set) var counts: ReviewCounts
  private let mostPairs: Int
  /// What is said of the pairs that are open.
  private(set) var findings: [Finding] = []
  private let golden: GoldenRecords
  private let context: MatchContext
  private let model: ModelMatch?
  /// Pairs of clusters that are dealt with.
  private var seen: Set<UInt64> = []

  init(
    _ golden: GoldenRecords, _ strategy: MatchStrategy, _ model: ModelMatch?,
    _ decided: DecidedPairs, _ known: KnownReviews?, in context: MatchContext,
    mostPairs: Int = Self.mostPairs
  ) {
    self.golden = golden
    self.mostPairs = mostPairs
    counts = ReviewCounts(entity: context.table.entity.name)
    self.context = context
    self.model = model
    counts.decided = decided.listed.count
    for pair in decided.listed { _ = isNew(pair.left, pair.right) }
    let old = decided.listed.prefix(mostPairs).map { pair -> ReviewPair in
      let isSame = pair.decision.isSame
      var old = reviewPair(
        pair.left, pair.right, .decided(isSame: isSame),
        isSame ? .decisionSame : .decisionDifferent)
      old.picks = pair.decision.picks
      return old
    }
    addLikely(strategy)
    if let known { pairs += known.open }
    pairs.sort { ($0.right, $0.left) < ($1.right, $1.left) }
    findings = pairs.map(\.finding)
    counts.open += known?.counts.open ?? 0
    sayLeftOut()
    pairs += old + (known?.decided ?? [])
    addMerged(decided)
    pairs += known?.merged ?? []
    counts.decided += known?.counts.decided ?? 0
    counts.merged += known?.counts.merged ?? 0
    counts.leftOut = counts.open + counts.decided + counts.merged - pairs.count
  }

  private mutating func sayLeftOut() {
    guard counts.open > pairs.count else { return }
    findings.append(
      Finding(
        .reviewLeftOut,
        arguments: [
          counts.entity, String(counts.open - pairs.count), String(counts.open),
          String(pairs.count),
        ]))
  }

  // The surest pair of two clusters stands for all between them.
  private mutating func addLikely(_ strategy: MatchStrategy) {
    let found = (model?.pairs ?? []).sorted {
      ($1.probability, $0.left, $0.right) < ($0.probability, $1.left, $1.right)
    }
    for pair in found {
      let isContradicted =
        strategy.modelContradiction?.holds(pair.left, pair.right, in: context) ?? false
      if !isContradicted { addOpen(pair.left, pair.right, .matchReview) }
    }
    for stage in strategy.reviews {
      for pair in stage.pairs(in: golden, context) { addOpen(pair.left, pair.right, stage.rule) }
    }
  }

  private mutating func addOpen(_ left: Int, _ right: Int, _ rule: Rule) {
    guard golden.survivor[left] != golden.survivor[right], isNew(left, right) else { return }
    counts.open += 1
    guard pairs.count < mostPairs else { return }
    pairs.append(reviewPair(left, right, .open, rule))
  }

  private mutating func isNew(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (golden.survivor[left], golden.survivor[right])
    return seen.insert(UInt64(min(one, other)) << 32 | UInt64(max(one, other))).inserted
  }

  private mutating func addMerged(_ decided: DecidedPairs) {
    for identity in 0..<golden.count {
      let survivor = Int(golden.survivor[identity])
      guard survivor != identity, !decided.holds(survivor, identity) else { continue }
      counts.merged += 1
      guard counts.merged <= mostPairs else { continue }
      pairs.append(reviewPair(survivor, identity, .merged, .mergedInto))
    }
  }

  private func reviewPair(
    _ left: Int, _ right: Int, _ state: ReviewPair.State, _ rule: Rule
  ) -> ReviewPair {
    let explanation = model?.explanation(left, right)
    let field = context.table.fieldIndex("name") ?? 0
    let value = context.identities.value(ofField: field, identity: right)
    var arguments = [context.place(ofField: field, identity: left).description]
    if rule == .matchReview, let explanation {
      arguments += [
        MatchExplanation.probability(explanation.probability),
        explanation.text(in: .english), explanation.text(in: .chinese),
      ]
    }
    if rule == .mergedInto { arguments.append(golden.mergeRules[Int32(right)] ?? "") }
    let finding = Finding(
      rule, at: context.place(ofField: field, identity: right),
      value: context.table.arena.string(value), arguments: arguments)
    return ReviewPair(
      left: left, right: right, state: state, finding: finding, explanation: explanation)
  }
}
