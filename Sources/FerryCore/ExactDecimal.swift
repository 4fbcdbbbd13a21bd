/// A decimal number read from text, compared digit by digit, however long.
///
/// Reads `-1200.50`, `1,200.50`, `+3` and `1e21`. Text with a leading zero, such as `007`, is an
/// id rather than a number and is not read.
package struct ExactDecimal: Hashable, Sendable, Comparable {
  /// -1, 0 or 1.
  package let sign: Int
  // The digits without zeros at either end; the number is 0.DIGITS × 10^magnitude.
  private let digits: ContiguousArray<UInt8>
  private let magnitude: Int

  /// Reads a number; gives nothing where the text, blanks around it aside, is none.
  package init?(_ text: Span<UInt8>) {
    var number = DecimalDigits()
    let range = text.rangeWithoutBlanks
    for index in range {
      guard number.take(text[index]) else { return nil }
    }
    guard number.isComplete else { return nil }
    let start = number.digits.firstIndex { $0 != UInt8(ascii: "0") } ?? number.digits.count
    let end = (number.digits.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) + 1
    digits = start < end ? ContiguousArray(number.digits[start..<end]) : []
    magnitude = digits.isEmpty ? 0 : number.pointPosition - start
    sign = digits.isEmpty ? 0 : (number.isNegative ? -1 : 1)
  }

  /// Orders by value.
  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    guard left.sign == right.sign else { return left.sign < right.sign }
    guard left != right else { return false }
    let isCloserToZero =
      left.magnitude == right.magnitude
      ? left.digits.lexicographicallyPrecedes(right.digits) : left.magnitude < right.magnitude
    return isCloserToZero == (left.sign > 0)
  }
}

/// Reads a number byte by byte.
private struct DecimalDigits {
  private enum Place {
    case start
    case whole
    case fraction
    case exponentStart
    case exponent
  }

  private(set) var isNegative = false
  private(set) var digits = ContiguousArray<UInt8>()
  private var place = Place.start
  private var wholeCount = 0
  private var digitsSinceComma: Int?
  private var fractionCount = 0
  private var exponent = 0
  private var hasExponentSign = false
  private var isExponentNegative = false

  /// How many digits stand before the decimal point, the exponent counted in.
  var pointPosition: Int { wholeCount + (isExponentNegative ? -exponent : exponent) }

  var isComplete: Bool {
    switch place {
    case .start, .exponentStart: false
    case .whole: wholeCount > 0 && (digitsSinceComma ?? 3) == 3
    case .fraction: fractionCount > 0
    case .exponent: true
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): takeDigit(byte)
    case UInt8(ascii: "-"), UInt8(ascii: "+"): takeSign(isMinus: byte == UInt8(ascii: "-"))
    case UInt8(ascii: ","): takeComma()
    case UInt8(ascii: "."): takePoint()
    case UInt8(ascii: "e"), UInt8(ascii: "E"): takeExponentSign()
    default: false
    }
  }

  private mutating func takeDigit(_ digit: UInt8) -> Bool {
    switch place {
    case .start, .whole:
      guard wholeCount == 0 || digits[0] != UInt8(ascii: "0") else { return false }
      place = .whole
      wholeCount += 1
      digitsSinceComma = digitsSinceComma.map { $0 + 1 }
      digits.append(digit)
    case .fraction:
      fractionCount += 1
      digits.append(digit)
    case .exponentStart, .exponent:
      place = .exponent
      exponent = exponent * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return exponent <= 1_000_000
  }

  private mutating func takeSign(isMinus: Bool) -> Bool {
    if place == .start, !isNegative {
      isNegative = isMinus
      place = .whole
      return true
    }
    guard place == .exponentStart, !hasExponentSign else { return false }
    hasExponentSign = true
    isExponentNegative = isMinus
    return true
  }

  private mutating func takeComma() -> Bool {
    guard place == .whole else { return false }
    guard digitsSinceComma.map({ $0 == 3 }) ?? (1...3).contains(wholeCount) else { return false }
    digitsSinceComma = 0
    return true
  }

  private mutating func takePoint() -> Bool {
    guard place == .whole, isComplete else { return false }
    place = .fraction
    return true
  }

  private mutating func takeExponentSign() -> Bool {
    guard place == .whole || place == .fraction, isComplete else { return false }
    place = .exponentStart
    return true
  }
}
