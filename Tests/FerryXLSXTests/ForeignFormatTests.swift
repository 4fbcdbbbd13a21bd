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

/// An .xls or .ods that is odd or broken, and what comes of it.
struct OddFileCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  /// Addresses, kinds and values; or the rule by which it is refused.
  let outcome: String

  private static let book = WorkbookFixture(sheet: "s", rows: [["a", 1], ["b", true]])
  private static let whole = "A1 text a, B1 number 1, A2 text b, B2 boolean true"

  private static func legacy(_ change: (inout LegacyFixture) -> Void) -> LegacyFixture {
    var fixture = LegacyFixture(book)
    change(&fixture)
    return fixture
  }

  private static func document(rows: String, before: String = "") -> [UInt8] {
    var fixture = OpenDocumentFixture(WorkbookFixture([WorkbookFixture.Sheet("s")]))
    fixture.rawRows = rows
    fixture.before = before
    return fixture.archive().bytes()
  }

  private static func row(_ cells: String, _ attributes: String = "") -> String {
    "<table:table-row\(attributes)>\(cells)</table:table-row>"
  }

  private static func text(_ content: String, _ attributes: String = "") -> String {
    "<table:table-cell office:value-type=\"string\"\(attributes)>\(content)</table:table-cell>"
  }

  static let all = records + documents

  private static let records = [
    OddFileCase(
      testDescription: ".xls: the texts are not counted",
      bytes: legacy { $0.countsTexts = false }.bytes(), outcome: whole),
    OddFileCase(
      testDescription: ".xls: a sheet is said to begin behind its first record",
      bytes: legacy { $0.offsetError = 20 }.bytes(), outcome: whole),
    OddFileCase(
      testDescription: ".xls: the stream's name in capitals",
      bytes: CompoundFixture([("WORKBOOK", LegacyFixture(book).stream())]).bytes(),
      outcome: whole),
    OddFileCase(
      testDescription: ".xls: the last record is missing",
      bytes: legacy { $0.lostBytes = 4 }.bytes(), outcome: "\(whole), xlsx.cut-off-sheet"),
    OddFileCase(
      testDescription: ".xls: the end is missing",
      bytes: legacy { $0.lostBytes = 60 }.bytes(), outcome: "xlsx.cut-off-sheet"),
    OddFileCase(
      testDescription: ".xls: encrypted", bytes: legacy { $0.claimsPassword = true }.bytes(),
      outcome: "xlsx.legacy-xls"),
    OddFileCase(
      testDescription: ".xls: of Excel 95", bytes: legacy { $0.version = 0x0500 }.bytes(),
      outcome: "xlsx.legacy-xls"),
    OddFileCase(
      testDescription: ".xls: nothing but zeros",
      bytes: CompoundFixture([("Workbook", Array(repeating: 0, count: 5000))]).bytes(),
      outcome: "xlsx.damaged-xls"),
  ]

  private static let documents = [
    OddFileCase(
      testDescription: ".ods: cells and rows that are written once and there many times",
      bytes: document(
        rows: row(
          text("<text:p>x</text:p>", " table:number-columns-repeated=\"2\"")
            + "<table:table-cell table:number-columns-repeated=\"3\"/>"
            + text("<text:p>y</text:p>"),
          " table:number-rows-repeated=\"2\"") + row("", " table:number-rows-repeated=\"1048573\"")),
      outcome: "A1 text x, B1 text x, F1 text y, A2 text x, B2 text x, F2 text y"),
    OddFileCase(
      testDescription: ".ods: a thousand million cells",
      bytes: document(
        rows: row(
          text("<text:p>x</text:p>", " table:number-columns-repeated=\"1000\""),
          " table:number-rows-repeated=\"1000000\"")), outcome: "xlsx.too-large"),
    OddFileCase(
      testDescription: ".ods: a cell beyond the last column",
      bytes: document(
        rows: row(
          "<table:table-cell table:number-columns-repeated=\"16384\"/>" + text("<text:p>x</text:p>")
        )
      ), outcome: "xlsx.cell-outside-sheet"),
    OddFileCase(
      testDescription: ".ods: blanks, tabs, line breaks, notes, how it is read aloud",
      bytes: document(
        rows: row(
          text(
            "<office:annotation><text:p>note</text:p></office:annotation><text:p> a\n <text:span>b"
              + "</text:span><text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/>e </text:p>"
              + "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>han"
              + "</text:ruby-text></text:ruby></text:p>"))), outcome: "A1 text a b  c\td\ne \n漢"),
    OddFileCase(
      testDescription: ".ods: tables that are no sheets",
      bytes: document(
        rows: row(
          text(
            "<text:p>x</text:p><table:table><table:table-row><table:table-cell>"
              + "<text:p>inner</text:p></table:table-cell></table:table-row></table:table>")
            + text("<text:p>y</text:p>")),
        before: "<table:tracked-changes><table:table table:name=\"old\"/></table:tracked-changes>"),
      outcome: "A1 text x, B1 text y"),
    OddFileCase(
      testDescription: ".ods: encrypted",
      bytes: {
        var fixture = OpenDocumentFixture(book)
        fixture.claimsPassword = true
        return fixture.archive().bytes()
      }(), outcome: "xlsx.ods-password"),
    OddFileCase(
      testDescription: ".ods: an entity of its own",
      bytes: Array(
        String(decoding: OpenDocumentFixture(book).flat(), as: UTF8.self)
          .replacing("?>", with: "?><!DOCTYPE x [<!ENTITY y \"z\">]>", maxReplacements: 1).utf8),
      outcome: "xlsx.dtd"),
  ]
}

@Suite("odd files that are no .xlsx")
struct OddFileTests {
  @Test(arguments: OddFileCase.all)
  func `are read, or refused in words`(_ file: OddFileCase) throws {
    do {
      let seen = try WorkbookSeen(file.bytes)
      let cells = seen.cells.map { "\($0.address) \($0.kind) \($0.value)" }
      #expect((cells + seen.findings).joined(separator: ", ") == file.outcome)
    } catch let error as XLSXError {
      #expect(error.findings.first?.rule.id == file.outcome)
    }
  }
}
