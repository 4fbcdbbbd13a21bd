import FerryCore

/// Tryton as data: models, fields, limits, settings.
///
/// Source: trytond 8.2 and its modules party, party_relationship, product, sale and sale_opportunity, as
/// run; older servers differ in the path alone.
enum TrytonTable {
  // MARK: Limits

  /// Tryton counts no calls.
  static let pace = RateLimit(burst: 8, interval: .milliseconds(1))
  /// A call is one transaction of at most 60 s; 1,000 parties took 10.
  static let largestBatch = 200
  static let largestPage = 500
  static let perRecord = Duration.milliseconds(15)

  // MARK: Settings

  static let defaultRelation = "Employee of"

  static let keys = [
    ProfileKey(
      "url", en: "such as https://erp.example.com:8000", zh: "如 https://erp.example.com:8000"),
    ProfileKey("database", en: "the database's name", zh: "数据库名称"),
    ProfileKey("user", en: "the login name", zh: "登录名"),
    ProfileKey("password", isSecret: true, en: "of that user", zh: "该用户的密码"),
    ProfileKey(
      "company", en: "the company's id that records are made in, 1 by default",
      zh: "记录所属公司的编号，默认 1"),
    ProfileKey(
      "language", en: "the language of names that are translated, en by default",
      zh: "多语言名称所用语言，默认 en"),
    ProfileKey(
      "relation",
      en: "the relation type from a person to the company, \(defaultRelation) by default",
      zh: "个人到公司的关系类型，默认 \(defaultRelation)"),
  ]

  // MARK: Models

  /// By the name that tables and profiles give.
  ///
  /// One model holds several entities: people are parties like companies, leads are opportunities,
  /// quotes are sales. What Ferry made is told apart by the words before its id.
  static let places: [String: TrytonPlace] = [
    "company.employee": TrytonPlace("company.employee", id: nil, prefix: ""),
    "party.party": TrytonPlace("party.party", id: "identifiers/", prefix: "account:"),
    "party.party/contact": TrytonPlace(
      "party.party", id: "identifiers/", prefix: "contact:", isMarked: true),
    "product.product": TrytonPlace("product.product", id: "identifiers/", prefix: "product:"),
    "sale.opportunity": TrytonPlace(
      "sale.opportunity", id: "reference", prefix: "deal:", needs: ["party", "employee"]),
    "sale.opportunity/lead": TrytonPlace(
      "sale.opportunity", id: "reference", prefix: "lead:", isMarked: true),
    "sale.sale": TrytonPlace("sale.sale", id: "reference", prefix: "order:"),
    "sale.sale/quote": TrytonPlace(
      "sale.sale", id: "reference", prefix: "quote:", isMarked: true),
    "sale.line": TrytonPlace("sale.line", id: "note", prefix: "order_line:"),
    "sale.line/quote": TrytonPlace(
      "sale.line", id: "note", prefix: "quote_line:", isMarked: true),
  ]

  /// Models whose records people choose from a list, and the field that they choose by.
  static let lists = [
    "currency.currency": "code", "product.uom": "name", "country.country": "name",
  ]

  static let mechanisms = ["phone", "mobile", "email", "website", "other"]

  /// Required fields that Tryton or Ferry fills without being asked.
  static let filled: Set = ["code", "number", "template"]

  /// Lists inside a record that have a type: the fields that hold the type and the value, the types.
  static let typedLists: [String: (type: String, value: String, types: [String])] = [
    "contact_mechanisms": ("type", "value", mechanisms),
    "identifiers": ("type", "code", ["cn_vat", ""]),
    "relations": ("type", "to", []),
  ]

  /// Lists inside a record of which the first is meant, with its model and what people write in it.
  static let plainLists = [
    "addresses": (
      model: "party.address",
      fields: ["party_name", "street", "postal_code", "city", "subdivision", "country"]
    )
  ]

  /// By model: the field that leads to the record above, that one's model and its list of such records.
  static let parents = [
    "product.product": (head: "template", model: "product.template", list: "products"),
    "company.employee": (head: "party", model: "party.party", list: ""),
  ]

  /// What new records above get beside their own values.
  static let aboveConstants: [String: [String: JSON]] = ["product.template": ["salable": true]]

  // MARK: Opportunities

  static let opportunity = "sale.opportunity"
  /// What a change of state must know.
  static let opportunityFields = ["state", "amount", "end_date", "party"]
  /// Where the button leads back to `lead`; a converted one must be lost with its sales first.
  static let reopened: Set = ["opportunity", "lost", "cancelled"]
  /// The buttons from `lead` to each state, in this order.
  static let buttons = [
    (button: "opportunity", leadsTo: ["opportunity", "converted"]),
    (button: "convert", leadsTo: ["converted"]), (button: "lost", leadsTo: ["lost"]),
    (button: "cancel", leadsTo: ["cancelled"]),
  ]
  /// By Ferry's stage.
  static let states = [
    "lead_in": "lead", "qualification": "opportunity", "won": "converted", "lost": "lost",
  ]

  // MARK: Entities

  static let objects: ProductTable = [
    "user": RemoteEntity(
      "company.employee", isLookedUpOnly: true,
      ["name": "party/name", "email": "party/email", "mobile": "party/mobile"]),
    "account": RemoteEntity(
      "party.party",
      [
        "name": "name", "credit_code": "identifiers/cn_vat", "phone": "contact_mechanisms/phone",
        "email": "contact_mechanisms/email", "website": "contact_mechanisms/website",
        "country": "addresses/country", "city": "addresses/city", "address": "addresses/street",
      ]),
    "contact": RemoteEntity(
      "party.party/contact",
      [
        "name": "name", "mobile": "contact_mechanisms/mobile", "phone": "contact_mechanisms/phone",
        "email": "contact_mechanisms/email", "wechat": "contact_mechanisms/other",
        "account": "relations/to",
      ]),
    "lead": RemoteEntity(
      "sale.opportunity/lead",
      ["name": "description", "description": "comment", "owner": "employee"]),
    "deal": RemoteEntity(
      "sale.opportunity",
      [
        "name": "description", "account": "party", "amount": "amount", "currency": "currency",
        "stage": .mapped("state", states), "probability": "conversion_probability",
        "close_date": "end_date", "lost_reason": "lost_reason", "owner": "employee",
        "description": "comment",
      ]),
    "product": RemoteEntity(
      "product.product",
      [
        "name": "template/name", "code": "suffix_code", "price": "template/list_price",
        "unit": "template/default_uom", "active": "active",
      ]),
    "quote": RemoteEntity(
      "sale.sale/quote",
      [
        "number": "description", "account": "party", "deal": .once("origin"),
        "currency": "currency", "date": "quotation_date", "description": "comment",
      ]),
    "quote_line": line("sale.line/quote", "quote"),
    "order": RemoteEntity(
      "sale.sale",
      [
        "number": "description", "account": "party", "deal": .once("origin"),
        "currency": "currency", "date": "sale_date", "description": "comment",
      ]),
    "order_line": line("sale.line", "order"),
  ]

  private static func line(_ object: String, _ parent: String) -> RemoteEntity {
    RemoteEntity(
      object,
      [
        parent: "sale", "position": "sequence", "product": "product", "quantity": "quantity",
        "price": "unit_price",
      ])
  }
}

/// Where one entity stands: a model, and how Ferry's records of it are known.
struct TrytonPlace: Sendable {
  let model: String
  /// The field that holds ids; `nil` where records are only looked up.
  let id: String?
  /// What stands before an id.
  let prefix: String
  /// Whether records without that prefix are of another entity.
  let isMarked: Bool
  /// Fields that the server asks for later than when a record is made.
  let needs: [String]

  init(
    _ model: String, id: String?, prefix: String, isMarked: Bool = false, needs: [String] = []
  ) {
    self.model = model
    self.id = id
    self.prefix = prefix
    self.isMarked = isMarked
    self.needs = needs
  }
}
