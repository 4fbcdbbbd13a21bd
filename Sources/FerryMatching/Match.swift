import FerryCore
public import FerryRecords

/// Finds the records that are the same thing, entity by entity in load order.
///
/// Records with one external id collapse; then the strong keys join identities: the credit code
/// of accounts; the number of quotes, contracts, orders and payments within an account; mobile
/// or e-mail of contacts and leads whose names do not contradict. Deals never merge. The result
/// depends on the records and their order alone.
///
/// - Complexity: O(*n*) in the records, aside from groups that share a key.
public func match(
  _ input: [String: RecordTable], settings: [String: MatchSettings]
) -> [String: GoldenRecords] {
  let targets = ReferenceIndex.targets(of: input.values)
  var references = ReferenceIndex()
  var result: [String: GoldenRecords] = [:]
  let chain = SalesChain.entities.map(\.name)
  let others = input.keys.filter { !chain.contains($0) }.sorted()
  for name in chain + others {
    guard let table = input[name] else { continue }
    let golden = goldenRecords(
      of: table, settings: settings[name] ?? MatchSettings(), references: references)
    references.add(golden, targets: targets)
    result[name] = golden
  }
  return result
}

private func goldenRecords(
  of table: RecordTable, settings: MatchSettings, references: ReferenceIndex
) -> GoldenRecords {
  let context = MatchContext(
    identities: Identities(table, settings: settings), references: references)
  let strategy = MatchStrategy.exact(for: table.entity)
  var links: [MatchLink] = []
  var findings: [Finding] = []
  for stage in strategy.stages {
    let found = stage.links(in: context)
    links += found.links
    findings += found.findings
  }
  let clusters = Clusters(links, contradiction: strategy.contradiction, in: context)
  var golden = GoldenRecords(
    context.identities, survivor: clusters.survivor, mergeRules: clusters.mergeRules)
  findings += clusters.findings
  for review in strategy.reviews { findings += review.findings(in: golden, context) }
  golden.findings =
    ConflictingValues(golden: golden, settings: settings, references: references).findings()
    + findings
  return golden
}
