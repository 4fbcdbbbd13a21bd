import FerryStores
import Foundation

/// How 纷享销客 signs in, in both generations, and how its answers are read: the status is always
/// 200, only `errorCode` decides.
struct FxiaokeDialect: Dialect {
  let appID: String
  let appSecret: String
  let permanentCode: String
  /// The acting employee: `1000`, or for the old sign-in `FSUID_…` or a mobile number.
  let user: String
  let isOld: Bool
  /// The store as people see it.
  let store: String

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    var body: JSON = [
      "appId": .string(appID), "appSecret": .string(appSecret),
      "permanentCode": .string(permanentCode),
    ]
    guard isOld else {
      body = .object(body.members.merging(["grantType": "app_secret"]) { $1 })
      let json = try await send(call("/oauth2.0/token", body)).signingIn(to: store)
      return SignIn(
        headers: [
          "authorization": Secret("Bearer \(json["accessToken"]?.text ?? "")"),
          "x-fs-ea": Secret(json["ea"]?.text ?? ""), "x-fs-userid": Secret(user),
        ], lifetime: lifetime(json))
    }
    let json = try await send(call("/cgi/corpAccessToken/get/V2", body)).signingIn(to: store)
    var fields = [
      "corpAccessToken": Secret(json["corpAccessToken"]?.text ?? ""),
      "corpId": Secret(json["corpId"]?.text ?? ""),
    ]
    fields["currentOpenUserId"] = Secret(try await openUser(fields, send))
    return SignIn(fields: fields, lifetime: lifetime(json))
  }

  /// The acting employee as the old generation names it.
  private func openUser(
    _ fields: [String: Secret], _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> String {
    guard !user.hasPrefix("FSUID_") else { return user }
    var body = fields.mapValues { JSON.string($0.revealed) }
    body["mobile"] = .string(user)
    let json = try await send(call("/cgi/user/getByMobile", .object(body))).signingIn(to: store)
    guard let id = json["empList"]?.items.first?["openUserId"]?.text else {
      throw HTTPStoreRules.refusedSignIn(to: store, "no employee has that mobile number")
    }
    return id
  }

  private func call(_ path: String, _ body: JSON) -> HTTPCall {
    var call = HTTPCall(
      path, body: body, limit: FxiaokeTable.signInPace, isRepeatable: true)
    call.traceParameter = "thirdTraceId"
    return call
  }

  private func lifetime(_ json: JSON) -> Duration {
    .seconds(max(60, (json["expiresIn"]?.integer ?? 7200) - FxiaokeTable.tokenReserve))
  }

  /// Quotas are counted by the day of Beijing.
  func quotaRenewal(after now: Date) -> Date? {
    let day = 86_400.0
    let offset = 8 * 3600.0
    return Date(
      timeIntervalSince1970: ((now.timeIntervalSince1970 + offset) / day).rounded(.down) * day
        + day - offset)
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    if response.status >= 500 { return .failing(reason: "HTTP \(response.status)") }
    guard let json, let code = json["errorCode"]?.integer else {
      return .hopeless(.wrongHost, Refusal(code: "\(response.status)", message: ""))
    }
    let words = json["errorMessage"]?.text ?? json["errorDescription"]?.text ?? ""
    var refusal = Refusal(code: "\(code)", message: words, trace: json["traceId"]?.text)
    refusal.isDuplicate = FxiaokeTable.duplicate.contains { words.contains($0) }
    return switch code {
    case 0: .answer
    case _ where FxiaokeTable.busy.contains(code): .failing(reason: refusal.shown)
    case _ where FxiaokeTable.throttled.contains(code): .throttled(after: nil)
    case _ where FxiaokeTable.expired.contains(code): .signInExpired
    case FxiaokeTable.quotaUsed: .quotaUsed(refusal)
    case FxiaokeTable.noQuota: .hopeless(.noQuota, refusal)
    case FxiaokeTable.notSignedIn: .hopeless(.signInRefused, refusal)
    case _ where FxiaokeTable.noRight.contains(code): .hopeless(.noRight, refusal)
    default: .refused(refusal)
    }
  }
}
