public import FerryCore
public import FerryRecords

/// The records of one entity after matching: which of them are one, and whose values survive.
///
/// An *identity* is one distinct external id, numbered in order of first appearance; several rows
/// may tell of it. Identities that are the same thing form a cluster, whose earliest identity
/// survives, of those that the store knows already if it knows any; the others go into it.
public struct GoldenRecords: Sendable {
  /// The records as the mapping made them.
  public var table: RecordTable { identities.table }
  /// Record → identity.
  public var identityOfRecord: ContiguousArray<Int32> { identities.ofRecord }
  /// Identity → its first record.
  public var firstRecord: ContiguousArray<Int32> { identities.firstRecord }
  /// Identity → the identity it went into, itself where it survives.
  public let survivor: ContiguousArray<Int32>
  /// Merged identity → the rule that merged it, such as `same-credit-code` or `match.model 0.987`.
  public let mergeRules: [Int32: String]
  /// What a person must know, in the order of the sources.
  public internal(set) var findings: [Finding] = []
  /// Pairs that a person should decide, then those that one decided, then what was merged.
  public internal(set) var reviewPairs: [ReviewPair] = []
  /// How many pairs there are, those that are not listed included.
  public internal(set) var reviewCounts: ReviewCounts

  /// Surviving identity → the record of the store that it goes into, under whatever id.
  public internal(set) var storeLinks: [Int32: StoreLink] = [:]
  /// How the model's part of it went; `nil` where no model was asked.
  public internal(set) var overview: MatchOverview?

  /// Values that a person picked: by survivor and field, the identity whose value is kept.
  var picks: [PickedField: Int] = [:]

  let identities: Identities
  // Identity → the next identity of its cluster, or -1.
  private let nextMember: ContiguousArray<Int32>

  init(_ identities: Identities, survivor: ContiguousArray<Int32>, mergeRules: [Int32: String]) {
    self.identities = identities
    self.survivor = survivor
    self.mergeRules = mergeRules
    reviewCounts = ReviewCounts(entity: identities.table.entity.name)
    var next = ContiguousArray<Int32>(repeating: -1, count: survivor.count)
    var last = survivor
    for identity in survivor.indices where Int(survivor[identity]) != identity {
      let root = Int(survivor[identity])
      next[Int(last[root])] = Int32(identity)
      last[root] = Int32(identity)
    }
    nextMember = next
  }

  /// How many distinct external ids there are.
  public var count: Int { survivor.count }

  /// The external id of an identity.
  public func externalID(ofIdentity identity: Int) -> String {
    table.externalID(of: Int(firstRecord[identity]))
  }

  /// The identity with that external id; `nil` where the input has none.
  public func identity(withExternalID id: Span<UInt8>) -> Int? {
    identities.identity(withExternalID: id)
  }

  /// A digest of what identifies a record, whatever its id and its place; `nil` where nothing does.
  ///
  /// Decisions are remembered by it, see ``MatchDecision``.
  public func contentDigest(of identity: Int) -> String? { identities.contentDigest(of: identity) }

  /// Why an identity is rejected: the finding of its first row, where every row was rejected.
  ///
  /// `nil` where at least one row is sound. A rejected identity is never merged.
  public func isRejected(_ identity: Int) -> Finding? { identities.rejected[identity] }

  /// The identities that went into `identity`, itself first; itself alone where it went away.
  public func members(of identity: Int) -> some Sequence<Int> {
    let isSurvivor = Int(survivor[identity]) == identity
    return sequence(first: identity) { member in
      isSurvivor && nextMember[member] >= 0 ? Int(nextMember[member]) : nil
    }
  }

  /// The records that tell of `identity`: its own in the order of the sources, then those of the
  /// identities that went into it.
  public func records(of identity: Int) -> some Sequence<Int> {
    members(of: identity).lazy.flatMap { identities.records(of: $0) }
  }

  /// The record whose value of a field survives, after collapse by id and merges.
  ///
  /// `nil` where no record has a value. The survivor's own rows come first; a row that was
  /// rejected supplies nothing to a record that another row makes. For an identity that went
  /// away, the answer is what its own rows hold.
  public func supplier(ofField field: Int, identity: Int) -> Int? {
    guard nextMember[identity] >= 0, Int(survivor[identity]) == identity else {
      return identities.supplier(ofField: field, identity: identity)
    }
    if let picked = picked(field, identity) {
      if let record = identities.supplier(ofField: field, identity: picked.identity) {
        return record
      }
      if picked.isWholeGroup { return nil }
    }
    let lead = identities.groups[field].last ?? field
    guard identities.keep[field] == .first, identities.keep[lead] == .first else {
      return identities.best(of: records(of: identity), field: field)
    }
    // The usual case: of a group, the record that supplies its leader supplies the others, too.
    guard lead != field, let leader = first(withField: lead, identity) else {
      return first(withField: field, identity)
    }
    return table.values[field][leader].isPresent
      ? leader : identities.best(of: records(of: identity), field: field)
  }

  /// The first record of an identity and of those that went into it that has a field.
  private func first(withField field: Int, _ identity: Int) -> Int? {
    var member = identity
    while member >= 0 {
      if let record = identities.first(withField: field, identity: member) { return record }
      member = Int(nextMember[member])
    }
    return nil
  }

  /// Whose value of a field a person picked; with the leader of a group comes the whole group.
  private func picked(_ field: Int, _ survivor: Int) -> (identity: Int, isWholeGroup: Bool)? {
    guard !picks.isEmpty else { return nil }
    if let own = picks[PickedField(survivor: survivor, field: field)] { return (own, false) }
    guard let leader = identities.groups[field].last,
      let lead = picks[PickedField(survivor: survivor, field: leader)]
    else { return nil }
    return (lead, true)
  }

  /// Which value of a field survives where several records become one.
  public func keepRule(ofField field: Int) -> KeepRule { identities.keep[field] }

  /// The record that supplies a field of an identity, its own rows alone, merges aside.
  public func ownSupplier(ofField field: Int, identity: Int) -> Int? {
    identities.supplier(ofField: field, identity: identity)
  }

  /// All records that have a value of a field, in the order of ``records(of:)``.
  ///
  /// For fields whose values are joined rather than chosen, such as `custom`.
  public func suppliers(ofField field: Int, identity: Int) -> [Int] {
    var found: [Int] = []
    let isSurvivor = Int(survivor[identity]) == identity
    var member = identity
    while member >= 0 {
      var record = Int(firstRecord[member])
      while record >= 0 {
        if table.values[field][record].isPresent, identities.counts(record) { found.append(record) }
        record = Int(identities.nextRecord[record])
      }
      member = isSurvivor ? Int(nextMember[member]) : -1
    }
    return found
  }

  /// The surviving value of a field; absent where no record has one.
  public func value(ofField field: Int, identity: Int) -> ValueRef {
    supplier(ofField: field, identity: identity).map { table.values[field][$0] } ?? .absent
  }

  /// Whether other identities went into this one.
  func hasMerged(_ identity: Int) -> Bool { nextMember[identity] >= 0 }

  /// Whether more than one record tells of the identity.
  public func isShared(_ identity: Int) -> Bool {
    nextMember[identity] >= 0 || identities.nextRecord[Int(firstRecord[identity])] >= 0
  }
}

/// A field of a record that others went into.
struct PickedField: Hashable, Sendable {
  let survivor: Int
  let field: Int
}
