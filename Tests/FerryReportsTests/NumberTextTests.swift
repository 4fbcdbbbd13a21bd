import Foundation
import Testing

@testable import FerryReports

@Suite struct NumberTextTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let expected: String

    static let all = [
      Case(testDescription: "thousands", text: NumberText.count(1_284_500), expected: "1,284,500"),
      Case(testDescription: "three digits", text: NumberText.count(-999), expected: "-999"),
      Case(
        testDescription: "two digits for most currencies",
        text: NumberText.amount(Decimal(string: "1234.5") ?? 0, currency: "CNY"),
        expected: "CNY 1,234.50"),
      Case(
        testDescription: "none for the yen",
        text: NumberText.amount(Decimal(string: "1234.5") ?? 0, currency: "JPY"),
        expected: "JPY 1,235"),
      Case(
        testDescription: "three for the dinar", text: NumberText.amount(2, currency: "KWD"),
        expected: "KWD 2.000"),
      Case(
        testDescription: "half goes away from zero",
        text: NumberText.plainAmount(Decimal(string: "-0.005") ?? 0, currency: "CNY"),
        expected: "-0.01"),
      Case(testDescription: "percent", text: NumberText.percent(1.0 / 3), expected: "33.3%"),
      Case(testDescription: "no share", text: NumberText.percent(nil), expected: "–"),
      Case(
        testDescription: "no number is left alone", text: NumberText.grouped("n/a"), expected: "n/a"
      ),
    ]
  }

  @Test(arguments: Case.all)
  func writes(_ item: Case) { #expect(item.text == item.expected) }
}
