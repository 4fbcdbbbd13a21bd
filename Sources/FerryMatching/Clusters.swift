import FerryCore

/// Identities joined by links; no cluster holds two that contradict.
///
/// How it works: what a person said comes first, then firm links, then what is tentative, last what
/// the model is sure of. Tentative links are tried all at once, and a cluster that they would make
/// of parts which contradict loses all of them, each with a finding. So the outcome never depends
/// on which link came first, and nothing is guessed. The model's links come surest first; one that
/// would join what contradicts falls alone. What a person holds apart is never joined.
struct Clusters {
  /// More parts than this in one cluster are not held against each other; its links fall.
  private static let mostParts = 64

  private(set) var survivor: ContiguousArray<Int32>
  private(set) var mergeRules: [Int32: String] = [:]
  var findings: [Finding] = []
  private var sets: UnionFind
  private var apart: Apart

  init(
    _ links: [MatchLink], model: [MatchLink], strategy: MatchStrategy, decided: DecidedPairs,
    in context: MatchContext
  ) {
    sets = UnionFind(count: context.identities.count)
    apart = Apart(decided.different)
    survivor = []
    for (left, right) in decided.same {
      join(MatchLink(left: left, right: right, rule: .decision, isFirm: true))
    }
    for link in links where link.isFirm { join(link) }
    let tentative = links.filter { !$0.isFirm }
    if let contradiction = strategy.contradiction {
      joinTentative(tentative, contradiction, in: context)
    } else {
      for link in tentative { join(link) }
    }
    joinSure(model, strategy.modelContradiction, in: context)
    survivor = sets.roots()
  }

  /// Lets an identity that the store knows survive where the earliest one is new, so that ids
  /// never change.
  mutating func prefer(_ isKnown: (Int) -> Bool) {
    guard !mergeRules.isEmpty else { return }
    var known: [Int32: Int32] = [:]
    for (identity, root) in survivor.enumerated() where known[root] == nil && isKnown(identity) {
      known[root] = Int32(identity)
    }
    known = known.filter { $0.key != $0.value }
    guard !known.isEmpty else { return }
    for identity in survivor.indices {
      if let other = known[survivor[identity]] { survivor[identity] = other }
    }
    for (root, other) in known { mergeRules[root] = mergeRules.removeValue(forKey: other) }
  }

  /// The identities that share a cluster with others.
  var merged: [Int] {
    guard !mergeRules.isEmpty else { return [] }
    let roots = Set(mergeRules.keys.map { survivor[Int($0)] })
    return survivor.indices.filter { roots.contains(survivor[$0]) }
  }

  private mutating func join(_ link: MatchLink) {
    let (left, right) = (sets.root(of: link.left), sets.root(of: link.right))
    guard left != right, !apart.holds(left, right, in: &sets) else { return }
    guard let loser = sets.join(left, right) else { return }
    apart.join(loser, into: min(left, right))
    mergeRules[Int32(loser)] = link.ruleText
  }

  private mutating func joinTentative(
    _ links: [MatchLink], _ contradiction: any Contradiction, in context: MatchContext
  ) {
    var trial = sets
    for link in links { trial.join(link.left, link.right) }
    var parts: [Int: Set<Int>] = [:]
    for link in links {
      let ends = [sets.root(of: link.left), sets.root(of: link.right)]
      parts[trial.root(of: link.left), default: []].formUnion(ends)
    }
    let broken = Set(
      parts.filter { Self.contradict($0.value.sorted(), contradiction, in: context) }.keys)
    for link in links {
      if broken.contains(trial.root(of: link.left)) {
        findings.append(contradiction.finding(link, in: context))
      } else {
        join(link)
      }
    }
  }

  private static func contradict(
    _ parts: [Int], _ contradiction: any Contradiction, in context: MatchContext
  ) -> Bool {
    guard parts.count <= mostParts else { return true }
    for (position, left) in parts.enumerated() {
      for right in parts[(position + 1)...] {
        if contradiction.holds(left, right, in: context) { return true }
      }
    }
    return false
  }

  // MARK: - The model

  private mutating func joinSure(
    _ links: [MatchLink], _ contradiction: (any Contradiction)?, in context: MatchContext
  ) {
    guard !links.isEmpty else { return }
    var members: [Int: [Int]] = [:]
    let roots = sets.roots()
    let touched = Set(links.flatMap { [roots[$0.left], roots[$0.right]] })
    for (identity, root) in roots.enumerated() where touched.contains(root) {
      members[Int(root), default: []].append(identity)
    }
    for link in links {
      let (left, right) = (sets.root(of: link.left), sets.root(of: link.right))
      guard left != right else { continue }
      let (one, other) = (members[left] ?? [left], members[right] ?? [right])
      if let contradiction, Self.contradict(one, other, contradiction, in: context) {
        findings.append(contradiction.finding(link, in: context))
        continue
      }
      join(link)
      guard sets.root(of: left) == sets.root(of: right) else { continue }
      members[max(left, right)] = nil
      members[min(left, right)] = one + other
    }
  }

  private static func contradict(
    _ one: [Int], _ other: [Int], _ contradiction: any Contradiction, in context: MatchContext
  ) -> Bool {
    guard one.count + other.count <= mostParts else { return true }
    return one.contains { left in
      other.contains { contradiction.holds(left, $0, in: context) }
    }
  }
}
