import FerryStores
import Foundation

/// One call of a product's API, before sign-in is added.
struct HTTPCall: Sendable {
  var method = "POST"
  /// From the base address, such as `/cgi/crm/v2/data/query`.
  let path: String
  var query: [String: String] = [:]
  var headers: [String: String] = [:]
  var body: JSON?
  /// A body that is no JSON, and its type; it goes before ``body``.
  var content: (type: String, bytes: [UInt8])?
  /// What is paced together; the path where a product counts by path.
  let endpoint: String
  let limit: RateLimit
  /// Whether sending it twice comes to the same as once.
  let isRepeatable: Bool
  /// A parameter that gets a fresh UUID with each request.
  var traceParameter: String?
  /// False for signing in itself.
  var isSignedIn = true

  /// Fields as a form has them.
  mutating func setForm(_ fields: [String: String]) {
    var allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\0"..."~"))
    allowed.insert(charactersIn: "-._~")
    let pairs = fields.sorted { $0.key < $1.key }.map { name, value in
      [name, value].map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        .joined(separator: "=")
    }
    content = (
      "application/x-www-form-urlencoded", Array(pairs.joined(separator: "&").utf8)
    )
  }

  init(
    _ path: String, body: JSON? = nil, endpoint: String? = nil, limit: RateLimit,
    isRepeatable: Bool
  ) {
    self.path = path
    self.body = body
    self.endpoint = endpoint ?? path
    self.limit = limit
    self.isRepeatable = isRepeatable
  }
}

/// What became of a call.
enum CallResult: Sendable {
  /// An answer that is no JSON is a text.
  case answer(JSON)
  /// The product says no, to this call alone.
  case refused(Refusal)
  /// It may have been done: no answer came, and it must not simply be sent again.
  case unknown(reason: String)
}

extension CallResult {
  /// The answer to a call of signing in to a store as people see it.
  ///
  /// - Throws: What the product says instead.
  func signingIn(to store: String) throws(StoreError) -> JSON {
    switch self {
    case .answer(let json): return json
    case .refused(let refusal): throw HTTPStoreRules.refusedSignIn(to: store, refusal.shown)
    case .unknown(let reason): throw HTTPStoreRules.refusedSignIn(to: store, reason)
    }
  }
}

/// Why a product says no.
struct Refusal: Hashable, Sendable {
  /// The product's own code.
  let code: String
  /// The product's own words, without secrets.
  var message: String
  /// What its support asks for.
  var trace: String?
  /// Whether it says that such a record is there already.
  var isDuplicate = false

  /// For people: words, code and trace.
  var shown: String {
    let trace = trace.map { ", trace \($0)" } ?? ""
    return "\(message) (\(code)\(trace))"
  }
}

/// How a product's answer is to be taken.
enum Verdict: Sendable {
  case answer
  case refused(Refusal)
  /// Not done: too many calls; how long to wait where the product says so.
  case throttled(after: Duration?)
  /// Perhaps done: the server failed.
  case failing(reason: String)
  /// Not done: sign in anew.
  case signInExpired
  /// Not done: no more calls today, or none at all.
  case quotaUsed(Refusal)
  /// Not done, and no call will be: a right, an address, a sign-in is wrong.
  case hopeless(StoreFault, Refusal)
}

extension Verdict {
  /// Whether the product took the sign-in.
  var isAnswered: Bool {
    switch self {
    case .answer, .refused: true
    case .throttled, .failing, .signInExpired, .quotaUsed, .hopeless: false
    }
  }
}

/// What ends a run, as a product tells it.
enum StoreFault: Hashable, Sendable {
  case signInRefused
  case noRight
  case noQuota
  case wrongHost
}

/// What a signed-in call carries.
struct SignIn: Hashable, Sendable {
  var headers: [String: Secret] = [:]
  /// Members of the body.
  var fields: [String: Secret] = [:]
  /// The id of the user who signed in; `nil` where the product does not say.
  var user: String?
  /// After it the sign-in is made anew; `nil` for one that does not end.
  var lifetime: Duration?
}

/// How a product signs in and how its answers are read.
protocol Dialect: Sendable {
  /// Signs in; `send` takes calls that need no sign-in.
  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn

  /// What an answer's body holds; `nil` where it is not what the product speaks.
  func content(of response: HTTPResponse) -> JSON?

  /// How an answer is to be taken; `json` is what its body holds.
  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict

  /// When a daily quota that is used up begins anew; `nil` where the product does not say.
  func quotaRenewal(after now: Date) -> Date?
}

extension Dialect {
  func content(of response: HTTPResponse) -> JSON? { try? JSON(response.body) }

  func quotaRenewal(after now: Date) -> Date? { nil }
}
