import FerryTestSupport
import Testing

@testable import FerryNormalization

/// What the first digits tell must be what libphonenumber says.
@Suite struct PhonePrefixTests {
  /// Every prefix of three digits behind each way to write the country, four tails each.
  @Test(arguments: ["", "+86", "(+86)", "0086", "+1", "(+1) ", "+86 "])
  func `prefixes equal the library's`(_ head: String) {
    var taken = 0
    for prefix in 0..<1000 {
      for (tail, length) in [(1_001_231, 7), (9_510_000, 7), (4_567_890, 7), (23_456_789, 8)] {
        taken += compare(head + padded(prefix, 3) + padded(tail, length)) ? 1 : 0
      }
    }
    #expect(taken > (head.contains("1") ? 2200 : 2300))
  }

  /// North American numbers behind a 1: every prefix of five digits, every pair behind it.
  @Test func `numbers behind 12 equal the library's`() {
    var random = SeededRandom(seed: 12)
    var taken = 0
    for prefix in 12_000..<13_000 {
      for pair in 0..<100 where pair < 10 || (pair + prefix).isMultiple(of: 10) {
        let tail = padded(pair, 2) + padded(Int.random(in: 0..<10_000, using: &random), 4)
        taken += compare("1-\(prefix % 10_000 / 10)-\(prefix % 10)" + tail) ? 1 : 0
      }
    }
    #expect(taken > 17_000)
  }

  @Test func `signs and extensions change nothing`() {
    var random = SeededRandom(seed: 86)
    let heads = ["", "+86", "(+86)", "0086", "+1", "+1 ", "+86-", "0"]
    let signs = Array(repeating: "", count: 20) + ["-", " ", ".", "(", ")", "--", " - "]
    var taken = 0
    for _ in 0..<20_000 {
      var text = heads.randomElement(using: &random) ?? ""
      for _ in 0..<Int.random(in: 8..<13, using: &random) {
        text += String(Int.random(in: 0...9, using: &random))
        text += signs.randomElement(using: &random) ?? ""
      }
      text += String(Int.random(in: 0...9, using: &random))
      if Bool.random(using: &random) {
        text += ";ext=\(Int.random(in: 0..<2_000_000, using: &random))"
      }
      taken += compare(text) ? 1 : 0
    }
    #expect(taken > 1000)
  }

  @Test func `a number that is too short is not valid`() {
    var random = SeededRandom(seed: 7)
    for text in ["+1", "+86"] {
      let bytes = ContiguousArray(text.utf8)
      let isTooShort = PhonePrefixes.isTooShort(bytes.span, region: "CN")
      #expect(isTooShort, "\(text)")
    }
    for _ in 0..<5_000 {
      let head = ["", "+86", "+1", "+1 ", "0086", "00", "0"].randomElement(using: &random) ?? ""
      let width = Int.random(in: 1...7, using: &random)
      let text = head + padded(Int.random(in: 0..<10_000_000, using: &random) % 2_000_000, width)
      let bytes = ContiguousArray(text.utf8)
      guard PhonePrefixes.isTooShort(bytes.span, region: "CN") else { continue }
      var number = ContiguousArray<UInt8>()
      #expect(PhoneLibrary.read(bytes.span, region: "CN", into: &number) != .valid, "\(text)")
    }
  }

  @Test(arguments: [
    "17412345678", "17912345678", "1-234-500-1234", "(1)2345612345", "+8612345612345", "2111234567",
    "+1 876 555 1234", "+44 20 7946 0958", "95588",
    "138123456789", "+1 (555)(555)1234", "14155550123;ext=1234567", "(253) 745-4258 x3",
  ]) func `what is not proven is left to the library`(_ text: String) {
    var output = ContiguousArray<UInt8>()
    let bytes = ContiguousArray(text.utf8)
    #expect(PhonePrefixes.read(bytes.span, region: "CN", into: &output) == nil)
    #expect(output.isEmpty)
  }

  /// Whether the short way told something; then the library must say the same.
  private func compare(_ text: String) -> Bool {
    var short = ContiguousArray<UInt8>()
    let bytes = ContiguousArray(text.utf8)
    guard let told = PhonePrefixes.read(bytes.span, region: "CN", into: &short) else {
      #expect(short.isEmpty)
      return false
    }
    var long = ContiguousArray<UInt8>()
    let verdict = PhoneLibrary.read(bytes.span, region: "CN", into: &long)
    #expect(told == verdict, "\(text)")
    #expect(short == long, "\(text)")
    return true
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
