import FerryCore
import FerryRecords
import FerryStores

/// Finds what references pointed to before: by the store's id, or under another one where the
/// record was removed since and made again.
struct UndoTargets {
  private let store: any CRMStore
  private let journal: Journal
  private let storeURL: String
  // By entity: external ids by the store ids that the journal knows.
  private var known: [String: [String: String]] = [:]

  init(_ store: any CRMStore, _ journal: Journal, storeURL: String) {
    self.store = store
    self.journal = journal
    self.storeURL = storeURL
  }

  /// By entity, then by store id: what references stand for now.
  typealias Found = [String: [String: Target]]

  /// What a store id of old stands for now.
  struct Target {
    let storeID: String
    /// Its external id, or `#ID` where it has none.
    let label: String
  }

  /// The records that these ids stand for; those that are gone are left out.
  mutating func find(_ ids: Set<String>, of entity: Entity) async throws -> [String: Target] {
    guard !ids.isEmpty else { return [:] }
    let shape = EntityFields(entity, [])
    var found: [String: Target] = [:]
    let page = try await store.records(of: shape, withStoreIDs: ids.sorted())
    for record in 0..<page.count {
      guard let id = page.storeID(of: record) else { continue }
      found[id] = Target(storeID: id, label: page.externalID(of: record) ?? "#\(id)")
    }
    let missing = ids.subtracting(found.keys)
    guard !missing.isEmpty else { return found }
    let externalIDs = try externalIDs(of: entity)
    let wanted = missing.compactMap { id in externalIDs[id].map { (id, $0) } }
    guard !wanted.isEmpty else { return found }
    let again = try await store.records(of: shape, withExternalIDs: wanted.map(\.1).sorted())
    var present: [String: String] = [:]
    for record in 0..<again.count {
      present[again.externalID(of: record) ?? ""] = again.storeID(of: record)
    }
    for (id, externalID) in wanted {
      guard let now = present[externalID] else { continue }
      found[id] = Target(storeID: now, label: externalID)
    }
    return found
  }

  /// Finds what the references of some records of the store stand for.
  mutating func find(in page: RecordPage) async throws -> Found {
    var found: Found = [:]
    for (name, ids) in Self.references(in: page) {
      guard let entity = SalesChain.entity(name) else { continue }
      found[name] = try await find(ids, of: entity)
    }
    return found
  }

  /// The ids in the reference fields of some records of the store, by entity.
  static func references(in page: RecordPage) -> [String: Set<String>] {
    var ids: [String: Set<String>] = [:]
    for (place, field) in page.shape.fields.enumerated() {
      guard let other = field.referenced else { continue }
      for value in page.values[place] where value.byteCount > 0 {
        ids[other, default: []].insert(page.arena.string(value) ?? "")
      }
    }
    return ids
  }

  /// The external ids of the records that runs created, by store id.
  private mutating func externalIDs(of entity: Entity) throws -> [String: String] {
    if let known = known[entity.name] { return known }
    var found: [String: String] = [:]
    try journal.forEachBatch(entity: entity.name, store: storeURL) { batch, bytes in
      guard batch.kind == ChangeBatch.Kind.create.rawValue else { return }
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      while reader.next(in: bytes) {
        found[bytes.extracting(reader.storeID).text] = bytes.extracting(reader.externalID).text
      }
    }
    known[entity.name] = found
    return found
  }
}
