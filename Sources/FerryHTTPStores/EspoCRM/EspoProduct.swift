import FerryCore
import FerryRecords
import FerryStores

extension HTTPProduct {
  /// EspoCRM.
  static let espo = HTTPProduct(
    kind: "espocrm", title: Words(en: "EspoCRM", zh: "EspoCRM"),
    ability: Words(
      en:
        "create, update, delete; one record a call, \(EspoTable.callsInFlight) at once; EspoCRM sets"
        + " created times and ids itself; its look for duplicates is skipped, since the plan has looked",
      zh: "新建、更新、删除；每次调用一条记录，同时 \(EspoTable.callsInFlight) 次；创建时间和编号由 EspoCRM 决定；"
        + "跳过其查重，因为计划已经查过"),
    proof: .throughFaults(
      en: "untested on a real server; proved on a test double written from what was seen on one",
      zh: "未在真实服务器验证；已在按真实服务器行为编写的模拟服务上验证"),
    asks: [
      Words(
        en: "an API user (method API Key) with a role that may read, create, edit and delete",
        zh: "API 用户（API Key 方式），角色须有读取、新建、编辑和删除权限"),
      Words(
        en:
          "on each entity a field ferryId (Varchar), which EspoCRM calls"
          + " \(EspoTable.defaultExternalID), then a rebuild",
        zh: "每个实体新增字段 ferryId（Varchar），EspoCRM 中为 \(EspoTable.defaultExternalID)，然后重建"),
      Words(
        en: "the currencies of the sheets switched on", zh: "启用表格中出现的货币"),
      Words(
        en:
          "for what EspoCRM has no field for, a field of Ferry's name, such as creditCode (Varchar) on"
          + " Account; ferryCustom (Text) takes the rest",
        zh: "EspoCRM 没有的字段可建同名字段，如 Account 的 creditCode（Varchar）；其余写入 ferryCustom（Text）"),
    ],
    keys: EspoTable.keys
  ) { (profile, surroundings, transport) throws(StoreError) in
    try EspoAdapter(profile, surroundings, transport)
  }
}

extension EspoAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let needed = try profile.required(["url", "api_key"])
    client = try profile.client(
      EspoTable.keys, default: needed[0], EspoDialect(key: needed[1]), surroundings, transport)
    externalID = profile.value("external_id") ?? EspoTable.defaultExternalID
    let objects = EspoTable.objects(custom: profile.value("custom") ?? EspoTable.defaultCustom)
    table = profile.laid(over: objects.filledUp { EspoTable.ownName($0.name) })
  }
}

/// How EspoCRM signs in and how its answers are read: the reason stands in a header.
struct EspoDialect: Dialect {
  let key: String

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    SignIn(headers: ["X-Api-Key": Secret(key)])
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    let status = response.status
    let reason = response.headers["x-status-reason"] ?? ""
    let refusal = Refusal(code: "HTTP \(status)", message: reason)
    switch status {
    case 200..<300: return json == nil ? .hopeless(.wrongHost, refusal) : .answer
    case 401: return .hopeless(.signInRefused, refusal)
    case 429: return .throttled(after: nil)
    case 500...: return .failing(reason: "HTTP \(status)")
    // Of a record: `cannotRelateNonExisting`; of the user: `No read access.`
    case 403 where reason.contains("access"): return .hopeless(.noRight, refusal)
    case 404 where reason.isEmpty && json == nil: return .hopeless(.wrongHost, refusal)
    default: return .refused(refusal)
    }
  }
}
