import FerryCore

/// 纷享销客 as data: objects, fields, limits, codes, settings.
///
/// Source: developer.fxiaoke.com/openapi_v2, as transcribed in September 2026, and working clients. A
/// field that a tenant's describe call does not show has no place there, so this names all that are
/// usual; what a tenant calls its own way stands in the profile.
enum FxiaokeTable {
  // MARK: Limits

  /// Calls in 20 seconds on each path.
  static let callsPerWindow = 100
  static let window = Duration.seconds(20)

  /// The pace that keeps so many calls in a window, with room for the way there.
  static func pace(_ calls: Int) -> RateLimit {
    RateLimit(burst: 3, interval: window * 1.035 / Double(calls))
  }

  /// At most 10 a minute, one after the other.
  static let signInPace = RateLimit(burst: 1, interval: .seconds(6))
  /// Records a query page, values a filter, ids a delete.
  static let largestList = 100
  /// Calls in flight on one path: the pace is the limit, not the server's latency.
  static let callsInFlight = 8
  /// A token lives 7,200 s, and from 6,600 s on a new one is given.
  static let tokenReserve = 600

  // MARK: Codes

  static let busy: Set = [-1, 50009]
  static let throttled: Set = [30004, 14001]
  static let expired: Set = [20016, 20005]
  /// A value that another record has is no code of its own: the words tell.
  static let duplicate = ["已存在", "重复"]
  static let quotaUsed = 30002
  static let noQuota = 30003
  static let notSignedIn = 20017
  static let noRight: Set = [20021, 20022, 15003]

  // MARK: Settings

  static let defaultHost = "https://open.fxiaoke.com"
  static let defaultExternalID = "ferry_id__c"
  static let defaultCustom = "ferry_custom__c"

  static let keys = [
    ProfileKey(
      "cloud", en: "the cloud's host, open.fxiaoke.com unless the tenant lives elsewhere",
      zh: "所在云的域名，默认 open.fxiaoke.com"),
    ProfileKey(
      "url", en: "the whole address instead of 'cloud', for a proxy or a test",
      zh: "完整地址，代替 cloud，用于代理或测试"),
    ProfileKey(
      "sign_in", en: "new (2024 and later) or old, which finds no owners yet",
      zh: "new（2024 年起）或 old（暂不能查找负责人）"),
    ProfileKey("app_id", en: "of the 企业自建应用", zh: "企业自建应用的 AppId"),
    ProfileKey("app_secret", isSecret: true, en: "of the same app", zh: "同一应用的 AppSecret"),
    ProfileKey(
      "permanent_code", isSecret: true, en: "of the same app", zh: "同一应用的永久授权码"),
    ProfileKey(
      "user",
      en: "who acts, a CRM admin: the employee id such as 1000; old: a mobile number or FSUID_…",
      zh: "操作人，须为 CRM 管理员：员工编号，如 1000；old 方式用手机号或 FSUID_…"),
    ProfileKey(
      "external_id", en: "the field that holds Ferry's ids, \(defaultExternalID) by default",
      zh: "保存 Ferry 编号的字段，默认 \(defaultExternalID)"),
    ProfileKey(
      "custom", en: "a long text field for what has no field, \(defaultCustom) by default",
      zh: "保存其余内容的多行文本字段，默认 \(defaultCustom)"),
    ProfileKey(
      "calls",
      en: "calls in 20 s that the vendor lets through on a path, 100 unless agreed otherwise",
      zh: "厂商允许的每接口 20 秒调用次数，默认 100"),
    ProfileKey(
      "account_pool", en: "the id of the 公海 that accounts without an owner go to",
      zh: "无负责人的客户进入的公海编号"),
    ProfileKey(
      "lead_pool", en: "the id of the 线索池 that leads without an owner go to",
      zh: "无负责人的线索进入的线索池编号"),
  ]

  // MARK: Objects

  /// Where each entity stands; `custom` is the field of what has none.
  static func objects(custom: String) -> ProductTable {
    var table = objects
    for entity in table.keys where entity != "user" {
      table[entity]?.fields["custom"] = RemoteName(stringLiteral: custom)
    }
    return table
  }

  private static let history: [String: RemoteName] = [
    "created_at": .once("create_time"), "created_by": .once("created_by"),
  ]

  private static func object(
    _ name: String, _ fields: [String: RemoteName]
  ) -> RemoteEntity {
    RemoteEntity(name, fields.merging(history) { own, _ in own })
  }

  private static let objects: ProductTable = [
    "user": RemoteEntity(
      "PersonnelObj", isLookedUpOnly: true,
      ["name": "name|full_name", "email": "email", "mobile": "phone"]),
    "account": object(
      "AccountObj",
      [
        "name": "name", "phone": "tel", "email": "email", "website": "url",
        "industry": "industry_level1", "level": "account_level", "source": "account_source",
        "address": "address", "description": "remark", "owner": "owner",
        "parent": "parent_account_id",
      ]),
    "contact": object(
      "ContactObj",
      [
        "name": "name", "account": "account_id", "department": "department",
        "title": "job_title", "mobile": "mobile|mobile1", "phone": "tel|tel1",
        "email": "email", "description": "remark", "owner": "owner",
      ]),
    "lead": object(
      "LeadsObj",
      [
        "name": "name", "company": "company", "title": "job_title", "mobile": "mobile",
        "phone": "tel", "email": "email", "source": "source", "status": "leads_status",
        "campaign": "marketing_event_id", "description": "remark", "owner": "owner",
      ]),
    "deal": object(
      "NewOpportunityObj|OpportunityObj",
      [
        "name": "name", "account": "account_id", "amount": "amount", "stage": "sales_stage",
        "probability": "probability", "close_date": "close_date", "owner": "owner",
        "description": "remark",
      ]),
    "product": object(
      "ProductObj",
      [
        "name": "name", "code": "product_code", "category": "category", "price": "price",
        "unit": "unit", "active": .mapped("product_status", ["1": "1", "0": "2"]),
      ]),
    "quote": object(
      "QuoteObj",
      [
        "number": "name", "account": "account_id", "deal": "new_opportunity_id|opportunity_id",
        "description": "remark", "owner": "owner",
      ]),
    "order": object(
      "SalesOrderObj",
      [
        "number": "name", "account": "account_id", "deal": "new_opportunity_id|opportunity_id",
        "amount": "order_amount", "date": "order_time", "description": "remark",
        "owner": "owner",
      ]),
    "order_line": RemoteEntity(
      "SalesOrderProductObj",
      [
        "order": "order_id", "product": "product_id", "quantity": "quantity",
        "price": "sales_price|product_price", "amount": "subtotal",
      ]),
    "payment": object(
      "PaymentObj",
      [
        "number": "name", "account": "account_id", "order": .once("OrderPaymentObj/order_id"),
        "amount": "amount|payment_amount", "date": "payment_time", "method": "payment_term",
        "description": "remark", "owner": "owner",
      ]),
    "activity": object(
      "ActiveRecordObj",
      [
        "body": "active_record_content", "kind": "active_record_type",
        "at": .once("create_time"), "created_at": .once("create_time"),
        "account": .once("related_object_data/AccountObj"),
        "contact": .once("related_object_data/ContactObj"),
        "deal": .once("related_object_data/NewOpportunityObj"),
        "lead": .once("related_object_data/LeadsObj"),
        "owner": "owner",
      ]),
  ]
}
