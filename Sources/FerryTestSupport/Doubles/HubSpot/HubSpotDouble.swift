/// A stand-in for HubSpot's CRM API, written from the contract sheet and the vendor's OpenAPI files.
///
/// Paths of v3 and v4 and of the dated editions mean the same here, as the sheet says.
public struct HubSpotDouble: ProductDouble {
  /// How the account is set up.
  public struct Settings: Hashable, Sendable {
    /// Calls within ten seconds.
    public var callsPerTenSeconds = 100
    /// Searches within a second.
    public var searchesPerSecond = 5
    /// Calls a day.
    public var dailyCalls = 250_000
    /// The names of the owners; each is first and last name with a blank, or one word.
    public var owners = ["张伟", "王芳", "李娜"]
    /// Properties that an admin has made: `companies ferry_id=`, whose values are unique, or
    /// `notes ferry_kind`, `deals ferry_created_at:datetime`.
    public var properties: [String] = []

    /// The limits of a private app in a small account.
    public init() {}
  }

  /// What clients sign in with.
  public static let token = "pat-double-1"
  static let refreshToken = "refresh-double"

  /// The product's name in a command.
  public let name = "hubspot"
  /// All of them.
  public let faults = Set(Fault.allCases)
  let settings: Settings
  var tables: [String: RecordTable] = [:]
  /// Properties that clients defined, by object and name.
  var ownProperties: [String: [String: HubSpotProperty]] = [:]
  /// By object, property and value in lower case: the record that has it.
  var keys: [String: [String: [String: String]]] = [:]
  /// By object and id, then by object and id: the types of the association.
  var links: [HubSpotPlace: [HubSpotPlace: Set<Int>]] = [:]
  private var lastID = 500
  private var calls: [Int] = []
  private var searches: [Int] = []
  private var callsByDay: [Int: Int] = [:]
  private var accessTokens: [String: Int] = [:]
  private var lastToken = 0

  /// An empty account.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    for name in HubSpotObject.all.keys { tables[name] = RecordTable(indexed: []) }
    for line in settings.properties {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2, let object = HubSpotObject.named(words[0]) else { continue }
      let sides = words[1].split(separator: ":")
      let name = sides[0].filter { $0 != "=" }
      let type = sides.count == 2 ? String(sides[1]) : "string"
      ownProperties[object.name, default: [:]][name] = HubSpotProperty(
        line: "\(sides[0]) \(type) \(name)", group: "ferry")
    }
  }

  /// The token endpoint.
  public func isSignIn(_ request: HTTPRequest) -> Bool { request.path == "/oauth/v1/token" }

  /// Answers a request.
  public mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    do throws(HubSpotRefusal) {
      if isSignIn(request) { return try giveToken(request, call) }
      try checkToken(request, call)
      if let refused = count(request, call) { return refused }
      var answer = try perform(HubSpotRequest(request, call))
      answer.headers += limits(call)
      return answer
    } catch {
      return error.response(call)
    }
  }

  /// By turns with and without Retry-After.
  public func throttled(_ call: ProductCall) -> HTTPResponse {
    tooMany("TEN_SECONDLY_ROLLING", call, seconds: call.number % 2 == 0 ? 1 : nil)
  }

  /// Tokens of OAuth run out; a private app's does not.
  public mutating func expireTokens() { accessTokens = [:] }

  /// By object and id the properties, and the associations by both ends.
  public var contents: WireValue {
    var out: [String: WireValue] = [:]
    for (name, table) in tables {
      out[name] = .object(
        table.records.filter { !$0.value.isGone }.mapValues { .object($0.values) })
    }
    var ends: [String: WireValue] = [:]
    for (from, others) in links {
      for (to, types) in others {
        ends["\(from) \(to)"] = .list(types.sorted().map { WireValue($0) })
      }
    }
    out["associations"] = .object(ends)
    return .object(out)
  }

  /// A name for a request that people can quote.
  static func correlation(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// A new id, rising.
  mutating func newID() -> String {
    lastID += 1
    return String(lastID)
  }
}

/// A record as the end of an association.
struct HubSpotPlace: Hashable, Sendable, CustomStringConvertible {
  let object: String
  let id: String
  var description: String { "\(object)/\(id)" }
}

// MARK: - Sign-in, limits

extension HubSpotDouble {
  private mutating func giveToken(
    _ request: HTTPRequest, _ call: ProductCall
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let form = Dictionary(request.form.map { ($0.name, $0.value) }) { first, _ in first }
    let isRight =
      request.isOfType("application/x-www-form-urlencoded") && form["client_id"] == "double-client"
      && form["client_secret"] == "double-secret"
      && (form["grant_type"] == "refresh_token" && form["refresh_token"] == Self.refreshToken
        || form["grant_type"] == "authorization_code" && form["code"] == "double-code"
          && form["redirect_uri"] != nil)
    guard request.method == "POST", isRight else {
      throw HubSpotRefusal(
        status: 400, category: "VALIDATION_ERROR", message: "missing or unknown client or grant")
    }
    lastToken += 1
    let token = "oauth-double-\(lastToken)"
    accessTokens[token] = call.now + 1_800_000
    return HTTPResponse(
      json: [
        "access_token": .string(token), "refresh_token": .string(Self.refreshToken),
        "expires_in": 1800, "token_type": "bearer",
      ])
  }

  private func checkToken(_ request: HTTPRequest, _ call: ProductCall) throws(HubSpotRefusal) {
    let header = request.header("authorization") ?? ""
    let token = header.hasPrefix("Bearer ") ? String(header.dropFirst(7)) : ""
    if token == Self.token || accessTokens[token].map({ $0 > call.now }) == true { return }
    let isOld = token.hasPrefix("oauth-double-")
    throw HubSpotRefusal(
      status: 401, category: isOld ? "EXPIRED_AUTHENTICATION" : "INVALID_AUTHENTICATION",
      message: isOld ? "The OAuth token used has expired" : "Authentication credentials not found")
  }

  private mutating func count(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse? {
    let day = call.now / 86_400_000
    if callsByDay[day, default: 0] >= settings.dailyCalls {
      return tooMany("DAILY", call, seconds: nil)
    }
    calls = calls.filter { $0 > call.now - 10_000 }
    if calls.count >= settings.callsPerTenSeconds {
      return tooMany("TEN_SECONDLY_ROLLING", call, seconds: nil)
    }
    if request.path.hasSuffix("/search") {
      searches = searches.filter { $0 > call.now - 1000 }
      if searches.count >= settings.searchesPerSecond {
        return tooMany("SECONDLY", call, seconds: 1)
      }
      searches.append(call.now)
    }
    calls.append(call.now)
    callsByDay[day, default: 0] += 1
    return nil
  }

  private func tooMany(_ policy: String, _ call: ProductCall, seconds: Int?) -> HTTPResponse {
    let word = ["DAILY": "daily", "SECONDLY": "secondly"][policy] ?? "ten_secondly_rolling"
    return HTTPResponse(
      status: 429,
      json: [
        "status": "error", "message": .string("You have reached your \(word) limit."),
        "errorType": "RATE_LIMIT", "category": "RATE_LIMITS", "policyName": .string(policy),
        "correlationId": .string(Self.correlation(call.number)),
        "requestId": .string(String(call.number)),
      ],
      headers: limits(call) + (seconds.map { [HTTPRequest.Pair("Retry-After", String($0))] } ?? []))
  }

  private func limits(_ call: ProductCall) -> [HTTPRequest.Pair] {
    let used = callsByDay[call.now / 86_400_000] ?? 0
    return [
      ("X-HubSpot-RateLimit-Max", settings.callsPerTenSeconds),
      ("X-HubSpot-RateLimit-Remaining", max(0, settings.callsPerTenSeconds - calls.count)),
      ("X-HubSpot-RateLimit-Interval-Milliseconds", 10_000),
      ("X-HubSpot-RateLimit-Daily", settings.dailyCalls),
      ("X-HubSpot-RateLimit-Daily-Remaining", max(0, settings.dailyCalls - used)),
    ].map { HTTPRequest.Pair($0.0, String($0.1)) }
  }
}
