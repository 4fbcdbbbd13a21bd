import FerryTestSupport
import Testing

@testable import FerryNormalization

/// The short way must say what libphonenumber says, for every prefix of every shape it takes.
@Suite struct MainlandPhoneTests {
  /// Every mobile prefix of four digits, six tails each.
  @Test func `mobiles equal the library's over all prefixes`() {
    var taken = 0
    for prefix in 1000..<2000 {
      for tail in [0, 1_234_567, 5_555_555, 9_999_999, 7_000_001, 4_080_402] {
        taken += compare("\(prefix)" + padded(tail, 7)) ? 1 : 0
      }
    }
    print("mobiles taken: \(taken)")
    #expect(taken > 2500)
  }

  /// Every area code with every first three digits of a subscriber number.
  @Test func `land lines equal the library's over all area codes`() {
    var taken = 0
    for area in 10..<1000 where area < 30 || area >= 300 {
      for length in area < 30 ? 8...8 : 7...8 {
        for leading in stride(from: area % 3, to: 1000, by: area < 30 ? 1 : 29) {
          let subscriber = padded(leading, 3) + padded(leading * 7919 % 100_000, length - 3)
          taken += compare("0\(area)-\(subscriber)") ? 1 : 0
        }
      }
    }
    print("land lines taken: \(taken)")
    #expect(taken > 9000)
  }

  @Test(arguments: [
    "(010)88993108", "010 8899 3108", "+86 10 8899 3108", "+86138-1234-5678", "0755 26712345",
    "(0312) 508 1234", "+8675526712345", "138 1234 5678", "010-8899310-8", "0-10-88993108",
  ]) func `signs between digits change nothing`(_ text: String) {
    _ = compare(text)
  }

  @Test(arguments: [
    "17412345678", "010-10088888", "010-80012345", "021-08888888", "026-88888888", "0310-12345",
    "(010)(8899)3108", "138)12345678", "95588", "400-860-8608", "+86010-88993108",
  ]) func `what is not proven is left to the library`(_ text: String) {
    var output = ContiguousArray<UInt8>()
    let bytes = ContiguousArray(text.utf8)
    #expect(!MainlandPhone.append(bytes.span, to: &output))
    #expect(output.isEmpty)
  }

  /// Whether the short way took the number; then the library must agree.
  private func compare(_ text: String) -> Bool {
    var short = ContiguousArray<UInt8>()
    let bytes = ContiguousArray(text.utf8)
    guard MainlandPhone.append(bytes.span, to: &short) else { return false }
    var long = ContiguousArray<UInt8>()
    let verdict = PhoneLibrary.read(bytes.span, region: "CN", into: &long)
    #expect(verdict == .valid, "\(text)")
    #expect(short == long, "\(text)")
    return true
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
