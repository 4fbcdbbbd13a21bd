import FerrySQLite
import Foundation
import Testing

/// What the store holds once several rows became one, by what the mapping says to keep.
struct KeepCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// What stands behind `account:` under `match:`.
  let settings: String
  /// Fields of the only account.
  let holds: [String: String]

  static let all = [
    KeepCase(
      testDescription: "the order of the sources, where nothing is said",
      settings: "{}",
      holds: [
        "name": "云腾有限公司", "phone": "+861062778899", "website": "https://a.cn",
        "city": "北京市", "address": "中关村大街1号", "email": "hi@a.cn",
      ]),
    KeepCase(
      testDescription: "the newest phone, with its own area code",
      settings: "{ keep: { phone: newest } }",
      holds: ["phone": "+862162778890", "name": "云腾有限公司"]),
    KeepCase(
      testDescription: "the most frequent website",
      settings: "{ keep: { website: frequent } }",
      holds: ["website": "https://b.cn"]),
    KeepCase(
      testDescription: "the fullest address, whole: no city of one with the street of another",
      settings: "{ keep: { address: fullest } }",
      holds: ["address": "浦东新区张江路100号3号楼502室", "city": "上海市", "province": "上海市"]),
    KeepCase(
      testDescription: "each field by its own rule",
      settings: "{ keep: { name: fullest, phone: fullest, email: newest } }",
      holds: ["name": "云腾（上海）有限公司", "email": "hi@b.cn"]),
  ]
}

@Suite("survivorship")
struct SurvivorshipTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: accounts.csv
        records:
          account:
            key: id
            name: name
            credit_code: code
            phone: phone
            email: email
            website: web
            province: province
            city: city
            address: address
            updated_at: changed
      - file: contacts.csv
        records:
          contact: { key: id, name: name, account: { from: of, find: account.key } }
      - file: deals.csv
        records:
          deal:
            key: id
            name: name
            amount: amount
            close_date: date
            stage: { from: stage, map: { open: proposal } }
            account: { from: of, find: account.key }

    """
  // One company under three ids; the code's check digit is right, the company is not real.
  private static let accounts = """
    id,name,code,phone,email,web,province,city,address,changed
    A1,云腾有限公司,91320594MA1867746C,010-62778899,hi@a.cn,https://a.cn,北京市,北京市,中关村大街1号,2024-01-01
    A2,云腾（上海）有限公司,91320594MA1867746C,021-62778890,hi@b.cn,https://b.cn,上海市,上海市,浦东新区张江路100号3号楼502室,2024-06-01
    A3,云腾,91320594MA1867746C,,,https://b.cn,,,,2023-06-01

    """
  private static let contacts = "id,name,of\nC1,王芳,A1\nC2,李雷,A2\nC3,赵敏,A3\n"
  private static let deals = """
    id,name,amount,date,stage,of
    D1,服务器采购项目,10000,2024-05-01,open,A1
    D2,服务器采购项目,10200,2024-05-10,open,A3
    D3,维保,10100,2024-05-03,open,A2

    """

  private func room(_ settings: String) throws -> Room {
    let room = try Room()
    try room.write(Self.mapping + "match:\n  account: \(settings)\n", to: "m.yaml")
    try room.write(Self.accounts, to: "accounts.csv")
    try room.write(Self.contacts, to: "contacts.csv")
    try room.write(Self.deals, to: "deals.csv")
    return room
  }

  @Test(arguments: KeepCase.all)
  func survives(_ row: KeepCase) throws {
    let room = try room(row.settings)
    defer { room.remove() }
    let load = try room.run("ferry import m.yaml --to sqlite:crm.db --json")
    #expect(load.status == 0, "\(load.output)")
    #expect(try room.column("SELECT ferry_id FROM accounts") == ["A1"])
    for (field, value) in row.holds {
      #expect(try room.column("SELECT \(field) FROM accounts") == [value], "\(field)")
    }
    // Children go to the survivor, and what is not kept stands in the plan.
    #expect(try room.column("SELECT count(DISTINCT account_id) FROM contacts") == ["1"])
    #expect(try room.column("SELECT count(DISTINCT account_id) FROM deals") == ["1"])
    let again = try room.run("ferry import m.yaml --to sqlite:crm.db --json")
    #expect(again.output.contains(#""account":{"records":3,"created":0,"updated":0,"same":1"#))
    let run = try #require(
      try JSONSerialization.jsonObject(with: Data(load.output.utf8)) as? [String: Any])
    let id = try #require(run["run"] as? String)
    #expect(try room.run("ferry undo \(id)").status == 0)
    #expect(try room.column("SELECT count(*) FROM accounts") == ["0"])
  }

  @Test func `deals of one account that look alike are for review, and stay two`() throws {
    let room = try room("{}")
    defer { room.remove() }
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db").status == 0)
    #expect(try room.column("SELECT count(*) FROM deals") == ["3"])
    let export = try room.run("ferry review export review.xlsx --json")
    #expect(export.output.contains(#""open":1"#), "\(export.output)")
    let cells = try room.run("ferry cat review.xlsx --format cells")
    #expect(cells.output.contains("服务器采购项目") && !cells.output.contains("维保"))
  }
}

extension Room {
  /// The first column of a query over the store.
  func column(_ sql: String) throws -> [String?] {
    let database = try Database(path: path("crm.db"), access: .readOnly)
    let query = try database.prepare(sql)
    var found: [String?] = []
    while try query.step() { found.append(query.string(at: 0)) }
    return found
  }
}
