import FerryCore
import FerryStores

/// Finds records of a page by one of their ids.
struct StoredIndex {
  private let page: RecordPage
  private let keys: ContiguousArray<ValueRef>
  private var index: ByteIndex

  init(_ page: RecordPage, byExternalID: Bool) {
    self.page = page
    keys = byExternalID ? page.externalIDs : page.storeIDs
    index = ByteIndex(capacity: page.count)
    let keys = keys
    for record in 0..<page.count where keys[record].isPresent {
      let hash = page.arena.withBytes(of: keys[record]) { $0.contentHash }
      index.insert(record, hash: hash) { other in
        page.arena.withBytes(of: keys[other]) { $0.contentHash }
      }
    }
  }

  /// The record with that id.
  func find(_ id: Span<UInt8>) -> Int? {
    index.find(hash: id.contentHash) { record in
      page.arena.withBytes(of: keys[record]) { $0.hasSameBytes(as: id) }
    }
  }
}

/// Finds records of a page by their store ids; without an index where they are asked for in the order
/// in which they stand.
struct StoredFinder {
  private let page: RecordPage
  private var next = 0
  private var index: StoredIndex?

  init(_ page: RecordPage) { self.page = page }

  /// The record with that id.
  mutating func find(_ id: Span<UInt8>) -> Int? {
    if next < page.count,
      page.arena.withBytes(of: page.storeIDs[next], { $0.hasSameBytes(as: id) })
    {
      next += 1
      return next - 1
    }
    let index = index ?? StoredIndex(page, byExternalID: false)
    self.index = index
    guard let found = index.find(id) else { return nil }
    next = found + 1
    return found
  }
}
