import Testing

@testable import FerryTestSupport

/// Calls the EspoCRM double without a socket.
private struct EspoClient {
  var double = EspoDouble()

  mutating func call(
    _ method: String, _ target: String, _ body: WireValue? = nil, headers: [String: String] = [:],
    key: String = EspoDouble.apiKey
  ) -> HTTPResponse {
    double.answer(
      HTTPRequest(
        method: method, target: "/api/v1/\(target)",
        headers: [
          HTTPRequest.Pair("X-Api-Key", key), HTTPRequest.Pair("Content-Type", "application/json"),
        ] + headers.map { HTTPRequest.Pair($0.key, $0.value) }, body: body?.bytes ?? []),
      ProductCall(now: 1_760_000_000_000, number: 1))
  }
}

@Suite struct EspoDoubleTests {
  private static func reason(_ response: HTTPResponse) -> String? {
    response.headers.first { $0.name == "X-Status-Reason" }?.value
  }

  @Test func wantsAKey() {
    var client = EspoClient()
    let answer = client.call("GET", "Account", key: "nope")
    #expect(answer.status == 401)
    #expect(answer.body.isEmpty)
  }

  @Test func ignoresIdsAndTimesOfClients() {
    var client = EspoClient()
    let made = client.call(
      "POST", "Account", ["name": "甲", "id": "mine", "createdAt": "2020-01-01 00:00:00"])
    #expect(made.status == 200)
    #expect(made.json?["id"] != "mine")
    #expect(made.json?["createdAt"] == "2025-10-09 08:53:20")
  }

  @Test func findsDuplicatesUnlessToldNotTo() {
    var client = EspoClient()
    _ = client.call("POST", "Account", ["name": "甲"])
    let again = client.call("POST", "Account", ["name": "甲"])
    #expect(again.status == 409)
    #expect(Self.reason(again) == "duplicate")
    #expect(again.json?[0]?["name"] == "甲")
    let forced = client.call(
      "POST", "Account", ["name": "甲"], headers: ["X-Skip-Duplicate-Check": "true"])
    #expect(forced.status == 200)
  }

  struct ValueCase: Sendable {
    let entity: String
    let field: String
    let value: WireValue
    let type: String
  }

  @Test(arguments: [
    ValueCase(entity: "Opportunity", field: "amount", value: "12", type: "valid"),
    ValueCase(entity: "Opportunity", field: "stage", value: "NOPE", type: "valid"),
    ValueCase(entity: "Opportunity", field: "amountCurrency", value: "CNY", type: "validCurrency"),
    ValueCase(entity: "Opportunity", field: "closeDate", value: nil, type: "required"),
    ValueCase(entity: "Account", field: "phoneNumber", value: "021-12345678", type: "valid"),
    ValueCase(entity: "Task", field: "assignedUser", value: nil, type: "required"),
  ])
  func tellsTheFirstBadField(_ value: ValueCase) {
    var client = EspoClient()
    var body: WireValue = ["name": "x"]
    if value.entity == "Opportunity" {
      body = ["name": "x", "amount": 1, "closeDate": "2026-01-01"]
    }
    #expect(value.entity == "Task" || client.call("POST", value.entity, body).status == 200)
    body[value.field] = value.value == .null ? WireValue?.none : value.value
    let answer = client.call(
      "POST", value.entity, body, headers: ["X-Skip-Duplicate-Check": "true"])
    #expect(answer.status == 400)
    let data = answer.json?["messageTranslation"]?["data"]
    #expect(data == ["field": .string(value.field), "type": .string(value.type)])
    #expect(
      Self.reason(answer)
        == "Field validation failure; entityType: \(value.entity), field: \(value.field), type: \(value.type)."
    )
  }

  @Test func refusesLinksToNothing() {
    var client = EspoClient()
    let answer = client.call("POST", "Contact", ["lastName": "李", "accountId": "nope"])
    #expect(answer.status == 403)
    #expect(Self.reason(answer) == "cannotRelateNonExisting")
  }

  @Test func takesFieldsOfItsOwnAfterARebuild() {
    var client = EspoClient()
    let field: WireValue = ["type": "varchar", "name": "migExtId", "maxLength": 100]
    #expect(client.call("POST", "Admin/fieldManager/Account", field).json?["name"] == "cMigExtId")
    _ = client.call("POST", "Admin/rebuild", [:])
    _ = client.call("POST", "Account", ["name": "甲", "cMigExtId": "A-1"])
    _ = client.call("POST", "Account", ["name": "乙", "cMigExtId": "A-2"])
    let key =
      "where[0][type]=in&where[0][attribute]=cMigExtId&where[0][value][]=A-2&where[0][value][]=A-3"
    let found = client.call("GET", "Account?\(key)&select=name&maxSize=200").json
    #expect(found?["total"] == 1)
    #expect(found?["list"]?[0]?["name"] == "乙")
    #expect(
      client.call("GET", "Metadata?key=entityDefs.Account.fields.cMigExtId").json?["maxLength"]
        == 100)
    let large = client.call("GET", "Account?maxSize=201")
    #expect(large.status == 403)
    #expect(Self.reason(large) == "Max size should not exceed 200")
  }

  @Test func deletesSoftly() {
    var client = EspoClient()
    let id = client.call("POST", "Account", ["name": "甲"]).json?["id"]?.string ?? ""
    #expect(client.call("PUT", "Account/\(id)", ["description": "x"]).json?["description"] == "x")
    #expect(client.call("DELETE", "Account/\(id)").json == true)
    #expect(client.call("DELETE", "Account/\(id)").status == 404)
    #expect(client.call("GET", "Account/\(id)").json?["deleted"] == true)
    #expect(client.call("GET", "Account").json?["total"] == 0)
    #expect(client.call("PUT", "Account/\(id)", ["description": "y"]).status == 404)
    let mass: WireValue = [
      "entityType": "Account", "action": "delete", "params": ["ids": [.string(id)]], "data": [:],
    ]
    #expect(client.call("POST", "MassAction", mass).json == ["count": 0, "ids": []])
  }
}
