/// What a person may fix of a match; everything else is found from the data.
public struct MatchOptions: Hashable, Sendable {
  /// How many partners a row may have on the other side, where two tables are linked.
  public enum Link: String, Hashable, Sendable, CaseIterable {
    case one, many
  }

  /// Pairs of less probability are not told.
  public var review = 0.50
  /// Clusters are made from here upwards.
  public var merge = 0.95
  /// Used with two tables only.
  public var link = Link.one
  /// P(two random rows match); `nil` finds it from the data.
  public var prior: Double?
  /// Blocking rules: rows that agree in all columns of a rule are compared; `nil` finds them.
  public var blocking: [[String]]?
  /// A file with the model of an earlier run; `nil` learns one.
  public var modelPath: String?
  /// How columns are compared, by header; a column that is not here by its kind.
  public var comparisons: [String: [ComparisonChoice]] = [:]

  /// Fixes nothing.
  public init() {}
}

/// One level of a comparison as a config writes it, best first: `exact`, `damerau 1`, `jaro 0.9`.
public enum ComparisonChoice: Hashable, Sendable {
  /// The same once case, width and blanks are folded.
  case exact
  /// At most so many characters put in, left out, changed or swapped with their neighbour.
  case damerau(Int)
  /// A Jaro–Winkler similarity of at least this, in (0, 1].
  case jaro(Double)
  /// Anything that no level before covers.
  case otherwise
}
