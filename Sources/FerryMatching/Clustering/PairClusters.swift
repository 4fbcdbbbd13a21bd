import Foundation

// Clusters from pairs, without bare transitive closure. Pairs are taken from the surest down; two
// clusters join only where the evidence between all their rows, pairs that speak against it
// included, adds up to a match. So one weak link does not weld two strong groups together. Each
// pair's weight counts only up to a limit, so that no pair drowns the others. It is greedy
// correlation clustering: N. Bansal, A. Blum, S. Chawla, "Correlation Clustering", Machine Learning
// 56 (2004), 89–113.

/// The clusters that pairs of rows make.
struct PairClusters {
  /// Bits that one pair can say for or against two clusters being one.
  private static let mostBits = 12.0
  /// So many pairs between two clusters are looked at; the others are taken to be like them.
  private static let mostPairs = 400

  /// The first row of the cluster that each row is in.
  private(set) var firstRows: ContiguousArray<Int32>
  private var members: [Int32: ContiguousArray<Int32>] = [:]

  /// Takes the pairs from `merge` upwards; `weight` gives the bits of any pair.
  init(
    rowCount: Int, pairs: [MatchedPair], merge: Double, weight: (RowPair) -> Double
  ) {
    firstRows = ContiguousArray(0..<Int32(rowCount))
    let sure = pairs.filter { $0.probability >= merge }.sorted {
      ($1.probability, $0.left, $0.right) < ($0.probability, $1.left, $1.right)
    }
    for pair in sure {
      let left = firstRows[pair.left]
      let right = firstRows[pair.right]
      guard left != right else { continue }
      let one = members[left] ?? [left]
      let other = members[right] ?? [right]
      if one.count + other.count > 2, !agree(one, other, weight) { continue }
      join(one, other)
    }
  }

  private func agree(
    _ one: ContiguousArray<Int32>, _ other: ContiguousArray<Int32>, _ weight: (RowPair) -> Double
  ) -> Bool {
    var total = 0.0
    var seen = 0
    for left in one {
      for right in other where seen < Self.mostPairs {
        let pair = RowPair(left: UInt32(min(left, right)), right: UInt32(max(left, right)))
        total += max(-Self.mostBits, min(Self.mostBits, weight(pair)))
        seen += 1
      }
    }
    return total > 0
  }

  private mutating func join(_ one: ContiguousArray<Int32>, _ other: ContiguousArray<Int32>) {
    let all = ContiguousArray((one + other).sorted())
    members[one[0]] = nil
    members[other[0]] = nil
    members[all[0]] = all
    for row in all { firstRows[Int(row)] = all[0] }
  }
}
