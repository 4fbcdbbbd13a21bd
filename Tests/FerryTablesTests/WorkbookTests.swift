import FerryCore
import FerryTestSupport
import Testing

@testable import FerryTables

@Suite("Workbooks")
struct WorkbookTests {
  private static func ledger() -> WorkbookFixture {
    var sheet = WorkbookFixture.Sheet(
      "客户台账",
      rows: [
        ["客户台账 2024", nil, nil, nil, nil],
        ["客户编号", "客户名称", "联系人", nil, "金额"],
        [nil, nil, "姓名", "手机", nil],
        ["KH1", "华信科技", "张三", 13_800_000_001, 12.5],
        [nil, nil, "李四", 13_800_000_002, 3],
        ["KH2", "镕基商贸", "王五", 13_800_000_003, nil],
        [],
        ["合计", nil, nil, nil, 15.5],
        ["注：金额单位为万元", nil, nil, nil, nil],
      ])
    sheet.merges = ["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:A5", "B4:B5", "A9:E9"]
    var hidden = WorkbookFixture.Sheet("参数", rows: [["a", "b"], [1, 2]])
    hidden.visibility = .hidden
    return WorkbookFixture([sheet, hidden, WorkbookFixture.Sheet("空表")])
  }

  @Test("are picked by content: title, merged header of two rows, merged cells, total and note")
  func readsLedger() throws {
    try Self.ledger().withFile { path in
      let file = try SourceFile(path: path)
      #expect(file.sheets.map(\.name) == ["客户台账", "参数", "空表"])
      #expect(file.sheets.map(\.isHidden) == [false, true, false])
      let tables = try file.tables(inSheet: 0)
      let table = try #require(tables.first)
      #expect(tables.count == 1)
      #expect(table.headerRows == 2...3)
      #expect(table.columns.map(\.name) == ["客户编号", "客户名称", "联系人 姓名", "联系人 手机", "金额"])
      let (rows, findings) = try contents(of: table, in: file)
      #expect(rows.map(\.label) == ["4d", "5d", "6d", "7b", "8f", "9f"])
      #expect(rows[1].values == [0: "KH1", 1: "华信科技", 2: "李四", 3: "13800000002", 4: "3"])
      #expect(findings.map(\.rule.id) == ["tables.total-row", "tables.note-row"])
      #expect(table.notes.map(\.rule.id).contains("tables.merged-cells"))
      #expect(table.notes.map(\.rule.id).contains("tables.title-row"))
    }
  }

  @Test("an empty sheet is an error of its own, a missing one names those there are")
  func refusesEmptySheet() throws {
    try Self.ledger().withFile { path in
      let file = try SourceFile(path: path)
      #expect(throws: SourceError(.emptySheet("空表"), file: file.name)) {
        try file.tables(inSheet: 2)
      }
      let missing = #expect(throws: SourceError.self) { try file.sheetIndex(named: "客户") }
      #expect(missing?.exitStatus == .wrongUsage)
    }
  }
}

@Suite("SourceFile")
struct SourceFileTests {
  @Test("says what is wrong with a path")
  func refusesPaths() throws {
    let missing = #expect(throws: SourceError.self) { try SourceFile(path: "/nowhere/none.csv") }
    #expect(missing == SourceError(.missing, file: "none.csv"))
    let folder = #expect(throws: SourceError.self) { try SourceFile(path: "/") }
    #expect(folder?.kind == .folder)
    #expect(folder?.exitStatus == .unreadableSource)
  }

  @Test(
    "refuses files that are no tables",
    arguments: [
      ("", SourceError.Kind.emptyFile), ("%PDF-1.7 …", .notATable(.pdf)),
      ("{\\rtf1 x}", .notATable(.richText)), (" <html><table>", .notATable(.webPage)),
      ("<?xml version=\"1.0\"?>", .notATable(.xml)),
      (
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
        .notATable(.excel2003XML)
      ),
      ("BM\u{36}\u{1}\u{2}\u{0}\u{0}\u{0}", .notATable(.image)),
    ])
  func refusesForeignFiles(_ content: String, _ kind: SourceError.Kind) throws {
    try withTemporaryFile(named: "file.xls", Array(content.utf8)) { path in
      let error = #expect(throws: SourceError.self) { try SourceFile(path: path) }
      #expect(error?.kind == kind)
    }
  }

  @Test("hidden columns are read and told, or left out where the caller says so")
  func dropsHiddenColumns() throws {
    var sheet = WorkbookFixture.Sheet(
      "s", rows: [["编号", "备注", "金额"], ["K1", "甲", 3], ["K2", "乙", 4]])
    sheet.hiddenColumns = [1...1]
    try WorkbookFixture([sheet]).withFile { path in
      let file = try SourceFile(path: path)
      var options = TableOptions()
      for (treatment, names) in [
        (RowPolicy.Treatment.keep, ["编号", "备注", "金额"]), (.drop, ["编号", "金额"]),
      ] {
        options.policy.hidden = treatment
        let table = try #require(try file.tables(inSheet: 0, options: options).first)
        #expect(table.columns.map(\.name) == names)
        #expect(table.notes.filter { $0.rule.id == "tables.hidden-columns" }.count == 1)
      }
    }
  }
}
