import FerryCore
import FerryRecords
import FerryStores

extension HTTPProduct {
  /// BottleCRM, which PyPI calls django-crm.
  static let bottle = HTTPProduct(
    kind: "bottlecrm", title: Words(en: "BottleCRM (django-crm)", zh: "BottleCRM（django-crm）"),
    ability: Words(
      en:
        "create, update, delete; one record a call, \(BottleTable.callsInFlight) at once; orders and"
        + " payments as invoices only if the profile asks for it, since invoices can't be removed",
      zh: "新建、更新、删除；每次调用一条记录，同时 \(BottleTable.callsInFlight) 次；发票无法删除，"
        + "因此只有配置中写明时才把订单和回款写成发票"),
    proof: .throughFaults(
      en: "proved on a real server, django-crm 1.35", zh: "已在真实服务器验证（django-crm 1.35）"),
    asks: [
      Words(
        en: "a personal access token of an admin, or of one who sees all records",
        zh: "管理员（或可查看全部记录的用户）的个人访问令牌"),
      Words(
        en:
          "on accounts, contacts, leads, opportunities and cases a custom field"
          + " \(BottleTable.defaultExternalID): text, filterable",
        zh: "在客户、联系人、线索、商机和工单上各建自定义字段 \(BottleTable.defaultExternalID)：文本，可筛选"),
      Words(
        en:
          "for what BottleCRM has no field for, a custom field of Ferry's name, such as credit_code on"
          + " accounts; custom, a long text, takes the rest",
        zh: "BottleCRM 没有的字段可建同名自定义字段，如客户的 credit_code；其余内容写入长文本字段 custom"),
    ],
    keys: BottleTable.keys
  ) { (profile, surroundings, transport) throws(StoreError) in
    try BottleAdapter(profile, surroundings, transport)
  }
}

extension BottleAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let needed = try profile.required(["url", "token"])
    client = try profile.client(
      BottleTable.keys, default: needed[0], BottleDialect(token: needed[1]), surroundings,
      transport)
    externalID = profile.value("external_id") ?? BottleTable.defaultExternalID
    let orders = profile.entities["order"] == nil ? [:] : BottleTable.invoices
    let objects = BottleTable.objects.merging(orders) { own, _ in own }
    // What has no field of its own goes to the custom field of Ferry's name, where there is one.
    table = profile.laid(over: objects.filledUp { "custom_fields/\($0.name)" })
  }
}

/// How BottleCRM signs in and how its answers are read.
struct BottleDialect: Dialect {
  let token: String

  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    SignIn(headers: ["Authorization": Secret("Bearer \(token)")])
  }

  func verdict(on response: HTTPResponse, _ json: JSON?) -> Verdict {
    let status = response.status
    let words = json.map(Self.words) ?? ""
    let refusal = Refusal(code: "HTTP \(status)", message: words)
    switch status {
    case 429: return .throttled(after: nil)
    case 500...: return .failing(reason: "HTTP \(status)")
    case 404, 405: return .refused(refusal)
    // A wrong token has status 403, too.
    case 401,
      403 where words.contains("login"):
      return .hopeless(.signInRefused, refusal)
    case 403: return .hopeless(.noRight, refusal)
    case _ where json == nil: return .hopeless(.wrongHost, refusal)
    case 200..<300: return .answer
    default: return .refused(refusal)
    }
  }

  /// `{"errors": {"name": ["words"]}}` or `{"detail": "words"}` on one line.
  private static func words(_ json: JSON) -> String {
    switch json {
    case .object(let members):
      if let errors = members["errors"] { return words(errors) }
      if let detail = members["detail"]?.text { return detail }
      return members.filter { $0.key != "error" }.sorted { $0.key < $1.key }
        .map { "\($0.key): \(words($0.value))" }.joined(separator: "; ")
    case .array(let items): return items.map(words).joined(separator: " ")
    default: return json.text ?? ""
    }
  }
}
