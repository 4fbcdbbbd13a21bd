import FerryCore
import FerryRecords
import FerryStores

/// Which of some records of one entity other records link to, found in one pass over the entities
/// that can.
///
/// Links among the records themselves only count while the linking one is there.
struct LinkScan {
  /// A reference field that links to one of the records.
  struct Link: Hashable {
    let entity: String
    let storeID: String
    let externalID: String
    let field: String
    /// The store id of the record that it links to.
    let target: String
  }

  let entity: Entity
  private let targets: ByteSet
  private var linked = ByteSet()
  /// The links from records that are none of these.
  private(set) var links: [Link] = []
  // Store id → those of its own kind, among these records, that link to it.
  private var ownLinks: [String: [String]] = [:]
  private var removed = ByteSet()

  /// Looks for links to the records with the store ids of `targets`.
  ///
  /// `ignoring` says of an entity, a store id, a field and what it holds whether that link does not
  /// count.
  init(
    _ entity: Entity, to targets: ByteSet, in store: any CRMStore,
    ignoring: (Entity, Span<UInt8>, Field, Span<UInt8>) -> Bool
  ) async throws {
    self.entity = entity
    self.targets = targets
    guard targets.count > 0 else { return }
    for other in SalesChain.entities {
      let fields = other.fields.filter { $0.referenced == entity.name }
      guard !fields.isEmpty else { continue }
      var cursor: String?
      repeat {
        let page = try await store.page(of: EntityFields(other, fields), after: cursor)
        for record in 0..<page.records.count { add(page.records, record, ignoring) }
        cursor = page.next
      } while cursor != nil
    }
  }

  private mutating func add(
    _ page: RecordPage, _ record: Int,
    _ ignoring: (Entity, Span<UInt8>, Field, Span<UInt8>) -> Bool
  ) {
    for (index, field) in page.shape.fields.enumerated() {
      let value = page.values[index][record]
      guard value.byteCount > 0 else { continue }
      let counts = page.arena.withBytes(of: value) { target in
        guard targets.number(of: target) != nil else { return false }
        return page.arena.withBytes(of: page.storeIDs[record]) { id in
          !ignoring(page.shape.entity, id, field, target)
        }
      }
      if counts { note(page, record, field, target: page.arena.string(value) ?? "") }
    }
  }

  private mutating func note(_ page: RecordPage, _ record: Int, _ field: Field, target: String) {
    let storeID = page.storeID(of: record) ?? ""
    let isOwn =
      page.shape.entity == entity && targets.number(of: Bytes(storeID.utf8).span) != nil
    guard !isOwn else {
      ownLinks[target, default: []].append(storeID)
      return
    }
    linked.insert(Bytes(target.utf8).span)
    links.append(
      Link(
        entity: page.shape.entity.name, storeID: storeID,
        externalID: page.externalID(of: record) ?? "#\(storeID)", field: field.name,
        target: target))
  }

  /// Whether a record that is still there links to this one.
  func isLinked(_ storeID: String) -> Bool {
    linked.number(of: Bytes(storeID.utf8).span) != nil || isLinkedByOwn(storeID)
  }

  /// Whether one of the records themselves that is still there links to this one.
  func isLinkedByOwn(_ storeID: String) -> Bool {
    ownLinks[storeID]?.contains { other in
      other != storeID && removed.number(of: Bytes(other.utf8).span) == nil
    } ?? false
  }

  /// Notes that a record goes, and its links with it.
  mutating func markRemoved(_ storeID: String) { removed.insert(Bytes(storeID.utf8).span) }
}
