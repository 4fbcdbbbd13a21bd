import FerryCore
import FerrySQLite

/// The store ids of the records that a run has written, by the seq of their change.
///
/// How it works: eight bytes for each change. The lowest is how many bytes the id has, which stand in the
/// others, as those of most numbers do; longer ids lie elsewhere, and their number stands there.
struct AppliedIDs {
  private static let longestInPlace = 7
  private static let isElsewhere: UInt64 = 0xFF

  // 0 where there is none.
  private var words: ContiguousArray<UInt64>
  private var others = ContiguousArray<ValueRef>()
  private var arena = ByteArena()

  /// Makes room for the changes of a plan.
  init(changeCount: Int) {
    words = ContiguousArray(repeating: 0, count: changeCount + 1)
  }

  /// Whether a change has written a record.
  func hasID(_ seq: Int) -> Bool { words.indices.contains(seq) && words[seq] != 0 }

  /// Calls `body` with the store id of a change's record; no bytes where there is none.
  func withID<R>(_ seq: Int, _ body: (Span<UInt8>) -> R) -> R {
    guard hasID(seq) else { return body(Span()) }
    let word = words[seq]
    guard word & 0xFF != Self.isElsewhere else {
      return arena.withBytes(of: others[Int(word >> 8)], body)
    }
    return unsafe withUnsafeBytes(of: (word >> 8).littleEndian) { bytes in
      let id = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<Int(word & 0xFF)])
      return body(unsafe Span(_unsafeBytes: id))
    }
  }

  /// Remembers what a change wrote.
  mutating func set(_ id: Span<UInt8>, of seq: Int) {
    guard words.indices.contains(seq), words[seq] == 0 else { return }
    guard !id.isEmpty, id.count <= Self.longestInPlace else {
      words[seq] = Self.isElsewhere | UInt64(others.count) << 8
      others.append(arena.append(id))
      return
    }
    var word = UInt64(id.count)
    for index in id.indices { word |= UInt64(id[index]) << (8 * UInt64(index + 1)) }
    words[seq] = word
  }

  /// Remembers what a batch of an earlier process wrote.
  mutating func add(_ batch: BatchRecord, from journal: Journal) throws(SQLiteError) {
    _ = try journal.withRecords(of: batch.id) { bytes in
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      while reader.next(in: bytes) { set(bytes.extracting(reader.storeID), of: reader.seq) }
    }
  }
}
