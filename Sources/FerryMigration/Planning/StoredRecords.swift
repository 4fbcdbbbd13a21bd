import FerryCore
public import FerryMatching
public import FerryRecords
import FerrySQLite
public import FerryStores
import Foundation

/// A store's records, with what its workspace remembers of merges, for new records to be matched
/// against; the store is only read.
public struct StoredRecords: KnownRecords {
  /// Up to so many records the store is asked by id; beyond that its pages are read.
  private static let fewRecords = 2_000
  private static let lookupSize = 500

  /// The store as people may see it.
  public let storeName: String
  private let store: any CRMStore
  private let layout: StoreLayout
  private let workspace: Workspace

  /// Takes a store that is open for reading, named as people may see it; `layout` names the tables that Ferry
  /// did not make.
  public init(
    _ store: any CRMStore, name: String, workspace: Workspace, layout: StoreLayout = StoreLayout()
  ) {
    self.store = store
    self.layout = layout
    self.workspace = workspace
    storeName = name
  }

  /// Calls `body` with the external ids that the store holds, those that are asked for among them.
  public func forEachHeld(
    _ entity: Entity, count: Int, externalID: (Int) -> String, _ body: (Span<UInt8>) -> Void
  ) async throws {
    let shape = EntityFields(entity, [])
    func tell(_ page: RecordPage) {
      for id in page.externalIDs where id.isPresent { page.arena.withBytes(of: id, body) }
    }
    guard count > Self.fewRecords else {
      for start in stride(from: 0, to: count, by: Self.lookupSize) {
        let ids = (start..<min(start + Self.lookupSize, count)).map(externalID)
        tell(try await store.records(of: shape, withExternalIDs: ids))
      }
      return
    }
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      tell(page.records)
      cursor = page.next
    } while cursor != nil
  }

  /// What the journal says of records that went into others.
  public func earlierMerges(of entity: Entity) async throws -> [String: EarlierMerge] {
    guard FileManager.default.fileExists(atPath: workspace.journalPath) else { return [:] }
    do {
      let journal = try Journal(reading: workspace)
      journal.layout = layout
      return try journal.earlierMerges(
        of: entity.name, store: storeName, identity: try? await store.identity())
    } catch let error as SQLiteError {
      throw MigrationError(journal: error)
    }
  }

  /// Reads one page of all records.
  public func page(
    of entity: Entity, fields: [KnownField], after cursor: String?
  ) async throws -> (page: KnownPage, next: String?) {
    let page = try await store.page(of: Self.shape(entity, fields), after: cursor)
    return (try await known(page.records, fields), page.next)
  }

  /// Reads the records with these ids.
  public func records(
    of entity: Entity, fields: [KnownField], keys: [String], areStoreIDs: Bool
  ) async throws -> KnownPage {
    let shape = Self.shape(entity, fields)
    let page =
      areStoreIDs
      ? try await store.records(of: shape, withStoreIDs: keys)
      : try await store.records(of: shape, withExternalIDs: keys)
    return try await known(page, fields)
  }

  private static func shape(_ entity: Entity, _ fields: [KnownField]) -> EntityFields {
    EntityFields(entity, fields.compactMap { entity.field($0.name) })
  }

  // MARK: - References

  /// A page whose references are the text that the other records are known by.
  private func known(_ page: RecordPage, _ fields: [KnownField]) async throws -> KnownPage {
    var values = page.values
    var arena = page.arena
    for (index, field) in fields.enumerated() where index < values.count {
      guard let name = field.through, let other = page.shape.fields[index].referenced else {
        continue
      }
      let names = try await texts(of: name, other, values[index], page.arena)
      for record in values[index].indices where values[index][record].isPresent {
        let id = page.arena.string(values[index][record]) ?? ""
        values[index][record] = names[id].map { arena.append($0) } ?? .absent
      }
    }
    return KnownPage(
      storeIDs: page.storeIDs, externalIDs: page.externalIDs, values: values, arena: arena)
  }

  private func texts(
    of name: String, _ entityName: String, _ ids: ContiguousArray<ValueRef>, _ arena: ByteArena
  ) async throws -> [String: String] {
    guard let entity = SalesChain.entity(entityName), let field = entity.field(name) else {
      return [:]
    }
    let wanted = Set(ids.compactMap { arena.string($0) }).sorted()
    guard !wanted.isEmpty else { return [:] }
    let page = try await store.records(of: EntityFields(entity, [field]), withStoreIDs: wanted)
    var found: [String: String] = [:]
    for record in 0..<page.count {
      guard let id = page.storeID(of: record) else { continue }
      found[id] = page.string(field: 0, of: record)
    }
    return found
  }
}
