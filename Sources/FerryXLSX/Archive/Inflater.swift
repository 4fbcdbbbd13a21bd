import FerryCore

/// What one step of inflating did.
struct InflateStep {
  /// Bytes of the input that were used.
  let consumed: Int
  /// Bytes that were written.
  let produced: Int
  /// Whether the stream has come to its end.
  let isAtEnd: Bool
}

/// Inflates one raw deflate stream, piece by piece.
///
/// Source: RFC 1951. There are two, which must agree: zlib, which is everywhere, and ISA-L, which
/// takes less than half the time, where it is installed when Ferry is built.
protocol Inflater {
  /// Inflates from `input` to `range` of `target`, as far as input or room last.
  ///
  /// - Returns: What was done; `nil` where the stream is broken.
  func inflate(
    _ input: Span<UInt8>, into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) -> InflateStep?
}

/// Makes the fastest inflater there is; `nil` without memory.
func makeInflater() -> (any Inflater)? {
  #if FERRY_ISAL
  ISALInflater()
  #else
  ZlibInflater()
  #endif
}

/// The CRC-32 of an archive's parts, carried on from the bytes before.
///
/// Source: APPNOTE.TXT 6.3.10 (PKWARE), 4.4.7.
enum Checksum {
  /// The checksum of what was before and `bytes` behind it; 0 is that of nothing.
  static func updated(_ checksum: UInt32, _ bytes: Span<UInt8>) -> UInt32 {
    #if FERRY_ISAL
    isal(checksum, bytes)
    #else
    zlib(checksum, bytes)
    #endif
  }
}
