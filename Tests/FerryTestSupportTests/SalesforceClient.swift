@testable import FerryTestSupport

/// Calls the Salesforce double without a socket.
struct SalesforceClient {
  var double: SalesforceDouble
  var now = 1_760_000_000_000
  var partialSeed: UInt64?
  private var number = 0
  private(set) var token = ""

  init(_ settings: SalesforceDouble.Settings = SalesforceDouble.Settings()) {
    double = SalesforceDouble(settings)
    signIn()
  }

  mutating func signIn() {
    let form = "grant_type=client_credentials&client_id=double-client&client_secret=double-secret"
    token =
      send("POST", "/services/oauth2/token", Array(form.utf8)).json?["access_token"]?.string ?? ""
  }

  /// A call behind the version's path.
  mutating func call(_ method: String, _ target: String, _ body: WireValue? = nil) -> HTTPResponse {
    send(method, "/services/data/v67.0\(target)", body?.bytes ?? [], "application/json")
  }

  mutating func send(
    _ method: String, _ target: String, _ body: [UInt8] = [], _ type: String = "text/csv"
  ) -> HTTPResponse {
    number += 1
    let request = HTTPRequest(
      method: method, target: target,
      headers: [
        HTTPRequest.Pair("Authorization", "Bearer \(token)"),
        HTTPRequest.Pair("Content-Type", type),
      ], body: body)
    return double.answer(
      request, ProductCall(now: now, number: number, partialSeed: partialSeed))
  }

  /// Inserts or updates records in one collection.
  mutating func collect(
    _ type: String, _ records: [WireValue], method: String = "POST", path: String = "",
    isWhole: Bool = false
  ) -> [WireValue] {
    let typed = records.map { record in
      var record = record
      record["attributes"] = ["type": .string(type)]
      return record
    }
    let answer = call(
      method, "/composite/sobjects\(path)",
      ["allOrNone": .bool(isWhole), "records": .list(typed)])
    return answer.json?.list ?? []
  }

  /// Asks in SOQL.
  mutating func query(_ text: String) -> WireValue {
    let allowed = text.utf8.map { byte -> String in
      let digits = String(byte, radix: 16)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }
    return call("GET", "/query?q=\(allowed.joined())").json ?? nil
  }

  /// Runs a bulk job to its end and gives its successful and failed results.
  mutating func load(
    _ csv: String, object: String = "Contact", operation: String = "upsert"
  ) -> (job: WireValue, good: String, bad: String) {
    var body: WireValue = [
      "object": .string(object), "operation": .string(operation), "lineEnding": "LF",
    ]
    if operation == "upsert" { body["externalIdFieldName"] = "Ext_Id__c" }
    let id = call("POST", "/jobs/ingest", body).json?["id"]?.string ?? ""
    _ = send("PUT", "/services/data/v67.0/jobs/ingest/\(id)/batches", Array(csv.utf8))
    _ = call("PATCH", "/jobs/ingest/\(id)", ["state": "UploadComplete"])
    var job: WireValue = nil
    for _ in 0..<2 { job = call("GET", "/jobs/ingest/\(id)").json ?? nil }
    let text = { (response: HTTPResponse) in String(decoding: response.body, as: UTF8.self) }
    return (
      job, text(call("GET", "/jobs/ingest/\(id)/successfulResults")),
      text(call("GET", "/jobs/ingest/\(id)/failedResults"))
    )
  }
}
