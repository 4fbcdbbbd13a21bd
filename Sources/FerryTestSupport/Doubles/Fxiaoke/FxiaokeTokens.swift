/// The tokens of both generations, and who a call comes from.
struct FxiaokeTokens: Hashable, Sendable {
  /// Who calls, and how employees are written in the call.
  struct Caller: Hashable, Sendable {
    /// The employee's id, such as `1000`.
    let employee: String
    /// Whether employees are written as `FSUID_…` rather than by id.
    let usesOpenIDs: Bool
  }

  /// What the double's tenant is called, and what its app signs in with.
  static let ea = "fxdouble1"
  static let corpID = "FSCID_double"
  static let appID = "FSAID_double"
  static let appSecret = "double-secret"
  static let permanentCode = "double-code"

  private static let lifetime = 7200
  /// Up to this age a token is given again.
  private static let freshness = 6600

  private struct Token: Hashable, Sendable {
    let text: String
    let since: Int
  }

  private var tokens: [Token] = []
  private var asked: [Int] = []
  private var lastNumber = 0

  /// The token to give now, and how many seconds it has left.
  mutating func give(_ call: ProductCall) throws(FxiaokeDouble.Refusal) -> (String, Int) {
    asked = asked.filter { $0 > call.now - 60_000 }
    guard asked.count < 10 else { throw FxiaokeDouble.Refusal(30004, "获取token过于频繁") }
    asked.append(call.now)
    tokens = tokens.filter { age($0, call) < Self.lifetime }
    if tokens.last.map({ age($0, call) <= Self.freshness }) != true {
      lastNumber += 1
      tokens.append(Token(text: "BC\(lastNumber)-\(call.now)", since: call.now))
    }
    guard let token = tokens.last else { throw FxiaokeDouble.Refusal(-1, "系统繁忙") }
    return (token.text, Self.lifetime - age(token, call))
  }

  mutating func expire() { tokens = [] }

  /// Who calls: by headers, or by the body's top level; never both.
  func caller(
    _ request: HTTPRequest, _ body: WireValue, _ call: ProductCall, employees: Int
  ) throws(FxiaokeDouble.Refusal) -> Caller {
    let isNew = request.header("authorization") != nil
    let isOld = body["corpAccessToken"] != nil
    guard isNew || isOld else { throw FxiaokeDouble.Refusal(20017, "corpAccessToken为必填项") }
    guard isNew != isOld else { throw FxiaokeDouble.Refusal(20017, "新旧鉴权方式不能混用") }
    let token =
      isNew
      ? request.header("authorization").flatMap {
        $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil
      }
      : body["corpAccessToken"]?.string
    guard tokens.contains(where: { $0.text == token && age($0, call) < Self.lifetime }) else {
      throw FxiaokeDouble.Refusal(20016, "token已失效")
    }
    guard
      (isNew ? request.header("x-fs-ea") : body["corpId"]?.string)
        == (isNew ? Self.ea : Self.corpID)
    else { throw FxiaokeDouble.Refusal(20005, "企业不存在") }
    if request.path == "/cgi/user/getByMobile" || request.path == "/cgi/user/list", isOld {
      return Caller(employee: "1000", usesOpenIDs: true)
    }
    let user =
      isNew
      ? request.header("x-fs-userid") : body["currentOpenUserId"]?.string.flatMap(Self.employee)
    guard let user, let number = Int(user), (1000..<1000 + employees).contains(number) else {
      throw FxiaokeDouble.Refusal(20021, "当前操作用户不存在")
    }
    return Caller(
      employee: user, usesOpenIDs: isOld || body["convertUserId"]?.bool == true)
  }

  /// The employee's id behind `FSUID_…`.
  static func employee(_ openID: String) -> String? {
    openID.hasPrefix("FSUID_") ? String(openID.dropFirst(6)) : nil
  }

  private func age(_ token: Token, _ call: ProductCall) -> Int { (call.now - token.since) / 1000 }
}

extension FxiaokeDouble {
  /// Answers a call for a token; `nil` for any other call.
  mutating func signIn(
    _ action: FxiaokeAction, _ body: WireValue, _ call: ProductCall
  ) throws(Refusal) -> WireValue? {
    guard action == .token || action == .oldToken else { return nil }
    let isRight =
      body["appId"]?.string == FxiaokeTokens.appID
      && body["appSecret"]?.string == FxiaokeTokens.appSecret
      && body["permanentCode"]?.string == FxiaokeTokens.permanentCode
    guard isRight, action == .oldToken || body["grantType"] == "app_secret" else {
      throw Refusal(10006, "app secret is invalid")
    }
    let (token, seconds) = try tokens.give(call)
    if action == .oldToken {
      return [
        "corpAccessToken": .string(token), "corpId": .string(FxiaokeTokens.corpID),
        "expiresIn": WireValue(seconds), "errorMessage": "success",
      ]
    }
    return [
      "openUserId": .string(FxiaokeTokens.corpID), "accessToken": .string(token),
      "expiresIn": WireValue(seconds), "appId": .string(FxiaokeTokens.appID),
      "ea": .string(FxiaokeTokens.ea), "errorMessage": "success",
    ]
  }

  /// The employee with a mobile; each has 1380000 and the id.
  func employee(_ body: WireValue) throws(Refusal) -> WireValue {
    guard let mobile = body["mobile"]?.string, mobile.hasPrefix("1380000"),
      let index = Int(mobile.dropFirst(7)).map({ $0 - 1000 }),
      settings.employees.indices.contains(index)
    else { throw Refusal(15003, "员工不存在") }
    return ["empList": [person(index)]]
  }

  /// All employees, as the list of the whole company tells them.
  func person(_ index: Int) -> WireValue {
    [
      "openUserId": .string("FSUID_\(1000 + index)"), "name": .string(settings.employees[index]),
      "account": .string("user\(1000 + index)"), "mobile": .string("1380000\(1000 + index)"),
      "email": .string("user\(1000 + index)@example.com"), "isStop": false,
    ]
  }
}
