import FerryCore
import FerryRecords
import FerryTestSupport
import Testing

@testable import FerryNormalization

/// No cell may trap, hang, or leave bytes behind that are not UTF-8.
@Suite struct HostileTests {
  private static let types: [FieldType] = [
    .text, .longText, .personName, .companyName, .phone, .email, .url, .creditCode, .province,
    .city, .district, .amount, .decimal, .integer, .percent, .boolean, .date, .instant, .currency,
    .choice(.dealStage), .reference(to: "account"), .json,
  ]

  @Test(arguments: types) func `broken and endless values end well (seed 11)`(_ type: FieldType) {
    var random = SeededRandom(seed: 11)
    var normalizer = FieldNormalizer(
      type: type, options: NormalizationOptions(unit: MoneyUnit("亿元")))
    var output = ContiguousArray<UInt8>()
    for value in Self.values(&random) {
      for kind in [CellKind.text, .number, .date] {
        let result = normalizer.normalize(value.span, kind: kind, into: &output)
        switch result {
        case .blank, .invalid: #expect(output.isEmpty)
        case .value, .valueWithIssue, .pending: #expect(!output.isEmpty)
        }
      }
    }
  }

  private static func values(_ random: inout SeededRandom) -> [ContiguousArray<UInt8>] {
    var values = [
      "((((((((((", "(((())))", "1e999999999", "9.9e99", "-1e-999", "0e999", "1,1,1,1,1,1,1",
      "@@@@@",
      "999999999999999-99-99", "99999.99999999999999999", "2024年999999999999999月1日", "%", "‰",
      "百分之",
      "万万万万万", "亿", "元", "１", ";ext=", "转", "+", "+86", "http://", "://", "a@b@c", "\u{0301}", "-",
      "1.2.3.4.5.6", "1''''2", "壹", "零零零零零零零零零零零零零零零零零零零零", "九九九九九九九九九九九九九九九九九", "24:00",
      "2024-03-05 99999999999999:00", "2024-03-05T10:00+999999999999999", "99999亿99999万", "元元元",
    ].map { ContiguousArray($0.utf8) }
    for sign in ["1", "(", "张", " ", "万", "9e", "a@", "/", "0-", "\u{200B}", "京"] {
      values.append(ContiguousArray(String(repeating: sign, count: 4000).utf8))
    }
    for _ in 0..<2000 {
      let length = Int.random(in: 1...24, using: &random)
      values.append(
        ContiguousArray((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }))
    }
    return values
  }
}
