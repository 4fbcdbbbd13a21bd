/// Numbers that must not come into one set.
struct Apart: Sendable {
  private var partners: [Int: [Int]] = [:]

  /// Keeps two numbers apart, each the smallest of its set so far.
  init(_ pairs: [(Int, Int)]) {
    for (left, right) in pairs {
      partners[left, default: []].append(right)
      partners[right, default: []].append(left)
    }
  }

  /// Whether two sets, by their smallest numbers, hold numbers that must stay apart.
  func holds(_ left: Int, _ right: Int, in sets: inout UnionFind) -> Bool {
    guard !partners.isEmpty, let ofLeft = partners[left], let ofRight = partners[right] else {
      return false
    }
    let (shorter, other) = ofLeft.count <= ofRight.count ? (ofLeft, right) : (ofRight, left)
    for number in shorter where sets.root(of: number) == other { return true }
    return false
  }

  /// Says that the set of `loser` went into the set of `winner`.
  mutating func join(_ loser: Int, into winner: Int) {
    guard let moved = partners.removeValue(forKey: loser) else { return }
    partners[winner, default: []] += moved
  }
}
