import FerryCore

/// The workbook's table of shared strings, as bytes in chunks that never move.
///
/// How it works: a string is its length (seven bits a byte, low bits first) and its UTF-8, and
/// lies in one chunk; its position is 32 bits, chunk above, offset below. 4.7 million strings of
/// 22 bytes so take 125 MB, and nothing is copied while the table grows. A string longer than a
/// chunk gets one of its own. Check the position's bits when changing the chunk size.
struct SharedStrings: Sendable {
  private static let chunkBits = 20
  private static let chunkBytes = 1 << chunkBits
  private static let pageBits = 16

  private var chunks: ContiguousArray<ContiguousArray<UInt8>> = []
  // Positions in pages, for the same reason: a page is never moved.
  private var pages: ContiguousArray<ContiguousArray<UInt32>> = []
  // Usually none, or one: an empty string is no cell.
  private var emptyIndexes: Set<Int> = []
  /// How many strings there are.
  private(set) var count = 0

  /// Makes an empty table.
  init() {}

  /// Whether another string of `byteCount` bytes finds room.
  func hasRoom(for byteCount: Int) -> Bool {
    count < Limits.sharedStrings && chunks.count < Limits.sharedStringBytes >> Self.chunkBits
  }

  /// Adds a string behind the last one.
  mutating func append(_ text: Span<UInt8>) {
    let last = chunk(for: text.count + 5)
    let position = UInt32(last << Self.chunkBits | chunks[last].count)
    var rest = text.count
    while rest >= 0x80 {
      chunks[last].append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    chunks[last].append(UInt8(rest))
    chunks[last].append(copying: text)
    if count >> Self.pageBits == pages.count {
      var page = ContiguousArray<UInt32>()
      page.reserveCapacity(1 << Self.pageBits)
      pages.append(page)
    }
    pages[count >> Self.pageBits].append(position)
    if text.count == 0 { emptyIndexes.insert(count) }
    count += 1
  }

  /// Whether the string at `index` has no characters.
  @inline(__always)
  func isEmpty(_ index: Int) -> Bool { !emptyIndexes.isEmpty && emptyIndexes.contains(index) }

  /// Where the string at `index` lies, to be given to ``fill(_:at:head:of:)``.
  ///
  /// - Precondition: `index` is in `0..<count`.
  @inline(__always)
  func position(_ index: Int) -> Int {
    Int(pages[index >> Self.pageBits][index & (1 << Self.pageBits - 1)])
  }

  /// The first byte of a string's length, to be given to ``fill(_:at:head:of:)``.
  @inline(__always)
  func firstByte(at position: Int) -> UInt8 {
    chunks[position >> Self.chunkBits][position & (Self.chunkBytes - 1)]
  }

  /// Copies the string at `position` to a reserved cell of `batch`.
  @inline(__always)
  func fill(_ cellIndex: Int, at position: Int, head: UInt8, of batch: inout RowBatch) {
    let chunk = chunks[position >> Self.chunkBits]
    let bytes = chunk.span
    var offset = position & (Self.chunkBytes - 1) + 1
    var byteCount = Int(head & 0x7F)
    if head >= 0x80 {
      var shift = 7
      while true {
        let byte = Int(bytes[offset])
        offset += 1
        byteCount |= (byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
    }
    batch.fill(cellIndex, with: bytes.extracting(offset..<offset + byteCount))
  }

  private mutating func chunk(for byteCount: Int) -> Int {
    if let last = chunks.indices.last,
      chunks[last].count + byteCount <= Self.chunkBytes
    {
      return last
    }
    var chunk = ContiguousArray<UInt8>()
    chunk.reserveCapacity(max(Self.chunkBytes, byteCount))
    chunks.append(chunk)
    return chunks.count - 1
  }
}
