/// A request to HubSpot with its path taken apart.
struct HubSpotRequest: Sendable {
  /// What the path is about.
  enum Area: String, Hashable, Sendable {
    case objects
    case associations
    case properties
    case owners
    case pipelines
    case usage
    case labels
  }

  let request: HTTPRequest
  let call: ProductCall
  let area: Area
  /// The parts of the path behind the area.
  let parts: [String]

  init(_ request: HTTPRequest, _ call: ProductCall) throws(HubSpotRefusal) {
    self.request = request
    self.call = call
    let words = request.path.split(separator: "/").map(String.init)
    if words == ["account-info", "v3", "api-usage", "daily", "private-apps"] {
      area = .usage
      parts = []
      return
    }
    guard words.count >= 3, words[0] == "crm" else { throw .missing("resource") }
    if Self.isVersion(words[1]), let area = Area(rawValue: words[2]) {
      // /crm/v3/objects/contacts
      self.area = area
      parts = Array(words.dropFirst(3))
    } else if let area = Area(rawValue: words[1]), Self.isVersion(words[2]) {
      // /crm/objects/2026-03/contacts, and /crm/associations/v4/contacts/companies/labels
      self.area = area
      parts = Array(words.dropFirst(3))
    } else {
      throw .missing("resource")
    }
  }

  private static func isVersion(_ word: String) -> Bool {
    word == "v3" || word == "v4" || word.hasPrefix("20") && word.count == 7
  }

  /// The method and the parts with ids left out, to be matched.
  var method: String { request.method }

  /// The body, which must be an object.
  func body() throws(HubSpotRefusal) -> WireValue {
    guard request.isOfType("application/json") else {
      throw HubSpotRefusal(
        status: 415, category: "VALIDATION_ERROR", message: "Content-Type must be application/json")
    }
    guard let body = request.json, body.object != nil else {
      throw .validation("Invalid input JSON")
    }
    return body
  }

  /// The inputs of a batch, at most `largest`.
  func inputs(_ largest: Int) throws(HubSpotRefusal) -> [WireValue] {
    guard let inputs = try body()["inputs"]?.list, inputs.allSatisfy({ $0.object != nil }) else {
      throw .validation("inputs is required")
    }
    guard inputs.count <= largest else {
      throw .validation("The maximum number of inputs supported in a batch request is \(largest)")
    }
    return inputs
  }

  /// The names of a query parameter that may come several times or with commas.
  func listed(_ name: String) -> [String] {
    request.query.filter { $0.name == name }.flatMap { $0.value.split(separator: ",") }
      .map(String.init)
  }
}
