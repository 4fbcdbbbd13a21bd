import FerryTestSupport
import Foundation
import Testing

@Suite("a mapping into a CRM product")
struct ProductRunTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account:
            key: 编号
            name: 名称
            phone: 电话
          contact:
            key: [编号, 联系人]
            name: 联系人
            email: 邮箱
            account: { link: account }
          deal:
            key: 商机
            name: 商机
            amount: 金额
            stage: { value: won }
            close_date: 日期
            owner: { from: 销售, find: user.name }
            account: { link: account }
    """
  private static let sheet = """
    编号,名称,电话,联系人,邮箱,商机,金额,日期,销售
    A1,云腾有限公司,021-55551234,张海燕,zhang@example.com,D1,1200.5,2024-03-05,王芳
    A2,"O'Neil ""甲"" \\ =1+1",,John Smith,JS@Example.com,D2,3.5万,2024-02-29,李娜
    A3,<b>丙</b>&'; --,,欧阳修,,D3,0,2024-12-31,没有此人

    """

  private struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let double: any ProductDouble
    let profile: String

    static let all: [Case] = {
      var account = HubSpotDouble.Settings()
      account.properties = ["companies", "contacts", "deals"].map { "\($0) ferry_id=" }
      var instance = EspoDouble.Settings()
      instance.currencies = ["CNY", "USD"]
      instance.fields = ["Account", "Contact", "Opportunity"].map { "\($0) ferryId varchar" }
      return [
        Case(
          testDescription: "hubspot", double: HubSpotDouble(account),
          profile: "token: \(HubSpotDouble.token)"),
        Case(
          testDescription: "salesforce", double: SalesforceDouble(),
          profile: "client_id: double-client\nclient_secret: double-secret\nexternal_id: Ext_Id__c"),
        Case(
          testDescription: "odoo", double: OdooDouble(),
          profile: "database: \(OdooDouble.database)\napi_key: '\(OdooDouble.apiKey)'"),
        Case(
          testDescription: "espocrm", double: EspoDouble(instance),
          profile: "api_key: \(EspoDouble.apiKey)"),
      ]
    }()
  }

  @Test(arguments: Case.all)
  private func `goes all the way and back, through faults`(_ product: Case) throws {
    let script = [
      ScriptedFault(.serverError, path: "batch/upsert", callNumber: 1),
      ScriptedFault(.partial, path: "batch/upsert", callNumber: 3),
      ScriptedFault(.serverError, path: "composite/sobjects", callNumber: 1),
      ScriptedFault(.expiredToken, path: "composite/sobjects", callNumber: 3),
      ScriptedFault(.storedThenDrop, path: "/load", callNumber: 2),
      ScriptedFault(.storedThenDrop, path: "/api/v1/Contact", callNumber: 2),
    ]
    let server = try DoubleServer(product.double, faults: FaultPlan(script: script))
    defer { server.stop() }
    let empty = server.contents
    let room = try Room()
    defer { room.remove() }
    let name = product.testDescription
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.sheet, to: "in.csv")
    try room.write("product: \(name)\nurl: \(server.url)\n\(product.profile)\n", to: "p.yaml")
    _ = try room.run("chmod 600 p.yaml")
    let to = "m.yaml --to \(name):./p.yaml"

    #expect(try room.run("ferry stores check \(name):./p.yaml").status == 0)
    let planned = try room.run("ferry plan \(to)")
    #expect(server.contents == empty)
    #expect(planned.status == 0, "\(planned.errors)")
    let plan = try room.run("ferry apply m.ferry/plans/*.ferryplan")
    #expect([0, 1].contains(plan.status), "\(plan.output)\(plan.errors)")
    let run = try #require(try room.run("ls m.ferry/runs").output.split(separator: "\n").first)
    let verified = try room.run("ferry verify \(run)")
    #expect(verified.status == 0, "\(verified.output)")
    let again = try room.run("ferry plan \(to) --json")
    for entity in ["account", "contact", "deal"] {
      #expect(try counts(again, of: entity) == [3, 0, 0, 3], "\(entity) \(again.output)")
    }
    let undone = try room.run("ferry undo \(run)")
    #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
    #expect(server.contents == empty)
  }

  /// Records, created, updated, same.
  private func counts(_ result: Room.Result, of entity: String) throws -> [Int] {
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let entities = (document as? [String: Any])?["entities"] as? [String: [String: Int]]
    let found = try #require(entities?[entity])
    return ["records", "created", "updated", "same"].map { found[$0] ?? -1 }
  }
}
