internal import FerryCore

/// What one value shows of damage, by its bytes alone.
enum DamagedText {
  /// Whether a value is a number such as `1.38E+10`, and whether it is one of a kind that nobody
  /// uses as a code: small, or with a negative exponent; `nil` where it is neither.
  static func scientific(_ value: Span<UInt8>) -> Bool? {
    guard value.count >= 5, value.count <= 24 else { return nil }
    var (mantissa, exponent, exponentDigits) = (0, 0, 0)
    var (sawMark, isNegative) = (false, false)
    for index in value.indices {
      switch value[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if sawMark {
          exponentDigits += 1
          exponent = min(exponent * 10 + Int(value[index] - 48), 999)
        } else {
          mantissa += 1
        }
      case UInt8(ascii: "."): if sawMark { return nil }
      case UInt8(ascii: "E"), UInt8(ascii: "e"):
        guard mantissa > 0, !sawMark, index + 1 < value.count,
          value[index + 1] == UInt8(ascii: "+") || value[index + 1] == UInt8(ascii: "-")
        else { return nil }
        sawMark = true
        isNegative = value[index + 1] == UInt8(ascii: "-")
      case UInt8(ascii: "+"), UInt8(ascii: "-"): if !sawMark || exponentDigits > 0 { return nil }
      default: return nil
      }
    }
    guard exponentDigits > 0 else { return nil }
    // Excel shows at most six digits before the exponent; codes have nine digits to twenty.
    return isNegative || mantissa > 7 || exponent < 8 || exponent > 20
  }

  /// ASCII digits and nothing else.
  static func isDigits(_ value: Span<UInt8>) -> Bool {
    guard value.count > 0 else { return false }
    for index in value.indices where value[index] &- 48 > 9 { return false }
    return true
  }

  /// How many zeros the value ends in.
  static func trailingZeros(_ value: Span<UInt8>) -> Int {
    var count = 0
    while count < value.count, value[value.count - 1 - count] == UInt8(ascii: "0") { count += 1 }
    return count
  }

  /// `####`: the cell was too narrow when it was exported.
  static func isHashMarks(_ value: Span<UInt8>) -> Bool {
    guard value.count >= 3 else { return false }
    for index in value.indices where value[index] != UInt8(ascii: "#") { return false }
    return true
  }

  /// The first two numbers of `31/12/2024`.
  static func slashedPair(_ value: Span<UInt8>) -> (Int, Int)? {
    var numbers = [0, 0]
    var part = 0
    for index in value.indices {
      let byte = value[index]
      if byte &- 48 <= 9 {
        numbers[part] = numbers[part] * 10 + Int(byte - 48)
        guard numbers[part] <= 31 else { return nil }
      } else if byte == UInt8(ascii: "/"), index > 0 {
        part += 1
        if part == 2 { return numbers[0] > 0 && numbers[1] > 0 ? (numbers[0], numbers[1]) : nil }
      } else {
        return nil
      }
    }
    return nil
  }

  /// A no-break, wide or invisible blank at the value's edge.
  static func hasOddEdge(_ value: Span<UInt8>) -> Bool {
    isOddBlank(value, 0) || isOddBlank(value, value.count - 2) || isOddBlank(value, value.count - 3)
  }

  private static func isOddBlank(_ value: Span<UInt8>, _ index: Int) -> Bool {
    guard index >= 0, index + 1 < value.count else { return false }
    if value[index] == 0xC2, value[index + 1] == 0xA0 { return true }
    guard index + 2 < value.count else { return false }
    switch (value[index], value[index + 1], value[index + 2]) {
    case (0xE3, 0x80, 0x80), (0xE2, 0x80, 0x8B), (0xEF, 0xBB, 0xBF), (0xE2, 0x80, 0xAF): return true
    default: return false
    }
  }

  /// `????`: question marks where each character was lost.
  static func isQuestionMarks(_ value: Span<UInt8>) -> Bool {
    guard value.count >= 3 else { return false }
    for index in value.indices where value[index] != UInt8(ascii: "?") { return false }
    return true
  }

  /// A mobile number of mainland China that went through a decimal: `13800000001.0`.
  static func isPhoneWithPoint(_ value: Span<UInt8>) -> Bool {
    value.count == 13 && value[11] == UInt8(ascii: ".") && value[12] == UInt8(ascii: "0")
      && ValueShape.looksLikeMobile(value.extracting(0..<11))
  }
}
