import FerryCore
import FerryRecords

/// A person's decisions held against the identities of one entity.
struct DecidedPairs: Sendable {
  /// More records of one content than this are not taken one by one.
  private static let mostAlike = 64

  /// Pairs that are one, earlier identity first.
  private(set) var same: [(Int, Int)] = []
  /// Pairs that are two, earlier identity first.
  private(set) var different: [(Int, Int)] = []
  /// What was applied, what is stale, what contradicts.
  private(set) var findings: [Finding] = []
  /// For each decision that fits, the first pair of it.
  private(set) var listed: [(left: Int, right: Int, decision: MatchDecision)] = []
  /// Values that a person picked: whose, and of which field; later ones win.
  private(set) var picks: [(identity: Int, field: Int)] = []
  private var decided: Set<[Int]> = []

  init(_ decisions: [MatchDecision], in context: MatchContext) {
    guard !decisions.isEmpty else { return }
    let decisions = decisions.filter { !KnownRecord.isDigest($0.digests[0]) }
    let identities = Self.identities(Set(decisions.flatMap(\.digests)), in: context)
    var all: [(decision: MatchDecision, pairs: [(Int, Int)])] = []
    for decision in decisions {
      let pairs = Self.pairs(identities[decision.digests[0]], identities[decision.digests[1]])
      if pairs.isEmpty {
        findings.append(
          Finding(
            .decisionStale, value: decision.label, arguments: [context.table.entity.name]))
      } else {
        all.append((decision, pairs))
      }
    }
    different = all.filter { !$0.decision.isSame }.flatMap(\.pairs)
    var (sets, roots) = contradictedSets(
      all.filter(\.decision.isSame).flatMap(\.pairs), in: context)
    for (decision, pairs) in all {
      listed.append((pairs[0].0, pairs[0].1, decision))
      if decision.isSame {
        guard !roots.contains(sets.root(of: pairs[0].0)) else { continue }
        same += pairs
        take(decision, identities, in: context)
      }
      apply(decision, pairs, in: context)
    }
  }

  /// Whether a person has decided on two identities.
  func holds(_ left: Int, _ right: Int) -> Bool {
    !decided.isEmpty && decided.contains([min(left, right), max(left, right)])
  }

  private mutating func take(
    _ decision: MatchDecision, _ identities: [String: [Int]], in context: MatchContext
  ) {
    guard decision.digests[0] != decision.digests[1] else { return }
    for (name, digest) in decision.picks.sorted(by: { $0.key < $1.key }) {
      guard let field = context.table.fieldIndex(name), let chosen = identities[digest]?.first
      else { continue }
      picks.append((chosen, field))
    }
  }

  private mutating func apply(
    _ decision: MatchDecision, _ pairs: [(Int, Int)], in context: MatchContext
  ) {
    for (left, right) in pairs { decided.insert([left, right]) }
    let field = context.table.fieldIndex("name") ?? 0
    let (left, right) = pairs[0]
    findings.append(
      Finding(
        decision.isSame ? .decisionSame : .decisionDifferent,
        at: context.place(ofField: field, identity: right),
        arguments: [context.place(ofField: field, identity: left).description]))
  }

  /// The sets of what is the same that hold a pair which is not, each told.
  private mutating func contradictedSets(
    _ same: [(Int, Int)], in context: MatchContext
  ) -> (sets: UnionFind, roots: Set<Int>) {
    var sets = UnionFind(count: context.identities.count)
    for (left, right) in same { sets.join(left, right) }
    var roots: Set<Int> = []
    let field = context.table.fieldIndex("name") ?? 0
    for (left, right) in different where sets.root(of: left) == sets.root(of: right) {
      roots.insert(sets.root(of: left))
      findings.append(
        Finding(
          .decisionsContradict, at: context.place(ofField: field, identity: right),
          arguments: [context.place(ofField: field, identity: left).description]))
    }
    return (sets, roots)
  }

  /// The identities that have one of these contents.
  static func identities(_ wanted: Set<String>, in context: MatchContext) -> [String: [Int]] {
    var found: [String: [Int]] = [:]
    for identity in 0..<context.identities.count where context.takesPart(identity) {
      guard let digest = context.identities.contentDigest(of: identity), wanted.contains(digest)
      else { continue }
      found[digest, default: []].append(identity)
    }
    return found
  }

  private static func pairs(_ left: [Int]?, _ right: [Int]?) -> [(Int, Int)] {
    guard let left = left?.prefix(mostAlike), let right = right?.prefix(mostAlike) else {
      return []
    }
    let all = left.flatMap { one in
      right.filter { $0 != one }.map { [min(one, $0), max(one, $0)] }
    }
    return Set(all).sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { ($0[0], $0[1]) }
  }
}
