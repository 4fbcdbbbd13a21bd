/// Leaves each row its best partner on the other side, surest pairs first.
///
/// Rows that are alike have the same partners, of which each takes another one.
struct BestPartners {
  private let alike: [UInt32: [UInt32]]
  /// How many of the rows that are alike have a partner, by the row that stands for them.
  private var taken: ContiguousArray<Int32>

  static func of(
    _ pairs: [MatchedPair], _ rowCount: Int, alike equal: EqualRows
  ) -> [MatchedPair] {
    var partners = BestPartners(
      alike: equal.alike, taken: ContiguousArray(repeating: 0, count: rowCount))
    let surestFirst = pairs.sorted {
      ($1.probability, $0.left, $0.right) < ($0.probability, $1.left, $1.right)
    }
    var kept: [MatchedPair] = []
    for pair in surestFirst {
      for _ in 0..<min(partners.free(pair.left), partners.free(pair.right)) {
        kept.append(
          MatchedPair(
            left: partners.take(pair.left), right: partners.take(pair.right),
            probability: pair.probability))
      }
    }
    return kept.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
  }

  /// How many rows like this one, itself included, have no partner yet.
  private func free(_ row: Int) -> Int {
    1 + (alike[UInt32(row)]?.count ?? 0) - Int(taken[row])
  }

  /// The next row like this one that has no partner yet.
  private mutating func take(_ row: Int) -> Int {
    let number = Int(taken[row])
    taken[row] += 1
    return number == 0 ? row : Int(alike[UInt32(row)]?[number - 1] ?? UInt32(row))
  }
}
