import Foundation

@testable import FerryTestSupport

/// Calls the 纷享销客 double without a socket, as a careful client would.
struct FxiaokeClient {
  /// What follows `dataObjectApiName` decides between preset and custom objects.
  private static let preset = "/cgi/crm/v2/data/"
  private static let custom = "/cgi/crm/custom/v2/data/"

  var double: FxiaokeDouble
  var now = 1_760_000_000_000
  private var number = 0
  private(set) var token = ""

  init(_ settings: FxiaokeDouble.Settings = FxiaokeDouble.Settings()) {
    double = FxiaokeDouble(settings)
  }

  /// Signs in the new way.
  @discardableResult mutating func signIn() -> WireValue {
    let answer = send(
      "/oauth2.0/token",
      [
        "appId": "FSAID_double", "appSecret": "double-secret", "permanentCode": "double-code",
        "grantType": "app_secret",
      ])
    token = answer["accessToken"]?.string ?? ""
    return answer
  }

  /// A call with the headers of the new sign-in.
  mutating func call(_ path: String, _ body: WireValue, user: String = "1000") -> WireValue {
    send(
      path, body,
      headers: ["authorization": "Bearer \(token)", "x-fs-ea": "fxdouble1", "x-fs-userid": user])
  }

  /// A call as it is.
  mutating func send(
    _ path: String, _ body: WireValue, headers: [String: String] = [:], trace: String? = nil,
    method: String = "POST"
  ) -> WireValue {
    number += 1
    let request = HTTPRequest(
      method: method, target: "\(path)?thirdTraceId=\(trace ?? UUID().uuidString)",
      headers: [HTTPRequest.Pair("Content-Type", "application/json")]
        + headers.map { HTTPRequest.Pair($0.key, $0.value) },
      body: body.bytes)
    let response = double.answer(request, call)
    return response.status == 200 ? response.json ?? nil : nil
  }

  private var call: ProductCall { ProductCall(now: now, number: number) }

  /// Creates a record; switches stand at the top level.
  mutating func create(
    _ object: String, _ fields: WireValue, switches: WireValue = [:], details: WireValue? = nil
  ) -> WireValue {
    var data = fields
    data["dataObjectApiName"] = .string(object)
    var body = switches
    body["data"] = ["object_data": data]
    body["data"]?["details"] = details
    return call((object.hasSuffix("__c") ? Self.custom : Self.preset) + "create", body)
  }

  /// Asks for records.
  mutating func query(
    _ object: String, _ filters: WireValue = [], limit: Int = 100, offset: Int = 0,
    more: WireValue = [:]
  ) -> WireValue {
    var info: WireValue = more
    info["limit"] = WireValue(limit)
    info["offset"] = WireValue(offset)
    info["filters"] = filters
    return call(
      Self.preset + "query",
      ["data": ["dataObjectApiName": .string(object), "search_query_info": info]])
  }

  /// A call about a record's life.
  mutating func change(_ verb: String, _ data: WireValue) -> Int? {
    call(Self.preset + verb, ["data": data])["errorCode"]?.integer
  }
}
