import Foundation

// Clusters from pairs, without bare transitive closure. Pairs are taken from the surest down; two
// clusters join only where the evidence between all their rows, pairs that speak against it
// included, adds up to a match. So one weak link does not weld two strong groups together. Each
// pair's weight counts only up to a limit, so that no pair drowns the others. Two rows that the
// search did not bring together share nothing rare, while weights were learned from rows that do:
// such a pair may speak against, never for. It is greedy
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
  private let merge: Double
  private let review: Double
  /// In the order of their rows.
  private let pairs: [MatchedPair]
  /// Where the pairs of each left row start in ``pairs``, and an end.
  private let starts: ContiguousArray<UInt32>
  /// The number of each row's cluster, a row of it.
  private var numbers: ContiguousArray<Int32>
  /// The row of the same cluster that comes after each; -1 for the last one, which ``lasts`` knows by
  /// the cluster's number.
  private var nexts: ContiguousArray<Int32>
  private var lasts: ContiguousArray<Int32>
  /// How many rows the cluster of each number has.
  private var sizes: ContiguousArray<Int32>

  /// Takes the pairs from the review threshold upwards, in the order of their rows; `weight` gives
  /// the bits of a pair that is none of them.
  init(
    rowCount: Int, pairs: [MatchedPair], review: Double = 0.5, merge: Double,
    weight: (RowPair) -> Double
  ) {
    firstRows = ContiguousArray(0..<Int32(rowCount))
    numbers = firstRows
    lasts = firstRows
    nexts = ContiguousArray(repeating: -1, count: rowCount)
    sizes = ContiguousArray(repeating: 1, count: rowCount)
    self.merge = log2(merge / (1 - merge))
    self.review = log2(review / (1 - review))
    self.pairs = pairs
    starts = Self.starts(pairs, rowCount: rowCount)
    for index in Self.surestFirst(pairs) {
      let pair = pairs[index]
      let left = numbers[pair.left]
      let right = numbers[pair.right]
      guard left != right else { continue }
      if agree(left, right, isSure: pair.probability >= merge, weight) { join(left, right) }
    }
    // Rows rise, so the first one met of a cluster is its first.
    var firsts = ContiguousArray<Int32>(repeating: -1, count: rowCount)
    for row in firstRows.indices {
      let number = Int(numbers[row])
      if firsts[number] < 0 { firsts[number] = Int32(row) }
      firstRows[row] = firsts[number]
    }
  }

  /// The places of the pairs, by falling probability, then by rows.
  private static func surestFirst(_ pairs: [MatchedPair]) -> [Int] {
    // Probabilities are not negative, so their bits sort as they do.
    var order = pairs.indices.map {
      (likeliness: pairs[$0].probability.bitPattern, place: UInt32(truncatingIfNeeded: $0))
    }
    order.sort {
      if $0.likeliness != $1.likeliness { return $0.likeliness > $1.likeliness }
      let (one, other) = (pairs[Int($0.place)], pairs[Int($1.place)])
      return (one.left, one.right) < (other.left, other.right)
    }
    return order.map { Int($0.place) }
  }

  /// Puts a row that was not looked at where a row that came before it is.
  mutating func add(_ row: Int, likeRow first: Int) { firstRows[row] = firstRows[first] }

  /// Whether the pairs between two clusters add up to a match.
  ///
  /// Where none of them is sure by itself, they must together be as sure as one.
  private func agree(
    _ one: Int32, _ other: Int32, isSure: Bool, _ weight: (RowPair) -> Double
  ) -> Bool {
    guard sizes[Int(one)] + sizes[Int(other)] > 2 else { return isSure }
    var total = 0.0
    var seen = 0
    var row = one
    while row >= 0, seen < Self.mostPairs {
      var partner = other
      while partner >= 0, seen < Self.mostPairs {
        let pair = RowPair(left: UInt32(min(row, partner)), right: UInt32(max(row, partner)))
        total += max(-Self.mostBits, min(Self.mostBits, bits(of: pair, weight)))
        seen += 1
        partner = nexts[Int(partner)]
      }
      row = nexts[Int(row)]
    }
    return total >= (isSure ? 0 : merge)
  }

  /// What a pair says; nothing for a match where it should have been found and was not.
  private func bits(of pair: RowPair, _ weight: (RowPair) -> Double) -> Double {
    if let probability = probability(of: pair) { return log2(probability / (1 - probability)) }
    let bits = weight(pair)
    return bits <= max(0, review) ? bits : 0
  }

  /// What is known of a pair that the search brought together, if it is likely the same.
  private func probability(of pair: RowPair) -> Double? {
    for place in Int(starts[Int(pair.left)])..<Int(starts[Int(pair.left) + 1])
    where pairs[place].right == Int(pair.right) {
      return pairs[place].probability
    }
    return nil
  }

  private static func starts(_ pairs: [MatchedPair], rowCount: Int) -> ContiguousArray<UInt32> {
    var starts = ContiguousArray<UInt32>(repeating: 0, count: rowCount + 1)
    for pair in pairs { starts[pair.left] += 1 }
    starts.makeStarts()
    return starts
  }

  /// Moves the rows of the smaller cluster behind those of the larger one.
  ///
  /// A cluster's number is its first row in this order, so that its rows are met from there.
  private mutating func join(_ one: Int32, _ other: Int32) {
    let isSwapped = sizes[Int(one)] < sizes[Int(other)]
    let (large, small) = isSwapped ? (other, one) : (one, other)
    var row = small
    while row >= 0 {
      numbers[Int(row)] = large
      row = nexts[Int(row)]
    }
    nexts[Int(lasts[Int(large)])] = small
    lasts[Int(large)] = lasts[Int(small)]
    sizes[Int(large)] += sizes[Int(small)]
  }
}
