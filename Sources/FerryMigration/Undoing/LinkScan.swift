import FerryCore
import FerryRecords
import FerryStores

/// Which of the records that a run created other records link to, found in one pass over the
/// entities that can.
///
/// Children are taken back before their parents, so whatever still links is someone else's, or was
/// kept. Links among the entity's own created records only count while the linking one is there.
struct LinkScan {
  let entity: Entity
  private let created: ByteSet
  private var linked = ByteSet()
  // Store id → those of its own kind, created by the run, that link to it.
  private var ownLinks: [String: [String]] = [:]
  private var removed = ByteSet()

  init(_ entity: Entity, created: ByteSet, in store: any CRMStore) async throws {
    self.entity = entity
    self.created = created
    for other in SalesChain.entities {
      let fields = other.fields.filter { $0.referenced == entity.name }
      guard !fields.isEmpty else { continue }
      var cursor: String?
      repeat {
        let page = try await store.page(of: EntityFields(other, fields), after: cursor)
        for record in 0..<page.records.count { add(page.records, record) }
        cursor = page.next
      } while cursor != nil
    }
  }

  private mutating func add(_ page: RecordPage, _ record: Int) {
    let isOwn =
      page.shape.entity == entity
      && page.arena.withBytes(of: page.storeIDs[record]) { created.number(of: $0) } != nil
    for (index, field) in page.shape.fields.enumerated() where field.referenced == entity.name {
      let value = page.values[index][record]
      guard value.byteCount > 0 else { continue }
      page.arena.withBytes(of: value) { target in
        guard created.number(of: target) != nil else { return }
        if isOwn {
          ownLinks[target.text, default: []].append(page.storeID(of: record) ?? "")
        } else {
          linked.insert(target)
        }
      }
    }
  }

  /// Whether a record that is still there links to this one.
  func isLinked(_ storeID: String) -> Bool {
    if linked.number(of: Bytes(storeID.utf8).span) != nil { return true }
    return ownLinks[storeID]?.contains { other in
      other != storeID && removed.number(of: Bytes(other.utf8).span) == nil
    } ?? false
  }

  /// Notes that a record goes, and its links with it.
  mutating func markRemoved(_ storeID: String) { removed.insert(Bytes(storeID.utf8).span) }

  /// Notes that a record stays: whatever it links to has to stay too.
  mutating func keep(_ page: RecordPage, _ record: Int) {
    for (index, field) in page.shape.fields.enumerated() where field.referenced == entity.name {
      let value = page.values[index][record]
      guard value.byteCount > 0 else { continue }
      page.arena.withBytes(of: value) { _ = linked.insert($0) }
    }
  }
}
