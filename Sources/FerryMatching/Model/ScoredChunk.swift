import Foundation

/// The candidate pairs of some rows, weighed.
struct ScoredChunk: Sendable {
  /// The pairs from the review threshold upwards.
  private(set) var pairs: [MatchedPair] = []
  private(set) var figures = MatchFigures(rowCount: 0)

  init(
    _ candidates: ContiguousArray<RowPair>, _ patterns: ContiguousArray<Pattern>,
    _ model: MixtureModel, review: Double
  ) {
    var cache = WeightCache(model)
    for index in candidates.indices {
      let weight = cache.weight(of: patterns[index])
      let probability = 1 / (1 + exp2(-weight))
      figures.countCandidate(weight: weight, probability: probability)
      guard probability >= review else { continue }
      pairs.append(
        MatchedPair(
          left: Int(candidates[index].left), right: Int(candidates[index].right),
          probability: probability))
    }
  }
}

/// Remembers the weights of patterns, most of which come again and again.
private struct WeightCache {
  private static let size = 1 << 12
  private let model: MixtureModel
  private var patterns = ContiguousArray<Pattern>(repeating: .max, count: size)
  private var weights = ContiguousArray<Double>(repeating: 0, count: size)

  init(_ model: MixtureModel) { self.model = model }

  mutating func weight(of pattern: Pattern) -> Double {
    let hash = ByteHash.join(
      UInt64(truncatingIfNeeded: pattern), UInt64(truncatingIfNeeded: pattern >> 64))
    let place = Int(truncatingIfNeeded: hash) & (Self.size - 1)
    if patterns[place] != pattern {
      patterns[place] = pattern
      weights[place] = model.matchWeight(of: pattern)
    }
    return weights[place]
  }
}
