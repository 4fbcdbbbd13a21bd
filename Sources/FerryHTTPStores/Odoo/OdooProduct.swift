import FerryCore
import FerryStores
import Foundation

extension HTTPProduct {
  /// Odoo.
  static let odoo = HTTPProduct(
    kind: "odoo", title: Words(en: "Odoo", zh: "Odoo"),
    ability: Words(
      en:
        "create, update, delete; new records by load() with XML ids, \(OdooTable.largestBatch) a call,"
        + " each call one transaction; created times are Odoo's own; orders and payments stay drafts",
      zh: "新建、更新、删除；新记录用 load() 和 XML id 写入，每次 \(OdooTable.largestBatch) 条，为一个事务；"
        + "创建时间由 Odoo 决定；订单和付款保持草稿"),
    proof: .throughFaults(
      en: "untested on a real server; proved on a test double written from what was seen on one",
      zh: "未在真实服务器验证；已在按真实服务器行为编写的模拟服务上验证"),
    asks: [
      Words(
        en:
          "an API key of a user who may write contacts, CRM, sales and payments, and read and write"
          + " external identifiers (ir.model.data)",
        zh: "可写联系人、CRM、销售、付款并可读写外部标识（ir.model.data）的用户的 API 密钥"),
      Words(
        en: "the stages, countries and lost reasons that the sheets name", zh: "表格中出现的阶段、国家和丢单原因"),
      Words(
        en: "on odoo.com, a Custom plan: others have no external API",
        zh: "odoo.com 托管须为 Custom 方案，其他方案没有外部接口"),
    ],
    keys: OdooTable.keys
  ) { (profile, surroundings, transport) throws(StoreError) in
    try OdooAdapter(profile, surroundings, transport)
  }
}

extension OdooAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let needed = try profile.required(["url", "database", "api_key"])
    let api = try profile.choice("api", of: ["json2", "rpc", "xmlrpc"]) ?? "json2"
    let (isOld, isXML) = (api != "json2", api == "xmlrpc")
    let login = isOld ? try profile.required(["user"])[0] : ""
    let dialect = OdooDialect(database: needed[1], key: needed[2], isOld: isOld, isXML: isXML)
    client = try profile.client(
      OdooTable.keys, default: needed[0], dialect, surroundings, transport)
    let key = Secret(needed[2])
    remote =
      isOld ? OdooRemote(database: needed[1], login: login, key: key, isXML: isXML) : nil
    module = profile.value("module") ?? OdooTable.defaultModule
    table = profile.laid(over: OdooTable.objects)
    form = ValueForm(
      days: profile.days, times: .spaced, hasBareNumbers: true, hasBareBooleans: true)
  }
}

/// How Odoo signs in and how its answers are read: JSON-2 by status, older ones by the body.
struct OdooDialect: Dialect {
  let database: String
  let key: String
  let isOld: Bool
  let isXML: Bool

  func content(of response: HTTPResponse) -> JSON? {
    isXML ? XMLRPC.answer(response.body)?.odoo : try? JSON(response.body)
  }

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    guard !isOld else { return SignIn() }
    return SignIn(headers: [
      "Authorization": Secret("bearer \(key)"), "X-Odoo-Database": Secret(database),
    ])
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    let status = response.status
    let error = isOld ? json?["error"]?["data"] : status == 200 ? nil : json
    guard let error else {
      if status == 200 {
        return json == nil ? .hopeless(.wrongHost, Refusal(code: "", message: "")) : .answer
      }
      return status >= 500
        ? .failing(reason: "HTTP \(status)")
        : .hopeless(.wrongHost, Refusal(code: "HTTP \(status)", message: ""))
    }
    let name = error["name"]?.text ?? ""
    let kind = name.split(separator: ".").last.map(String.init) ?? "HTTP \(status)"
    let refusal = Refusal(code: kind, message: error["message"]?.text ?? "")
    switch kind {
    case "Unauthorized", "AccessDenied": return .hopeless(.signInRefused, refusal)
    case "AccessError": return .hopeless(.noRight, refusal)
    case "LockError", "SerializationFailure", "OperationalError": return .failing(reason: kind)
    // A mistake in what was sent has status 500, too, and a name.
    case _ where status >= 500 && name.isEmpty: return .failing(reason: "HTTP \(status)")
    default: return .refused(refusal)
    }
  }
}
