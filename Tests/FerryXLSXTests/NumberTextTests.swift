import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

@Suite struct NumberTextTests {
  private func written(_ input: String) -> String? {
    let bytes = ContiguousArray(input.utf8)
    var output = ContiguousArray<UInt8>()
    guard NumberText.append(bytes.span, to: &output) else { return nil }
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("7", "7"), ("007", "7"), ("1.50", "1.5"), ("1.0", "1"),
    ("-1.5", "-1.5"), (".5", "0.5"), ("5.", "5"), ("+5", "5"), (" 12 ", "12"),
    ("13800000000", "13800000000"), ("0.1", "0.1"), ("0.10000000000000001", "0.1"),
    ("0.30000000000000004", "0.30000000000000004"), ("1E3", "1000"), ("1e-3", "0.001"),
    ("1.2345678901234567E+19", "12345678901234567000"), ("1E20", "100000000000000000000"),
    ("1E21", "1e+21"), ("1.5E+300", "1.5e+300"), ("123456789012345678", "123456789012345680"),
    ("4.9406564584124654E-324", "0." + String(repeating: "0", count: 323) + "5"),
    ("1E-7", "0.0000001"), ("9007199254740993", "9007199254740992"), ("0.0", "0"),
    ("43831.395833333336", "43831.395833333336"), ("999999999999999", "999999999999999"),
  ])
  func writesTheShortestDecimal(_ input: String, _ expected: String) {
    #expect(written(input) == expected)
  }

  @Test(arguments: ["", " ", "-", ".", "1.2.3", "nan", "NaN", "inf", "0x10", "1e999", "abc", "1,5"])
  func refusesWhatIsNoFiniteNumber(_ input: String) { #expect(written(input) == nil) }

  @Test func readsBackToTheSameDoubleAndHasNoExponent() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<3000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite, value.magnitude < 1e21, value.magnitude > 1e-30 else { continue }
      let text = try #require(written("\(value)"))
      #expect(Double(text) == value, "\(value) became \(text)")
      #expect(!text.contains("e") && !text.hasSuffix(".0"))
    }
  }

  @Test func readsShortDecimalsAsTheLibraryDoes() throws {
    var random = SeededRandom(seed: 12)
    for _ in 0..<3000 {
      let digits = Int.random(in: 1...17, using: &random)
      var input = (0..<digits).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
      let point = Int.random(in: 0...digits, using: &random)
      if point < digits { input.insert(".", at: input.index(input.startIndex, offsetBy: point)) }
      if Bool.random(using: &random) { input = "-" + input }
      let bytes = ContiguousArray(input.utf8)
      #expect(NumberText.parse(bytes.span) == Double(input), "\(input)")
      let output = try #require(written(input))
      #expect(Double(output) == Double(input), "\(input) became \(output)")
    }
  }
}
