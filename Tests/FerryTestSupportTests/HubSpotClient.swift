@testable import FerryTestSupport

/// Calls the HubSpot double without a socket, and keeps what was said.
struct HubSpotClient {
  var double = HubSpotDouble()
  var now = 1_760_000_000_000
  var partialSeed: UInt64?
  var lag = SearchLag()
  private(set) var exchanges: [(HTTPRequest, HTTPResponse)] = []

  mutating func call(
    _ method: String, _ target: String, _ body: WireValue? = nil,
    token: String = HubSpotDouble.token
  ) -> HTTPResponse {
    let request = HTTPRequest(
      method: method, target: target,
      headers: [
        HTTPRequest.Pair("Authorization", "Bearer \(token)"),
        HTTPRequest.Pair("Content-Type", "application/json"),
      ], body: body?.bytes ?? [])
    now += 250
    let call = ProductCall(
      now: now, number: exchanges.count, lag: lag, partialSeed: partialSeed)
    let response = double.answer(request, call)
    exchanges.append((request, response))
    return response
  }

  /// Defines the external id of an object.
  mutating func defineKey(_ object: String, group: String = "contactinformation") {
    _ = call(
      "POST", "/crm/v3/properties/\(object)",
      [
        "name": "ext_id", "label": "External id", "type": "string", "fieldType": "text",
        "groupName": .string(group), "hasUniqueValue": true,
      ])
  }

  /// Upserts records by their external id.
  mutating func upsert(
    _ object: String, _ records: KeyValuePairs<String, WireValue>, isTraced: Bool = true
  ) -> HTTPResponse {
    let inputs: [WireValue] = records.map { id, properties in
      var input: WireValue = [
        "id": .string(id), "idProperty": "ext_id", "properties": properties,
      ]
      if isTraced { input["objectWriteTraceId"] = .string("row-\(id)") }
      return input
    }
    return call("POST", "/crm/v3/objects/\(object)/batch/upsert", ["inputs": .list(inputs)])
  }

  /// The id that a record has got.
  static func id(_ response: HTTPResponse, trace: String) -> WireValue {
    response.json?["results"]?.list?.first { $0["objectWriteTraceId"] == .string(trace) }?["id"]
      ?? nil
  }
}
