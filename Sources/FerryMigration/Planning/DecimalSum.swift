import FerryCore
import Foundation

/// Adds plain decimals exactly, fast for those of the size of money.
///
/// Numbers with at most 12 fraction and 24 whole digits are added as whole trillionths; any other
/// goes through `Decimal`.
struct DecimalSum {
  private static let fractionDigits = 12
  private static let wholeDigits = 24

  private var trillionths: Int128 = 0
  private var rest = Decimal()
  private var scale = 0

  /// A plain decimal as whole trillionths; `nil` where it is none, or too long for that.
  static func units(of text: String) -> Int128? {
    var text = text
    return text.withUTF8 { parse(unsafe Span(_unsafeElements: $0))?.0 }
  }

  /// Adds a plain decimal such as `-37.50`; text that is none adds nothing.
  mutating func add(_ text: Span<UInt8>) {
    guard let (units, digits) = Self.parse(text) else {
      if let number = Decimal(string: text.text, locale: Locale(identifier: "en_US_POSIX")) {
        rest += number
      }
      return
    }
    scale = max(scale, digits)
    add(units: units)
  }

  /// Adds what another sum came to.
  mutating func add(_ other: DecimalSum) {
    scale = max(scale, other.scale)
    rest += other.rest
    add(units: other.trillionths)
  }

  /// Takes what another sum came to away.
  mutating func subtract(_ other: DecimalSum) {
    scale = max(scale, other.scale)
    rest -= other.rest
    add(units: -other.trillionths)
  }

  /// -1, 0 or 1.
  var sign: Int {
    if rest.isZero { return Int(trillionths.signum()) }
    let sum = Self.decimal(trillionths) + rest
    return sum.isZero ? 0 : sum < 0 ? -1 : 1
  }

  private mutating func add(units: Int128) {
    let (sum, overflow) = trillionths.addingReportingOverflow(units)
    guard !overflow else {
      rest += Self.decimal(units)
      return
    }
    trillionths = sum
  }

  private static func parse(_ text: Span<UInt8>) -> (Int128, Int)? {
    var units: Int128 = 0
    var (whole, fraction) = (0, -1)
    let start = text.count > 0 && text[0] == UInt8(ascii: "-") ? 1 : 0
    for index in start..<text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "."), fraction < 0 {
        fraction = 0
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      units = units * 10 + Int128(byte - 0x30)
      if fraction < 0 { whole += 1 } else { fraction += 1 }
      guard whole <= wholeDigits, fraction <= fractionDigits else { return nil }
    }
    guard whole > 0 else { return nil }
    for _ in max(fraction, 0)..<fractionDigits { units *= 10 }
    return (start == 1 ? -units : units, max(fraction, 0))
  }

  static func decimal(_ units: Int128) -> Decimal {
    let number = Decimal(string: String(units), locale: Locale(identifier: "en_US_POSIX")) ?? 0
    return number / pow(Decimal(10), fractionDigits)
  }

  /// The sum as a plain decimal, with as many fraction digits as the longest addend.
  var text: String {
    guard rest.isZero else { return "\(Self.decimal(trillionths) + rest)" }
    let digits = String(trillionths.magnitude)
    let padded = String(repeating: "0", count: max(0, 13 - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: -Self.fractionDigits)
    let fraction = padded[point...].prefix(scale)
    let sign = trillionths < 0 ? "-" : ""
    return sign + padded[..<point] + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  /// Whether two plain decimals are the same number.
  static func areEqual(_ left: String, _ right: String) -> Bool {
    let (one, other) = (Bytes(left.utf8), Bytes(right.utf8))
    if let one = parse(one.span), let other = parse(other.span) { return one.0 == other.0 }
    let locale = Locale(identifier: "en_US_POSIX")
    return Decimal(string: left, locale: locale) == Decimal(string: right, locale: locale)
  }
}
