import FerryCore

/// Shared strings that cells wait for.
///
/// How it works: the table is far larger than any cache, and half of all references go somewhere
/// else in it. Looked up one by one, the reader would wait for memory at each; looked up together,
/// step by step, the waits overlap. That takes a quarter off the time of a large workbook.
struct PendingStrings {
  private var entries: ContiguousArray<(index: Int, cell: Int)> = []
  private var positions: ContiguousArray<Int> = []
  private var heads: ContiguousArray<UInt8> = []
  private let byteLimit: Int
  /// Whether the batch grew beyond what one may hold.
  private(set) var isBeyondLimit = false

  private static let many = 128
  private static let most = 4096

  init(byteLimit: Int) { self.byteLimit = byteLimit }

  /// Whether there are enough for the waits to overlap.
  var isLarge: Bool { entries.count >= Self.many }
  /// Whether it can't wait for the end of the row.
  var isOverfull: Bool { entries.count >= Self.most }

  @inline(__always)
  mutating func add(_ index: Int, _ cell: Int) { entries.append((index, cell)) }

  mutating func resolve(_ strings: SharedStrings, _ batch: inout RowBatch) {
    positions.removeAll(keepingCapacity: true)
    for entry in entries { positions.append(strings.position(entry.index)) }
    heads.removeAll(keepingCapacity: true)
    for position in positions { heads.append(strings.firstByte(at: position)) }
    for index in entries.indices {
      // One long string, named again and again, makes a small file a huge row.
      isBeyondLimit = isBeyondLimit || batch.bytes.count > byteLimit
      guard !isBeyondLimit else { break }
      strings.fill(
        entries[index].cell, at: positions[index], head: heads[index], of: &batch)
    }
    entries.removeAll(keepingCapacity: true)
  }
}
