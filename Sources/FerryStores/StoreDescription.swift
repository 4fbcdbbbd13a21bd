public import FerryCore

/// What a store has a place for, as a plan needs to know it before it promises anything.
///
/// A store that makes its own tables holds everything, and says nothing here.
public struct StoreDescription: Sendable {
  /// By entity; one that is not here is held whole.
  public var entities: [String: EntityDescription] = [:]
  /// How long writes take, for the plan's estimate; `nil` where that is not worth telling.
  public var pace: WritePace?
  /// What people should know before they apply the plan.
  public var notes: [Finding] = []

  /// States that everything has a place.
  public init() {}
}

/// How a store holds one entity.
public struct EntityDescription: Hashable, Sendable {
  /// What can be done with its records.
  public enum Place: Hashable, Sendable {
    /// They are loaded.
    case loaded
    /// They are only looked up: the store's admin makes them.
    case lookedUp
    /// There is no place for them.
    case none
  }

  /// What can be done with its records.
  public var place: Place
  /// What people call it in the store.
  public var label: String
  /// By field; a field that is not here has no place.
  public var fields: [String: FieldDescription] = [:]
  /// What the store itself demands and nothing of Ferry's fills, by the store's names.
  public var demands: [String] = []
  /// Fields that the store fills in where a new record brings nothing, such as who made it.
  public var filledByStore: Set<String> = []

  /// States it.
  public init(_ place: Place, label: String) {
    self.place = place
    self.label = label
  }
}

/// How a store holds one field.
public struct FieldDescription: Hashable, Sendable {
  /// What people call it in the store.
  public var label: String
  /// Whether the store refuses a new record without it.
  public var isRequired = false
  /// The values that it takes, in the store's order; `nil` for any.
  public var options: [String]?
  /// The most characters that it takes; `nil` where the store does not say.
  public var longest: Int?
  /// The list in which each value may stand once, in capitals or not; `nil` where values may repeat.
  ///
  /// Fields of several entities may share one, such as `contacts.email` those of leads and contacts.
  public var uniqueAs: String?
  /// The store's id of the record that a new one refers to where it brings nothing, such as the user
  /// who signs in; `nil` where it then refers to none.
  public var filledWith: String?

  /// States it.
  public init(label: String) { self.label = label }
}

/// How long a store takes for a record.
public struct WritePace: Hashable, Sendable {
  /// For a record that is made.
  public var create: Duration
  /// For a record that is changed.
  public var update: Duration
  /// For a record that is removed.
  public var delete: Duration

  /// States it.
  public init(create: Duration, update: Duration, delete: Duration) {
    self.create = create
    self.update = update
    self.delete = delete
  }
}
