extension Span<UInt8> {
  /// Whether both hold the same bytes.
  package func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    let (one, two) = unsafe (self.bytes, other.bytes)
    var offset = 0
    while offset + 8 <= count {
      // In bounds by the condition.
      let word = unsafe one.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let twin = unsafe two.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if word != twin { return false }
      offset += 8
    }
    while offset < count {
      if self[offset] != other[offset] { return false }
      offset += 1
    }
    return true
  }

  /// The text that the bytes spell; bytes that are no UTF-8 become U+FFFD.
  ///
  /// Allocates, so it is for values that leave a hot path.
  package var text: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
