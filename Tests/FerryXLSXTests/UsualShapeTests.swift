import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

@Suite struct UsualShapeTests {
  static let shapes: [(block: UInt64, text: String)] = [
    (UsualShapes.cell, "<c"), (UsualShapes.cellWithPlace, "<c r=\""), (UsualShapes.value, "><v>"),
    (UsualShapes.valueEnd, "</v></c>"), (UsualShapes.row, "<row r=\""),
    (UsualShapes.rowEnd, "</row>"), (UsualShapes.emptyEnd, "/>"), (UsualShapes.item, "<si><t"),
    (UsualShapes.itemEnd, "</t></si"), (UsualShapes.inline, "<is><t"),
    (UsualShapes.inlineEnd, "</t></is"), (UsualShapes.inlineCellEnd, "></c>"),
  ]

  @Test(arguments: shapes)
  func isTheTextItStandsFor(_ block: UInt64, _ text: String) {
    let number = text.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(block == number)
  }

  private static func window(_ text: String) -> ContiguousArray<UInt8> {
    ContiguousArray(text.utf8) + ContiguousArray(repeating: 0, count: PartWindow.padding)
  }

  static let numbers: [(text: String, number: Int, digitCount: Int)] = [
    ("", 0, 0), ("x1", 0, 0), ("0<", 0, 1), ("7<", 7, 1), ("12\"", 12, 2),
    ("1048576\"", 1_048_576, 7),
    ("12345678<", 12_345_678, 8), ("123456789<", 123_456_789, 9), ("99999999", 99_999_999, 8),
    ("1234567890123456789", 123_456_789_012_345, 15), ("12/3", 12, 2), ("12:3", 12, 2),
  ]

  @Test(arguments: numbers)
  func readsDigits(_ text: String, _ number: Int, _ digitCount: Int) {
    let bytes = Self.window(text)
    var found = 0
    #expect(bytes.span.digits(from: 0, &found) == digitCount)
    #expect(found == number)
  }

  @Test func readsEveryNumberThatARowCanHave() {
    var wrong = 0
    for number in stride(from: 0, through: 1_048_576, by: 7) {
      let bytes = Self.window("\(number)<")
      var found = 0
      let end = bytes.span.digits(from: 0, &found)
      if found != number || end != String(number).count { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  static let runs: [(text: String, end: Int, isPlain: Bool, isASCII: Bool)] = [
    ("<", 0, true, true), ("abc<", 3, true, true), ("abcdefgh<", 8, true, true),
    ("abcdefg<&", 7, true, true), ("a&amp;<", 6, false, true), ("abcdefghi_<", 10, false, true),
    ("ab\rc<", 4, false, true), ("张三<", 6, true, false), ("abc<张", 3, true, true),
    ("no end", 6, true, true), ("12345678", 8, true, true), ("&", 1, false, true),
    // One above the byte that is looked for, and one below.
    ("=;'%`^\u{0C}\u{0E}<", 8, true, true),
  ]

  @Test(arguments: runs)
  func findsTheEndOfCharacters(_ text: String, _ end: Int, _ isPlain: Bool, _ isASCII: Bool) {
    let bytes = Self.window(text)
    let run = bytes.span.run(from: 0, count: text.utf8.count)
    #expect(run.end == end)
    #expect(run.isPlain == isPlain)
    #expect(run.isASCII == isASCII)
  }

  @Test func findsTheEndLikeAPlainLoop() {
    var random = SeededRandom(seed: 11)
    let alphabet = Array("ab<&_\r>=é张".utf8)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let bytes = ContiguousArray(text + [UInt8](repeating: 0, count: PartWindow.padding))
      let run = bytes.span.run(from: 0, count: text.count)
      let plain = text.prefix { $0 != UInt8(ascii: "<") }
      #expect(run.end == plain.count)
      #expect(
        run.isPlain == !plain.contains {
          [UInt8(ascii: "&"), 0x0D, UInt8(ascii: "_")].contains($0)
        })
      #expect(run.isASCII == plain.allSatisfy { $0 < 0x80 })
    }
  }

  @Test func knowsARowsLabelInItsCells() {
    let bytes = Self.window("1234\" s")
    let label = RowLabel(bytes.span, 0..<4)
    #expect(label.digitCount == 4)
    #expect(label.begins(Self.window("1234\" t=").span.block(at: 0)))
    #expect(!label.begins(Self.window("12345\"").span.block(at: 0)))
    #expect(!label.begins(Self.window("1235\"").span.block(at: 0)))
    #expect(!RowLabel().begins(0))
  }
}
