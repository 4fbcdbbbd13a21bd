// How it works: eight bytes are one 64-bit word. A pattern is turned into a word with the high bit
// of each byte that fits and nothing else, by the carry-free tests of H. S. Warren, "Hacker's
// Delight" (2nd ed., 2013), section 6-1, so the lowest set bit is the first place.

/// Eight bytes of a buffer, looked at together.
struct ByteWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  /// Added to seven bits, it carries into the eighth from 0x0E on.
  private static let fromFourteen: UInt64 = 0x7272_7272_7272_7272

  /// The first byte is the lowest.
  let bits: UInt64

  /// Reads eight bytes at `offset`; what lies behind the end reads as 0xFF, which fits nothing.
  @inline(__always)
  init(_ bytes: RawSpan, at offset: Int) {
    if offset + 8 <= bytes.byteCount {
      // In bounds by the condition.
      bits = UInt64(
        littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    } else {
      var rest = UInt64.max
      var index = bytes.byteCount
      while index > offset {
        index -= 1
        rest = rest << 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      }
      bits = rest
    }
  }

  /// A byte in all eight places, for ``places(of:)``.
  @inline(__always)
  static func pattern(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

  /// The high bits of the bytes that are beyond ASCII.
  @inline(__always)
  var beyondASCII: UInt64 { bits & Self.highs }

  /// The high bits of the bytes that equal the pattern's.
  @inline(__always)
  func places(of pattern: UInt64) -> UInt64 {
    let other = bits ^ pattern
    return ~(((other & Self.lows) &+ Self.lows) | other | Self.lows)
  }

  /// The high bits of the bytes below 0x0E: line ends, tabs, and rarely another control character.
  @inline(__always)
  var placesOfControls: UInt64 {
    ~(((bits & Self.lows) &+ Self.fromFourteen) | bits) & Self.highs
  }
}

extension UInt64 {
  /// Which of eight bytes the lowest high bit stands for; 8 where none is set.
  @inline(__always)
  var firstPlace: Int { trailingZeroBitCount >> 3 }

  /// Takes the lowest bit out.
  @inline(__always)
  mutating func dropFirstPlace() { self &= self &- 1 }
}

/// Whether a byte ends a line, alone or before LF.
@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}
