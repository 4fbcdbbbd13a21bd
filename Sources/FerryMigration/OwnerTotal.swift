/// How many records of an entity an owner has, in the sources and in the store.
public struct OwnerTotal: Hashable, Sendable {
  /// Who the owner of the sources is in the store.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// A user who has not left.
    case user
    /// Nobody: the records go to the 公海.
    case pool
    /// One who has left.
    case inactive
    /// Nobody knows: neither a user nor a line of the owner map.
    case unmapped
  }

  /// The entity's name.
  public let entity: String
  /// The owner as the sources, or in a hand-over the owner map, call them.
  public let name: String
  /// The external id of the user who has the records, or `#ID`; `nil` for nobody.
  public let user: String?
  /// Who that is.
  public let state: State
  /// How many records of the input the owner has; what is not loaded does not count.
  public var records: Int
  /// How many of them that user has in the store, together with those of other names that go to
  /// the same user; `nil` before the store was read again, and for nobody.
  public var stored: Int?

  /// States it.
  public init(
    entity: String, name: String, user: String?, state: State, records: Int, stored: Int? = nil
  ) {
    self.entity = entity
    self.name = name
    self.user = user
    self.state = state
    self.records = records
    self.stored = stored
  }
}
