import Testing

@testable import FerryTestSupport

/// The vendor's OpenAPI files lie beside the checkout or nowhere; without them this passes over.
@Suite struct HubSpotSpecTests {
  @Test func saysNothingThatTheVendorsFilesDoNotKnow() throws {
    guard let check = try OpenAPICheck(prefix: "hubspot-") else { return }
    var checked = 0
    for (request, response) in Self.conversation() {
      guard let faults = check.faults(request, response) else { continue }
      checked += 1
      #expect(faults.isEmpty, "\(request.method) \(request.path) \(response.status): \(faults)")
    }
    #expect(checked > 30)
  }

  @Test func findsWhatIsWrong() throws {
    guard let check = try OpenAPICheck(prefix: "hubspot-") else { return }
    let request = HTTPRequest(
      method: "POST", target: "/crm/v3/objects/contacts/batch/archive",
      body: (["inputs": [["id": 1]]] as WireValue).bytes)
    #expect(
      check.faults(request, HTTPResponse(status: 204)) == ["request.inputs[0].id is no string"])
    #expect(
      check.faults(
        HTTPRequest(method: "GET", target: "/crm/v3/objects/contacts"),
        HTTPResponse(json: ["results": [], "total": 1])) == ["answer has total"])
  }

  /// Every kind of call, good and bad.
  private static func conversation() -> [(HTTPRequest, HTTPResponse)] {
    var client = HubSpotClient()
    for (object, base) in [
      ("contacts", "/crm/v3/objects/contacts"), ("companies", "/crm/v3/objects/companies"),
      ("deals", "/crm/v3/objects/0-3"), ("contacts", "/crm/objects/2026-03/contacts"),
    ] {
      client.defineKey(object)
      talk(&client, object, base)
    }
    link(&client)
    for path in ["", "/groups", "/ext_id", "/none"] {
      _ = client.call("GET", "/crm/v3/properties/contacts\(path)")
    }
    return client.exchanges
  }

  private static func talk(_ client: inout HubSpotClient, _ object: String, _ base: String) {
    let properties: WireValue =
      object == "deals" ? ["dealname": "x", "dealstage": "closedwon"] : ["hubspot_owner_id": "900"]
    let made = client.upsert(object, ["A": properties, "B": ["nope": "1"]])
    let id = HubSpotClient.id(made, trace: "row-A")
    _ = client.call("POST", base, ["properties": properties, "associations": []])
    _ = client.call("POST", base, ["properties": ["nope": "1"], "associations": []])
    _ = client.call("GET", "\(base)?limit=1&properties=ext_id")
    for one in [id.string ?? "", "9"] {
      _ = client.call("GET", "\(base)/\(one)?properties=ext_id")
      _ = client.call("PATCH", "\(base)/\(one)", ["properties": ["hubspot_owner_id": "901"]])
    }
    for verb in ["create", "update"] {
      let input: WireValue = [
        "id": id, "properties": properties, "objectWriteTraceId": "1", "associations": [],
      ]
      var given = input
      given[verb == "create" ? "id" : "associations"] = WireValue?.none
      _ = client.call("POST", "\(base)/batch/\(verb)", ["inputs": [given]])
    }
    let read: WireValue = [
      "properties": ["ext_id"], "propertiesWithHistory": [], "idProperty": "ext_id",
      "inputs": [["id": "A"], ["id": "Z"]],
    ]
    _ = client.call("POST", "\(base)/batch/read", read)
    let search: WireValue = [
      "filterGroups": [["filters": [["propertyName": "ext_id", "operator": "HAS_PROPERTY"]]]],
      "properties": ["ext_id"], "sorts": [], "limit": 1, "after": "0",
    ]
    _ = client.call("POST", "\(base)/search", search)
    _ = client.call("POST", "\(base)/batch/archive", ["inputs": [["id": id]]])
    _ = client.call("DELETE", "\(base)/\(id.string ?? "")")
  }

  private static func link(_ client: inout HubSpotClient) {
    let company = HubSpotClient.id(client.upsert("companies", ["L": [:]]), trace: "row-L")
    let contact = HubSpotClient.id(client.upsert("contacts", ["L": [:]]), trace: "row-L")
    let types: WireValue = [["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279]]
    let plain: WireValue = ["from": ["id": contact], "to": ["id": company]]
    var typed = plain
    typed["types"] = types
    let base = "/crm/v4/associations/contacts/companies/batch"
    _ = client.call("POST", "\(base)/create", ["inputs": [typed]])
    typed["to"] = ["id": "9"]
    _ = client.call("POST", "\(base)/create", ["inputs": [typed]])
    typed["to"] = ["id": company]
    _ = client.call("POST", "\(base)/associate/default", ["inputs": [plain]])
    _ = client.call("POST", "\(base)/read", ["inputs": [["id": contact]]])
    _ = client.call("POST", "\(base)/labels/archive", ["inputs": [typed]])
    let one = "/crm/v4/objects/contacts/\(contact.string ?? "")/associations"
    _ = client.call("PUT", "\(one)/companies/\(company.string ?? "")", types)
    _ = client.call("PUT", "\(one)/default/companies/\(company.string ?? "")")
    _ = client.call("GET", "\(one)/companies")
    _ = client.call("DELETE", "\(one)/companies/\(company.string ?? "")")
    let ends: WireValue = ["from": ["id": contact], "to": [["id": company]]]
    _ = client.call("POST", "\(base)/archive", ["inputs": [ends]])
    _ = client.call("GET", "/crm/associations/v4/contacts/companies/labels")
  }
}
