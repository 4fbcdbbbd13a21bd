import FerryCore
import FerryTestSupport
import Testing

@testable import FerryTables

/// An untidy sheet, and for each table in it what must be found.
struct UntidySheet: Sendable, CustomTestStringConvertible {
  struct Found: Hashable, Sendable, CustomStringConvertible {
    /// Header rows, `0` where there is none, and the columns' names.
    let header: String
    /// Row number and role letter (d, b, f) of each row below.
    let rows: String

    init(_ header: String, _ rows: String) {
      self.header = header
      self.rows = rows
    }

    var description: String { "\(header): \(rows)" }
  }

  let testDescription: String
  let input: String
  var merges: [String] = []
  let tables: [Found]

  /// The input as cells of a workbook.
  var cells: [[WorkbookFixture.Cell]] {
    input.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map { text in
        if text.isEmpty { return .blank }
        return Int(text) == nil ? .text(String(text)) : .number(String(text))
      }
    }
  }

  static let all = heads + several + rows + forms

  private static let heads = [
    UntidySheet(
      testDescription: "a header of three rows, merged",
      input: """
        区域|2023年||||2024年|||
        |上半年||下半年||上半年||下半年|
        |销量|金额|销量|金额|销量|金额|销量|金额
        华东|1|2|3|4|5|6|7|8
        华南|1|2|3|4|5|6|7|8
        """,
      merges: ["A1:A3", "B1:E1", "F1:I1", "B2:C2", "D2:E2", "F2:G2", "H2:I2"],
      tables: [
        Found(
          "1-3 区域,2023年 上半年 销量,2023年 上半年 金额,2023年 下半年 销量,2023年 下半年 金额,"
            + "2024年 上半年 销量,2024年 上半年 金额,2024年 下半年 销量,2024年 下半年 金额", "4d 5d")
      ]),
    UntidySheet(
      testDescription: "groups whose columns repeat, without merges",
      input: """
        编号|甲方||乙方|
        编号|姓名|电话|姓名|电话
        A1|张三|13800000001|李四|13800000002
        A2|王五|13800000003|赵六|13800000004
        """,
      tables: [Found("1-2 编号,甲方 姓名,甲方 电话,乙方 姓名,乙方 电话", "3d 4d")]),
    UntidySheet(
      testDescription: "a header of three rows, without merges",
      input: """
        区域|2023年||||2024年|||
        |上半年||下半年||上半年||下半年|
        |销量|金额|销量|金额|销量|金额|销量|金额
        华东|1|2|3|4|5|6|7|8
        华南|1|2|3|4|5|6|7|8
        """,
      tables: [
        Found(
          "1-3 区域,2023年 上半年 销量,2023年 上半年 金额,2023年 下半年 销量,2023年 下半年 金额,"
            + "2024年 上半年 销量,2024年 上半年 金额,2024年 下半年 销量,2024年 下半年 金额", "4d 5d")
      ]),
    UntidySheet(
      testDescription: "a title of two cells above a header of two rows is no third",
      input: """
        销售报表||||2024年
        编号|甲方||乙方|
        编号|姓名|电话|姓名|电话
        A1|张三|13800000001|李四|13800000002
        A2|王五|13800000003|赵六|13800000004
        """,
      tables: [Found("2-3 编号,甲方 姓名,甲方 电话,乙方 姓名,乙方 电话", "4d 5d")]),
    UntidySheet(
      testDescription: "groups that tell two columns of one name apart",
      input: """
        客户|||商机||
        编号|名称|城市|名称|金额|阶段
        K1|华信|北京|水泵|12|报价
        K2|镕基|上海|阀门|5|赢单
        """,
      tables: [Found("1-2 客户 编号,客户 名称,客户 城市,商机 名称,商机 金额,商机 阶段", "3d 4d")]),
    UntidySheet(
      testDescription: "a row of units under the header",
      input: """
        客户|合同额|回款率|数量|签约日期
        |万元|%|（台）|
        华信|12.5|30|3|2024-03-05
        镕基|8|55|4|2024-03-06
        """,
      tables: [Found("1-2 客户,合同额 万元,回款率 %,数量 （台）,签约日期", "3d 4d")]),
    UntidySheet(
      testDescription: "a row of units with a label, and a total without one",
      input: """
        年份|销售额|成本
        单位|（元）|（元）
        2021年|100|50
        2022年|110|60
        2023年|120|70
        |330|180
        """,
      tables: [Found("1-2 年份 单位,销售额 （元）,成本 （元）", "3d 4d 5d 6f")]),
    UntidySheet(
      testDescription: "a first row with a unit alone is data where units are data",
      input: "编号|名称|单位|单价\n||台|\nA1|水泵|台|12\nA2|阀门|个|3",
      tables: [Found("1 编号,名称,单位,单价", "2d 3d 4d")]),
    UntidySheet(
      testDescription: "a header merged downwards over two rows that has one line",
      input: "客户||电话|城市\n||手机|\n甲|x|13800000001|北京\n乙|y|13800000002|上海",
      merges: ["A1:B2", "D1:D2"], tables: [Found("1-2 客户,B,电话 手机,城市", "3d 4d")]),
    UntidySheet(
      testDescription: "a merged decoration in the header takes no row of text data in",
      input: "姓名|住处||\n张三|北京|朝阳路|a\n李四|上海|南京路|b", merges: ["B1:C1"],
      tables: [Found("1 姓名,住处,C,D", "2d 3d")]),
    UntidySheet(
      testDescription: "title rows, a long preamble, and a table far from A1",
      input: String(repeating: "|\n", count: 3)
        + (1...20).map { "||说明第\($0)条|\n" }.joined()
        + "||客户编号|客户名称|金额\n||K1|甲|12\n||K2|乙|5",
      tables: [Found("24 客户编号,客户名称,金额", "25d 26d")]),
    UntidySheet(
      testDescription: "a blank column within",
      input: "姓名||电话|金额\n张三||13800000001|3\n李四||13800000002|4",
      tables: [Found("1 姓名,电话,金额", "2d 3d")]),
    UntidySheet(
      testDescription: "one column", input: "电话\n13800000001\n13800000002\n电话\n13800000003",
      tables: [Found("1 电话", "2d 3d 4f 5d")]),
  ]

  private static let rows = [
    UntidySheet(
      testDescription: "pages printed again with title and a header of two rows",
      input: """
        客户报表 第1页||||
        编号|甲方||乙方|
        编号|姓名|电话|姓名|电话
        A1|张三|13800000001|李四|13800000002
        客户报表 第2页||||
        编号|甲方||乙方|
        编号|姓名|电话|姓名|电话
        A2|王五|13800000003|赵六|13800000004
        """,
      tables: [Found("2-3 编号,甲方 姓名,甲方 电话,乙方 姓名,乙方 电话", "4d 5f 6f 7f 8d")]),
    UntidySheet(
      testDescription: "subtotals of groups in English and Chinese",
      input: """
        Region|City|Customer|Amount
        East|Boston|Ada|3
        East|New York|Bob|4
        East Total|||7
        East|Total||7
        Subtotal for East:|||7
        West|Reno|Total Wine|1
        华东|上海|小计|8
        华东 汇总|||8
        Grand Total|||15
        合计：3 单|||15
        """,
      tables: [Found("1 Region,City,Customer,Amount", "2d 3d 4f 5f 6f 7d 8f 9f 10f 11f")]),
    UntidySheet(
      testDescription: "a total without a label",
      input: """
        编号|客户|数量|金额
        A1|华信|1|100
        A2|镕基|2|200.5
        A3|启明|3|300
        ||6|600.5
        """,
      tables: [Found("1 编号,客户,数量,金额", "2d 3d 4d 5f")]),
    UntidySheet(
      testDescription: "rows without a name whose numbers are no sums",
      input: """
        编号|客户|数量|金额
        A1|华信|1|100
        A2|镕基|2|200
        A3|启明|3|300
        ||6|601
        ||6|
        A4||12|600
        """,
      tables: [Found("1 编号,客户,数量,金额", "2d 3d 4d 5d 6d 7d")]),
    UntidySheet(
      testDescription: "remarks under the table",
      input: """
        编号|名称|金额|备注
        A1|甲|3|急，请尽快联系对方，务必本周内办妥。
        A2|乙|4|

        以上价格均含税，最终解释权归本公司所有。|||
        1. 本表仅供内部使用|||
        共 2 条记录|||
        (2 rows affected)|||
        """,
      tables: [Found("1 编号,名称,金额,备注", "2d 3d 4b 5f 6f 7f 8f")]),
    UntidySheet(
      testDescription: "one name alone in a row stays data",
      input: "编号|名称|金额\nA1|甲|3\n\nA2||\n|乙|\nTotal|Lyon|France",
      tables: [Found("1 编号,名称,金额", "2d 3b 4d 5d 6d")]),
    UntidySheet(
      testDescription: "section rows merged over the table",
      input: "编号|名称|金额\n华东区||\nA1|甲|3\n华南区||\nA2|乙|4", merges: ["A2:C2", "A4:C4"],
      tables: [Found("1 编号,名称,金额", "2f 3d 4f 5d")]),
  ]

  private static let forms = [
    UntidySheet(
      testDescription: "a form with colons",
      input: "客户登记表|\n客户名称：|华信\n联系电话：|13800000001\n建档日期：|2024-03-05\n备注：|无",
      tables: [Found("0 A,B", "1d 2d 3d 4d 5d")]),
    UntidySheet(
      testDescription: "a form of two label columns",
      input: "客户名称|华信|联系人|张三\n电话|13800000001|邮箱|a@b.example\n城市|北京|行业|制造",
      tables: [Found("0 A,B,C,D", "1d 2d 3d")]),
    UntidySheet(
      testDescription: "a list of fields with a header is a table",
      input: "name|type\nphone|text\nemail|text\ndate|date",
      tables: [Found("1 name,type", "2d 3d 4d")]),
    UntidySheet(
      testDescription: "a form above a table",
      input: """
        报价单||||
        客户名称：|华信|日期：|2024-03-05|
        联系电话：|13800000001|编号：|Q1|
        ||||
        产品|规格|数量|单价|金额
        水泵|A|1|2|2
        阀门|B|3|4|12
        合计||||14
        """,
      tables: [Found("5 产品,规格,数量,单价,金额", "6d 7d 8f")]),
  ]
}

@Suite("Untidy sheets")
struct UntidySheetTests {
  private func found(_ file: SourceFile) throws -> [UntidySheet.Found] {
    try file.tables(inSheet: 0).map { table in
      let header =
        table.headerRows.map { rows in
          rows.count == 1 ? "\(rows.lowerBound)" : "\(rows.lowerBound)-\(rows.upperBound)"
        } ?? "0"
      let labels = try contents(of: table, in: file).rows.map(\.label)
      let rows =
        labels.count > 50
        ? "\(labels.first ?? "") … \(labels.last ?? "")" : labels.joined(separator: " ")
      return UntidySheet.Found(
        header + " " + table.columns.map(\.name).joined(separator: ","), rows)
    }
  }

  @Test("are read right as text and as a workbook", arguments: UntidySheet.all)
  func findsTables(_ sheet: UntidySheet) throws {
    if sheet.merges.isEmpty {
      let text = sheet.input.replacing(",", with: "，").replacing("|", with: ",")
      let tables = try found(source(text))
      #expect(tables == sheet.tables, "as text: \(tables)")
    }
    var fixture = WorkbookFixture.Sheet("s", rows: sheet.cells)
    fixture.merges = sheet.merges
    let tables = try WorkbookFixture([fixture]).withFile { try found(SourceFile(path: $0)) }
    // A worksheet leaves blank rows at its end out.
    let trimmed = sheet.tables.map { table in
      UntidySheet.Found(
        table.header,
        table.rows.hasSuffix(" 8b") ? String(table.rows.dropLast(3)) : table.rows)
    }
    #expect(tables == trimmed || tables == sheet.tables, "as a workbook: \(tables)")
  }
}
