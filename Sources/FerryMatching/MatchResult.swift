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
  /// What it was made with and found on the way.
  public let facts: MatchFacts
}

/// Counts of a match, for people.
public struct MatchFacts: Hashable, Sendable {
  /// Rows of all tables.
  public var rowCount = 0
  /// Pairs that were compared.
  public var candidateCount = 0
  /// Pairs that the model was learned from.
  public var learnedFromCount = 0
  /// P(two random rows match) as found.
  public var prior = 0.0
  /// Groups of rows that share a key but are too many to be compared with each other.
  public var largeGroupCount = 0
}
