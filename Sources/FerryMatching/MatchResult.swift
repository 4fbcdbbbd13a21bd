/// Two rows that may be the same, counted from 0; the left one comes first.
public struct MatchedPair: Hashable, Sendable {
  /// The first row.
  public let left: Int
  /// The second row.
  public let right: Int
  /// P(match), 0…1.
  public let probability: Double
}

/// What a match has found.
public struct MatchResult: Sendable {
  /// The pairs from the review threshold upwards, by left and right row.
  public let pairs: [MatchedPair]
  /// The first row of the cluster that each row is in; rows of a second table follow the first's.
  public let clusters: ContiguousArray<Int32>
  /// How much there was, and how sure it is.
  public let figures: MatchFigures
}

/// Counts of a match, and what can be said of its quality without knowing the truth.
public struct MatchFigures: Hashable, Sendable, Codable {
  /// Weights are counted in whole bits from −``weightLimit`` to ``weightLimit``.
  public static let weightLimit = 40

  /// Rows of all tables.
  public let rowCount: Int
  /// Pairs that were compared.
  public private(set) var candidateCount = 0
  /// Matches among the candidates if each probability is right.
  public private(set) var expectedMatches = 0.0
  /// Pairs from the merge threshold upwards.
  public private(set) var mergedCount = 0
  /// True ones among them if each probability is right.
  public private(set) var expectedTrueMerges = 0.0
  /// Candidate pairs by match weight in bits, from −``weightLimit`` upwards.
  public private(set) var weights = [Int](repeating: 0, count: 2 * weightLimit + 1)

  /// Values that too many rows share for all of these to be compared; `nil` where there are none.
  public internal(set) var largeGroups: LargeGroups?

  init(rowCount: Int) { self.rowCount = rowCount }

  /// Share of merged pairs that are the same; assumes that the probabilities are right.
  public var expectedPrecision: Double {
    mergedCount > 0 ? expectedTrueMerges / Double(mergedCount) : 1
  }
  /// Share of the same that are merged; assumes that the probabilities are right and that each
  /// match is among the candidates.
  public var expectedRecall: Double {
    expectedMatches > 0 ? expectedTrueMerges / expectedMatches : 1
  }

  mutating func countCandidate(weight: Double, probability: Double) {
    candidateCount += 1
    expectedMatches += probability
    let limit = Double(Self.weightLimit)
    weights[Int((max(-limit, min(limit, weight)) + limit).rounded())] += 1
  }

  mutating func countFound(_ pairs: [MatchedPair], merge: Double) {
    for pair in pairs where pair.probability >= merge {
      mergedCount += 1
      expectedTrueMerges += pair.probability
    }
  }

  mutating func add(_ other: MatchFigures) {
    candidateCount += other.candidateCount
    expectedMatches += other.expectedMatches
    for index in weights.indices { weights[index] += other.weights[index] }
  }
}
