import FerryRecords
import FerryStores

// What the store holds before a batch is written.
extension Applier {
  /// What the store holds of the batch's records; `nil` where there can be none.
  func storedRecords(_ batch: ChangeBatch) async throws -> RecordPage? {
    let (store, shape) = (store, batch.shape)
    guard batch.kind == .create else {
      let wanted = (0..<batch.count).map { batch.storeID($0) }
      return try await retrying { () async throws(StoreError) in
        try await store.records(of: shape, withStoreIDs: wanted)
      }
    }
    if try await isFresh(shape.entity) { return nil }
    let wanted = (0..<batch.count).map { batch.externalID($0) }
    return try await retrying { () async throws(StoreError) in
      try await store.records(of: shape, withExternalIDs: wanted)
    }
  }

  /// Whether the store held no record of an entity when this run began to write it: then no
  /// create can meet one that is there.
  private func isFresh(_ entity: Entity) async throws -> Bool {
    if let known = freshEntities[entity.name] { return known }
    var isFresh = false
    if !isResumed {
      let store = store
      let page = try await retrying { () async throws(StoreError) in
        try await store.page(of: EntityFields(entity, []), after: nil)
      }
      isFresh = page.records.count == 0
    }
    freshEntities[entity.name] = isFresh
    return isFresh
  }
}
