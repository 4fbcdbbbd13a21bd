import FerryTestSupport

/// A workbook as clients send it, with all that `ferry inspect` has to tell in few rows.
enum UntidyWorkbook {
  typealias Cell = WorkbookFixture.Cell

  static var fixture: WorkbookFixture {
    WorkbookFixture([ledger, payments, form, WorkbookFixture.Sheet("Sheet4")])
  }

  /// A title, a header of two rows, totals, a page's head printed again, a hidden row, damage, notes,
  /// and another table below.
  private static var ledger: WorkbookFixture.Sheet {
    let head: [[Cell]] = [
      ["客户编号", "客户", nil, "联系人", nil, nil, "合同额", "签约日期", "备注"],
      [nil, "名称", "邮编", "姓名", "手机", "证件号", "万元", nil, nil],
    ]
    var rows: [[Cell]] = [["华东区客户台账（2024年）"]] + head
    rows += [
      row(1, "华信科技有限公司", "100004", "张三", "13800000001", .date(2024, 3, 5), "老客户"),
      row(2, "镕基贸易有限公司", "010010", "李四", "1.38E+10", .date(2024, 3, 6), "需回访"),
      row(3, "瀹㈡埛鍚嶇О", "050003", "王五", "13800000003", .number("45358"), nil),
      [nil, "小计", nil, nil, nil, nil, 6, nil, nil],
    ]
    rows += head
    rows += [
      row(4, "启明股份有限公司", .number("20030"), "赵六", "1.39E+10", .date(2024, 3, 8), .error("#N/A")),
      row(5, "联发集团", "200030", "å¼\u{A0}ä¸‰", "13800000005", "2024-03-09", "已停用"),
      row(6, "新元设备厂", "200031", "孙七", "13800000006", .date(2024, 3, 10), nil),
      [nil, "小计", nil, nil, nil, nil, 15, nil, nil],
      ["合计", nil, nil, nil, nil, nil, 21, nil, nil],
      ["备注：合同额均为含税价"], ["制表人：王芳", nil, nil, "审核：李雷"], [],
      ["产品清单"], ["产品编号", "产品名称", "单价", "库存"], [nil, nil, "元", "台"],
      ["P-01", "离心水泵", 1200, 12], ["P-02", "球阀", 85.5, 300], ["P-03", "法兰", 36, 40],
    ]
    var sheet = WorkbookFixture.Sheet("客户台账", rows: rows)
    sheet.merges = ["A1:I1", "B2:C2", "D2:F2", "A2:A3", "H2:H3", "I2:I3"]
    sheet.hiddenRows = [12]
    return sheet
  }

  private static func row(
    _ number: Int, _ name: Cell, _ postcode: Cell, _ contact: Cell, _ mobile: Cell, _ date: Cell,
    _ remark: Cell
  ) -> [Cell] {
    let id = Cell.number("11010119900307\(1_000 * number)")
    return [
      .text("K\(number)"), name, postcode, contact, mobile, id, .number("\(number)"), date, remark,
    ]
  }

  /// A hidden column, day numbers under a date's name, and a total without a label.
  private static var payments: WorkbookFixture.Sheet {
    var sheet = WorkbookFixture.Sheet(
      "回款",
      rows: [
        ["客户编号", "回款金额", "内部备注", "回款日期"],
        ["K1", 1, "一期", .number("45400")], ["K2", 2, "一期", .number("45401")],
        ["K3", 3, "二期", .number("45402")], [nil, 6, nil, nil],
      ])
    sheet.hiddenColumns = [2...2]
    return sheet
  }

  /// Labels beside their values.
  private static var form: WorkbookFixture.Sheet {
    WorkbookFixture.Sheet(
      "登记表",
      rows: [
        ["客户登记表"], ["客户名称：", "华信科技有限公司"], ["联系电话：", "13800000001"],
        ["建档日期：", .date(2024, 3, 5)],
      ])
  }
}
