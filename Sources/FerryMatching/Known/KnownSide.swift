import FerryCore
import FerryRecords

/// What a store, and earlier runs, know of the identities of one entity.
///
/// How it works: first the store is asked which external ids it holds; then come what earlier runs
/// merged and what people decided; whatever is still new is compared with all records of the store
/// that the input does not hold itself. Nothing new costs no comparing.
struct KnownSide: Sendable {
  /// Identities that the store holds a record under the very external id of.
  private(set) var stored: Set<Int> = []
  /// Identities that go into a record of the store under another id: by an earlier run, or by a
  /// person's word.
  private(set) var links: [Int: StoreLink] = [:]
  /// Identities that an earlier run made one, or that go into one record of the store.
  private(set) var together: [MatchLink] = []
  /// What the model found between new identities and the store's records.
  private(set) var found = KnownFindings()
  /// What people decided about identities and records of the store.
  private(set) var decided: [(identity: Int, record: KnownRecord, decision: MatchDecision)] = []
  /// What was applied, and what is stale.
  private(set) var findings: [Finding] = []
  private var blocked: [Int: Set<String>] = [:]
  private let context: MatchContext
  private let known: any KnownRecords

  /// Asks the store and compares; `settings` is `nil` for an entity that is matched exactly only.
  init(
    _ context: MatchContext, settings: MatchSettings?, decisions: [MatchDecision],
    _ known: any KnownRecords, progress: (Int) -> Void
  ) async throws {
    self.context = context
    self.known = known
    guard let settings else { return }
    let all = (0..<context.identities.count).filter { context.takesPart($0) }
    try await findStored(among: all)
    try await recall()
    try await apply(decisions)
    joinByStore()
    let followed = Set(together.map(\.right))
    let new = all.filter { !stored.contains($0) && links[$0] == nil && !followed.contains($0) }
    guard !new.isEmpty else { return }
    var found = try await KnownFindings(
      new, in: context, settings: settings, known, progress: progress)
    found.drop { isBlocked($0, $1) }
    self.found = found
  }

  /// Whether a person said that an identity is not that record of the store.
  func isBlocked(_ identity: Int, _ record: KnownRecord) -> Bool {
    blocked[identity]?.contains(record.storeID) ?? false
  }

  /// Whether the store holds a record that an identity is.
  func isKnown(_ identity: Int) -> Bool { stored.contains(identity) || links[identity] != nil }

  /// Asks the store which of some more identities it holds.
  mutating func findStored(among identities: [Int]) async throws {
    let ids = context.identities
    var found: Set<Int> = []
    let externalID = { (place: Int) in ids.externalID(of: identities[place]) }
    let count = identities.count
    var finder = IdentityFinder(ids)
    try await known.forEachHeld(context.table.entity, count: count, externalID: externalID) { id in
      if let identity = finder.identity(withExternalID: id) { found.insert(identity) }
    }
    stored.formUnion(found)
  }

  // MARK: - Earlier runs

  /// Takes over what earlier runs merged, as far as this input and the store still hold it.
  private mutating func recall() async throws {
    let earlier = try await known.earlierMerges(of: context.table.entity)
    guard !earlier.isEmpty else { return }
    var wanted: [(identity: Int, merge: EarlierMerge)] = []
    for (id, merge) in earlier {
      guard let identity = identity(id), context.takesPart(identity), !stored.contains(identity)
      else { continue }
      wanted.append((identity, Self.last(merge, in: earlier)))
    }
    wanted.sort { $0.identity < $1.identity }
    var outside: [(identity: Int, merge: EarlierMerge)] = []
    for (identity, merge) in wanted {
      guard let survivor = self.identity(merge.survivor), context.takesPart(survivor) else {
        outside.append((identity, merge))
        continue
      }
      // Exact rules are held against today's values; what the model once was sure of stays.
      let isExact = merge.storeID == nil && !merge.rule.hasPrefix(MergeRule.model.rawValue)
      if survivor != identity, !isExact { bring(identity, to: survivor) }
    }
    let records = try await records(
      storeIDs: outside.compactMap(\.merge.storeID),
      externalIDs: outside.filter { $0.merge.storeID == nil }.map(\.merge.survivor))
    for (identity, merge) in outside {
      guard let record = merge.storeID.map({ records["#\($0)"] }) ?? records[merge.survivor] else {
        continue
      }
      links[identity] = StoreLink(record: record, rule: merge.rule)
    }
  }

  /// Where a chain of merges ends.
  private static func last(
    _ merge: EarlierMerge, in earlier: [String: EarlierMerge]
  ) -> EarlierMerge {
    var last = merge
    for _ in 0..<8 {
      guard last.storeID == nil, let next = earlier[last.survivor] else { break }
      last = next
    }
    return last
  }

  private mutating func bring(_ identity: Int, to other: Int) {
    together.append(
      MatchLink(
        left: min(identity, other), right: max(identity, other), rule: .earlier, isFirm: false))
  }

  /// Records of the store by `#ID` and by external id.
  private func records(
    storeIDs: [String], externalIDs: [String]
  ) async throws -> [String: KnownRecord] {
    var found: [String: KnownRecord] = [:]
    for (keys, isStoreID) in [(storeIDs, true), (externalIDs, false)] where !keys.isEmpty {
      let page = try await known.records(
        of: context.table.entity, fields: [], keys: keys, areStoreIDs: isStoreID)
      for record in page.records {
        found[isStoreID ? "#\(record.storeID)" : record.label] = record
      }
    }
    return found
  }

  private func identity(_ externalID: String) -> Int? {
    let bytes = ContiguousArray(externalID.utf8)
    return context.identities.identity(withExternalID: bytes.span)
  }

  // MARK: - Decisions

  private mutating func apply(_ decisions: [MatchDecision]) async throws {
    let store = known.storeName
    let wanted = decisions.compactMap { decision -> (MatchDecision, String, String)? in
      // The digest of a store's record begins with a number sign, which sorts before any digit.
      guard let id = KnownRecord.storeID(ofDigest: decision.digests[0], in: store) else {
        return nil
      }
      return (decision, decision.digests[1], id)
    }
    guard !wanted.isEmpty else { return }
    let identities = DecidedPairs.identities(Set(wanted.map(\.1)), in: context)
    let records = try await records(storeIDs: wanted.map(\.2), externalIDs: [])
    for (decision, digest, id) in wanted {
      guard let record = records["#\(id)"], let fitting = identities[digest] else {
        findings.append(
          Finding(
            .decisionStale, value: decision.label, arguments: [context.table.entity.name]))
        continue
      }
      for identity in fitting { apply(decision, identity, record) }
    }
  }

  private mutating func apply(
    _ decision: MatchDecision, _ identity: Int, _ record: KnownRecord
  ) {
    decided.append((identity, record, decision))
    let isSame = decision.isSame
    let field = context.table.fieldIndex("name") ?? 0
    findings.append(
      Finding(
        isSame ? .decisionSame : .decisionDifferent,
        at: context.place(ofField: field, identity: identity),
        arguments: [known.place(of: record, context.table.entity)]))
    if !isSame {
      blocked[identity, default: []].insert(record.storeID)
      if links[identity]?.record.storeID == record.storeID { links[identity] = nil }
    } else if let other = record.externalID.flatMap({ self.identity($0) }) {
      if other != identity { bring(identity, to: other) }
    } else {
      // The digest of the store's record comes first.
      links[identity] = StoreLink(
        record: record, rule: MergeRule.decision.rawValue,
        picks: decision.picks.mapValues { $0 != decision.digests[0] })
    }
  }

  // MARK: - Together

  /// Joins identities that go into one record of the store, or into one that the input holds.
  private mutating func joinByStore() {
    var first: [String: Int] = [:]
    for identity in links.keys.sorted() {
      guard let record = links[identity]?.record else { continue }
      if let other = record.externalID.flatMap({ self.identity($0) }), context.takesPart(other) {
        if other != identity { bring(identity, to: other) }
        links[identity] = nil
      } else if let other = first[record.storeID] {
        bring(identity, to: other)
      } else {
        first[record.storeID] = identity
      }
    }
  }
}
