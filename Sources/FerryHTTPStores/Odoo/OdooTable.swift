import FerryCore

/// Odoo as data: models, fields, limits, settings.
///
/// Source: Odoo 19 as run; names of older versions stand behind. References stand as `partner_id/.id`, which is what `load()` calls a
/// database id; calls that take plain fields leave the end off.
enum OdooTable {
  // MARK: Limits

  /// Odoo counts no calls.
  static let pace = RateLimit(burst: 4, interval: .milliseconds(1))
  /// A call is one transaction; 1,000 partners took a second.
  static let largestBatch = 500
  static let largestPage = 500
  static let callsInFlight = 4
  static let perRecord = Duration.milliseconds(5)
  /// How often rows that `load()` complains of are taken out and the rest sent again.
  static let loadRounds = 3

  // MARK: Settings

  /// The module that Ferry's external ids are of.
  static let defaultModule = "ferry"
  /// What follows a reference's field.
  static let byID = "/.id"

  static let keys = [
    ProfileKey("url", en: "such as https://erp.example.com", zh: "如 https://erp.example.com"),
    ProfileKey("database", en: "the database's name", zh: "数据库名称"),
    ProfileKey(
      "api_key", isSecret: true, en: "of a user: Preferences, Account Security",
      zh: "用户的 API 密钥：首选项 → 账户安全"),
    ProfileKey(
      "api",
      en:
        "json2 (Odoo 19 and later, the default), rpc (JSON-RPC of older ones) or xmlrpc (XML-RPC)",
      zh: "json2（Odoo 19 起，默认）、rpc（旧版本的 JSON-RPC）或 xmlrpc（XML-RPC）"),
    ProfileKey("user", en: "the login name, for rpc and xmlrpc", zh: "登录名，rpc 与 xmlrpc 需要"),
    ProfileKey(
      "module", en: "the made-up module of Ferry's XML ids, \(defaultModule) by default",
      zh: "Ferry 外部编号（XML id）所用的模块名，默认 \(defaultModule)"),
  ]

  // MARK: Models

  /// Models whose records people choose from a list, and the field that they choose by.
  static let lists = [
    "crm.stage": "name", "res.country": "name", "crm.lost.reason": "name",
  ]
  /// Fields that a record can't be made without and that Odoo has no default for.
  static let required: Set = ["name", "partner_id", "order_id"]
  /// What Odoo fills in where a new record brings nothing.
  static let filled: Set = ["stage_id", "user_id", "date_order", "date", "active", "country_id"]
  /// A stage that Odoo has not: what is lost is put away.
  static let lost = "lost"
  static let stage = "stage_id\(byID)"

  // MARK: Entities

  // What follows a slash tells the XML ids of entities apart that share a model.

  private static func made(
    _ object: String, _ constants: [String: String], only: [RemoteCondition],
    _ fields: [String: RemoteName]
  ) -> RemoteEntity {
    var entity = RemoteEntity(object, fields)
    entity.constants = constants
    entity.only = only
    return entity
  }

  static let objects: ProductTable = [
    "user": RemoteEntity(
      "res.users", isLookedUpOnly: true, ["name": "name", "email": "email|login"]),
    "account": made(
      "res.partner", ["is_company": "True"], only: [.equal("is_company", "true")],
      [
        "name": "name", "credit_code": "company_registry", "phone": "phone", "email": "email",
        "website": "website", "country": "country_id/.id", "city": "city", "address": "street",
        "owner": "user_id/.id", "parent": "parent_id/.id", "description": "comment",
      ]),
    "contact": made(
      "res.partner/contact", ["is_company": "False"], only: [.equal("is_company", "false")],
      [
        "name": "name", "title": "function", "mobile": "phone", "email": "email",
        "account": "parent_id/.id", "owner": "user_id/.id", "description": "comment",
      ]),
    "lead": made(
      "crm.lead/lead", ["type": "lead"], only: [.equal("type", "lead")],
      [
        "name": "name", "company": "partner_name", "title": "function", "mobile": "phone",
        "email": "email_from", "owner": "user_id/.id", "description": "description",
      ]),
    "deal": made(
      "crm.lead", ["type": "opportunity", "active": "True"], only: [.equal("type", "opportunity")],
      [
        "name": "name", "account": "partner_id/.id", "amount": "expected_revenue|planned_revenue",
        "stage": .mapped(
          "stage_id/.id",
          [
            "lead_in": "New", "qualification": "Qualified", "proposal": "Proposition", "won": "Won",
            "lost": lost,
          ]),
        "probability": "probability", "close_date": "date_deadline",
        "lost_reason": "lost_reason_id/.id|lost_reason/.id", "owner": "user_id/.id",
        "description": "description",
      ]),
    "product": made(
      "product.product", ["active": "True"], only: [],
      ["name": "name", "code": "default_code", "price": "list_price", "active": "active"]),
    "order": RemoteEntity(
      "sale.order",
      [
        "number": "client_order_ref", "account": "partner_id/.id", "deal": "opportunity_id/.id",
        "date": "date_order", "owner": "user_id/.id", "description": "note",
      ]),
    "order_line": RemoteEntity(
      "sale.order.line",
      [
        "order": "order_id/.id", "product": "product_id/.id", "quantity": "product_uom_qty",
        "price": "price_unit",
      ]),
    "payment": made(
      "account.payment", ["payment_type": "inbound"], only: [.equal("payment_type", "inbound")],
      [
        "number": "memo|ref|communication", "account": "partner_id/.id", "amount": "amount",
        "date": "date|payment_date",
      ]),
  ]
}
