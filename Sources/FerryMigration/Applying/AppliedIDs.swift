import FerryCore
import FerrySQLite

/// The store ids of the records that a run has written, by the seq of their change.
struct AppliedIDs {
  private var ids: ContiguousArray<ValueRef>
  private var arena = ByteArena()

  /// Makes room for the changes of a plan.
  init(changeCount: Int) {
    ids = ContiguousArray(repeating: .absent, count: changeCount + 1)
  }

  /// Whether a change has written a record.
  func hasID(_ seq: Int) -> Bool { ids.indices.contains(seq) && ids[seq].isPresent }

  /// Calls `body` with the store id of a change's record; no bytes where there is none.
  func withID<R>(_ seq: Int, _ body: (Span<UInt8>) -> R) -> R {
    arena.withBytes(of: ids.indices.contains(seq) ? ids[seq] : .absent, body)
  }

  /// Remembers what a change wrote.
  mutating func set(_ id: Span<UInt8>, of seq: Int) {
    guard ids.indices.contains(seq), !ids[seq].isPresent else { return }
    ids[seq] = arena.append(id)
  }

  /// Remembers what a batch of an earlier process wrote.
  mutating func add(_ batch: BatchRecord, from journal: Journal) throws(SQLiteError) {
    _ = try journal.withRecords(of: batch.id) { bytes in
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      while reader.next(in: bytes) { set(bytes.extracting(reader.storeID), of: reader.seq) }
    }
  }
}
