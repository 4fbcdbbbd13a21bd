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
  /// What people call the two records, for a decision that fits nothing any more.
  public let label: String

  /// States a decision; the digests may come in any order.
  public init(entity: String, digests: [String], isSame: Bool, label: String = "") {
    self.entity = entity
    self.digests = digests.sorted()
    self.isSame = isSame
    self.label = label
  }
}
