import Testing

@testable import FerryTestSupport

/// The numbers in the names are sections of the contract sheet.
@Suite struct FxiaokeDoubleTests {
  private static func client() -> FxiaokeClient {
    var client = FxiaokeClient()
    client.signIn()
    return client
  }

  private static let owned: WireValue = ["name": "甲公司", "owner": ["1001"]]

  @Test func answersUnknownPathsWithinStatus200() {  // 2
    var client = Self.client()
    #expect(client.call("/cgi/crm/v2/data/batchCreate", [:])["errorCode"] == 10006)
    #expect(
      client.call("/nowhere", [:])["errorMessage"] == "the request uri=[/nowhere] is not exists")
    #expect(client.call("/cgi/crm/v2/object/list", [:])["errorDescription"] == "success")
  }

  @Test func wantsAFreshTraceForEachRequest() {  // 2
    var client = Self.client()
    let path = "/cgi/crm/v2/object/list"
    let headers = [
      "authorization": "Bearer \(client.token)", "x-fs-ea": "fxdouble1", "x-fs-userid": "1000",
    ]
    #expect(client.send(path, [:], headers: headers, trace: "")["errorCode"] == 32000)
    let trace = "11111111-2222-4333-8444-555555555555"
    #expect(client.send(path, [:], headers: headers, trace: trace)["errorCode"] == 0)
    #expect(client.send(path, [:], headers: headers, trace: trace)["errorCode"] == 32000)
  }

  @Test func givesTokensAgainAndRenewsThem() {  // 3
    var client = Self.client()
    let first = client.token
    client.now += 6_500_000
    #expect(client.signIn()["expiresIn"] == 700)
    #expect(client.token == first)
    client.now += 200_000
    client.signIn()
    #expect(client.token != first)
    let second = client.token
    let asFirst = [
      "authorization": "Bearer \(first)", "x-fs-ea": "fxdouble1", "x-fs-userid": "1000",
    ]
    #expect(client.send("/cgi/crm/v2/object/list", [:], headers: asFirst)["errorCode"] == 0)
    client.now += 600_000
    #expect(client.send("/cgi/crm/v2/object/list", [:], headers: asFirst)["errorCode"] == 20016)
    #expect(client.call("/cgi/crm/v2/object/list", [:])["errorCode"] == 0)
    #expect(client.token == second)
    for _ in 0..<10 { client.signIn() }
    #expect(client.signIn()["errorCode"] == 30004)
  }

  @Test func takesTheOldSignInButNotBoth() {  // 3
    var client = Self.client()
    let app: WireValue = [
      "appId": "FSAID_double", "appSecret": "double-secret", "permanentCode": "double-code",
    ]
    let signedIn = client.send("/cgi/corpAccessToken/get/V2", app)
    var body: WireValue = [:]
    body["corpAccessToken"] = signedIn["corpAccessToken"]
    body["corpId"] = signedIn["corpId"]
    var asked = body
    asked["mobile"] = "13800001001"
    let user = client.send("/cgi/user/getByMobile", asked)["empList"]?[0]?["openUserId"]
    #expect(user == "FSUID_1001")
    body["currentOpenUserId"] = user
    #expect(client.send("/cgi/crm/v2/object/list", body)["errorCode"] == 0)
    #expect(client.call("/cgi/crm/v2/object/list", body)["errorCode"] == 20017)
    #expect(client.send("/cgi/crm/v2/object/list", [:])["errorCode"] == 20017)
    body["data"] = [
      "object_data": ["dataObjectApiName": "AccountObj", "name": "乙", "owner": ["FSUID_1002"]]
    ]
    let made = client.send("/cgi/crm/v2/data/create", body)
    #expect(made["errorCode"] == 0)
    let id = made["dataId"] ?? nil
    body["data"] = ["dataObjectApiName": "AccountObj", "objectDataId": id]
    #expect(client.send("/cgi/crm/v2/data/get", body)["data"]?["owner"] == ["FSUID_1002"])
    let plain = client.call(
      "/cgi/crm/v2/data/get", ["data": ["dataObjectApiName": "AccountObj", "objectDataId": id]])
    #expect(plain["data"]?["owner"] == ["1002"])
  }

  @Test func refusesMoreThan100CallsIn20SecondsToAPath() {  // 8
    var client = Self.client()
    for _ in 0..<100 { #expect(client.query("AccountObj")["errorCode"] == 0) }
    #expect(client.query("AccountObj")["errorCode"] == 30004)
    #expect(client.create("AccountObj", Self.owned)["errorCode"] == 0)
    client.now += 20_000
    #expect(client.query("AccountObj")["errorCode"] == 0)
  }

  @Test func knowsTheDailyQuota() {  // 8
    var settings = FxiaokeDouble.Settings()
    settings.dailyQuota = 0
    var client = FxiaokeClient(settings)
    client.signIn()
    #expect(client.query("AccountObj")["errorCode"] == 30003)
    settings.dailyQuota = 1
    client = FxiaokeClient(settings)
    client.signIn()
    #expect(client.query("AccountObj")["errorCode"] == 0)
    #expect(client.query("AccountObj")["errorCode"] == 30002)
  }

  struct ValueCase: Sendable {
    let field: String
    let good: WireValue
    let bad: [WireValue]
  }

  @Test(arguments: [
    ValueCase(field: "name", good: "商机", bad: [1, "", nil]),
    ValueCase(field: "amount", good: "100.01", bad: [.number("100.01"), "1,000", "12.", "1e3"]),
    ValueCase(field: "close_date", good: 1_760_000_000_000, bad: ["2026-01-01", "1760000000000"]),
    ValueCase(field: "sales_stage", good: "s2", bad: ["初步接洽", ["s2"], "s9"]),
    ValueCase(field: "owner", good: ["1001"], bad: ["1001", [1001], [], ["9999"], ["FSUID_1001"]]),
    ValueCase(field: "remark", good: nil, bad: [true]),
  ])
  func checksValuesByType(_ value: ValueCase) {  // 6
    var client = Self.client()
    let account = client.create("AccountObj", Self.owned)["dataId"] ?? nil
    let fields: WireValue = [
      "name": "商机", "owner": ["1001"], "account_id": account, "sales_stage": "s1",
    ]
    for (given, isGood) in [(value.good, true)] + value.bad.map({ ($0, false) }) {
      var deal = fields
      deal[value.field] = given
      #expect((client.create("NewOpportunityObj", deal)["errorCode"] == 0) == isGood, "\(given)")
    }
  }

  @Test(
    arguments: [
      ["nickname": "x"], ["owner__r": "x"], ["life_status": "normal"], ["remark": "x", "_id": "1"],
    ] as [WireValue])
  func refusesFieldsThatAreNotToBeWritten(_ more: WireValue) {  // 6
    var client = Self.client()
    var fields = Self.owned
    for (name, value) in more.object ?? [:] { fields[name] = value }
    #expect(client.create("AccountObj", fields)["errorCode"] == 32000)
  }

  @Test func checksLinks() {  // 5
    var client = Self.client()
    let contact: WireValue = [
      "name": "张三", "owner": ["1001"], "account_id": "66a0c1f2ffffffffffffffff",
    ]
    let answer = client.create("ContactObj", contact)
    #expect(answer["errorCode"] == 201_112_011)
    #expect(answer["errorMessage"]?.string?.contains("关联关系不存在") == true)
  }

  @Test func keepsHistoryOnlyWhereAsked() {  // 4
    var client = Self.client()
    var fields = Self.owned
    fields["create_time"] = 1_500_000_000_000
    fields["created_by"] = ["1003"]
    _ = client.create("AccountObj", fields)
    _ = client.create(
      "AccountObj", fields, switches: ["hasSpecifyTime": true, "hasSpecifyCreatedBy": true])
    let found = client.query(
      "AccountObj", more: ["orders": [["fieldName": "_id", "isAsc": true]]])["data"]?["dataList"]
    #expect(found?[0]?["create_time"] == WireValue(client.now))
    #expect(found?[0]?["created_by"] == ["1000"])
    #expect(found?[1]?["create_time"] == 1_500_000_000_000)
    #expect(found?[1]?["created_by"] == ["1003"])
  }

  @Test func keepsTheDayOfADateInChina() {  // 6
    let day = FxiaokeField("d", "d", .date)
    // 2026-01-02T00:30+08:00 is still the first in UTC.
    #expect(day.kept(1_767_285_000_000) == 1_767_283_200_000)
  }

  @Test func leavesOutWhatIsNotSet() {  // 2
    var client = Self.client()
    let id = client.create("AccountObj", Self.owned)["dataId"] ?? nil
    var body: WireValue = ["data": ["dataObjectApiName": "AccountObj", "objectDataId": id]]
    #expect(client.call("/cgi/crm/v2/data/get", body)["data"]?["tel"] == nil)
    body["includeNull"] = true
    #expect(client.call("/cgi/crm/v2/data/get", body)["data"]?["tel"] == .null)
  }

  @Test func keepsThePathsOfPresetAndCustomObjectsApart() {  // 4
    var client = Self.client()
    #expect(client.create("contract__c", ["name": "合同"])["errorCode"] == 0)
    #expect(client.query("contract__c")["errorCode"] == 32000)
    let light: WireValue = [
      "data": [
        "dataObjectApiName": "AccountObj", "search_query_info": ["limit": 1, "offset": 0],
        "field_projection": ["name"],
      ]
    ]
    #expect(client.call("/cgi/crm/custom/v2/data/findSimple", light)["errorCode"] == 0)
    #expect(client.call("/cgi/crm/custom/v2/data/query", light)["errorCode"] == 32000)
  }
}
