/// Leaves each row its best partner on the other side, surest pairs first.
enum BestPartners {
  static func of(_ pairs: [MatchedPair], _ rowCount: Int) -> [MatchedPair] {
    var isTaken = ContiguousArray(repeating: false, count: rowCount)
    let surestFirst = pairs.sorted {
      ($1.probability, $0.left, $0.right) < ($0.probability, $1.left, $1.right)
    }
    var kept: [MatchedPair] = []
    for pair in surestFirst where !isTaken[pair.left] && !isTaken[pair.right] {
      isTaken[pair.left] = true
      isTaken[pair.right] = true
      kept.append(pair)
    }
    return kept.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
  }
}
