import FerryCore
import FerryStores
import Foundation

extension HTTPProduct {
  /// Tryton.
  static let tryton = HTTPProduct(
    kind: "tryton", title: Words(en: "Tryton", zh: "Tryton"),
    ability: Words(
      en:
        "create, update, delete; \(TrytonTable.largestBatch) records a call, each call one"
        + " transaction; created times are Tryton's own; sales stay drafts, so that nothing is invoiced"
        + " or shipped",
      zh: "新建、更新、删除；每次调用 \(TrytonTable.largestBatch) 条记录，为一个事务；创建时间由 Tryton 决定；"
        + "销售单保持草稿，不会开票或发货"),
    proof: .throughFaults(
      en: "proved on a real server, trytond 8.2", zh: "已在真实服务器验证（trytond 8.2）"),
    asks: [
      Words(
        en: "the modules party, party_relationship, sale and sale_opportunity",
        zh: "安装模块 party、party_relationship、sale、sale_opportunity"),
      Words(
        en: "a user who may write parties, products, opportunities and sales of one company",
        zh: "可在一个公司内写入往来方、产品、商机和销售单的用户"),
      Words(
        en: "a relation type '\(TrytonTable.defaultRelation)' from a person to the company",
        zh: "从个人到公司的关系类型 \(TrytonTable.defaultRelation)"),
      Words(
        en: "the units of measure and currencies that the sheets name",
        zh: "表格中出现的计量单位和货币"),
      Words(
        en: "an employee for each owner of deals", zh: "每位商机负责人对应的员工"),
    ],
    keys: TrytonTable.keys
  ) { (profile, surroundings, transport) throws(StoreError) in
    try TrytonAdapter(profile, surroundings, transport)
  }
}

extension TrytonAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let needed = try profile.required(["url", "database", "user", "password"])
    let dialect = TrytonDialect(
      path: "/\(needed[1])/rpc/", user: needed[2], password: needed[3],
      language: profile.value("language") ?? "en", store: profile.store)
    client = try profile.client(
      TrytonTable.keys, default: needed[0], dialect, surroundings, transport)
    path = dialect.path
    context = [
      "company": .number(String(Int(profile.value("company") ?? "1") ?? 1)),
      "active_test": false, "language": .string(dialect.language),
    ]
    relation = profile.value("relation") ?? TrytonTable.defaultRelation
    table = profile.laid(over: TrytonTable.objects)
  }
}

/// How Tryton signs in and how its answers are read: a refusal has status 200, too.
struct TrytonDialect: Dialect {
  let path: String
  let user: String
  let password: String
  let language: String
  /// The store as people see it.
  let store: String

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    let body: JSON = [
      "id": 0, "method": "common.db.login",
      "params": [.string(user), ["password": .string(password)], .string(language)],
    ]
    let call = HTTPCall(path, body: body, limit: TrytonTable.pace, isRepeatable: true)
    let json = try await send(call).signingIn(to: store)
    guard let session = json["result"]?.items.prefix(2).compactMap(\.text), session.count == 2
    else { throw HTTPStoreRules.refusedSignIn(to: store, "no session") }
    let token = Data("\(user):\(session[0]):\(session[1])".utf8).base64EncodedString()
    return SignIn(headers: ["Authorization": Secret("Session \(token)")])
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    let status = response.status
    let refusal = Refusal(code: "HTTP \(status)", message: "")
    switch status {
    case 200:
      guard let json, json["result"] != nil || json["error"] != nil else {
        return .hopeless(.wrongHost, refusal)
      }
      return json["error"].map { .refused(Self.refusal($0)) } ?? .answer
    // A session that is over has no words; a wrong password has a page.
    case 401:
      return response.body.isEmpty ? .signInExpired : .hopeless(.signInRefused, refusal)
    case 403:
      return .refused(Refusal(code: "HTTP 403", message: "no right to this model or method"))
    case 429:
      return .hopeless(
        .signInRefused,
        Refusal(code: "HTTP 429", message: "too many wrong passwords; wait five minutes"))
    case 500...: return .failing(reason: "HTTP \(status)")
    default: return .hopeless(.wrongHost, refusal)
    }
  }

  /// `["UserError", ["words", "more", null]]`, or `["'nope'", ""]` without a class.
  private static func refusal(_ error: JSON) -> Refusal {
    let (kind, detail) = (error.items.first?.text ?? "", error.items.dropFirst().first)
    let words = detail?.items.prefix(2).compactMap(\.text).filter { !$0.isEmpty } ?? []
    guard !words.isEmpty else { return Refusal(code: "error", message: kind) }
    return Refusal(code: kind, message: words.joined(separator: " "))
  }
}
