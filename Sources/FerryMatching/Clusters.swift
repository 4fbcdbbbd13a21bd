import FerryCore

/// Identities joined by links; no cluster holds two that contradict.
///
/// How it works: firm links are joined first. The others are tried all at once, and a cluster
/// that they would make of parts which contradict loses all of them, each with a finding. So the
/// outcome never depends on which link came first, and nothing is guessed.
struct Clusters {
  /// More parts than this in one cluster are not held against each other; its links fall.
  private static let mostParts = 64

  private(set) var survivor: ContiguousArray<Int32>
  private(set) var mergeRules: [Int32: String] = [:]
  private(set) var findings: [Finding] = []
  private var sets: UnionFind

  init(_ links: [MatchLink], contradiction: (any Contradiction)?, in context: MatchContext) {
    sets = UnionFind(count: context.identities.count)
    survivor = []
    for link in links where link.isFirm { join(link) }
    let tentative = links.filter { !$0.isFirm }
    if let contradiction {
      joinTentative(tentative, contradiction, in: context)
    } else {
      for link in tentative { join(link) }
    }
    survivor = sets.roots()
  }

  private mutating func join(_ link: MatchLink) {
    guard let loser = sets.join(link.left, link.right) else { return }
    mergeRules[Int32(loser)] = link.rule.rawValue
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
}
