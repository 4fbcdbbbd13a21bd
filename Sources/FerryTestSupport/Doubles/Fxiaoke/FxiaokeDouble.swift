/// A stand-in for 纷享销客's OpenAPI v2, written from the contract sheet and as strict as it.
///
/// Every answer has HTTP status 200; `errorCode` alone tells. Where the sheet leaves open what the
/// vendor does, the double does what is harder for a client: it refuses JSON numbers where texts
/// are documented, a second request with the same trace id, and an update of an owner.
public struct FxiaokeDouble: ProductDouble {
  /// How the tenant is set up.
  public struct Settings: Hashable, Sendable {
    /// Calls to one path within the window.
    public var callsPerWindow = 100
    /// The window's length.
    public var windowMilliseconds = 20_000
    /// Calls a day; 0 means that no quota was bought.
    public var dailyQuota = 1_000_000
    /// Whether two records may not have the same migration_ext_id__c; without it, a client that
    /// loads a record twice is found out by its duplicates.
    public var keepsKeysUnique = true
    /// The names of the employees, from id 1000; the first is the administrator.
    public var employees = ["管理员", "张伟", "王芳", "李娜", "刘洋", "陈静"]

    /// The vendor's limits.
    public init() {}
  }

  /// The vendor says no, within an answer of status 200.
  struct Refusal: Error {
    let code: Int
    let message: String
    init(_ code: Int, _ message: String) {
      self.code = code
      self.message = message
    }
  }

  /// The product's name in a command.
  public let name = "fxiaoke"
  /// All but `partial`: there are no batches.
  public let faults = Set(Fault.allCases).subtracting([.partial])
  let settings: Settings
  var tables: [String: RecordTable] = [:]
  var tokens = FxiaokeTokens()
  private var calls: [String: [Int]] = [:]
  private var callsByDay: [Int: Int] = [:]
  private var traceIDs: Set<String> = []
  private var lastID = 0

  /// An empty tenant.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    for name in FxiaokeObject.all.keys {
      tables[name] = RecordTable(indexed: ["migration_ext_id__c"])
    }
    let call = ProductCall(now: 0, number: 0)
    for (index, name) in settings.employees.enumerated() {
      let values: [String: WireValue] = [
        "name": .string(name), "user_id": .string(String(1000 + index)), "status": "0",
      ]
      let id = newID()
      tables["PersonnelObj"]?.put(DoubleRecord(id: id, values: values, call))
    }
  }

  /// The token endpoints, both generations.
  public func isSignIn(_ request: HTTPRequest) -> Bool {
    ["/oauth2.0/token", "/cgi/corpAccessToken/get/V2"].contains(request.path)
  }

  /// Answers a request.
  public mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    do throws(Refusal) {
      return envelope(try accepted(request, call), call)
    } catch {
      return envelope(
        ["errorCode": WireValue(error.code), "errorMessage": .string(error.message)], call)
    }
  }

  /// By turns with both codes of the sheet.
  public func throttled(_ call: ProductCall) -> HTTPResponse {
    let refusal: WireValue =
      call.number % 2 == 0
      ? ["errorCode": 30004, "errorMessage": "秒频次超限"]
      : ["errorCode": 14001, "errorMessage": "接口调用超过限制"]
    return envelope(refusal, call)
  }

  /// By turns busy, timed out, and a gateway's page.
  public func broken(_ call: ProductCall) -> HTTPResponse {
    switch call.number % 3 {
    case 0: envelope(["errorCode": -1, "errorMessage": "系统繁忙"], call)
    case 1: envelope(["errorCode": 50009, "errorMessage": "请求超时"], call)
    default: HTTPResponse(gatewayError: 502)
    }
  }

  /// Makes every token worthless.
  public mutating func expireTokens() { tokens.expire() }

  /// By object and id: the fields that are set, and whether the record is void.
  public var contents: WireValue {
    .object(
      tables.filter { $0.key != "PersonnelObj" }.mapValues { table in
        .object(
          table.records.mapValues { record in
            var values = record.values
            if record.isGone { values["life_status"] = "invalid" }
            return .object(values)
          })
      })
  }

  /// A new id: 24 hex digits, rising.
  mutating func newID() -> String {
    lastID += 1
    let digits = String(lastID, radix: 16)
    return "66a0c1f2" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}

// MARK: - Gateway

extension FxiaokeDouble {
  private func envelope(_ answer: WireValue, _ call: ProductCall) -> HTTPResponse {
    var out = answer
    let isFine = (answer["errorCode"]?.integer ?? 0) == 0
    if isFine {
      out["errorCode"] = 0
      if out["errorMessage"] == nil { out["errorMessage"] = "OK" }
    }
    out["errorDescription"] = isFine ? "success" : answer["errorMessage"]
    out["traceId"] = .string("E-O.\(FxiaokeTokens.ea).1000-\(call.number)")
    return HTTPResponse(json: out)
  }

  /// What the gateway checks before the call itself.
  private mutating func accepted(
    _ request: HTTPRequest, _ call: ProductCall
  ) throws(Refusal) -> WireValue {
    guard let action = FxiaokeAction(path: request.path), request.method == "POST" else {
      throw Refusal(10006, "the request uri=[\(request.path)] is not exists")
    }
    guard request.isOfType("application/json"), let body = request.json, body.object != nil else {
      throw Refusal(32000, "请求体不是JSON对象")
    }
    try checkTrace(request)
    if let answer = try signIn(action, body, call) { return answer }
    let caller = try tokens.caller(request, body, call, employees: settings.employees.count)
    if action == .employee { return try employee(body) }
    try count(request.path, call)
    return try perform(action, body, FxiaokeCall(call: call, caller: caller, body: body))
  }

  /// Every request brings a new UUID.
  private mutating func checkTrace(_ request: HTTPRequest) throws(Refusal) {
    let trace = request.query("thirdTraceId") ?? ""
    let parts = trace.split(separator: "-").map { $0.filter(\.isHexDigit).count }
    guard parts == [8, 4, 4, 4, 12] else { throw Refusal(32000, "thirdTraceId为必填项(UUID)") }
    guard traceIDs.insert(trace).inserted else { throw Refusal(32000, "thirdTraceId重复") }
  }

  /// The limits: by path within the window, and by day in GMT+8.
  private mutating func count(_ path: String, _ call: ProductCall) throws(Refusal) {
    guard settings.dailyQuota > 0 else { throw Refusal(30003, "未购买OpenAPI资源包") }
    let day = (call.now + 8 * 3_600_000) / 86_400_000
    guard callsByDay[day, default: 0] < settings.dailyQuota else {
      throw Refusal(30002, "当日调用次数超限")
    }
    let recent = (calls[path] ?? []).filter { $0 > call.now - settings.windowMilliseconds }
    calls[path] = recent
    guard recent.count < settings.callsPerWindow else { throw Refusal(30004, "秒频次超限") }
    calls[path]?.append(call.now)
    callsByDay[day, default: 0] += 1
  }
}

/// A call that has passed the gateway.
struct FxiaokeCall: Sendable {
  let call: ProductCall
  let caller: FxiaokeTokens.Caller
  let body: WireValue

  /// The part that most calls carry their words in.
  var data: WireValue { body["data"] ?? [:] }

  /// A top-level switch.
  func isOn(_ name: String, default standard: Bool) -> Bool { body[name]?.bool ?? standard }
}
