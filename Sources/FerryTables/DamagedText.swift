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

  /// A control character that is neither a tab nor a line break.
  static func hasControl(_ value: Span<UInt8>) -> Bool {
    for index in value.indices {
      let byte = value[index]
      if byte < 0x20 {
        if byte != 0x09, byte != 0x0A, byte != 0x0D { return true }
      } else if byte == 0x7F {
        return true
      }
    }
    return false
  }

  /// Text that an earlier conversion has spoilt.
  static func isMojibake(_ value: Span<UInt8>) -> Bool {
    var (high, marks) = (false, 0)
    for index in value.indices {
      if value[index] >= 0x80 { high = true }
      if value[index] == UInt8(ascii: "?") { marks += 1 }
    }
    // Question marks where each character was lost.
    if !high { return marks >= 3 && marks == value.count }
    return hasReplacement(value) || isReadAsLatin(value)
  }

  /// The replacement character, or what it becomes when read as GBK: 锟斤拷.
  private static func hasReplacement(_ value: Span<UInt8>) -> Bool {
    var index = 0
    while index + 2 < value.count {
      let (one, two, three) = (value[index], value[index + 1], value[index + 2])
      if one == 0xEF, two == 0xBF, three == 0xBD { return true }
      if one == 0xE9, two == 0x94, three == 0x9F, index + 5 < value.count,
        value[index + 3] == 0xE6, value[index + 4] == 0x96, value[index + 5] == 0xA4
      {
        return true
      }
      index += 1
    }
    return false
  }

  /// UTF-8 or GBK that was read as Latin-1: runs of its letters that are whole characters there.
  private static func isReadAsLatin(_ value: Span<UInt8>) -> Bool {
    var run: [UInt8] = []
    var index = 0
    while index < value.count {
      // U+0080 to U+00FF take two bytes, the first C2 or C3.
      if value[index] & 0xFE == 0xC2, index + 1 < value.count {
        run.append((value[index] & 3) << 6 | value[index + 1] & 0x3F)
        index += 2
      } else {
        if isForeign(run) { return true }
        run = []
        index += 1
      }
    }
    return isForeign(run)
  }

  private static func isForeign(_ run: [UInt8]) -> Bool {
    guard run.count >= 2 else { return false }
    if let text = String(validating: run, as: UTF8.self), text.unicodeScalars.count < run.count {
      // É» is a letter of phonetics in UTF-8, and the end of a quotation in French.
      return text.unicodeScalars.allSatisfy {
        (0xC0...0x17F).contains($0.value) || (0x2010...0x2026).contains($0.value)
          || (0x3000...0x9FFF).contains($0.value) || (0xFF00...0xFFEF).contains($0.value)
      }
    }
    // Characters of GB2312's first level: lead B0 to D7, trail A1 to FE.
    guard run.count >= 4, run.count.isMultiple(of: 2) else { return false }
    return stride(from: 0, to: run.count, by: 2).allSatisfy {
      (0xB0...0xD7).contains(run[$0]) && (0xA1...0xFE).contains(run[$0 + 1])
    }
  }
}
