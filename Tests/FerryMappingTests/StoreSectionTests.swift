import FerryMapping
import FerryRecords
import Testing

@Suite("the store section of a mapping")
struct StoreSectionTests {
  private static let head = """
    ferry: 1
    sources:
      - file: 客户台账.csv
        records:
          account:
            key: 客户编号
            name: 客户名称
            phone: 电话
            created_at: 建档日期
    store:

    """

  private static let sound = """
      account:
        table: "客户 \\"x\\""
        schema: 销售
        id: 编号
        key: cust_no
        where: { deleted: 0 }
        fields:
          name: select
          phone: { column: tel, map: { "110": 报警 } }
          created_at: { column: made, type: local_datetime }
          custom: none
    """

  private func load(_ section: String) throws -> Mapping {
    let place = try Workplace(["客户台账.csv": MappingFaultCase.header])
    return try place.load(Self.head + section)
  }

  private func complaints(_ section: String) throws -> [String] {
    let place = try Workplace(["客户台账.csv": MappingFaultCase.header])
    return try place.complaints(Self.head + section)
  }

  @Test func `names the table, its columns and how they write`() throws {
    let layout = try load(Self.sound).layout
    let table = try #require(layout.tables["account"])
    #expect(table.table.text == "客户 \"x\"" && table.table.place.hasSuffix("mapping.yaml:12:12"))
    #expect(table.schema == "销售" && table.id?.text == "编号" && table.key?.text == "cust_no")
    #expect(table.constants.map(\.column.text) == ["deleted"] && table.constants[0].value == "0")
    #expect(table.columns["name"]?.column.text == "select")
    #expect(table.columns["phone"]?.words == ["110": "报警"])
    #expect(table.columns["created_at"]?.form == .localDatetime)
    #expect(layout.timeZone == "Asia/Shanghai")
    #expect(!layout.holds("custom", of: "account") && layout.holds("custom", of: "deal"))
  }

  @Test func `what has no column is not filled unasked`() throws {
    let place = try Workplace([
      "客户台账.csv": MappingFaultCase.header + "A1,甲公司,,010-62345678,,,,,2024-03-05,,,\n"
    ])
    let accounts = try #require(try place.read(Self.head + Self.sound).records["account"])
    #expect(accounts.fields.map(\.name) == ["name", "phone", "created_at"])
    #expect(accounts.all[0]["created_at"] == "2024-03-04T16:00:00Z")
  }

  @Test func `says where and what is wrong`() throws {
    let wrong = """
        acount: { table: x, fields: {} }
        deal: { fields: {} }
        account:
          table: t
          kye: n
          fields:
            name: a
            website: a
            phone: { colum: tel }
            created_at: { column: made, type: hundredths }
            level: { column: l, map: { A: x, B: x } }
            size: s
      """
    let found = try complaints(wrong)
    #expect(
      found == [
        "mapping.yaml:8:9: error: account.phone has no column in the table t",
        "mapping.yaml:11:3: error: unknown entity 'acount'; did you mean 'account'?",
        "mapping.yaml:12:3: error: 'table' is missing under 'deal'",
        "mapping.yaml:13:3: error: say where 'account' keeps what has no column, such as owners "
          + "that nobody knows: 'custom: COLUMN', or 'custom: none' to leave it out",
        "mapping.yaml:15:5: error: unknown key 'kye' under 'account'; did you mean 'key'?",
        "mapping.yaml:18:16: error: 'name' and 'website' would both be written to the column a",
        "mapping.yaml:19:7: error: 'column' is missing under 'phone'",
        "mapping.yaml:19:16: error: unknown key 'colum' under 'phone'; did you mean 'column'?",
        "mapping.yaml:20:41: error: a column of type 'hundredths' can't hold account.created_at",
        "mapping.yaml:21:43: error: 'A' and 'B' would both be written as 'x'",
        "mapping.yaml:22:7: error: account has no field 'size'; it has name, credit_code, phone, "
          + "email, website, industry, level, source, country, province, city, district, address, "
          + "owner, parent, description, created_at, created_by, updated_at, custom",
      ])
  }
}
