import FerryCore
import FerryRecords
import FerryTestSupport
import Testing

@testable import FerryMapping

@Suite struct MappingPartsTests {
  @Test func `a contact's name fills its parts where the mapping is silent`() throws {
    let place = try Workplace(["c.csv": "id,n,f\n1,欧阳锋,欧\n2,Ada Lovelace,L\n"])
    let silent = try place.read(
      """
      ferry: 1
      sources:
        - file: c.csv
          records: { contact: { key: id, name: n } }
      """)
    #expect(silent.records("contact").map { $0["family_name"] } == ["欧阳", "Lovelace"])
    #expect(silent.records("contact").map { $0["given_name"] } == ["锋", "Ada"])
    let contacts = try #require(silent.records["contact"])
    let place2 = contacts.provenance(of: 0, field: contacts.fieldIndex("given_name"))
    #expect("\(place2)" == "c.csv 'c'!B2")
    let told = try place.read(
      """
      ferry: 1
      sources:
        - file: c.csv
          records: { contact: { key: id, name: n, family_name: f } }
      """)
    #expect(told.records("contact").map { $0["family_name"] } == ["欧", "L"])
    #expect(told.records("contact").map { $0["given_name"] } == [nil, nil])
  }

  @Test func `an address fills the divisions that are not mapped`() throws {
    let place = try Workplace([
      "a.csv": "id,n,地址,市\n1,甲,浙江省杭州市西湖区文一路1号,宁波\n2,乙,1 Main Street,\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: a.csv
          records: { account: { key: id, name: n, address: 地址, city: 市 } }
      """)
    let first = input.records("account")[0]
    #expect(first["province"] == "浙江省" && first["city"] == "宁波市" && first["district"] == "西湖区")
    #expect(first["address"] == "浙江省杭州市西湖区文一路1号")
    #expect(input.records("account")[1]["province"] == nil)
    #expect(input.complaints.contains("info mapping.address-split a.csv 'a'"))
  }

  @Test func `further phones of a cell stay in custom`() throws {
    let place = try Workplace(["c.csv": "id,n,电话\n1,王伟,13800138000/13900139000\n"])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: c.csv
          records: { contact: { key: id, name: n, mobile: 电话 } }
      """)
    #expect(input.records("contact")[0]["mobile"] == "+8613800138000")
    #expect(input.records("contact")[0]["custom"] == #"{"电话":"+8613900139000"}"#)
    #expect(input.complaints == ["info mapping.further-values c.csv 'c'!C2"])
  }

  @Test func `a value is placed in the column that the row picked`() throws {
    let place = try Workplace(["c.csv": "id,n,a,b\n1,王伟,,x\n2,李娜,y,z\n3,张强,,\n"])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: c.csv
          records: { contact: { key: id, name: n, title: { from: [a, b] } } }
      """)
    let contacts = try #require(input.records["contact"])
    let slot = contacts.fieldIndex("title")
    let places = (0..<2).map { "\(contacts.provenance(of: $0, field: slot))" }
    #expect(places == ["c.csv 'c'!D2", "c.csv 'c'!C3"])
  }

  @Test func `reads a workbook's sheet and says which sheets nobody reads`() throws {
    let place = try Workplace()
    try WorkbookFixture([
      .init(
        "客户",
        rows: [["编号", "名称", "建档"], [1001, "甲公司", .date(2024, 3, 5)], ["A2", "乙公司", nil]]),
      .init("旧客户", rows: [["编号", "名称"], ["B1", "丙公司"]]),
    ]).write(to: "\(place.folder)/book.xlsx")
    func mapping(_ sheet: String) -> String {
      """
      ferry: 1
      sources:
        - file: book.xlsx
      \(sheet)
          records: { account: { key: 编号, name: 名称 } }
      """
    }
    let input = try place.read(mapping("    sheet: 客户"))
    #expect(input.records("account").map { $0["id"] } == ["1001", "A2"])
    #expect(input.complaints == ["info mapping.sheets-unread book.xlsx"])
    #expect(input.findings[0].arguments == ["旧客户"])
    #expect(try place.read(mapping("    sheet: '*客户'")).records("account").count == 3)
    #expect(
      try place.complaints(mapping("    system: x")) == [
        "mapping.yaml:3:11: error: book.xlsx has several sheets, so 'sheet' must name one: 客户, 旧客户"
      ])
    #expect(
      try place.complaints(mapping("    sheet: 旧客")) == [
        "mapping.yaml:4:12: error: no sheet '旧客' in book.xlsx; did you mean '旧客户'?"
      ])
  }

  @Test func `unmapped columns are listed with their fill`() throws {
    let place = try Workplace(["c.csv": "id,n,x\n1,王伟,\n2,李娜,y\n"])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: c.csv
          records: { contact: { key: id, name: n } }
      """)
    #expect(input.tables[0].columns.map(\.uses) == [["contact.key"], ["contact.name"], []])
    #expect(input.tables[0].columns.map(\.filled) == [2, 2, 1])
  }
}

@Suite struct MappingConservationTests {
  static let mapping = """
    ferry: 1
    sources:
      - file: d.csv
        records:
          deal: { when: name is present, key: id, name: name, amount: amount }
          contact: { when: who is present, key: [id, who], name: who }
    """

  /// A row's cells and what a plain reading of the rules makes of it.
  struct Row {
    let cells: [String]

    private func has(_ index: Int) -> Bool { !["", " ", "无", "　"].contains(cells[index]) }
    var isBlank: Bool { cells.allSatisfy { $0.isEmpty || $0 == " " || $0 == "　" } }
    var deal: String? { has(0) && has(1) ? cells[0] : nil }
    var contact: String? { has(0) && has(3) ? "\(cells[0])|\(cells[3])" : nil }
    var isMapped: Bool { contact != nil || (deal != nil && cells[2] != "many") }
  }

  @Test(arguments: [
    UInt64(1), 7, 20_240_305, 2_459_998_267_757_655_963, UInt64.random(in: 0...UInt64.max),
  ])
  func `every row and record is in one count`(_ seed: UInt64) throws {
    print("conservation seed \(seed)")
    var random = SeededRandom(seed: seed)
    let words = [
      ["", "A1", "A2", "无", " "], ["甲", "乙", "", "无"], ["1", "2.5", "many", "", "1,200"],
      ["王伟", "", "李娜", "　"],
    ]
    let rows = (0..<500).map { _ in
      Row(cells: words.map { $0.randomElement(using: &random) ?? "" })
    }
    let lines = rows.map { row in row.cells.map { "\"\($0)\"" }.joined(separator: ",") }
    let text = "id,name,amount,who\n" + lines.joined(separator: "\n") + "\nA9,终,1,终\n"
    let input = try Workplace(["d.csv": text]).read(Self.mapping)
    let table = input.tables[0]
    #expect(table.isBalanced)
    #expect(table.rows == 501)
    #expect(table.blank == rows.count { $0.isBlank })
    #expect(table.mapped == rows.count { $0.isMapped } + 1)
    #expect(input.records("deal").compactMap { $0["id"] } == rows.compactMap(\.deal) + ["A9"])
    #expect(
      input.records("contact").compactMap { $0["id"] } == rows.compactMap(\.contact) + ["A9|终"])
    let rejected = input.records["deal"]?.rejections.count
    #expect(rejected == rows.count { $0.deal != nil && $0.cells[2] == "many" })
  }
}
