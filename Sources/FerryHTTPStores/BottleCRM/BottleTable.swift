import FerryCore

/// BottleCRM as data: resources, fields, limits, settings.
///
/// Source: django-crm 1.35.0 as run, and its OpenAPI file. Its API tells no schema, so that lengths and
/// required fields stand here; choices and custom fields are read.
enum BottleTable {
  // MARK: Limits

  /// Signed-in calls are not counted.
  static let pace = RateLimit(burst: 4, interval: .milliseconds(1))
  static let callsInFlight = 4
  static let largestBatch = 100
  static let largestPage = 200
  static let perRecord = Duration.milliseconds(40)

  // MARK: Settings

  static let defaultExternalID = "ferry_id"

  static let keys = [
    ProfileKey("url", en: "such as https://crm.example.com", zh: "如 https://crm.example.com"),
    ProfileKey(
      "token", isSecret: true, en: "a personal access token, bcrm_pat_…",
      zh: "个人访问令牌 bcrm_pat_…"),
    ProfileKey(
      "external_id",
      en: "the key of the custom field that holds Ferry's ids, \(defaultExternalID) by default",
      zh: "保存 Ferry 编号的自定义字段键名，默认 \(defaultExternalID)"),
  ]

  // MARK: Values

  /// What stands before an id in a field that is not for ids.
  static let idMark = "ferry_id: "

  /// Chinese family names of two signs, so that a name is parted where people part it.
  static let doubleNames: Set = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木",
    "百里", "呼延", "南宫", "轩辕",
  ]
  /// What stands for the family name that people of one name have not.
  static let noFamilyName = "-"

  // MARK: Entities

  static let objects: ProductTable = [
    "user": RemoteEntity(
      "users", isLookedUpOnly: true,
      ["name": "user_details/name", "email": "user_details/email"]),
    "account": RemoteEntity(
      "accounts",
      [
        "name": .unique("name"), "phone": "phone", "email": "email", "website": "website",
        "country": "country", "province": "state", "city": "city", "address": "address_line",
        "owner": "assigned_to", "description": "description",
      ]),
    "contact": RemoteEntity(
      "contacts",
      [
        "name": "name", "title": "title", "department": "department", "mobile": "phone",
        "email": .unique("email"), "account": "account", "owner": "assigned_to",
        "description": "description",
      ]),
    "lead": RemoteEntity(
      "leads",
      [
        "name": "name", "company": "company_name", "title": "job_title", "mobile": "phone",
        "email": "email", "owner": "assigned_to", "description": "description",
      ]),
    "deal": RemoteEntity(
      "opportunities",
      [
        "name": .unique("name"), "account": "account", "contact": "contacts",
        "amount": "amount",
        "currency": "currency",
        "stage": .mapped(
          "stage",
          [
            "lead_in": "PROSPECTING", "qualification": "QUALIFICATION", "proposal": "PROPOSAL",
            "negotiation": "NEGOTIATION", "won": "CLOSED_WON", "lost": "CLOSED_LOST",
          ]),
        "probability": "probability", "close_date": "closed_on", "owner": "assigned_to",
        "description": "description",
      ]),
    "product": RemoteEntity(
      "products",
      [
        "name": "name", "code": "sku", "category": "category", "price": "price",
        "currency": "currency", "active": "is_active",
      ]),
    "case": RemoteEntity(
      "cases",
      [
        // Two cases of one name are refused, and subjects repeat.
        "number": .unique("name"), "subject": "description", "account": "account",
        "contact": "contacts",
        "status": .mapped("status", ["open": "New", "pending": "Pending", "closed": "Closed"]),
        "priority": "priority", "owner": "assigned_to",
      ]),
  ]

  /// Where orders and payments go if a profile says so: BottleCRM removes no invoices, so that an undo
  /// can't take them back.
  static let invoices: ProductTable = [
    "order": RemoteEntity(
      "invoices",
      [
        "number": "invoice_title", "account": "account_id", "deal": "opportunity_id",
        "currency": "currency", "date": "issue_date", "description": "notes",
      ]),
    "order_line": RemoteEntity(
      "line-items",
      [
        "order": .once("invoice"), "product": "product", "quantity": "quantity",
        "price": "unit_price", "position": "order",
      ]),
    "payment": RemoteEntity(
      "payments",
      [
        "order": .once("invoice"), "amount": .once("amount"), "date": .once("payment_date"),
        "method": .once("payment_method"), "number": .once("reference_number"),
      ]),
  ]
}
