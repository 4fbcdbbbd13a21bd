/// A part's bytes as they pass: what has been inflated and not yet used.
///
/// A scanner takes whole elements from the front and leaves an incomplete one for the next turn;
/// the window grows only where a single element is larger than it. Behind the last byte stand
/// zeros, so that a scanner may look ``padding`` bytes ahead without asking where the end is.
struct PartWindow {
  /// Zeros behind the last byte.
  static let padding = 64
  private static let windowBytes = 256 << 10
  // A workbook may have thousands of tiny parts.
  private static let smallestBytes = 4 << 10

  /// The part's bytes, the padding included.
  private(set) var bytes: ContiguousArray<UInt8>
  /// What of ``bytes`` has been inflated and not yet used.
  private(set) var range = 0..<0
  let stream: PartStream

  init(_ stream: PartStream) {
    self.stream = stream
    // The archive may lie about the size; then the window grows.
    let size = min(max(stream.byteCount, Self.smallestBytes), Self.windowBytes)
    bytes = ContiguousArray(repeating: 0, count: size + Self.padding)
  }

  /// Drops `count` bytes from the front.
  mutating func drop(_ count: Int) {
    range = range.lowerBound + count..<range.upperBound
  }

  /// Drops what there is and inflates the next window; false where the part has no more bytes.
  mutating func skip() throws(XLSXError) -> Bool {
    drop(range.count)
    return try refill()
  }

  /// Inflates more behind what is left.
  ///
  /// - Returns: False where the part has no more bytes.
  mutating func refill() throws(XLSXError) -> Bool {
    if range.lowerBound > 0 { moveToFront() }
    if range.upperBound + Self.padding >= bytes.count {
      guard bytes.count < Limits.elementBytes else {
        throw stream.error(
          .tooLarge(part: stream.name, limit: "\(Limits.elementBytes >> 20) MiB"))
      }
      bytes.append(contentsOf: repeatElement(0, count: bytes.count))
    }
    let room = range.upperBound..<bytes.count - Self.padding
    let count = try stream.read(into: &bytes, room)
    range = range.lowerBound..<range.upperBound + count
    for index in range.upperBound..<range.upperBound + Self.padding { bytes[index] = 0 }
    return count > 0
  }

  private mutating func moveToFront() {
    let kept = range
    unsafe bytes.withUnsafeMutableBytes { memory in
      let source = unsafe UnsafeRawBufferPointer(rebasing: memory[kept])
      unsafe memory.copyMemory(from: source)
    }
    range = 0..<kept.count
  }
}
