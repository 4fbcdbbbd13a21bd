import FerryNormalization
import FerryRecords
import Foundation

/// What part of a column's values reads as what, each from 0 to 1.
struct ColumnFits: Hashable {
  /// How many different values are tried.
  private static let tried = 60

  private(set) var phone = 0.0
  /// Mobile numbers of mainland China.
  private(set) var mobile = 0.0
  /// The region whose phones these are.
  private(set) var region: String?
  private(set) var email = 0.0
  private(set) var url = 0.0
  /// 18 letters and digits, the check digit aside.
  private(set) var creditCode = 0.0
  private(set) var date = 0.0
  private(set) var number = 0.0
  private(set) var boolean = 0.0
  private(set) var currency = 0.0
  private(set) var person = 0.0
  private(set) var company = 0.0
  /// Codes: letters and digits in one word.
  private(set) var identifier = 0.0
  /// The largest number; `nil` where there is none.
  private(set) var largest: Double?

  init() {}

  init(_ values: [ColumnSurvey.Value], region: String) {
    let sample = values.prefix(Self.tried)
    guard !sample.isEmpty else { return }
    func share(_ type: FieldType, region: String = region) -> Double {
      var normalizer = FieldNormalizer(type: type, options: NormalizationOptions(region: region))
      let found = sample.count { value in
        switch normalizer.normalize(value.text, kind: value.kind).result {
        case .value, .valueWithIssue, .pending: true
        case .blank, .invalid: false
        }
      }
      return Double(found) / Double(sample.count)
    }
    func part(_ holds: (String) -> Bool) -> Double {
      Double(sample.count { holds($0.text) }) / Double(sample.count)
    }
    email = part { $0.contains { $0 == "@" || $0 == "＠" } && !$0.contains(" ") }
    url = part { $0.hasPrefix("http") || $0.hasPrefix("www.") }
    creditCode = part(Self.isCreditCode)
    number = share(.amount)
    date = share(.date)
    boolean = part { ValueWords.boolean($0) != nil }
    currency = part { $0.utf8.count < 10 && Currency.code(for: $0) != nil }
    person = part(Self.isPerson)
    company = part(Self.isCompany)
    identifier = part(Self.isCode)
    mobile = part(Self.isMobile)
    largest = sample.compactMap { Double($0.text) }.max()
    takePhones(share, sample.map(\.text), region)
  }

  private mutating func takePhones(
    _ share: (FieldType, String) -> Double, _ sample: [String], _ home: String
  ) {
    let digits = sample.count { $0.count { $0.isNumber } > 5 }
    guard digits * 2 > sample.count, email < 0.5, date < 0.9 || mobile > 0.5 else { return }
    phone = share(.phone, home)
    guard phone < 0.85 else { return }
    for other in ["US", "GB", "HK", "JP", "AU", "DE"] where other != home {
      let found = share(.phone, other)
      // German numbers are of nearly any length, so that nearly all seem to be some.
      if found > phone + (other == "US" ? 0.1 : 0.25) { (phone, region) = (found, other) }
    }
  }

  private static func isCreditCode(_ text: String) -> Bool {
    text.utf8.count == 18 && text.utf8.allSatisfy { isLetterOrDigit($0) }
      && text.utf8.prefix(8).contains { isDigit($0) } && text.utf8.count { isDigit($0) } >= 9
  }

  private static func isCode(_ text: String) -> Bool {
    guard (1...40).contains(text.utf8.count), text.utf8.contains(where: isDigit) else {
      return false
    }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || "-_./#".utf8.contains($0) }
  }

  private static func isMobile(_ text: String) -> Bool {
    let digits = text.utf8.filter(isDigit)
    let plain =
      digits.count == 13 && digits.starts(with: "86".utf8) ? digits.dropFirst(2)[...] : digits[...]
    return plain.count == 11 && plain.first == UInt8(ascii: "1")
      && (plain.dropFirst().first ?? 0) >= UInt8(ascii: "3")
  }

  /// Two to four Chinese characters, or two to four words of letters.
  private static func isPerson(_ text: String) -> Bool {
    guard !text.contains(where: \.isNumber) else { return false }
    let chinese = text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
    if chinese > 0 { return chinese == text.unicodeScalars.count && (2...4).contains(chinese) }
    let words = text.split(separator: " ")
    return (2...4).contains(words.count) && CompanyName.parse(text).legalForm == nil
      && words.allSatisfy { $0.first?.isUppercase ?? false }
  }

  private static func isCompany(_ text: String) -> Bool {
    let chinese = text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
    return CompanyName.parse(text).legalForm != nil || (6...40).contains(chinese)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte & 0xDF) &- 0x41 < 26
  }
}
