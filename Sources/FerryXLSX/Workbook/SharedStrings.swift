import FerryCore

/// The workbook's table of shared strings: one run of UTF-8, and where each string ends in it.
///
/// How it works: room for the largest table that the part can hold is set aside at once and
/// becomes memory only as it is written, so nothing is moved while the table grows, 4.7 million
/// strings of 22 bytes take 121 MB, and a string is found by one look at two neighbouring numbers.
/// The table is filled once and only read from then on, so that copies of it may share it.
struct SharedStrings {
  private let text: ReservedBytes
  // 32 bits each: the end of string `index` is number `index + 1`, and number 0 is 0.
  private let ends: ReservedBytes
  // By index; usually none, or one: an empty string is no cell, and a very long one is told.
  private var oddLengths: [Int: Int] = [:]
  private var byteCount = 0
  /// Bytes of the longest string.
  private(set) var longest = 0
  /// How many strings there are.
  private(set) var count = 0

  /// The shortest item, `<si/>`.
  private static let shortestItem = 5
  private static let endBytes = MemoryLayout<UInt32>.size

  /// Makes an empty table for the strings of a part.
  ///
  /// - Parameter partBytes: How many bytes the strings may take, and their XML takes at least.
  init(partBytes: Int = 256 << 20) {
    let most = min(max(partBytes, 0), Limits.sharedStringBytes)
    text = ReservedBytes(byteCount: most)
    ends = ReservedBytes(byteCount: (most / Self.shortestItem + 2) * Self.endBytes)
  }

  /// Whether another string of `byteCount` bytes finds room.
  func hasRoom(for byteCount: Int) -> Bool {
    count < Limits.sharedStrings && self.byteCount + byteCount <= text.byteCount
      && (count + 2) * Self.endBytes <= ends.byteCount
  }

  /// Adds a string behind the last one.
  ///
  /// - Precondition: There is room for it.
  mutating func append(_ string: Span<UInt8>) {
    text.write(string, at: byteCount)
    byteCount += string.count
    longest = max(longest, string.count)
    if string.count == 0 { oddLengths[count] = 0 }
    if let length = XMLText.excessiveLength(string) { oddLengths[count] = length }
    count += 1
    ends.write(UInt32(byteCount), at: count * Self.endBytes)
  }

  /// How many characters the string at `index` has, where there are none or too many for Excel.
  @inline(__always)
  func oddLength(_ index: Int) -> Int? { oddLengths.isEmpty ? nil : oddLengths[index] }

  /// Where the string at `index` lies in all their bytes.
  ///
  /// - Precondition: `index` is in `0..<count`.
  @inline(__always)
  func place(_ index: Int) -> Range<Int> {
    let start = ends.number32(at: index * Self.endBytes)
    return Int(start)..<Int(ends.number32(at: (index + 1) * Self.endBytes))
  }

  /// Calls `body` with all strings, one behind the other.
  @inline(__always)
  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    text.withBytes(byteCount, body)
  }
}
