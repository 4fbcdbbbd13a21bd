import FerryStores

/// How HubSpot signs in, by a private app's token that does not end, and how its answers are read.
struct HubSpotDialect: Dialect {
  let token: Secret

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    SignIn(headers: ["Authorization": Secret("Bearer \(token.revealed)")])
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    let refusal = Refusal(json, status: response.status)
    switch response.status {
    case 200..<300 where json != nil || response.body.isEmpty: return .answer
    case 401: return .hopeless(.signInRefused, refusal)
    case 429:
      guard json?["policyName"]?.text != "DAILY" else { return .quotaUsed(refusal) }
      let isShort = json?["policyName"]?.text == "SECONDLY"
      return .throttled(
        after: response.retryAfter ?? (isShort ? .seconds(1) : HubSpotTable.window))
    case 423, 500...: return .failing(reason: "HTTP \(response.status)")
    case 400..<500 where json != nil: return .refused(refusal)
    default: return .hopeless(.wrongHost, refusal)
    }
  }
}

extension Refusal {
  /// An error of a call, or of one input of a batch.
  init(_ json: JSON?, status: Int) {
    let details = (json?["errors"]?.items ?? []).compactMap { $0["message"]?.text }
    let message = json?["message"]?.text ?? details.first ?? ""
    self.init(
      code: json?["category"]?.text ?? "\(status)", message: message,
      trace: json?["correlationId"]?.text)
  }
}
