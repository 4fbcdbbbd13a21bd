import FerryCore
public import FerryRecords

/// Finds the records that are the same thing, entity by entity in load order.
///
/// Records with one external id collapse; then what a person decided holds; then the strong keys
/// join identities: the credit code of accounts; the number of quotes, contracts, orders and
/// payments within an account; mobile or e-mail of contacts and leads whose names do not
/// contradict. For an entity that the settings name, the model joins what it is sure of, and
/// leaves to a person what it is not. Deals never merge but by a person's word. The result depends
/// on the records and their order alone.
///
///     let matcher = RecordMatcher(settings: mapping.match)
///     let golden = await matcher.match(input.records)
public struct RecordMatcher: Sendable {
  /// By entity; one that is not here is matched exactly only.
  public var settings: [String: MatchSettings]
  /// What people said.
  public var decisions: [MatchDecision]
  /// So many pairs of each state are listed for review.
  var mostReviewPairs = ReviewPairs.mostPairs

  /// Gathers them.
  public init(settings: [String: MatchSettings] = [:], decisions: [MatchDecision] = []) {
    self.settings = settings
    self.decisions = decisions
  }

  /// Matches the records of all entities.
  ///
  /// - Complexity: O(*n*) in the records, aside from groups that share a key; with a model, in the
  ///   pairs that share something rare.
  public func match(_ input: [String: RecordTable]) async -> [String: GoldenRecords] {
    var chain = MatchChain(input)
    while let step = chain.next(settings, decisions) {
      let model =
        settings[step.entity] == nil
        ? nil : await ModelMatch(step.context, settings: step.settings)
      chain.add(step.golden(model: model, mostReviewPairs: mostReviewPairs))
    }
    return chain.result
  }
}

/// Finds the records that are the same thing by exact rules alone, whatever the settings name.
///
/// - Complexity: O(*n*) in the records, aside from groups that share a key.
public func match(
  _ input: [String: RecordTable], settings: [String: MatchSettings]
) -> [String: GoldenRecords] {
  var chain = MatchChain(input)
  while let step = chain.next(settings, []) { chain.add(step.golden(model: nil)) }
  return chain.result
}

/// The entities of an input, matched one after the other, since later ones refer to earlier ones.
private struct MatchChain {
  private let input: [String: RecordTable]
  private let targets: Set<ReferenceTarget>
  private var references = ReferenceIndex()
  private var names: ArraySlice<String>
  private(set) var result: [String: GoldenRecords] = [:]

  init(_ input: [String: RecordTable]) {
    self.input = input
    targets = ReferenceIndex.targets(of: input.values)
    let chain = SalesChain.entities.map(\.name)
    names = (chain + input.keys.filter { !chain.contains($0) }.sorted())[...]
  }

  /// The next entity; `nil` after the last.
  mutating func next(
    _ settings: [String: MatchSettings], _ decisions: [MatchDecision]
  ) -> EntityMatch? {
    while let name = names.popFirst() {
      guard let table = input[name] else { continue }
      let own = settings[name] ?? MatchSettings()
      let context = MatchContext(
        identities: Identities(table, settings: own), references: references)
      return EntityMatch(
        entity: name, context: context, settings: own,
        decisions: decisions.filter { $0.entity == name })
    }
    return nil
  }

  mutating func add(_ golden: GoldenRecords) {
    references.add(golden, targets: targets)
    result[golden.table.entity.name] = golden
  }
}

/// One entity that is matched.
private struct EntityMatch {
  let entity: String
  let context: MatchContext
  let settings: MatchSettings
  let decisions: [MatchDecision]

  func golden(
    model: ModelMatch?, mostReviewPairs: Int = ReviewPairs.mostPairs
  ) -> GoldenRecords {
    let strategy = MatchStrategy.exact(for: context.table.entity)
    let decided = DecidedPairs(decisions, in: context)
    var links: [MatchLink] = []
    var findings: [Finding] = []
    for stage in strategy.stages {
      let found = stage.links(in: context)
      links += found.links
      findings += found.findings
    }
    let clusters = Clusters(
      links, model: model?.links ?? [], strategy: strategy, decided: decided, in: context)
    var golden = GoldenRecords(
      context.identities, survivor: clusters.survivor, mergeRules: clusters.mergeRules)
    let review = ReviewPairs(
      golden, strategy, model, decided, in: context, mostPairs: mostReviewPairs)
    golden.reviewPairs = review.pairs
    golden.reviewCounts = review.counts
    let conflicts = ConflictingValues(
      golden: golden, settings: settings, references: context.references)
    golden.findings =
      conflicts.findings() + findings + clusters.findings + review.findings + decided.findings
    return golden
  }
}
