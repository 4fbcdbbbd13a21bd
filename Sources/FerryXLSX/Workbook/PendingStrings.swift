import FerryCore

/// Shared strings that cells wait for.
///
/// How it works: the table is far larger than any cache, and half of all references go somewhere
/// else in it. Looked up one by one, the reader would wait for memory at each; looked up together,
/// step by step, the waits overlap. That takes a quarter off the time of a large workbook.
struct PendingStrings {
  private var fills: ContiguousArray<CellFill> = []
  private let byteLimit: Int
  // Keeps the look at each string's first byte from being left out as useless.
  private var lastSum: UInt8 = 0
  /// Whether the batch grew beyond what one may hold.
  private(set) var isBeyondLimit = false

  private static let many = 128
  private static let most = 4096
  private static let mostBytes = 4 << 20
  // Lower where the table has long strings, so that what waits is never much.
  private let countLimit: Int

  /// Expects strings of at most `longest` bytes, and batches of at most `byteLimit`.
  init(byteLimit: Int, longest: Int = 0) {
    self.byteLimit = byteLimit
    countLimit = min(Self.most, max(1, Self.mostBytes / max(longest, 1)))
  }

  /// Whether there are enough for the waits to overlap.
  var isLarge: Bool { fills.count >= min(Self.many, countLimit) }
  /// Whether it can't wait for the end of the row.
  var isOverfull: Bool { fills.count >= countLimit }

  /// Remembers that the cell of that number in the batch wants the string at `index`.
  @inline(__always)
  mutating func add(_ index: Int, _ cell: Int) {
    fills.append(CellFill(cellIndex: cell, startOffset: index, byteCount: 0))
  }

  /// Brings all strings that cells wait for.
  mutating func resolve(_ strings: SharedStrings, _ batch: inout RowBatch) {
    var byteCount = batch.bytes.count
    for index in fills.indices {
      let place = strings.place(fills[index].startOffset)
      fills[index].startOffset = place.lowerBound
      fills[index].byteCount = place.count
      byteCount += place.count
    }
    // One long string, named again and again, makes a small file a huge row.
    isBeyondLimit = isBeyondLimit || byteCount > byteLimit
    if !isBeyondLimit {
      strings.withBytes { bytes in
        var sum: UInt8 = 0
        for fill in fills where fill.byteCount > 0 { sum &+= bytes[fill.startOffset] }
        lastSum = sum
        batch.fill(fills.span, from: bytes)
      }
    }
    fills.removeAll(keepingCapacity: true)
  }
}
