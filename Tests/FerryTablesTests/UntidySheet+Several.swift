// Sheets of several tables, and such as only look so.
extension UntidySheet {
  static let several = [
    UntidySheet(
      testDescription: "a table that begins below row 200, under a title",
      input: "姓名|电话|金额\n"
        + (1...400).map { "员工\($0)|1380000\(1000 + $0)|\($0)\n" }.joined()
        + "||\n产品清单||\n产品名称|单价|数量\n水泵|12|3\n阀门|5|1\n",
      tables: [
        Found("1 姓名,电话,金额", "2d … 401d"), Found("404 产品名称,单价,数量", "405d 406d"),
      ]),
    UntidySheet(
      testDescription: "tables below each other without a gap",
      input: """
        姓名|电话|金额
        张三|13800000001|3
        李四|13800000002|4
        产品清单||
        产品名称|单价|数量
        水泵|12|3
        阀门|5|1
        """,
      tables: [
        Found("1 姓名,电话,金额", "2d 3d"), Found("5 产品名称,单价,数量", "6d 7d"),
      ]),
    UntidySheet(
      testDescription: "a table down to the right",
      input: """
        Name|Amount|||
        Ada|3|||
        Bob|4|||
        ||||
        |||Alpha|Beta
        |||1|2
        |||3|4
        """,
      tables: [Found("1 Name,Amount", "2d 3d"), Found("5 Alpha,Beta", "6d 7d")]),
    UntidySheet(
      testDescription: "two short tables beside a long one",
      input: """
        姓名|电话||产品名称|单价
        张三|13800000001||水泵|12
        李四|13800000002||阀门|5
        |||管道|7
        部门|人数||法兰|9
        销售|3||螺栓|1
        财务|2||螺母|1
        |||垫片|1
        """,
      tables: [
        Found("1 姓名,电话", "2d 3d"), Found("5 部门,人数", "6d 7d 8b"),
        Found("1 产品名称,单价", "2d 3d 4d 5d 6d 7d 8d"),
      ]),
    UntidySheet(
      testDescription: "gaps between rows of text are no new tables",
      input: """
        姓名|公司|城市
        张三|华信公司|北京市朝阳区

        李四|镕基公司|上海市浦东新区
        王五|启明公司|广州市天河区

        赵六|联发公司|深圳市南山区
        """,
      tables: [Found("1 姓名,公司,城市", "2d 3b 4d 5d 6b 7d")]),
    UntidySheet(
      testDescription: "a number alone in a row is no title of another table",
      input: """
        编号|名称|金额|联系人
        A1|甲|many|王伟
        A2|乙|5|

        ||2|
        |丙|many|
        A1|甲|3|李娜
        A2||7|李娜
        A2|丙|8|王伟
        """,
      tables: [Found("1 编号,名称,金额,联系人", "2d 3d 4b 5d 6d 7d 8d 9d")]),
    UntidySheet(
      testDescription: "values of the columns above are no header",
      input: """
        姓名|职务|状态
        Ann Lee|Account Manager|New Lead
        Bob Ray|Sales Manager|Old Lead

        Eve Fox|Sales Manager|New Lead
        Tom Orr|Account Manager|Old Lead
        """,
      tables: [Found("1 姓名,职务,状态", "2d 3d 4b 5d 6d")]),
    UntidySheet(
      testDescription: "a row without its numbers is no header where the table goes on",
      input: """
        姓名|城市|金额|数量
        张三|北京|3|1
        李四|上海|4|2

        待核对|||
        王五|广州|待定|暂无
        赵六|深圳|6|3
        钱七|杭州|7|4
        """,
      tables: [Found("1 姓名,城市,金额,数量", "2d 3d 4b 5d 6d 7d 8d")]),
    UntidySheet(
      testDescription: "a table of more columns under a title needs no words of headers",
      input: """
        姓名|电话|金额
        张三|13800000001|3
        李四|13800000002|4

        By region|||
        Area|North|South|West
        华东|3|4|5
        华南|5|6|7
        """,
      tables: [Found("1 姓名,电话,金额", "2d 3d"), Found("6 Area,North,South,West", "7d 8d")]),
    UntidySheet(
      testDescription: "blocks under the same header are one table",
      input: """
        姓名|电话|金额
        张三|13800000001|3

        姓名|电话|金额
        李四|13800000002|4
        """,
      tables: [Found("1 姓名,电话,金额", "2d 3b 4f 5d")]),
  ]
}
