import FerryCore
public import FerryRecords
public import FerryStores

/// A CRM product behind its API: one store for all products, each told by its adapter.
///
/// Where a product has no upsert of its own, a create looks each external id up first; one whose
/// answer was lost is looked up again before it is sent again, see `HTTPStore+Writing.swift`.
public actor HTTPStore: CRMStore {
  /// What the store can do.
  public nonisolated let capabilities: StoreCapabilities
  let adapter: any ProductAdapter
  let access: StoreAccess
  /// By object; what is not there is remembered as that.
  private var objects: [String: RemoteObject?] = [:]
  /// Objects whose last create ended with an error: some of its records may be there.
  var doubtful: Set<String> = []
  /// When the last record was made, by the surroundings' clock.
  var lastCreation: Duration?
  /// By entity.
  private var shapes: [String: RemoteShape] = [:]

  init(_ adapter: any ProductAdapter, kind: String, access: StoreAccess, keepsHistory: Bool) {
    self.adapter = adapter
    self.access = access
    capabilities = StoreCapabilities(
      kind: kind, displayName: adapter.client.name, isTransactional: false,
      keepsHistory: keepsHistory, largestBatch: adapter.batchSize)
  }

  /// Makes nothing: a product's objects and fields are its admin's business.
  public func prepare(_ entities: [EntityFields]) async throws(StoreError) {
    try checkWritable()
    _ = try await description(of: entities.map(\.entity))
  }

  /// Waits until searches find all that was made, so that whoever reads next does.
  public func finishLoading() async throws(StoreError) {
    guard let last = lastCreation, let lag = lookAgain.last else { return }
    let left = last + lag - adapter.client.surroundings.elapsed()
    if left > .zero { try await adapter.client.rest(for: left) }
    lastCreation = nil
  }

  /// What the product does by itself.
  public func sideEffects(of entities: [Entity]) async throws(StoreError) -> [SideEffect] {
    entities.flatMap { adapter.sideEffects(of: $0.name) }
  }

  /// Lets go of connections.
  public func close() async {
    adapter.client.transport.close()
    adapter.client.quota?.giveBack()
  }

  /// Pauses before each look-up of a record that may have been stored.
  var lookAgain: [Duration] { adapter.client.surroundings.lookAgain ?? adapter.lookAgain }

  func checkWritable() throws(StoreError) {
    guard access == .readWrite else {
      throw HTTPStoreRules.error(
        .refused, isTransient: false, HTTPStoreRules.openedForReading, adapter.client.name)
    }
  }

  /// Where an entity stands; `nil` where the product has no place for it.
  func shape(of entity: Entity) async throws(StoreError) -> RemoteShape? {
    if let known = shapes[entity.name] { return known }
    guard let remote = adapter.table[entity.name], let object = try await object(remote.object)
    else { return nil }
    let shape = RemoteShape(entity, remote, object, externalID: adapter.externalID)
    shapes[entity.name] = shape
    return shape
  }

  /// The first object of `A|B` that is there.
  private func object(_ names: String) async throws(StoreError) -> RemoteObject? {
    if let known = objects[names] { return known }
    var found: RemoteObject?
    for name in names.split(separator: "|") where found == nil {
      found = try await adapter.describe(String(name))
    }
    objects[names] = .some(found)
    return found
  }
}

/// One of Ferry's entities in a product's object.
struct RemoteShape: Sendable {
  let entity: Entity
  let remote: RemoteEntity
  let object: RemoteObject
  /// By Ferry's field.
  private(set) var codecs: [String: FieldCodec] = [:]
  /// The field of external ids; `nil` where the object has none.
  let externalID: String?

  init(_ entity: Entity, _ remote: RemoteEntity, _ object: RemoteObject, externalID: String) {
    self.entity = entity
    self.remote = remote
    self.object = object
    let wanted = remote.externalID ?? externalID
    self.externalID = object.fields[wanted] == nil || remote.isLookedUpOnly ? nil : wanted
    for (name, remoteName) in remote.fields {
      let found = remoteName.name.split(separator: "|").lazy
        .compactMap { object.fields[String($0)] }.first
      // What only the product writes is no place for a value, and nothing that a run has changed.
      guard let field = entity.field(name), let found, found.isWritable || remote.isLookedUpOnly
      else { continue }
      codecs[name] = FieldCodec(field, found, remoteName)
    }
  }
}
