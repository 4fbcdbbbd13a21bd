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
  /// Told before the records of an entity are compared, and while a store's are read: the entity,
  /// how many records, and whether they are the store's.
  public var progress: @Sendable (_ entity: String, _ count: Int, _ isStore: Bool) -> Void =
    { _, _, _ in }
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
    var chain = MatchChain(input, settings)
    while let step = chain.next(settings, decisions) {
      let model = await model(step)
      chain.add(step.golden(step.clusters(model: model), model: model, mostPairs: mostReviewPairs))
    }
    return chain.result
  }

  /// Matches the records of all entities against each other, and those that are new against what a
  /// store holds already.
  ///
  /// Of records that are one, one that the store knows survives. A new record of an entity that the
  /// settings name goes into the record of the store that it surely is, see
  /// ``GoldenRecords/storeLinks``; what is likely is for review. Records of the store are never
  /// made one.
  ///
  /// - Complexity: Reads the store's ids, and where something is new, the fields that it is
  ///   compared by.
  public func match(
    _ input: [String: RecordTable], against known: any KnownRecords
  ) async throws -> [String: GoldenRecords] {
    var chain = MatchChain(input, settings)
    while let step = chain.next(settings, decisions) {
      let model = await model(step)
      var side = try await KnownSide(
        step.context, settings: settings[step.entity], decisions: step.decisions, known
      ) { progress(step.entity, $0, true) }
      var clusters = step.clusters(model: model, side)
      if settings[step.entity] == nil { try await side.findStored(among: clusters.merged) }
      clusters.prefer(side.isKnown)
      let outcome = KnownOutcome(side, survivor: clusters.survivor, known, in: step.context)
      let reviews = try await KnownReviews(
        side, outcome, known, in: step.context, mostPairs: mostReviewPairs)
      var golden = step.golden(clusters, model: model, reviews, mostPairs: mostReviewPairs)
      golden.storeLinks = outcome.links
      golden.findings += outcome.findings + side.findings
      chain.add(golden)
    }
    return chain.result
  }

  private func model(_ step: EntityMatch) async -> ModelMatch? {
    guard settings[step.entity] != nil else { return nil }
    progress(step.entity, step.context.identities.count, false)
    return await ModelMatch(step.context, settings: step.settings)
  }
}

/// Finds the records that are the same thing by exact rules alone, whatever the settings name.
///
/// - Complexity: O(*n*) in the records, aside from groups that share a key.
public func match(
  _ input: [String: RecordTable], settings: [String: MatchSettings]
) -> [String: GoldenRecords] {
  var chain = MatchChain(input, settings)
  while let step = chain.next(settings, []) { chain.add(step.golden(step.clusters())) }
  return chain.result
}

/// The entities of an input, matched one after the other, since later ones refer to earlier ones.
private struct MatchChain {
  private let input: [String: RecordTable]
  private let targets: Set<ReferenceTarget>
  private var references = ReferenceIndex()
  private var names: ArraySlice<String>
  private let identities: [String: Identities]
  private(set) var result: [String: GoldenRecords] = [:]

  init(_ input: [String: RecordTable], _ settings: [String: MatchSettings]) {
    self.input = input
    targets = ReferenceIndex.targets(of: input.values)
    let chain = SalesChain.entities.map(\.name)
    let names = (chain + input.keys.filter { !chain.contains($0) }.sorted()).filter {
      input[$0] != nil
    }
    self.names = names[...]
    let found = Parallel.map(names.count) { number in
      input[names[number]].map { Identities($0, settings: settings[names[number]] ?? .init()) }
    }
    identities = Dictionary(
      zip(names, found).compactMap { name, one in one.map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The next entity; `nil` after the last.
  mutating func next(
    _ settings: [String: MatchSettings], _ decisions: [MatchDecision]
  ) -> EntityMatch? {
    while let name = names.popFirst() {
      guard let identities = identities[name] else { continue }
      let own = settings[name] ?? MatchSettings()
      let context = MatchContext(identities: identities, references: references)
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

  private let strategy: MatchStrategy
  private let decided: DecidedPairs

  init(
    entity: String, context: MatchContext, settings: MatchSettings, decisions: [MatchDecision]
  ) {
    self.entity = entity
    self.context = context
    self.settings = settings
    self.decisions = decisions
    strategy = MatchStrategy.exact(for: context.table.entity)
    decided = DecidedPairs(decisions, in: context)
  }

  /// Joins what is one; what the stages say of it comes first among the clusters' findings.
  func clusters(model: ModelMatch? = nil, _ side: KnownSide? = nil) -> Clusters {
    var links: [MatchLink] = []
    var findings: [Finding] = []
    let (stages, context) = (strategy.stages, context)
    for found in Parallel.map(stages.count, { stages[$0].links(in: context) }) {
      links += found.links
      findings += found.findings
    }
    var clusters = Clusters(
      links + (side?.together ?? []), model: (model?.links ?? []) + (side?.found.links ?? []),
      strategy: strategy, decided: decided, in: context)
    clusters.findings = findings + clusters.findings
    return clusters
  }

  func golden(
    _ clusters: Clusters, model: ModelMatch? = nil, _ known: KnownReviews? = nil,
    mostPairs: Int = ReviewPairs.mostPairs
  ) -> GoldenRecords {
    var golden = GoldenRecords(
      context.identities, survivor: clusters.survivor, mergeRules: clusters.mergeRules)
    for pick in decided.picks {
      let survivor = Int(golden.survivor[pick.identity])
      golden.picks[PickedField(survivor: survivor, field: pick.field)] = pick.identity
    }
    let review = ReviewPairs(
      golden, strategy, model, decided, known, in: context, mostPairs: mostPairs)
    golden.reviewPairs = review.pairs
    golden.reviewCounts = review.counts
    golden.overview = model?.overview
    let conflicts = ConflictingValues(golden, settings, context.references)
    golden.findings =
      conflicts.findings() + clusters.findings + review.findings + decided.findings
    return golden
  }
}
