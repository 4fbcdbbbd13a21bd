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
