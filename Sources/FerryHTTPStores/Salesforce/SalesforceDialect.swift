import FerryStores
import Foundation

/// How Salesforce signs in, by an app's own credentials, and how its answers are read.
struct SalesforceDialect: Dialect {
  /// What an app shows that it is the one.
  enum Proof: Sendable {
    /// The client credentials flow: the app has a user of its own.
    case secret(Secret)
    /// The JWT bearer flow: the app signs for a user who approved it.
    case key(AssertionKey, user: String, audience: String)
  }

  let clientID: String
  let proof: Proof
  /// The store as people see it.
  let store: String
  let now: @Sendable () -> Date

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    var call = HTTPCall(
      "/services/oauth2/token", limit: SalesforceTable.pace, isRepeatable: true)
    call.setForm(try grant())
    let json = try await send(call).signingIn(to: store)
    guard let token = json["access_token"]?.text else {
      throw HTTPStoreRules.refusedSignIn(to: store, "no access_token")
    }
    // No end is told: a call that finds the session over signs in anew.
    var signIn = SignIn(headers: ["Authorization": Secret("Bearer \(token)")])
    // An address that ends in the organization's id and the user's.
    signIn.user = json["id"]?.text?.split(separator: "/").last.map { Self.long(String($0)) }
    return signIn
  }

  private func grant() throws(StoreError) -> [String: String] {
    switch proof {
    case .secret(let secret):
      return [
        "grant_type": "client_credentials", "client_id": clientID,
        "client_secret": secret.revealed,
      ]
    case .key(let key, let user, let audience):
      let end = Int(now().timeIntervalSince1970) + SalesforceTable.assertionSeconds
      let claims: JSON = [
        "iss": .string(clientID), "sub": .string(user), "aud": .string(audience),
        "exp": .number("\(end)"),
      ]
      guard let assertion = key.assertion(claims) else {
        throw HTTPStoreRules.refusedSignIn(to: store, "the private key can't sign")
      }
      return [
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion,
      ]
    }
  }

  /// An id as records hold it: one of 15 characters gets three that tell its capitals.
  static func long(_ id: String) -> String {
    let characters = Array(id)
    guard characters.count == 15 else { return id }
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
    let ends = stride(from: 0, to: 15, by: 5).map { start in
      signs[(0..<5).reduce(0) { $0 | (characters[start + $1].isUppercase ? 1 << $1 : 0) }]
    }
    return id + String(ends)
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    let refusal = Refusal(salesforce: json?.items.first ?? json, status: response.status)
    switch response.status {
    case 200..<300: return .answer
    case 401: return .signInExpired
    case 403 where refusal.code == "REQUEST_LIMIT_EXCEEDED":
      let isDaily = refusal.message.contains("TotalRequests")
      return isDaily ? .quotaUsed(refusal) : .throttled(after: nil)
    case 500...: return .failing(reason: "HTTP \(response.status)")
    case 400..<500 where json != nil: return .refused(refusal)
    default: return .hopeless(.wrongHost, refusal)
    }
  }
}

extension Refusal {
  /// An error of a call, of one record of a collection, or of signing in.
  init(salesforce json: JSON?, status: Int) {
    let fields = (json?["fields"]?.items ?? []).compactMap(\.text)
    let message = json?["message"]?.text ?? json?["error_description"]?.text ?? ""
    let code = json?["errorCode"]?.text ?? json?["statusCode"]?.text ?? json?["error"]?.text
    self.init(
      code: code ?? "\(status)",
      message: fields.isEmpty || fields.contains(where: message.contains)
        ? message : "\(message) [\(fields.joined(separator: ", "))]")
  }

  /// An error of a bulk job's row: `CODE:message:fields --`.
  init(row text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    self.init(
      code: String(parts.first ?? ""),
      message: parts.count == 2 ? String(parts[1]).replacing(" --", with: "") : text)
  }
}
