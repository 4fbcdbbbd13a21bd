/// A stand-in for Salesforce's REST API and Bulk API 2.0, written from the contract sheet.
///
/// Composite and Tree requests are not served. A bulk job is worked off when its upload is said to
/// be complete, as the vendor does without being asked again, and tells so with its third poll.
public struct SalesforceDouble: ProductDouble {
  /// How the organization is set up.
  public struct Settings: Hashable, Sendable {
    /// Calls a day.
    public var dailyCalls = 100_000
    /// Whether times and creators may be set when records are created.
    public var setsAuditFields = false
    /// The names of the users.
    public var users = ["Admin", "张伟", "王芳", "李娜"]

    /// An organization of the Enterprise edition.
    public init() {}
  }

  /// The product's name in a command.
  public let name = "salesforce"
  /// All of them.
  public let faults = Set(Fault.allCases)
  let settings: Settings
  var tables: [String: RecordTable] = [:]
  /// By object, then by field and value in lower case: the record that has it.
  var keys: [String: [String: [String: String]]] = [:]
  var jobs: [String: SalesforceJob] = [:]
  var cursors: [String: [WireValue]] = [:]
  private var sessions: Set<String> = []
  private var lastSession = 0
  private var callsByDay: [Int: Int] = [:]
  var lastID = 0

  /// An organization with its users and its standard price book alone.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    for name in SalesforceObject.all.keys { tables[name] = RecordTable(indexed: []) }
    let call = ProductCall(now: 0, number: 0)
    for (index, name) in settings.users.enumerated() {
      let user: [String: WireValue] = [
        "Name": .string(name), "Username": .string("user\(index)@example.com"),
        "Email": .string("user\(index)@example.com"), "IsActive": true,
      ]
      let id = Self.id("005", index + 1)
      tables["User"]?.put(DoubleRecord(id: id, values: user, call))
    }
    let book: [String: WireValue] = [
      "Name": "Standard Price Book", "IsActive": true, "IsStandard": true,
    ]
    tables["Pricebook2"]?.put(DoubleRecord(id: Self.id("01s", 1), values: book, call))
    lastID = 100
  }

  /// 18 characters: the checksum of ids without capitals past the prefix.
  static func id(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    let body = prefix + String(repeating: "0", count: 12 - digits.count) + digits
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
    let characters = Array(body)
    let sums = stride(from: 0, to: 15, by: 5).map { start in
      (0..<5).reduce(0) { $0 + (characters[start + $1].isUppercase ? 1 << $1 : 0) }
    }
    return body + String(sums.map { letters[$0] })
  }

  /// The token endpoint.
  public func isSignIn(_ request: HTTPRequest) -> Bool { request.path == "/services/oauth2/token" }

  /// Answers a request.
  public mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    if isSignIn(request) { return giveToken(request, call) }
    let day = call.now / 86_400_000
    do throws(SalesforceFault) {
      if request.path == "/services/data" || request.path == "/services/data/" {
        return HTTPResponse(json: [
          ["label": "Summer '26", "url": "/services/data/v67.0", "version": "67.0"]
        ])
      }
      guard sessions.contains(Self.session(of: request)) else {
        throw SalesforceFault(
          status: 401, code: "INVALID_SESSION_ID", message: "Session expired or invalid")
      }
      guard callsByDay[day, default: 0] < settings.dailyCalls else {
        throw SalesforceFault(
          status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded.")
      }
      callsByDay[day, default: 0] += 1
      var answer = try perform(request, call)
      answer.headers.append(
        HTTPRequest.Pair(
          "Sforce-Limit-Info", "api-usage=\(callsByDay[day, default: 0])/\(settings.dailyCalls)"))
      return answer
    } catch {
      return error.response
    }
  }

  /// Too many long requests at once; there is neither 429 nor Retry-After.
  public func throttled(_ call: ProductCall) -> HTTPResponse {
    SalesforceFault(
      status: 403, code: "REQUEST_LIMIT_EXCEEDED",
      message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded."
    ).response
  }

  /// By turns the service's own words and a gateway's page.
  public func broken(_ call: ProductCall) -> HTTPResponse {
    call.number % 2 == 0
      ? HTTPResponse(gatewayError: 502)
      : SalesforceFault(
        status: 503, code: "SERVER_UNAVAILABLE", message: "Server is temporarily unavailable"
      ).response
  }

  /// Ends every session.
  public mutating func expireTokens() { sessions = [] }

  /// By object and id: the fields that are set.
  public var contents: WireValue {
    .object(
      tables.filter { $0.key != "User" }.mapValues { table in
        .object(table.records.filter { !$0.value.isGone }.mapValues { .object($0.values) })
      })
  }

  private static func session(of request: HTTPRequest) -> String {
    let words = (request.header("authorization") ?? "").split(separator: " ")
    return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : ""
  }

  private mutating func giveToken(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    let form = Dictionary(request.form.map { ($0.name, $0.value) }) { first, _ in first }
    let isClient =
      form["grant_type"] == "client_credentials" && form["client_id"] == "double-client"
      && form["client_secret"] == "double-secret"
    let isSigned =
      form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
      && SalesforceAssertion(form["assertion"] ?? "")?.isGood(at: call.now) == true
    guard request.method == "POST", isClient || isSigned else {
      return HTTPResponse(
        status: 400,
        json: [
          "error": .string(
            isClient || form["grant_type"] == "client_credentials"
              ? "invalid_client" : "invalid_grant"),
          "error_description": "user hasn't approved this consumer",
        ])
    }
    lastSession += 1
    let token = "00Ddouble!session\(lastSession)"
    sessions.insert(token)
    let user = Self.id("005", 1)
    var out: WireValue = [
      "access_token": .string(token), "signature": "double", "scope": "api",
      "instance_url": .string("http://\(request.header("host") ?? "127.0.0.1")"),
      "id": .string("https://login.salesforce.com/id/00D/\(user)"), "token_type": "Bearer",
    ]
    if isClient { out["issued_at"] = .string(String(call.now)) }
    return HTTPResponse(json: out)
  }
}

/// The claims of a signed assertion; who signed it is not checked.
struct SalesforceAssertion: Hashable, Sendable {
  private let claims: WireValue
  private let header: WireValue

  init?(_ text: String) {
    let parts = text.split(separator: ".")
    guard parts.count == 3, !parts[2].isEmpty, let header = Self.decoded(parts[0]),
      let claims = Self.decoded(parts[1])
    else { return nil }
    self.header = header
    self.claims = claims
  }

  /// Signed the right way, for this login host, and for at most three minutes from now.
  func isGood(at now: Int) -> Bool {
    let audiences = ["https://login.salesforce.com", "https://test.salesforce.com"]
    let seconds = now / 1000
    return header["alg"] == "RS256" && claims["iss"] == "double-client"
      && claims["sub"]?.string != nil && audiences.contains(claims["aud"]?.string ?? "")
      && (claims["exp"]?.integer).map { ($0 > seconds) && ($0 <= seconds + 180) } ?? false
  }

  private static func decoded(_ part: Substring) -> WireValue? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for unit in part.utf8 {
      guard let value = alphabet.firstIndex(of: unit) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return try? WireValue(parsing: bytes)
  }
}
