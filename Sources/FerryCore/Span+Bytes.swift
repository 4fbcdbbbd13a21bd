extension Span<UInt8> {
  /// Whether both hold the same bytes.
  package func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }

  /// The text that the bytes spell; bytes that are no UTF-8 become U+FFFD.
  ///
  /// Allocates, so it is for values that leave a hot path.
  package var text: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
