import Foundation

/// Numbers as reports show them, the same on every machine.
enum NumberText {
  /// A count with commas: `1,284,500`.
  static func count(_ value: Int) -> String { grouped(String(value)) }

  /// A share in percent with one digit: `43.2%`; a dash where there is none.
  static func percent(_ share: Double?) -> String {
    guard let share else { return "–" }
    return "\(fixed(Decimal(share * 100), digits: 1))%"
  }

  /// Days with one digit: `23.5`; a dash where there are none.
  static func days(_ days: Double?) -> String {
    guard let days else { return "–" }
    return grouped(fixed(Decimal(days), digits: 1))
  }

  /// An amount with commas and its currency: `CNY 1,284,500.00`.
  static func amount(_ amount: Decimal, currency: String) -> String {
    let digits = grouped(fixed(amount, digits: minorDigits(of: currency)))
    return currency.isEmpty ? digits : "\(currency) \(digits)"
  }

  /// An amount as scripts read it: `1284500.00`.
  static func plainAmount(_ amount: Decimal, currency: String) -> String {
    fixed(amount, digits: minorDigits(of: currency))
  }

  /// A plain decimal with commas; other text as it is.
  static func grouped(_ digits: String) -> String {
    let isNegative = digits.hasPrefix("-")
    let parts = digits.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, !whole.isEmpty,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return digits }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    if parts.count == 2 { result += ".\(parts[1])" }
    return isNegative ? "-\(result)" : result
  }

  /// A plain decimal rounded half away from zero to so many digits after the point.
  static func fixed(_ value: Decimal, digits: Int) -> String {
    let handler = NSDecimalNumberHandler(
      roundingMode: .plain, scale: Int16(digits), raiseOnExactness: false,
      raiseOnOverflow: false, raiseOnUnderflow: false, raiseOnDivideByZero: false)
    let rounded = NSDecimalNumber(decimal: value).rounding(accordingToBehavior: handler)
    let text = rounded.decimalValue.description
    guard digits > 0 else { return text }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    return "\(parts[0]).\(fraction)\(String(repeating: "0", count: digits - fraction.count))"
  }

  // Source: ISO 4217, list one; all other currencies have two digits.
  private static func minorDigits(of currency: String) -> Int {
    switch currency {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
      "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
  }
}
