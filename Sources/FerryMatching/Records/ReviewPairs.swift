import FerryCore
import FerryRecords

/// Gathers the pairs of an entity that a person should or may decide, each once.
struct ReviewPairs {
  /// More pairs of one state than this are not kept.
  private static let mostPairs = 10_000

  private(set) var pairs: [ReviewPair] = []
  /// What is said of the pairs that are open.
  private(set) var findings: [Finding] = []
  private let golden: GoldenRecords
  private let context: MatchContext
  private let model: ModelMatch?
  /// Pairs of clusters that are dealt with.
  private var seen: Set<[Int32]> = []

  init(
    _ golden: GoldenRecords, _ strategy: MatchStrategy, _ model: ModelMatch?,
    _ decided: DecidedPairs, in context: MatchContext
  ) {
    self.golden = golden
    self.context = context
    self.model = model
    let old = decided.listed.prefix(Self.mostPairs).map { pair in
      _ = isNew(pair.left, pair.right)
      return reviewPair(
        pair.left, pair.right, .decided(isSame: pair.isSame),
        pair.isSame ? .decisionSame : .decisionDifferent)
    }
    addLikely(strategy)
    pairs.sort { ($0.right, $0.left) < ($1.right, $1.left) }
    findings = pairs.map(\.finding)
    pairs += old
    addMerged(decided)
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
    guard pairs.count < Self.mostPairs, golden.survivor[left] != golden.survivor[right],
      isNew(left, right)
    else { return }
    pairs.append(reviewPair(left, right, .open, rule))
  }

  private mutating func isNew(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (golden.survivor[left], golden.survivor[right])
    return seen.insert([min(one, other), max(one, other)]).inserted
  }

  private mutating func addMerged(_ decided: DecidedPairs) {
    var count = 0
    for identity in 0..<golden.count where count < Self.mostPairs {
      let survivor = Int(golden.survivor[identity])
      guard survivor != identity, !decided.holds(survivor, identity) else { continue }
      pairs.append(reviewPair(survivor, identity, .merged, .mergedInto))
      count += 1
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
