/// Which value of a field survives where several records become one.
public enum KeepRule: String, Hashable, Sendable, CaseIterable {
  /// The first value that is not blank, in the order of the sources; the default.
  case first
  /// The value of the record that was updated, else created, last.
  case newest
  /// The value that most records have; the first of those that tie.
  case frequent
  /// The longest value; the first of those that tie.
  case fullest
}

/// What a mapping's `match:` section says of one entity.
public struct MatchSettings: Hashable, Sendable {
  /// Pairs at or above this probability go to clerical review.
  public var review: Double
  /// Pairs at or above this probability become one record.
  public var merge: Double
  /// By field name; a field that is not here keeps the first value.
  public var keep: [String: KeepRule]
  /// Whether a record that goes into another one is taken out of the store where it has a record of
  /// its own there; links to it move.
  public var removesLoaded = false

  /// States the settings; the defaults are those of a bare `account:`.
  public init(review: Double = 0.50, merge: Double = 0.95, keep: [String: KeepRule] = [:]) {
    self.review = review
    self.merge = merge
    self.keep = keep
  }
}
