import Testing

@testable import FerryReports

@Suite struct TextTableTests {
  struct WidthCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let width: Int

    static let all = [
      WidthCase(testDescription: "ASCII", text: "ferry", width: 5),
      WidthCase(testDescription: "Chinese is double", text: "客户A", width: 5),
      WidthCase(testDescription: "full-width forms are double", text: "（１）", width: 6),
      WidthCase(testDescription: "accents made of two take one", text: "e\u{301}", width: 1),
      WidthCase(testDescription: "a picture is double", text: "🚢", width: 2),
      WidthCase(testDescription: "Hangul is double, Cyrillic is not", text: "한Ж", width: 3),
      WidthCase(testDescription: "the extended planes are double", text: "𠮷", width: 2),
    ]
  }

  @Test(arguments: WidthCase.all)
  func width(_ item: WidthCase) { #expect(item.text.displayWidth == item.width) }

  @Test("columns line up where Chinese stands in them")
  func linesUp() {
    var table = TextTable([.init("对象"), .init("n", alignment: .right)])
    table.add(["客户", "1,234"])
    table.add(["a"])
    #expect(table.text(width: 40) == "  对象      n\n  客户  1,234\n  a\n")
  }

  @Test("what does not fit is cut in the widest left column, numbers never")
  func cuts() {
    var table = TextTable([.init("a"), .init("b"), .init("n", alignment: .right)])
    table.add([String(repeating: "长", count: 30), "short", "1,234,567"])
    for line in table.text(width: 40).split(separator: "\n") { #expect(line.displayWidth <= 40) }
    #expect(table.text(width: 40).contains("…   short  1,234,567"))
  }

  @Test("a cut never splits a character of two cells")
  func cutsWhole() {
    #expect("客户台账".cut(toWidth: 6) == "客户…")
    #expect("客户台账".cut(toWidth: 8) == "客户台账")
  }

  @Test("a table without columns or rows is no trouble")
  func empty() {
    #expect(TextTable([]).text(width: 10).isEmpty)
    #expect(TextTable([.init("a")]).text(width: 10) == "  a\n")
  }
}
