import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

@Suite struct SharedStringTests {
  /// Items of a table and the texts they hold.
  private static let items: [(xml: String, text: String)] = [
    ("<si><t>plain</t></si>", "plain"),
    ("<si><t xml:space=\"preserve\"> kept </t></si>", " kept "),
    ("<si><t> kept too </t></si>", " kept too "),
    ("<si><t/></si>", ""), ("<si/>", ""), ("<si></si>", ""), ("<si><t></t></si>", ""),
    ("<si><t>a &amp; b</t></si>", "a & b"),
    ("<si><t>line_x000D_\nend</t></si>", "line\r\nend"),
    ("<si><t>snake_case_name</t></si>", "snake_case_name"),
    ("<si><r><rPr><b/></rPr><t>ri</t></r><r><t xml:space=\"preserve\">ch </t></r></si>", "rich "),
    ("<si><t>課きく</t><rPh sb=\"0\" eb=\"1\"><t>カ</t></rPh><phoneticPr fontId=\"1\"/></si>", "課きく"),
    ("<si>\n  <t>indented</t>\n</si>", "indented"),
    ("<si><t><![CDATA[<raw>]]></t></si>", "<raw>"),
    ("<x:si><x:t>prefixed</x:t></x:si>", "prefixed"),
    (
      "<si><t>" + String(repeating: "长", count: 60) + "</t></si>", String(repeating: "长", count: 60)
    ),
    ("<si><t>last</t></si>", "last"),
  ]

  private static var xml: String { "<sst>" + items.map(\.xml).joined() + "</sst>" }

  private static func texts(_ strings: SharedStrings) -> [String] {
    (0..<strings.count).map { index in
      strings.withBytes { $0.extracting(strings.place(index)).text }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 50, 10_000])
  func readsItemsInPiecesOfAnySize(_ pieceBytes: Int) throws {
    let all = Array(Self.xml.utf8)
    var scanner = SharedStringScanner()
    var (start, end) = (0, 0)
    while end < all.count {
      end = min(end + pieceBytes, all.count)
      let window = ContiguousArray(
        all[start..<end] + [UInt8](repeating: 0, count: PartWindow.padding))
      start += try scanner.scan(window.span, count: end - start)
    }
    #expect(Self.texts(scanner.strings) == Self.items.map(\.text))
  }

  @Test func readsTheSameThroughLibxml2() throws {
    let events = SharedStringEvents()
    let xml = Self.xml.replacing("<sst>", with: "<sst xmlns:x=\"y\">")
    let bytes = ContiguousArray(xml.utf8)
    let parser = XMLEventParser(events)
    try parser.parse(bytes.span, isLast: true)
    #expect(Self.texts(events.strings) == Self.items.map(\.text))
  }

  @Test func keepsManyStringsOfAllLengths() {
    var strings = SharedStrings()
    var random = SeededRandom(seed: 5)
    var expected: [Int] = []
    for index in 0..<70_000 {
      let count = index % 9973 == 0 ? 1_500_000 : Int.random(in: 0...40, using: &random)
      expected.append(count)
      strings.append(
        ContiguousArray(repeating: UInt8(truncatingIfNeeded: index) | 1, count: count).span)
    }
    // As cells get them: many at a time, blocks of one reaching into the next.
    var (batch, pending) = (RowBatch(), PendingStrings(byteLimit: .max))
    batch.startRow(number: 1)
    let asked = stride(from: 0, to: 70_000, by: 97).filter { expected[$0] > 0 }
    for (column, index) in asked.enumerated() {
      pending.add(index, column)
      let cell = RawCell(columnIndex: column, kind: .text, startOffset: 0, byteCount: 0)
      batch.append(ContiguousArray([cell]).span)
    }
    pending.resolve(strings, &batch)
    for (cell, index) in zip(batch.cells, asked) {
      let byte = UInt8(truncatingIfNeeded: index) | 1
      #expect(Int(cell.byteCount) == expected[index])
      #expect(batch.bytes[cell.range].allSatisfy { $0 == byte })
    }
  }
}
