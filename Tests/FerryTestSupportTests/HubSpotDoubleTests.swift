import Testing

@testable import FerryTestSupport

@Suite struct HubSpotDoubleTests {
  private static func client() -> HubSpotClient {
    var client = HubSpotClient()
    for object in ["contacts", "companies", "deals"] { client.defineKey(object) }
    return client
  }

  private static func category(_ response: HTTPResponse) -> WireValue? {
    response.json?["category"]
  }

  @Test func wantsAToken() {
    var client = Self.client()
    let none = client.call("GET", "/crm/v3/objects/contacts", token: "pat-other")
    #expect(none.status == 401)
    #expect(Self.category(none) == "INVALID_AUTHENTICATION")
    let form =
      "grant_type=refresh_token&client_id=double-client&client_secret=double-secret&refresh_token=refresh-double"
    let request = HTTPRequest(
      method: "POST", target: "/oauth/v1/token",
      headers: [HTTPRequest.Pair("Content-Type", "application/x-www-form-urlencoded")],
      body: Array(form.utf8))
    let token = client.double.answer(request, ProductCall(now: client.now, number: 1)).json?[
      "access_token"]
    #expect(
      client.call("GET", "/crm/v3/objects/contacts", token: token?.string ?? "").status == 200)
    client.double.expireTokens()
    let late = client.call("GET", "/crm/v3/objects/contacts", token: token?.string ?? "")
    #expect(Self.category(late) == "EXPIRED_AUTHENTICATION")
  }

  @Test func upsertsByAUniqueProperty() {
    var client = Self.client()
    let made = client.upsert("contacts", ["A-1": ["lastname": "李"], "A-2": ["lastname": "王"]])
    #expect(made.status == 200)
    #expect(made.json?["results"]?.list?.allSatisfy { $0["new"] == true } == true)
    let again = client.upsert("contacts", ["a-1": ["lastname": "李四"]])
    #expect(again.json?["results"]?[0]?["new"] == false)
    #expect(again.json?["results"]?[0]?["id"] == HubSpotClient.id(made, trace: "row-A-1"))
    #expect(again.json?["results"]?[0]?["properties"]?["ext_id"] == "A-1")
    let double = client.upsert("contacts", ["A-3": [:], "a-3": [:]])
    #expect(double.status == 400)
    #expect(client.double.contents["contacts"]?.object?.count == 2)
  }

  @Test func tellsErrorsOneByOneOnlyWithTraces() {
    var client = Self.client()
    let bad: KeyValuePairs<String, WireValue> = [
      "A-1": ["email": "none"], "A-2": ["email": "A@Example.com"], "A-3": ["nope": "1"],
    ]
    let whole = client.upsert("contacts", bad, isTraced: false)
    #expect(whole.status == 400)
    #expect(client.double.contents["contacts"] == [:])
    let traced = client.upsert("contacts", bad)
    #expect(traced.status == 207)
    #expect(traced.json?["numErrors"] == 2)
    #expect(traced.json?["errors"]?[0]?["context"]?["objectWriteTraceId"] == ["row-A-1"])
    #expect(traced.json?["errors"]?[0]?["errors"]?[0]?["code"] == "INVALID_EMAIL")
    #expect(traced.json?["results"]?[0]?["properties"]?["email"] == "a@example.com")
  }

  @Test func refusesACreateOfAContactThatIsThere() {
    var client = Self.client()
    let input: WireValue = [
      "properties": ["email": "a@example.com"], "associations": [], "objectWriteTraceId": "1",
    ]
    #expect(
      client.call("POST", "/crm/v3/objects/contacts/batch/create", ["inputs": [input]]).status
        == 201)
    let again = client.call("POST", "/crm/v3/objects/contacts/batch/create", ["inputs": [input]])
    #expect(again.status == 409)
    #expect(
      again.json?["message"]?.string?.hasPrefix("Contact already exists. Existing ID: ") == true)
  }

  struct ValueCase: Sendable {
    let object: String
    let property: String
    let good: [WireValue]
    let bad: [WireValue]
  }

  @Test(arguments: [
    ValueCase(
      object: "deals", property: "amount", good: ["12345.67", "-1", ""],
      bad: [1, "1,000", "x", nil]),
    ValueCase(
      object: "deals", property: "closedate", good: ["2026-11-23T08:00:00.000Z", "1760000000000"],
      bad: ["2026-11-23", "yesterday"]),
    ValueCase(
      object: "deals", property: "dealstage", good: ["closedwon"], bad: ["Won", "closedwon;x"]),
    ValueCase(
      object: "contacts", property: "lifecyclestage", good: ["lead", "lead;customer", ";lead"],
      bad: ["Lead"]),
    ValueCase(object: "contacts", property: "hubspot_owner_id", good: ["900"], bad: ["1"]),
    ValueCase(
      object: "contacts", property: "createdate", good: [], bad: ["2026-11-23T08:00:00.000Z"]),
  ])
  func checksValuesByType(_ value: ValueCase) {
    var client = Self.client()
    for (given, isGood) in value.good.map({ ($0, true) }) + value.bad.map({ ($0, false) }) {
      var properties: WireValue = ["dealname": "x", "dealstage": "contractsent"]
      if value.object == "contacts" { properties = [:] }
      properties[value.property] = given
      let response = client.upsert(value.object, ["A": properties])
      #expect((response.status == 200) == isGood, "\(given)")
    }
  }

  @Test func wantsWhatADealAndALeadNeed() {
    var client = Self.client()
    #expect(client.upsert("deals", ["D": ["dealname": "x"]]).status == 207)
    let alone = client.call(
      "POST", "/crm/v3/objects/leads", ["properties": ["hs_lead_name": "x"], "associations": []])
    #expect(alone.status == 400)
    let contact = HubSpotClient.id(client.upsert("contacts", ["A": [:]]), trace: "row-A")
    let lead: WireValue = [
      "properties": ["hs_lead_name": "x"],
      "associations": [
        [
          "to": ["id": contact],
          "types": [["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 578]],
        ]
      ],
    ]
    #expect(client.call("POST", "/crm/v3/objects/leads", lead).status == 201)
  }

  @Test func linksBothEnds() {
    var client = Self.client()
    let company = HubSpotClient.id(client.upsert("companies", ["C": ["name": "甲"]]), trace: "row-C")
    let contact = HubSpotClient.id(client.upsert("contacts", ["P": [:]]), trace: "row-P")
    let input = { (to: WireValue, type: WireValue) -> WireValue in
      [
        "inputs": [
          [
            "from": ["id": contact], "to": ["id": to],
            "types": [["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type]],
          ]
        ]
      ]
    }
    let path = "/crm/v4/associations/contacts/companies/batch"
    #expect(client.call("POST", "\(path)/create", input(company, 1)).status == 201)
    #expect(client.call("POST", "\(path)/create", input(company, 3)).status == 400)
    #expect(client.call("POST", "\(path)/create", input("9", 279)).status == 207)
    let back = client.call(
      "POST", "/crm/v4/associations/companies/contacts/batch/read", ["inputs": [["id": company]]])
    let to = back.json?["results"]?[0]?["to"]?[0]
    #expect(to?["toObjectId"] == contact)
    #expect(Set(to?["associationTypes"]?.list?.map { $0["typeId"] ?? nil } ?? []) == [2, 280])
    let archived = client.call(
      "POST", "\(path)/archive", ["inputs": [["from": ["id": contact], "to": [["id": company]]]]])
    #expect(archived.status == 204)
    #expect(client.double.contents["associations"] == [:])
  }

  @Test func tellsMissingRecordsOfARead() {
    var client = Self.client()
    _ = client.upsert("contacts", ["A-1": ["lastname": "李", "firstname": "雷"]])
    let read: WireValue = [
      "properties": ["lastname"], "propertiesWithHistory": [], "idProperty": "ext_id",
      "inputs": [["id": "A-1"], ["id": "A-2"]],
    ]
    let response = client.call("POST", "/crm/v3/objects/contacts/batch/read", read)
    #expect(response.status == 207)
    #expect(response.json?["results"]?[0]?["properties"]?["lastname"] == "李")
    #expect(response.json?["results"]?[0]?["properties"]?["firstname"] == nil)
    #expect(response.json?["errors"]?[0]?["context"]?["ids"] == ["A-2"])
    #expect(response.json?["errors"]?[0]?["category"] == "OBJECT_NOT_FOUND")
  }

  @Test func searchesWithinItsLimitsAndLate() {
    var client = Self.client()
    client.lag = SearchLag(reads: 1)
    _ = client.upsert("contacts", ["A-1": [:]])
    let search = { (limit: WireValue, after: WireValue) -> WireValue in
      [
        "filterGroups": [
          ["filters": [["propertyName": "ext_id", "operator": "IN", "values": ["a-1"]]]]
        ],
        "properties": [], "sorts": [], "limit": limit, "after": after,
      ]
    }
    let path = "/crm/v3/objects/contacts/search"
    #expect(client.call("POST", path, search(200, "0")).json?["total"] == 0)
    #expect(client.call("POST", path, search(200, "0")).json?["total"] == 1)
    #expect(client.call("POST", path, search(201, "0")).status == 400)
    #expect(client.call("POST", path, search(200, "9900")).status == 400)
  }

  @Test func archivesAndFreesTheKey() {
    var client = Self.client()
    let first = HubSpotClient.id(client.upsert("contacts", ["A-1": [:]]), trace: "row-A-1")
    let archived = client.call(
      "POST", "/crm/v3/objects/contacts/batch/archive", ["inputs": [["id": first], ["id": first]]])
    #expect(archived.status == 204)
    #expect(client.double.contents["contacts"] == [:])
    #expect(client.upsert("contacts", ["A-1": [:]]).json?["results"]?[0]?["new"] == true)
  }

  @Test func refusesMoreThanItsLimits() {
    var client = Self.client()
    let inputs = WireValue.list((0..<101).map { ["id": .string(String($0))] })
    let large = client.call("POST", "/crm/v3/objects/contacts/batch/archive", ["inputs": inputs])
    #expect(large.status == 400)
    var settings = HubSpotDouble.Settings()
    settings.callsPerTenSeconds = 3
    client.double = HubSpotDouble(settings)
    let statuses = (0..<4).map { _ in client.call("GET", "/crm/v3/objects/contacts").status }
    #expect(statuses == [200, 200, 200, 429])
    client.now += 10_000
    #expect(client.call("GET", "/crm/v3/objects/contacts").status == 200)
  }

  @Test func takesThePathsOfDatedEditions() {
    var client = Self.client()
    #expect(client.call("GET", "/crm/objects/2026-03/0-3?limit=5").status == 200)
    #expect(client.call("GET", "/crm/associations/2026-03/contacts/companies/labels").status == 200)
    #expect(client.call("GET", "/crm/v3/nothing/contacts").status == 404)
    #expect(client.call("GET", "/crm/v3/objects/nothing").status == 400)
  }

  @Test func failsSomeOfABatchForAPassingReason() {
    var client = Self.client()
    client.partialSeed = 3
    let response = client.upsert("contacts", ["A": [:], "B": [:], "C": [:], "D": [:], "E": [:]])
    #expect(response.status == 207)
    #expect(response.json?["errors"]?[0]?["category"] == "CONFLICT")
    client.partialSeed = nil
    #expect(
      client.upsert("contacts", ["A": [:], "B": [:], "C": [:], "D": [:], "E": [:]]).status == 200)
    #expect(client.double.contents["contacts"]?.object?.count == 5)
  }
}
