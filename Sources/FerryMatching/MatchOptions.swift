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

  /// Fixes nothing.
  public init() {}
}
