/// What a person said once of two records: one, or two.
///
/// The records are known by their content, not by where they stand.
public struct MatchDecision: Hashable, Sendable {
  /// The entity's name.
  public let entity: String
  /// Digests of both records' contents, the smaller first.
  public let digests: [String]
  /// Whether both are the same thing.
  public let isSame: Bool
  /// By field: the digest of the record whose value is kept; where both are the same.
  public var picks: [String: String]
  /// What people call the two records, for a decision that fits nothing any more.
  public let label: String

  /// States a decision; the digests may come in any order.
  public init(
    entity: String, digests: [String], isSame: Bool, picks: [String: String] = [:],
    label: String = ""
  ) {
    self.entity = entity
    self.digests = digests.sorted()
    self.isSame = isSame
    self.picks = picks
    self.label = label
  }
}
