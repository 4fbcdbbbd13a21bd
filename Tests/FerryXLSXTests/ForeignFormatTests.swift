import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

/// A format beside .xlsx, and how a fixture is written in it.
struct FormatCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: @Sendable (WorkbookFixture) -> [UInt8]
  /// Whether the format has a day 0 of its own, and styles for cells of any kind.
  var isExcels = true

  static let all = [
    FormatCase(testDescription: ".xls", bytes: { LegacyFixture($0).bytes() }),
    FormatCase(
      testDescription: ".xls, its texts cut between records",
      bytes: {
        var fixture = LegacyFixture($0)
        fixture.recordBytes = 24
        return fixture.bytes()
      }),
    FormatCase(testDescription: ".xlsb", bytes: { BinaryFixture($0).archive().bytes() }),
    FormatCase(
      testDescription: ".ods", bytes: { OpenDocumentFixture($0).archive().bytes() },
      isExcels: false),
    FormatCase(
      testDescription: ".fods", bytes: { OpenDocumentFixture($0).flat() }, isExcels: false),
  ]
  static let excels = all.filter(\.isExcels)
}

/// All that the rooms below see of a workbook.
struct WorkbookSeen: Hashable {
  var sheets: [String] = []
  var cells: [DumpedCell] = []
  var merged: [String] = []
  var hiddenColumns: [[ClosedRange<Int>]] = []
  var findings: [String] = []

  init(_ source: any SheetSource) throws {
    findings = source.findings.map(\.rule.id)
    var batch = RowBatch()
    for (index, sheet) in source.sheets.enumerated() where sheet.isWorksheet {
      // OpenDocument knows only one way to hide a sheet.
      sheets.append("\(sheet.name) \(sheet.visibility == .visible)")
      let reader = try source.reader(ofSheet: index)
      while try reader.read(into: &batch) {
        cells += DumpedCell.all(of: batch, sheet: sheet.name)
      }
      findings += reader.takeFindings().map(\.rule.id)
      merged += try source.mergedRanges(ofSheet: index).map { "\(sheet.name)!\($0)" }
      hiddenColumns.append(try source.hiddenColumns(ofSheet: index))
    }
  }

  init(_ bytes: [UInt8]) throws {
    try self.init(SheetSources.open(bytes: ContiguousArray(bytes), name: "file"))
  }
}

@Suite("workbooks that are no .xlsx")
struct ForeignFormatTests {
  private static let long = String(repeating: "长文本 and ascii é ", count: 700)

  private static func book() -> WorkbookFixture {
    var sheet = WorkbookFixture.Sheet(
      "客户台账",
      rows: [
        ["编号", "名称", "金额", "日期", "是否"],
        ["K1", "华信科技 & <合伙>", 1042.8684892567512, .date(2024, 3, 5), true],
        ["K2", "two\nlines", -0.07, .datetime(2024, 3, 5, 9, 30), false],
        [],
        ["007", "😀𠮷", 1e-300, .formatted(0.75, "hh:mm:ss"), .error("#N/A")],
        ["", "  blanks  between and before", 123_456_789_012, .formatted(1.5, "[h]:mm"), nil],
        [nil, .text(long), 0.1, .formatted(0.25, "[h]:mm"), .error("#DIV/0!")],
        [
          .formula("A2", "K1"), .formula("1/3", .number("0.3333333333333333")),
          .formula("TRUE()", true), .formula("NA()", .error("#N/A")), .formula("B1", "中文"),
        ],
        ["same", "same", .rich(["Exam", "ple"]), 0.5, 42],
      ])
    sheet.merges = ["A2:A3", "C6:D8"]
    sheet.hiddenRows = [3, 9]
    sheet.hiddenColumns = [1...2, 4...4]
    var hidden = WorkbookFixture.Sheet("参数 2", rows: [[nil, "x"], [1, 2]])
    hidden.visibility = .hidden
    var secret = WorkbookFixture.Sheet("s3", rows: [["secret"]])
    secret.visibility = .veryHidden
    return WorkbookFixture([sheet, hidden, secret, WorkbookFixture.Sheet("空表")])
  }

  @Test(arguments: FormatCase.all)
  func `give the same as an .xlsx of the same content`(_ format: FormatCase) throws {
    let book = Self.book()
    let seen = try WorkbookSeen(format.bytes(book))
    let expected = try WorkbookSeen(book.archive().bytes())
    #expect(seen.cells == expected.cells)
    #expect(seen == expected)
  }

  @Test(arguments: FormatCase.excels)
  func `have dates of both systems and built-in formats`(_ format: FormatCase) throws {
    for is1904 in [false, true] {
      var book = WorkbookFixture(
        sheet: "s",
        rows: [
          [.builtIn(45_356, 14), .builtIn(0.5, 20), .builtIn(45_356.25, 22), .builtIn(1.5, 46)],
          [.formatted(45_356, "yyyy\"年\"m\"月\"d\"日\""), .formatted(59, "yyyy-mm-dd"), -1, 0],
        ])
      book.is1904 = is1904
      #expect(try WorkbookSeen(format.bytes(book)) == WorkbookSeen(book.archive().bytes()))
    }
  }

  @Test(arguments: FormatCase.excels)
  func `have text in the cells themselves`(_ format: FormatCase) throws {
    var book = Self.book()
    book.usesSharedStrings = false
    #expect(
      try WorkbookSeen(format.bytes(book)).cells
        == WorkbookSeen(Self.book().archive().bytes()).cells)
  }

  @Test(arguments: FormatCase.all)
  func `come in batches`(_ format: FormatCase) throws {
    let rows = (1...2500).map { number in
      [WorkbookFixture.Cell.text("row \(number % 7)"), .number("\(number)")]
    }
    let book = WorkbookFixture(sheet: "s", rows: rows)
    #expect(try WorkbookSeen(format.bytes(book)) == WorkbookSeen(book.archive().bytes()))
  }

  @Test(arguments: FormatCase.all)
  func `a text beyond Excel's length is whole, and said`(_ format: FormatCase) throws {
    let text = String(repeating: "长", count: 40_000)
    let book = WorkbookFixture(sheet: "s", rows: [[.text(text)]])
    let seen = try WorkbookSeen(format.bytes(book))
    #expect(seen.cells.map(\.value) == [text])
    #expect(seen.findings == ["xlsx.long-text"])
  }
}
