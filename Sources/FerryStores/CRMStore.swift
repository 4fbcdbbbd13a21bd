public import FerryCore
public import FerryRecords

/// A place that records are loaded into: a database, a CRM's API, or import files.
///
/// A store says what it can do, how its fields are called, and moves batches. Ordering, retrying,
/// resuming and undoing are not its business. References travel as ids of this store; external
/// ids travel beside the record. Values are canonical text (see `FieldType`).
public protocol CRMStore: Sendable {
  /// What the store can do.
  var capabilities: StoreCapabilities { get }

  /// Makes room for these entities and fields: tables, columns, custom fields. Idempotent.
  ///
  /// Called before the first write, never for a plan.
  func prepare(_ entities: [EntityFields]) async throws(StoreError)

  /// Says that only new records of these entities come until ``finishLoading()``, each of them once.
  ///
  /// Called after ``prepare(_:)``. A store that holds none of them yet may do without their indexes
  /// until then; ``prepare(_:)`` makes those that a load which was cut off has left out.
  func beginLoading(_ entities: [EntityFields]) async throws(StoreError)

  /// Makes what ``beginLoading(_:)`` has put off; does nothing where that is nothing.
  func finishLoading() async throws(StoreError)

  /// Reads one page of all records of an entity, in a stable order.
  ///
  /// The first page has no cursor; each page tells the next one's, see ``StoredPage/next``.
  func page(of request: EntityFields, after cursor: String?) async throws(StoreError) -> StoredPage

  /// Reads the records that have one of these external ids; absent ones are left out.
  func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage

  /// Reads the records that have one of these store ids; absent ones are left out.
  func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage

  /// Reads the records whose `field` equals one of `values`, to resolve a lookup.
  func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage

  /// Writes one batch; in one transaction where ``StoreCapabilities/isTransactional``.
  ///
  /// Creating a record whose external id the store already holds updates it instead and returns
  /// its id, so that a batch can be sent again after a crash. An update that brings an external id
  /// gives it to a record that has none, and changes none that is there.
  ///
  /// - Returns: One result for each record, in order.
  func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult]

  /// What the store does by itself when records of these entities are written; only read.
  func sideEffects(of entities: [Entity]) async throws(StoreError) -> [SideEffect]

  /// Tells which external ids of an entity the store has no place for; `nil` where it takes all.
  nonisolated func keyCheck(of entity: Entity) -> (@Sendable (String) -> Finding?)?

  /// What is the same whatever URL leads to the store, and no other store has; `nil` where the store
  /// can't tell.
  func identity() async throws(StoreError) -> String?

  /// What the store has a place for; only read, once for a plan.
  ///
  /// - Throws: What the store's admin must mend first, all of it at once.
  func description(of entities: [Entity]) async throws(StoreError) -> StoreDescription

  /// Lets go of connections and files. The store is not used again.
  func close() async
}

extension CRMStore {
  /// Puts nothing off.
  public func beginLoading(_ entities: [EntityFields]) async throws(StoreError) {}

  /// Nothing was put off.
  public func finishLoading() async throws(StoreError) {}

  /// Everything has a place.
  public func description(
    of entities: [Entity]
  ) async throws(StoreError) -> StoreDescription { StoreDescription() }

  /// Nothing that is known.
  public func sideEffects(of entities: [Entity]) async throws(StoreError) -> [SideEffect] { [] }

  /// It takes all.
  public nonisolated func keyCheck(of entity: Entity) -> (@Sendable (String) -> Finding?)? { nil }

  /// Nothing that is known.
  public func identity() async throws(StoreError) -> String? { nil }
}

/// What a store does by itself when records are written: a trigger, a mail, an assignment.
public struct SideEffect: Hashable, Sendable {
  /// What starts it.
  public enum Event: String, Hashable, Sendable, CaseIterable {
    case create
    case update
    case delete
  }

  /// The entity's name.
  public let entity: String
  /// What people call it in the store, such as `trigger audit_accounts`.
  public let name: String
  /// What starts it.
  public let events: Set<Event>
  /// Whether Ferry keeps it from starting.
  public let isHeldBack: Bool

  /// States it.
  public init(entity: String, name: String, events: Set<Event>, isHeldBack: Bool = false) {
    self.entity = entity
    self.name = name
    self.events = events
    self.isHeldBack = isHeldBack
  }
}

/// What a store is opened for.
public enum StoreAccess: Hashable, Sendable {
  /// For plans and verifying: the store itself refuses writes.
  case readOnly
  case readWrite
}

/// An entity and those of its fields that a call is about.
public struct EntityFields: Hashable, Sendable {
  /// The entity.
  public let entity: Entity
  /// The fields, in the order that values come in.
  public let fields: [Field]

  /// Pairs them.
  public init(_ entity: Entity, _ fields: [Field]) {
    self.entity = entity
    self.fields = fields
  }
}

/// What a store can do; `ferry stores` shows it.
public struct StoreCapabilities: Hashable, Sendable {
  /// The store's kind, such as `sqlite`.
  public let kind: String
  /// The store as people may see it: never a secret.
  public let displayName: String
  /// Whether a batch is written whole or not at all.
  public let isTransactional: Bool
  /// Whether created and closed times, creator and owner survive the move.
  public let keepsHistory: Bool
  /// The most records that one ``CRMStore/write(_:)`` may hold.
  public let largestBatch: Int

  /// States them.
  public init(
    kind: String, displayName: String, isTransactional: Bool, keepsHistory: Bool,
    largestBatch: Int
  ) {
    self.kind = kind
    self.displayName = displayName
    self.isTransactional = isTransactional
    self.keepsHistory = keepsHistory
    self.largestBatch = largestBatch
  }
}
