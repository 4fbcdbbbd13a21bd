import FerryCore
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMapping

/// Keys of a source and the rows that come of it.
struct TableKeyCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let keys: String
  /// Rows = mapped + blank + filtered + rejected, and the names that were read.
  let counts: [Int]
  let names: String

  init(_ description: String, _ keys: String, _ counts: [Int], _ names: String) {
    testDescription = description
    self.keys = keys
    self.counts = counts
    self.names = names
  }

  static let all = [
    TableKeyCase("nothing is said", "", [8, 5, 0, 3, 0], "甲,乙,丙,丁,戊"),
    TableKeyCase("totals are kept", "totals: keep", [8, 6, 0, 2, 0], "甲,乙,合计,丙,丁,戊"),
    TableKeyCase("notes are kept", "notes: keep", [8, 6, 0, 2, 0], "甲,乙,丙,丁,戊,备注：含税"),
    TableKeyCase("repeated heads are kept", "repeated: keep", [8, 5, 0, 2, 1], "甲,乙,丙,丁,戊"),
    TableKeyCase("hidden rows are dropped", "hidden: drop", [8, 4, 0, 4, 0], "甲,丙,丁,戊"),
    TableKeyCase(
      "rows are dropped", "rows: { drop: [4, 9-10] }", [8, 2, 0, 6, 0], "乙,丙"),
    TableKeyCase("rows are kept", "rows: { keep: 6, drop: [8] }", [8, 6, 0, 2, 0], "甲,乙,合计,丙,丁,戊"),
    TableKeyCase("the header is told", "header: [2, 3]", [8, 5, 0, 3, 0], "甲,乙,丙,丁,戊"),
    TableKeyCase("the header is told as a run", "header: 2-3", [8, 5, 0, 3, 0], "甲,乙,丙,丁,戊"),
    TableKeyCase("the range is told", "range: A2:C6", [3, 2, 0, 1, 0], "甲,乙"),
    TableKeyCase("the table is told", "table: 1", [8, 5, 0, 3, 0], "甲,乙,丙,丁,戊"),
  ]
}

@Suite("Keys of a source about its table")
struct MappingTableTests {
  private static func workbook() -> WorkbookFixture {
    var sheet = WorkbookFixture.Sheet(
      "台账",
      rows: [
        ["客户台账", nil, nil],
        ["客户", nil, "金额"],
        ["编号", "名称", nil],
        ["K1", "甲", 3],
        ["K2", "乙", 4],
        ["T1", "合计", 7],
        ["K3", "丙", 5],
        ["客户", nil, "金额"],
        ["K4", "丁", 6],
        ["K5", "戊", nil],
        [nil, "备注：含税", nil],
        [],
        ["产品编号", "产品名称", "单价"],
        ["P1", "水泵", 3],
      ])
    sheet.merges = ["A2:B2", "C2:C3", "C9:C10"]
    sheet.hiddenRows = [5]
    return WorkbookFixture([sheet])
  }

  private static func mapping(_ keys: String, key: String = "客户 名称") -> String {
    """
    ferry: 1
    sources:
      - file: 台账.xlsx
        \(keys.isEmpty ? "sheet: 台账" : keys)
        records:
          account: { key: \(key), name: \(key) }
    """
  }

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write(Data(Self.workbook().archive().bytes()), to: "台账.xlsx")
    return place
  }

  @Test("overrule the finder, and every row is in one count", arguments: TableKeyCase.all)
  func overrules(_ key: TableKeyCase) throws {
    let input = try place().read(Self.mapping(key.keys))
    let table = try #require(input.tables.first)
    #expect(table.isBalanced)
    let counts = [table.rows, table.mapped, table.blank, table.filtered, table.rejected]
    #expect(counts == key.counts)
    #expect(input.records("account").compactMap { $0["name"] }.joined(separator: ",") == key.names)
  }

  @Test("merged cells give their value to all rows, or to the first alone")
  func merges() throws {
    let amounts = try ["fill", "first"].map { word in
      try place().read(Self.mapping("merged: \(word)")).tables.first?.columns.last?.filled
    }
    #expect(amounts == [5, 4])
  }

  @Test("a table is picked by its number; one without a header has letters")
  func picks() throws {
    let second = try place().read(Self.mapping("table: 2", key: "产品编号"))
    #expect(second.records("account").compactMap { $0["name"] } == ["P1"])
    let letters = try place().read(Self.mapping("header: none\n    range: A14:C14", key: "A"))
    #expect(letters.records("account").compactMap { $0["name"] } == ["P1"])
  }

  @Test("hidden rows are read and told")
  func tellsHidden() throws {
    let findings = try place().read(Self.mapping("")).findings
      .filter { $0.rule.id.hasPrefix("tables.hidden") }
    #expect(findings.map { $0.message(in: .english) }.first?.hasSuffix(": 5") == true)
    let dropped = try place().read(Self.mapping("hidden: drop")).findings
      .filter { $0.rule.id.hasPrefix("tables.hidden") }
    #expect(dropped.map(\.rule.id) == ["tables.hidden-row"])
  }

  @Test(
    "are checked, each fault with its place",
    arguments: [
      ("header: [3, 5]", "4:13: error: expected 3, [3, 4], none under 'header', found '[3, 5]'"),
      ("header: 0", "4:13: error: expected 3, [3, 4], none under 'header', found '0'"),
      ("header: 99", "4:13: error: 'header' points at nothing in 台账"),
      ("range: K90:M99", "4:12: error: 'range' points at nothing in 台账"),
      ("range: B3", "4:12: error: expected A3:K200 under 'range', found 'B3'"),
      ("table: 3", "4:12: error: there is no table 3 in 台账; it holds 2"),
      ("table: zwei", "4:12: error: expected 1, 2, 3 … under 'table', found 'zwei'"),
      ("totals: dorp", "4:13: error: 'dorp' is no value for 'totals'; did you mean 'drop'?"),
      ("merged: fil", "4:13: error: 'fil' is no value for 'merged'; did you mean 'fill'?"),
      (
        "repaeted: keep",
        "4:5: error: unknown key 'repaeted' under 'sources'; did you mean 'repeated'?"
      ),
      ("rows: { dorp: 3 }", "4:13: error: unknown key 'dorp' under 'rows'; did you mean 'drop'?"),
      ("rows: { drop: [25-20] }", "4:20: error: expected 17, 20-25 under 'drop', found '25-20'"),
      (
        "rows: { drop: [20-25], keep: [22] }",
        "4:34: error: row 22 stands under 'keep' and under 'drop'"
      ),
      (
        "table: 2\n    header: 3",
        "4:12: error: 'table' and 'header' can't stand together under 'sources'"
      ),
    ])
  func checks(_ keys: String, _ complaint: String) throws {
    #expect(try place().complaints(Self.mapping(keys)).contains("mapping.yaml:" + complaint))
  }
}
