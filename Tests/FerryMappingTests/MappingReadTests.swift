import FerryCore
import FerryRecords
import Foundation
import Testing

@testable import FerryMapping

@Suite struct MappingReadTests {
  /// The mapping of `tools/check_runs.py`.
  static let customers = """
    ferry: 1
    sources:
      - file: customers.csv
        records:
          account:
            key: 客户编号
            name: 客户名称
            phone: { from: 电话, region: CN }
          contact:
            key: [客户编号, 联系人]
            name: 联系人
            mobile: 手机
            account: { link: account }
          deal:
            key: 商机编号
            name: 商机名称
            amount: { from: 金额, currency: CNY }
            stage: { from: 阶段, map: { 初步接洽: qualification, 报价: proposal, 赢单: won, 输单: lost } }
            account: { link: account }
    """

  @Test func `a terse header is known by the columns that the mapping names`() throws {
    let place = try Workplace([
      "leads.csv": "k,n,c,s,m\nL1,赵,甲,新线索,010-62345678 转 12\nL2,钱,乙,已转化,13800138000/13900139000\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: leads.csv
          records:
            lead: { key: k, name: n, company: c, status: s, mobile: m }
      """)
    #expect(input.tables.map(\.rows) == [2])
    #expect(input.records["lead"]?.count == 2)
  }

  @Test func `one row makes several linked records`() throws {
    let place = try Workplace([
      "customers.csv": """
      客户编号,客户名称,电话,联系人,手机,商机编号,商机名称,金额,阶段
      A1,甲乙丙有限公司,010-60000000,赵四,13800000001,D1,甲项目,37.5,赢单

      """
    ])
    let input = try place.read(Self.customers)
    #expect(input.records("account")[0]["id"] == "A1")
    #expect(input.records("account")[0]["name"] == "甲乙丙有限公司")
    #expect(input.records("contact")[0]["id"] == "A1|赵四")
    #expect(input.records("contact")[0]["account"] == "A1")
    let deal = input.records("deal")[0]
    #expect(
      deal == [
        "id": "D1", "name": "甲项目", "amount": "37.50", "stage": "won", "account": "A1",
        "currency": "CNY",
      ])
    let deals = try #require(input.records["deal"])
    #expect(deals.target("account", of: 0) == ReferenceTarget(entity: "account", field: nil))
    #expect(
      "\(deals.provenance(of: 0, field: deals.fieldIndex("amount")))"
        == "customers.csv 'customers'!H2")
    #expect(input.tables.map(\.rows) == [1] && input.tables.map(\.mapped) == [1])
    #expect(input.tables[0].columns.map(\.uses)[0] == ["account.key", "contact.key"])
  }

  @Test func `rows end in one count each`() throws {
    let place = try Workplace([
      "c.csv": """
      编号,名称,金额,联系人
      A1,甲,100,
      A2,乙,,王五
      ,丙,300,
      A4,,,
      ,,,
      A5,戊,许多,
      """
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: c.csv
          records:
            deal: { when: 金额 is present, key: 编号, name: 名称, amount: 金额 }
            contact: { when: 联系人 is present, key: [编号, 联系人], name: 联系人 }
      """)
    let table = input.tables[0]
    #expect(table.rows == 6)
    #expect(table.mapped == 2 && table.blank == 1)
    #expect(table.filtered == 1 && table.rejected == 2)
    #expect(table.isBalanced)
    #expect(input.complaints.contains("error mapping.blank-key c.csv 'c'!A4"))
    #expect(input.records("deal").map { $0["id"] } == ["A1", "A5"])
    #expect(input.records["deal"]?.rejections.keys.sorted() == [1])
    #expect(table.columns.map(\.filled) == [4, 4, 3, 1])
  }

  @Test func `value maps compare without case and width, and count what they do not cover`() throws
  {
    let place = try Workplace([
      "d.csv": "id,n,s,k\n1,a,Won,Ａ类\n2,b,成交 ,a类\n3,c,签了,b\n4,d,,\n5,e,签了,c\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: d.csv
          records:
            deal:
              key: id
              name: n
              stage: s
              source: { from: k, map: { A类: 甲类, B: "" }, otherwise: 其他 }
      """)
    let deals = input.records("deal")
    #expect(deals.map { $0["stage"] } == ["won", "won", nil, nil, nil])
    #expect(deals.map { $0["source"] } == ["甲类", "甲类", nil, nil, "其他"])
    #expect(input.unmappedValues.map(\.value) == ["签了", "c"])
    #expect(input.unmappedValues.map(\.count) == [2, 1])
    #expect(input.unmappedValues[0].field == "deal.stage")
    #expect(input.records["deal"]?.rejections.keys.sorted() == [2, 4])
  }

  @Test func `units, currencies and blanks`() throws {
    let place = try Workplace([
      "d.csv": "id,n,a,c,o\n1,a,3.5,USD,x\n2,b,￥2,,\n3,c,1万,EUR,无\n4,d,US$ 5,CNY,\n5,e,7,JPY,y\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: d.csv
          records:
            deal:
              key: id
              name: n
              amount: { from: a, unit: 千元 }
              currency: { from: c, default: CNY }
              source: { from: o, blank: clear }
              lost_reason: { value: 迁移 }
      """)
    let deals = input.records("deal")
    #expect(deals.map { $0["amount"] } == ["3500.00", "2000.00", "10000.00", "5000.00", "7000"])
    #expect(deals.map { $0["currency"] } == ["USD", "CNY", "EUR", "USD", "JPY"])
    #expect(deals.map { $0["source"] } == ["x", "", "", "", "y"])
    #expect(deals.allSatisfy { $0["lost_reason"] == "迁移" })
  }

  @Test func `a currency column decides the minor digits, blank cells the mapping's currency`()
    throws
  {
    let place = try Workplace(["d.csv": "id,n,a,w\n1,a,5,JPY\n2,b,6,\n"])
    let input = try place.read(
      """
      ferry: 1
      currency: EUR
      sources:
        - file: d.csv
          records:
            deal: { key: id, name: n, amount: { from: a, currency: { from: w } } }
      """)
    #expect(input.records("deal").map { $0["amount"] } == ["5", "6.00"])
    #expect(input.records("deal").map { $0["currency"] } == ["JPY", "EUR"])
    #expect(input.tables[0].columns[3].uses == ["deal.currency"])
  }

  @Test func `a header row and a range say where the table lies`() throws {
    let text = "客户一览,,\n,,\n编号,名称,旧\nA1,甲公司,x\nA2,乙公司,y\n"
    let place = try Workplace(["c.csv": text])
    func mapping(_ line: String) -> String {
      """
      ferry: 1
      sources:
        - file: c.csv
          \(line)
          records: { account: { key: 编号, name: 名称 } }
      """
    }
    for line in ["header: 3", "range: A3:B4", "encoding: utf-8"] {
      let input = try place.read(mapping(line))
      let names = input.records("account").map { $0["name"] }
      #expect(names == (line.hasPrefix("range") ? ["甲公司"] : ["甲公司", "乙公司"]), "\(line)")
      #expect(input.tables[0].isBalanced)
    }
  }

  @Test func `an amount tells its record's currency`() throws {
    let place = try Workplace(["d.csv": "id,n,a\n1,a,$ 5\n2,b,6\n3,c,\n"])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: d.csv
          records:
            deal: { key: id, name: n, amount: { from: a, currency: EUR } }
      """)
    #expect(input.records("deal").map { $0["currency"] } == ["USD", "EUR", nil])
    #expect(input.complaints == ["warning money.other-currency d.csv 'd'!C2"])
  }

  @Test func `what can't be read rejects or stays in custom`() throws {
    let place = try Workplace([
      "d.csv": "id,n,a,d,p\n1,a,x,2024-03-05,50%\n2,b,1,gestern,0.5\n3,c,2,\"a\"\"b\n\",x\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: d.csv
          records:
            deal:
              key: id
              name: n
              amount: { from: a, invalid: blank }
              close_date: d
              probability: p
              custom: { 备注: n }
      """)
    let deals = input.records("deal")
    #expect(deals[0]["custom"] == #"{"a":"x","备注":"a"}"#)
    #expect(deals[1]["custom"] == #"{"d":"gestern","备注":"b"}"#)
    #expect(deals[2]["custom"] == #"{"d":"a\"b","备注":"c"}"#)
    #expect(input.records["deal"]?.rejections.keys.sorted() == [2])
    #expect(input.findings.filter { $0.severity == .error }.count == 1)
  }

  @Test func `keys are escaped, prefixed and looked up alike`() throws {
    let place = try Workplace([
      "a.csv": "id,n\nx|1,甲\n a\\2 ,乙\n",
      "p.csv": "no,acc,who,amt\n1,x|1,王伟,5\n2,a\\2,公海,6\n",
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: a.csv
          system: erp
          records:
            account: { key: id, name: n }
        - file: p.csv
          system: fin
          records:
            payment:
              key: no
              amount: amt
              account: { from: acc, find: account.key, system: erp }
              owner: { from: who, find: user.name, otherwise: 公海 }
      """)
    #expect(input.records("account").map { $0["id"] } == ["erp:x\\|1", "erp:a\\\\2"])
    #expect(input.records("payment").map { $0["account"] } == ["erp:x\\|1", "erp:a\\\\2"])
    #expect(input.records("payment").map { $0["id"] } == ["fin:1", "fin:2"])
    let payments = try #require(input.records["payment"])
    #expect(payments.target("account", of: 0) == ReferenceTarget(entity: "account", field: nil))
    #expect(
      payments.target("owner", of: 1)
        == ReferenceTarget(entity: "user", field: "name", otherwise: "公海"))
  }

  @Test func `orders have lines by position or by their own key`() throws {
    let place = try Workplace([
      "o.csv": "no,line,sku,qty,price\nO1,a,P1,2,3\nO1,b,P2,1,4.5\nO2,,,,\nO3,a,P1,1,3\n"
    ])
    func mapping(_ key: String) -> String {
      """
      ferry: 1
      sources:
        - file: o.csv
          records:
            order:
              key: no
              number: no
              lines:
                \(key)
                product: { from: sku, find: product.code }
                quantity: qty
                price: price
      """
    }
    let byPosition = try place.read(mapping("when: sku is present"))
    #expect(byPosition.records("order").count == 4)
    #expect(byPosition.records("order_line").map { $0["id"] } == ["O1|1", "O1|2", "O3|1"])
    #expect(byPosition.records("order_line").map { $0["position"] } == ["1", "2", "1"])
    #expect(byPosition.records("order_line").map { $0["order"] } == ["O1", "O1", "O3"])
    #expect(byPosition.records("order_line")[1]["price"] == "4.50")
    let byKey = try place.read(mapping("key: line"))
    #expect(byKey.records("order_line").map { $0["id"] } == ["O1|a", "O1|b", "O3|a"])
    #expect(byKey.tables[0].mapped == 4)
    #expect(byKey.findings.isEmpty)
  }

  @Test func `an activity's id follows from parent, time and text`() throws {
    let place = try Workplace([
      "v.csv": "客户,时间,内容\nA1,2024-03-05 09:30,电话沟通\nA1,2024-03-05 09:30,电话沟通。\n,,\nA2,,\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: v.csv
          records:
            activity:
              at: 时间
              body: 内容
              account: { from: 客户, find: account.key }
      """)
    let ids = input.records("activity").compactMap { $0["id"] }
    #expect(ids[0].hasPrefix("A1|2024-03-05T01:30:00Z|"))
    #expect(ids.count == 3 && Set(ids).count == 3)
    #expect(ids[0].hasSuffix(StableHashTests.digits(of: "电话沟通")))
    #expect(input.tables[0].isBalanced)
  }

  @Test func `a column's dates are decided over all rows`() throws {
    let place = try Workplace([
      "d.csv": "id,n,d\n1,a,3/5/2024\n2,b,25/3/2024\n3,c,4/6/2024\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: d.csv
          records:
            deal: { key: id, name: n, close_date: d }
      """)
    #expect(
      input.records("deal").map { $0["close_date"] } == ["2024-05-03", "2024-03-25", "2024-06-04"])
  }

  @Test func `joins, splits, first of several columns and conditions`() throws {
    let place = try Workplace([
      "a.csv": "id,n,省,市,路,t,m\n1,甲,浙江省,,文一路,a/b/c,x\n2,乙,,,,d,\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: a.csv
          records:
            account:
              key: id
              name: n
              industry: { from: t, split: { by: /, part: 2 } }
              level: { from: t, split: { by: /, part: -1 } }
              source: { from: [m, t] }
              country: { value: 中国, when: 省 is present }
              description: { from: [省, 市, 路], join: "-" }
      """)
    let accounts = input.records("account")
    #expect(accounts[0]["industry"] == "b" && accounts[1]["industry"] == nil)
    #expect(accounts[0]["level"] == "c" && accounts[1]["level"] == "d")
    #expect(accounts.map { $0["source"] } == ["x", "d"])
    #expect(accounts.map { $0["country"] } == ["中国", nil])
    #expect(accounts.map { $0["description"] } == ["浙江省-文一路", nil])
  }

  @Test func `reads GB18030, several files by a pattern, and blocks in a list`() throws {
    let place = try Workplace()
    // kCFStringEncodingGB_18030_2000, as an encoding of Foundation.
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    for month in 1...2 {
      let text = "编号,客户名称,联系人一,联系人二\nA\(month),杭州甲\(month)有限公司,王伟,李娜\n"
      try place.write(try #require(text.data(using: encoding)), to: "客户\(month)月.csv")
    }
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: 客户*.csv
          records:
            account: { key: 编号, name: 客户名称 }
            contact:
              - { key: [编号, 联系人一], name: 联系人一, account: { link: account } }
              - { key: [编号, 联系人二], name: 联系人二, account: { link: account } }
      """)
    #expect(input.records("account").map { $0["name"] } == ["杭州甲1有限公司", "杭州甲2有限公司"])
    #expect(input.records("contact").map { $0["id"] } == ["A1|王伟", "A1|李娜", "A2|王伟", "A2|李娜"])
    #expect(input.tables.map(\.file) == ["客户1月.csv", "客户2月.csv"])
  }
}
