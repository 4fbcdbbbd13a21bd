import FerryCore
import FerryStores
import Foundation

extension HTTPProduct {
  /// Salesforce.
  static let salesforce = HTTPProduct(
    kind: "salesforce", title: Words(en: "Salesforce", zh: "Salesforce"),
    ability: Words(
      en:
        "upsert by an external-id field, update, delete: collections of 200, Bulk API 2.0 for large"
        + " batches; created time and creator where the organization allows it; assignment rules"
        + " are held back, flows and triggers can't be",
      zh: "按外部 ID 字段写入、更新、删除：每批 200 条，大批量使用 Bulk API 2.0；组织允许时保留创建时间与创建人；"
        + "不触发分配规则，但无法阻止流程与触发器"),
    proof: .throughFaults(
      en:
        "untested on a real organization; proved on a test double written from the vendor's documents",
      zh: "未在真实组织验证；已在按厂商文档编写的模拟服务上验证"),
    asks: [
      Words(
        en: "a connected app with the client credentials flow and a run-as user who may see and"
          + " change all that is loaded: its consumer key and secret; or with the JWT bearer flow, a"
          + " certificate, and a user who approved it: consumer key, private key, user name",
        zh: "启用 Client Credentials 流程的连接应用及其运行用户（可查看并修改要导入的数据）：Consumer Key 与 Secret；"
          + "或启用 JWT Bearer 流程并上传证书、由用户授权：Consumer Key、私钥与用户名"),
      Words(
        en: "on each object a field \(SalesforceTable.defaultExternalID): text of 255, external id,"
          + " unique, open to that user",
        zh: "每个对象新增字段 \(SalesforceTable.defaultExternalID)：文本 255，外部 ID，唯一，对该用户可见"),
      Words(
        en:
          "the permission \"Set Audit Fields upon Record Creation\", or created times are left out",
        zh: "权限“Set Audit Fields upon Record Creation”，否则不保留创建时间"),
      Words(
        en: "for each field that a plan says has no place a field Ferry_Field__c, such as"
          + " Ferry_At__c (date/time) on Task",
        zh: "计划中提示没有位置的字段，可新增 Ferry_字段名__c，如 Task 上的 Ferry_At__c（日期/时间）"),
    ],
    keys: SalesforceTable.keys, keepsHistory: true
  ) { (profile, surroundings, transport) throws(StoreError) in
    try SalesforceAdapter(profile, surroundings, transport)
  }
}

extension SalesforceAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let needed = try profile.required(["url", "client_id"])
    let dialect = SalesforceDialect(
      clientID: needed[1], proof: try Self.proof(profile), store: profile.store,
      now: surroundings.now)
    client = try profile.client(
      SalesforceTable.keys, default: needed[0], dialect, surroundings, transport)
    externalID = profile.value("external_id") ?? SalesforceTable.defaultExternalID
    root = "/services/data/v\(profile.value("version") ?? SalesforceTable.defaultVersion)"
    bulkFrom = try profile.number("bulk_from") ?? SalesforceTable.bulkFrom
    table = profile.laid(over: SalesforceTable.objects)
    form = ValueForm(days: profile.days, hasBareNumbers: true, hasBareBooleans: true)
  }

  /// A secret, or the private key of a certificate that the app knows.
  private static func proof(
    _ profile: StoreProfile
  ) throws(StoreError) -> SalesforceDialect.Proof {
    guard profile.value("private_key") != nil else {
      return .secret(Secret(try profile.required(["client_secret"])[0]))
    }
    let (text, user) = (
      try profile.content("private_key"), try profile.required(["username"])[0]
    )
    guard let key = AssertionKey(pem: text) else {
      throw profile.bad("private_key", "server.key (PEM, RSA)")
    }
    let audiences = SalesforceTable.audiences
    return .key(
      key, user: user, audience: try profile.choice("audience", of: audiences) ?? audiences[0])
  }
}
