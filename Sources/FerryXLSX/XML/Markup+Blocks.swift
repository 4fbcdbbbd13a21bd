import FerryCore

// Looks at eight bytes at a time. Each look is in bounds by a test of its own: a position at or
// before the window's end has `PartWindow.padding` zeros behind it.

extension Span<UInt8> {
  /// The eight bytes from `index` on, the first one lowest.
  @inline(__always)
  func block(at index: Int) -> UInt64 {
    precondition(index >= 0 && index &+ 8 <= count, "a look beyond the window's padding")
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Reads decimal digits.
  ///
  /// Source: D. Lemire, "Quickly parsing eight digits" (2018), for the three multiplications.
  ///
  /// - Returns: The position behind them, at most 15; `start` where there are none.
  @inline(__always)
  func digits(from start: Int, _ number: inout Int) -> Int {
    let block = block(at: start)
    let others =
      ((block ^ 0x3030_3030_3030_3030) &+ 0x7676_7676_7676_7676 | block) & 0x8080_8080_8080_8080
    guard others != 0 else { return longNumber(from: start, &number) }
    let digits = others.trailingZeroBitCount >> 3
    guard digits > 0 else { return start }
    // The digits at the high end, zeros below them as leading zeros.
    var value = (block &- 0x3030_3030_3030_3030) << UInt64(64 &- 8 &* digits)
    value = value &* 10 &+ value >> 8
    let low = value & 0x0000_00FF_0000_00FF &* 0x000F_4240_0000_0064
    let high = value >> 16 & 0x0000_00FF_0000_00FF &* 0x0000_2710_0000_0001
    number = Int(truncatingIfNeeded: (low &+ high) >> 32)
    return start &+ digits
  }

  private func longNumber(from start: Int, _ number: inout Int) -> Int {
    var index = start
    number = 0
    while index < start + 15, index < count, self[index] &- UInt8(ascii: "0") <= 9 {
      number = number * 10 + Int(self[index] &- UInt8(ascii: "0"))
      index += 1
    }
    return index
  }

  /// The end of the characters that begin at `start`: the next `<`.
  ///
  /// - Returns: Where it is, `count` at most; whether the characters stand for themselves: no
  ///   reference, carriage return or underscore (which may begin an escape); and whether all are
  ///   ASCII.
  @inline(__always)
  func run(from start: Int, count: Int) -> (end: Int, isPlain: Bool, isASCII: Bool) {
    var index = start
    var special: UInt64 = 0
    var all: UInt64 = 0
    while index < count {
      let block = block(at: index)
      let open = block.zeroBytes(xor: UInt8(ascii: "<"))
      // All ones, or only the bytes before the first `<`.
      let before = open == 0 ? ~0 : (open & (0 &- open)) >> 7 &- 1
      special |=
        (block.zeroBytes(xor: UInt8(ascii: "&")) | block.zeroBytes(xor: 0x0D)
          | block.zeroBytes(xor: UInt8(ascii: "_"))) & before
      all |= block & before
      if open != 0 {
        index &+= open.trailingZeroBitCount >> 3
        break
      }
      index &+= 8
    }
    return (Swift.min(index, count), special == 0, all & 0x8080_8080_8080_8080 == 0)
  }
}
