/// A decimal number of up to 36 digits, never rounded unless asked.
struct ExactDecimal: Hashable, Sendable {
  /// The digits as a whole number, with the sign.
  var mantissa: Int128
  /// How many of the digits stand behind the point; never negative.
  var scale: Int

  /// The most digits that a value may have, so that no step can overflow.
  static let mostDigits = 36
  static let zero = ExactDecimal(mantissa: 0, scale: 0)

  /// Ten to the power of `exponent`.
  static func power(_ exponent: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  /// Adds a digit behind the last; false where there is no room.
  mutating func append(digit: UInt8) -> Bool {
    guard mantissa < Self.limit else { return false }
    mantissa = mantissa * 10 + Int128(digit)
    return true
  }

  /// Moves the point by `exponent` digits to the right; false where there is no room.
  mutating func multiply(byPowerOfTen exponent: Int) -> Bool {
    scale -= exponent
    guard scale < 0 else { return scale <= Self.mostDigits * 2 }
    while scale < 0 {
      guard mantissa.magnitude < UInt128(Self.limit) else { return false }
      mantissa *= 10
      scale += 1
    }
    return true
  }

  /// The sum; `nil` where it has no room.
  static func sum(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal? {
    var left = left
    var right = right
    let scale = max(left.scale, right.scale)
    guard left.rescale(to: scale), right.rescale(to: scale) else { return nil }
    return ExactDecimal(mantissa: left.mantissa + right.mantissa, scale: scale)
  }

  private mutating func rescale(to wanted: Int) -> Bool {
    while scale < wanted {
      guard mantissa.magnitude < UInt128(Self.limit) else { return false }
      mantissa *= 10
      scale += 1
    }
    return true
  }

  /// The value with at most `digits` behind the point, halves away from zero.
  func rounded(to digits: Int) -> ExactDecimal {
    guard scale > digits else { return self }
    guard scale - digits <= Self.mostDigits else { return ExactDecimal(mantissa: 0, scale: 0) }
    let divisor = Self.power(scale - digits)
    let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: divisor)
    let carry: Int128 = remainder.magnitude * 2 >= divisor.magnitude ? mantissa.signum() : 0
    return ExactDecimal(mantissa: quotient + carry, scale: digits)
  }

  /// How many digits the value has from the first that is not 0 on.
  var significantDigits: Int {
    var digits = 0
    var rest = mantissa.magnitude
    while rest > 0 {
      rest /= 10
      digits += 1
    }
    return digits
  }

  /// The value without zeros behind the last digit that counts.
  var reduced: ExactDecimal {
    var result = self
    while result.scale > 0, result.mantissa % 10 == 0 {
      result.mantissa /= 10
      result.scale -= 1
    }
    return result
  }

  private static let limit = power(mostDigits - 1)
}

// MARK: - Text

extension ExactDecimal {
  /// Writes plain digits; with `minorDigits` at least that many behind the point.
  ///
  /// Zero has no sign.
  func append(to output: inout ContiguousArray<UInt8>, minorDigits: Int = 0) {
    if mantissa < 0 { output.append(UInt8(ascii: "-")) }
    let start = output.count
    var rest = mantissa.magnitude
    var written = 0
    for _ in 0..<max(minorDigits - scale, 0) { output.append(0x30) }
    written += max(minorDigits - scale, 0)
    let places = max(scale, minorDigits)
    if places > 0, written == places { output.append(UInt8(ascii: ".")) }
    repeat {
      if rest <= UInt128(UInt64.max) {
        var small = UInt64(rest)
        while written < places || small > 0 {
          output.append(UInt8(truncatingIfNeeded: 0x30 + small % 10))
          small /= 10
          written += 1
          if written == places { output.append(UInt8(ascii: ".")) }
        }
        rest = 0
      } else {
        output.append(UInt8(truncatingIfNeeded: 0x30 + rest % 10))
        rest /= 10
        written += 1
        if written == places { output.append(UInt8(ascii: ".")) }
      }
    } while rest > 0
    if written == places || output.count == start { output.append(0x30) }
    output[start...].reverse()
  }
}
