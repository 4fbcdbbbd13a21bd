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
  private static let mostPairs = 200

  /// The first row of the cluster that each row is in.
  private(set) var firstRows: ContiguousArray<Int32>
  /// The number of each row's cluster, a row of it; and the rows of each cluster of two and more.
  private let merge: Double
  private var numbers: ContiguousArray<Int32>
  private var members: [Int32: ContiguousArray<Int32>] = [:]

  /// Takes the pairs from the review threshold upwards; `weight` gives the bits of any pair.
  init(
    rowCount: Int, pairs: [MatchedPair], merge: Double, weight: (RowPair) -> Double
  ) {
    firstRows = ContiguousArray(0..<Int32(rowCount))
    numbers = firstRows
    self.merge = log2(merge / (1 - merge))
    let surestFirst = pairs.sorted {
      ($1.probability, $0.left, $0.right) < ($0.probability, $1.left, $1.right)
    }
    for pair in surestFirst {
      let left = numbers[pair.left]
      let right = numbers[pair.right]
      guard left != right else { continue }
      if agree(left, right, isSure: pair.probability >= merge, weight) { join(left, right) }
    }
    for rows in members.values {
      guard let first = rows.min() else { continue }
      for row in rows { firstRows[Int(row)] = first }
    }
  }

  /// Puts a row that was not looked at where a row that came before it is.
  mutating func add(_ row: Int, likeRow first: Int) { firstRows[row] = firstRows[first] }

  /// Whether the pairs between two clusters add up to a match.
  ///
  /// Where none of them is sure by itself, they must together be as sure as one.
  private func agree(
    _ one: Int32, _ other: Int32, isSure: Bool, _ weight: (RowPair) -> Double
  ) -> Bool {
    let left = members[one] ?? [one]
    let right = members[other] ?? [other]
    guard left.count + right.count > 2 else { return isSure }
    var total = 0.0
    var seen = 0
    for row in left where seen < Self.mostPairs {
      for partner in right where seen < Self.mostPairs {
        let pair = RowPair(left: UInt32(min(row, partner)), right: UInt32(max(row, partner)))
        total += max(-Self.mostBits, min(Self.mostBits, weight(pair)))
        seen += 1
      }
    }
    return total >= (isSure ? 0 : merge)
  }

  /// Moves the rows of the smaller cluster to the larger one.
  private mutating func join(_ one: Int32, _ other: Int32) {
    let isSwapped = (members[one]?.count ?? 1) < (members[other]?.count ?? 1)
    let (large, small) = isSwapped ? (other, one) : (one, other)
    let moved = members.removeValue(forKey: small) ?? [small]
    for row in moved { numbers[Int(row)] = large }
    members[large, default: [large]].append(contentsOf: moved)
  }
}
