import FerryCore
import FerryRecords

/// What becomes of records of the input that the store may hold under another id.
///
/// Nothing is guessed: a cluster goes into a record of the store where that is the only one it
/// surely is, and no other cluster is it too. Two records of the store are never made one.
struct KnownOutcome: Sendable {
  /// By surviving identity: the record of the store that it goes into.
  private(set) var links: [Int32: StoreLink] = [:]
  /// Why those that the model found do.
  private(set) var reasons: [Int32: KnownFindings.Pair] = [:]
  /// Pairs that a person should decide, surest first, each cluster and record once.
  private(set) var open: [KnownFindings.Pair] = []
  /// Where records of the store look alike.
  private(set) var findings: [Finding] = []

  /// Settles what goes where, once the input's clusters are known.
  init(
    _ side: KnownSide, survivor: ContiguousArray<Int32>, _ known: any KnownRecords,
    in context: MatchContext
  ) {
    for (identity, link) in side.links where survivor[identity] == identity {
      if !side.stored.contains(identity) { links[Int32(identity)] = link }
    }
    takeSure(side, survivor)
    var seen: Set<[String]> = []
    for pair in side.found.pairs {
      let root = survivor[pair.identity]
      guard links[root]?.record != pair.record,
        seen.insert(["\(root)", pair.record.storeID]).inserted
      else { continue }
      if links[root] == nil, !side.stored.contains(Int(root)) {
        open.append(pair)
      } else if pair.isSure {
        findings.append(Self.alike(pair, known, in: context))
      }
    }
  }

  private mutating func takeSure(_ side: KnownSide, _ survivor: ContiguousArray<Int32>) {
    var candidates: [Int32: [KnownFindings.Pair]] = [:]
    var roots: [String: Set<Int32>] = [:]
    for pair in side.found.pairs where pair.isSure {
      let root = survivor[pair.identity]
      guard links[root] == nil, !side.stored.contains(Int(root)) else { continue }
      candidates[root, default: []].append(pair)
      roots[pair.record.storeID, default: []].insert(root)
    }
    for (root, pairs) in candidates {
      guard let best = pairs.first, pairs.allSatisfy({ $0.record == best.record }),
        roots[best.record.storeID]?.count == 1
      else { continue }
      let probability = MatchExplanation.probability(best.probability)
      links[root] = StoreLink(
        record: best.record, rule: "\(MergeRule.model.rawValue) \(probability)")
      reasons[root] = best
    }
  }

  private static func alike(
    _ pair: KnownFindings.Pair, _ known: any KnownRecords, in context: MatchContext
  ) -> Finding {
    let field = context.table.fieldIndex("name") ?? 0
    return Finding(
      .storeAlike, at: context.place(ofField: field, identity: pair.identity),
      arguments: [known.place(of: pair.record, context.table.entity)])
  }
}

// MARK: - For review

extension ReviewPair {
  /// A record of the store as the earlier one of a pair.
  public struct StoredSide: Hashable, Sendable {
    /// Which it is.
    public let record: KnownRecord
    /// Where it is, as people read it: `sqlite:crm.db account #17 (A1)`.
    public let place: String
    /// What decisions are remembered by.
    public let digest: String
    /// By field's name; what is null is left out.
    public let values: [String: String]
  }
}

/// Pairs of the input's records and the store's, put together for a person.
struct KnownReviews: Sendable {
  private(set) var open: [ReviewPair] = []
  private(set) var decided: [ReviewPair] = []
  private(set) var merged: [ReviewPair] = []
  private(set) var counts: ReviewCounts
  private var sides: [String: (number: Int, side: ReviewPair.StoredSide)] = [:]
  private let context: MatchContext

  init(
    _ side: KnownSide, _ outcome: KnownOutcome, _ known: any KnownRecords,
    in context: MatchContext, mostPairs: Int
  ) async throws {
    self.context = context
    counts = ReviewCounts(entity: context.table.entity.name)
    let decisions = side.decided.prefix(mostPairs)
    let merges = outcome.links.sorted { $0.key < $1.key }.filter {
      $0.value.rule != MergeRule.decision.rawValue
    }
    counts.open = outcome.open.count
    counts.decided = side.decided.count
    counts.merged = merges.count
    try await read(
      outcome.open.prefix(mostPairs).map(\.record) + decisions.map(\.record)
        + merges.prefix(mostPairs).map(\.value.record), known)
    open = outcome.open.prefix(mostPairs).compactMap {
      pair($0.identity, $0.record, .open, .matchReview, $0.explanation)
    }
    decided = decisions.compactMap {
      let isSame = $0.decision.isSame
      var old = pair(
        $0.identity, $0.record, .decided(isSame: isSame),
        isSame ? .decisionSame : .decisionDifferent, nil)
      old?.picks = $0.decision.picks
      return old
    }
    merged = merges.prefix(mostPairs).compactMap { root, link in
      pair(
        Int(root), link.record, .merged, .mergedInto, outcome.reasons[root]?.explanation,
        because: link.rule)
    }
  }

  /// Reads what people see of the store's records.
  private mutating func read(_ records: [KnownRecord], _ known: any KnownRecords) async throws {
    let entity = context.table.entity
    let fields = context.table.fields.map {
      KnownField(name: $0.name, through: $0.referenced == nil ? nil : "name")
    }
    let ids = Set(records.map(\.storeID)).sorted()
    guard !ids.isEmpty else { return }
    let page = try await known.records(of: entity, fields: fields, keys: ids, areStoreIDs: true)
    for index in 0..<page.count {
      let record = page.record(index)
      var values: [String: String] = [:]
      for (field, column) in zip(fields, page.values) where column[index].byteCount > 0 {
        values[field.name] = page.arena.string(column[index])
      }
      let side = ReviewPair.StoredSide(
        record: record, place: known.place(of: record, entity),
        digest: record.digest(in: known.storeName), values: values)
      sides[record.storeID] = (sides.count + 1, side)
    }
  }

  private func pair(
    _ identity: Int, _ record: KnownRecord, _ state: ReviewPair.State, _ rule: Rule,
    _ explanation: MatchExplanation?, because: String = ""
  ) -> ReviewPair? {
    guard let (number, side) = sides[record.storeID] else { return nil }
    let field = context.table.fieldIndex("name") ?? 0
    var arguments = [side.place]
    if rule == .matchReview, let explanation {
      arguments += [
        MatchExplanation.probability(explanation.probability),
        explanation.text(in: .english), explanation.text(in: .chinese),
      ]
    }
    if rule == .mergedInto { arguments.append(because) }
    let value = context.identities.value(ofField: field, identity: identity)
    let finding = Finding(
      rule, at: context.place(ofField: field, identity: identity),
      value: context.table.arena.string(value), arguments: arguments)
    return ReviewPair(
      left: -number, right: identity, state: state, finding: finding, explanation: explanation,
      stored: side)
  }
}
