import Testing

@testable import FerryTestSupport

@Suite struct FxiaokeLifecycleTests {
  private static func client(records: Int = 0) -> FxiaokeClient {
    var settings = FxiaokeDouble.Settings()
    settings.callsPerWindow = 10_000
    var client = FxiaokeClient(settings)
    client.signIn()
    for number in 0..<records {
      _ = client.create(
        "AccountObj",
        [
          "name": .string("客户\(number)"), "owner": ["1001"],
          "migration_ext_id__c": .string("A-\(number)"),
        ])
    }
    return client
  }

  private static func names(_ answer: WireValue) -> [String] {
    answer["data"]?["dataList"]?.list?.compactMap { $0["name"]?.string } ?? []
  }

  @Test func pagesByOffsetAndById() {
    var client = Self.client(records: 25)
    #expect(client.query("AccountObj", limit: 101)["errorCode"] == 32000)
    #expect(client.query("AccountObj", limit: 10, offset: 5)["errorCode"] == 32000)
    #expect(client.query("AccountObj", limit: 100, offset: 10_100)["errorCode"] == 10013)
    let last = client.query("AccountObj", limit: 10, offset: 20)
    #expect(last["data"]?["total"] == 25)
    #expect(Self.names(last).count == 5)
    var seen: [String] = []
    var after = ""
    while true {
      let page = client.query(
        "AccountObj", [["field_name": "_id", "operator": "GT", "field_values": [.string(after)]]],
        limit: 10, more: ["orders": [["fieldName": "_id", "isAsc": true]]])
      seen += Self.names(page)
      guard let list = page["data"]?["dataList"]?.list, list.count == 10 else { break }
      after = list[9]["_id"]?.string ?? ""
    }
    #expect(seen == (0..<25).map { "客户\($0)" })
  }

  @Test func filtersByValues() {
    var client = Self.client(records: 3)
    let byKey = { (values: WireValue) -> WireValue in
      [["field_name": "migration_ext_id__c", "operator": "IN", "field_values": values]]
    }
    #expect(
      Set(Self.names(client.query("AccountObj", byKey(["A-0", "A-2", "A-9"])))) == ["客户0", "客户2"])
    #expect(client.query("AccountObj", byKey("A-0"))["errorCode"] == 32000)
    #expect(client.query("AccountObj", byKey([1]))["errorCode"] == 32000)
    let many = WireValue((0..<101).map { "A-\($0)" })
    #expect(client.query("AccountObj", byKey(many))["errorCode"] == 32000)
    let unknown: WireValue = [["field_name": "nope", "operator": "EQ", "field_values": ["1"]]]
    #expect(client.query("AccountObj", unknown)["errorCode"] == 32000)
  }

  @Test func deletesOnlyWhatIsVoid() {
    var client = Self.client(records: 1)
    let id = client.query("AccountObj")["data"]?["dataList"]?[0]?["_id"] ?? nil
    let one: WireValue = ["dataObjectApiName": "AccountObj", "object_data_id": id]
    let list: WireValue = ["dataObjectApiName": "AccountObj", "idList": [id]]
    #expect(client.change("delete", list) == 32000)
    #expect(client.change("invalid", one) == 0)
    #expect(client.change("invalid", one) == 32000)
    #expect(Self.names(client.query("AccountObj")).isEmpty)
    #expect(client.change("recover", list) == 0)
    #expect(Self.names(client.query("AccountObj")).count == 1)
    #expect(client.change("invalid", one) == 0)
    #expect(client.change("delete", list) == 0)
    #expect(client.change("recover", list) == 32000)
    #expect(client.double.contents["AccountObj"] == [:])
  }

  @Test func takesDetailsWithTheirMaster() {
    var client = Self.client(records: 1)
    let account = client.query("AccountObj")["data"]?["dataList"]?[0]?["_id"] ?? nil
    let product = client.create("ProductObj", ["name": "产品"])["dataId"] ?? nil
    let line: WireValue = ["product_id": product, "quantity": "2", "sales_price": "3.00"]
    let bad: WireValue = ["product_id": "nope"]
    let order: WireValue = ["account_id": account]
    let refused = client.create(
      "SalesOrderObj", order, details: ["SalesOrderProductObj": [line, bad]])
    #expect(refused["errorCode"] == 201_112_011)
    #expect(client.double.contents["SalesOrderObj"] == [:])
    let made = client.create(
      "SalesOrderObj", order, switches: ["includeDetailIds": true],
      details: ["SalesOrderProductObj": [line, line]])
    #expect(made["errorCode"] == 0)
    #expect(client.double.contents["SalesOrderProductObj"]?.object?.count == 2)
    let id = made["dataId"] ?? nil
    #expect(
      client.change("invalid", ["dataObjectApiName": "SalesOrderObj", "object_data_id": id]) == 0)
    #expect(client.change("delete", ["dataObjectApiName": "SalesOrderObj", "idList": [id]]) == 0)
    #expect(client.double.contents["SalesOrderProductObj"] == [:])
  }

  @Test func changesOwnersByTheirOwnCallAlone() {
    var client = Self.client(records: 1)
    let id = client.query("AccountObj")["data"]?["dataList"]?[0]?["_id"] ?? nil
    let update = { (fields: WireValue) -> WireValue in
      var fields = fields
      fields["_id"] = id
      fields["dataObjectApiName"] = "AccountObj"
      return ["object_data": fields]
    }
    #expect(client.change("update", update(["owner": ["1002"]])) == 32000)
    #expect(client.change("update", update(["tel": "010-1"])) == 0)
    let change: WireValue = [
      "dataObjectApiName": "AccountObj", "Data": [["objectDataId": id, "ownerId": ["1002"]]],
    ]
    #expect(client.change("changeOwner", change) == 0)
    let found = client.query("AccountObj")["data"]?["dataList"]?[0]
    #expect(found?["owner"] == ["1002"])
    #expect(found?["tel"] == "010-1")
  }

  @Test func keepsPooledRecordsFromBeingChanged() {
    var client = Self.client()
    let id = client.create("AccountObj", ["name": "公海客户"])["dataId"] ?? nil
    let update: WireValue = [
      "object_data": ["_id": id, "dataObjectApiName": "AccountObj", "tel": "1"]
    ]
    #expect(client.change("update", update) == 32000)
    #expect(client.change("choose", ["apiName": "AccountObj", "objectIds": [id]]) == 0)
    #expect(client.change("update", update) == 0)
  }

  @Test func describesFieldsWithOptionsAndTargets() {
    var client = Self.client()
    let answer = client.call(
      "/cgi/crm/v2/object/describe",
      ["includeDetail": true, "data": ["apiName": "NewOpportunityObj"]])
    let fields = answer["data"]?["describe"]?["fields"]
    #expect(fields?["account_id"]?["target_api_name"] == "AccountObj")
    #expect(fields?["account_id"]?["is_required"] == true)
    #expect(fields?["sales_stage"]?["options"]?[1] == ["label": "初步接洽", "value": "s2"])
    #expect(fields?["amount"]?["type"] == "currency")
    let old = client.call("/cgi/crm/object/describe", ["apiName": "AccountObj"])
    #expect(old["data"]?["describe"]?["api_name"] == "AccountObj")
    let objects = client.call("/cgi/crm/v2/object/list", ["includeNull": false])["data"]?["objects"]
    #expect(objects?.list?.contains { $0["describeApiName"] == "contract__c" } == true)
  }

  @Test func refusesAKeyTwiceUnlessToldNotTo() {
    var client = Self.client(records: 1)
    let again: WireValue = ["name": "重复", "owner": ["1001"], "migration_ext_id__c": "A-0"]
    #expect(client.create("AccountObj", again)["errorCode"] == 32000)
    var settings = FxiaokeDouble.Settings()
    settings.keepsKeysUnique = false
    client = FxiaokeClient(settings)
    client.signIn()
    for _ in 0..<2 { #expect(client.create("AccountObj", again)["errorCode"] == 0) }
  }
}
