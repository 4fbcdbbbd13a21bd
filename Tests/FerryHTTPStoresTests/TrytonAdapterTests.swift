import FerryStores
import FerryTestSupport
import Testing

@testable import FerryHTTPStores

@Suite struct TrytonAdapterTests {
  private let party: JSON = [
    "id": 7,
    "contact_mechanisms.": [
      ["id": 1, "type": "phone", "value": "+862188883361"],
      ["id": 2, "type": "email", "value": "a@x.example"],
    ],
    "identifiers.": [["id": 4, "type": .null, "code": "account:KH1"]],
    "addresses.": [["id": 3, "street": "某路1号", "city": .null]],
  ]

  @Test func `reads what stands in lists inside a record`() {
    #expect(TrytonPath("contact_mechanisms/email").value(in: party) == "a@x.example")
    #expect(TrytonPath("identifiers/").value(in: party) == "account:KH1")
    #expect(TrytonPath("addresses/street").value(in: party) == "某路1号")
    #expect(TrytonPath("contact_mechanisms/mobile").value(in: party) == .null)
  }

  @Test func `writes a list by commands to the records that stand there`() {
    let values: [String: JSON] = [
      "contact_mechanisms/phone": .null, "contact_mechanisms/email": "b@x.example",
      "contact_mechanisms/website": "x.example", "name": "某公司",
    ]
    let own = TrytonValues(values, over: party).own
    #expect(own["name"] == "某公司")
    #expect(
      own["contact_mechanisms"] == [
        ["write", [2], ["value": "b@x.example"]], ["delete", [1]],
        ["create", [["type": "website", "value": "x.example"]]],
      ])
  }

  @Test func `an address that nothing is left of is removed`() {
    #expect(
      TrytonValues(["addresses/street": .null], over: party).own["addresses"]
        == [["delete", [3]]])
    #expect(
      TrytonValues(["addresses/city": "上海"], over: party).own["addresses"]
        == [["write", [3], ["city": "上海"]]])
    #expect(TrytonValues(["addresses/city": .null]).own["addresses"] == nil)
  }

  @Test func `a new record brings one row for each list`() {
    let own = TrytonValues(["addresses/city": "上海", "addresses/street": "某路1号"]).own
    #expect(own["addresses"] == [["create", [["city": "上海", "street": "某路1号"]]]])
  }

  @Test(arguments: [0, 3, 7])
  func `a batch that is refused is halved until the one at fault stands alone`(fault: Int)
    async throws
  {
    let transport = ScriptedTransport { _, request throws(HTTPFailure) in
      guard request.json["method"] == "model.party.party.create" else {
        return .json(["id": 0, "result": [1, "session"]])
      }
      let names = request.json["params"]?.items.first?.items.map { $0["name"] ?? .null } ?? []
      guard !names.contains(.string("\(fault)")) else {
        return .json(["id": 1, "error": ["UserError", ["no such value", ""]]])
      }
      return .json(["id": 1, "result": .array(names)])
    }
    let records = (0..<8).map { RemoteRecord(values: ["name": .string("\($0)")]) }
    let results = try await adapter(transport).create(records, in: "party.party")
    #expect(results.count == 8)
    for (index, result) in results.enumerated() {
      switch result {
      case .written(let id): #expect(id == "\(index)" && index != fault)
      case .refused(let refusal): #expect(refusal.message == "no such value" && index == fault)
      case .unknown: Testing.Issue.record("no answer was lost")
      }
    }
    // Signing in, the whole, and at each of three levels the two halves.
    #expect(transport.sent.count == 8)
  }

  @Test func `signs in again when the session is over, and not after a wrong password`()
    async throws
  {
    let transport = ScriptedTransport { number, request throws(HTTPFailure) in
      guard request.json["method"] != "common.db.login" else {
        return .json(["id": 0, "result": [1, .string("session \(number)")]])
      }
      return number == 1
        ? HTTPResponse(status: 401, body: []) : .json(["id": 1, "result": [["id": 5]]])
    }
    let page = try await adapter(transport).page(RemoteQuery(object: "sale.sale", fields: []))
    #expect(page.records.map(\.id) == ["5"])
    let refusing = ScriptedTransport { _, _ throws(HTTPFailure) in
      HTTPResponse(status: 401, body: Array("<html>".utf8))
    }
    await #expect(throws: StoreError.self) {
      try await adapter(refusing).page(RemoteQuery(object: "sale.sale", fields: []))
    }
    #expect(refusing.sent.count == 1)
  }

  private func adapter(_ transport: ScriptedTransport) throws -> TrytonAdapter {
    var profile = StoreProfile(product: "tryton", name: "erp", path: "erp.yaml")
    profile.settings = [
      "url": Secret("http://127.0.0.1:1"), "database": Secret("db"), "user": Secret("admin"),
      "password": Secret("secret-1"),
    ]
    return try TrytonAdapter(profile, VirtualTime().surroundings, transport)
  }
}
