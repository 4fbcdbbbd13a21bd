import FerryCore
import FerryRecords

/// HubSpot as data: objects, properties, association types, limits, settings.
///
/// Source: the vendor's OpenAPI files (commit of 2026-08-21) and its documents as of November 2026. A
/// field that has no property of HubSpot's own stands in `ferry_FIELD`, where the admin made it.
enum HubSpotTable {
  // MARK: Limits

  /// Calls in ten seconds of the smallest account.
  static let defaultCalls = 100
  /// Five a second, with room for the way there.
  static let searchPace = RateLimit(burst: 1, interval: .milliseconds(260))
  /// Inputs of a batch about records; pairs of one about associations, written and read.
  static let largestBatch = 100
  static let largestLinkWrite = 1000
  static let largestLinkRead = 1000
  static let largestSearch = 200
  static let largestList = 100
  /// Batches in flight.
  static let callsInFlight = 4
  /// Where a throttled answer does not say how long to wait: ten seconds are the window.
  static let window = Duration.seconds(10)
  static let longestText = 65_536

  // MARK: Settings

  static let defaultHost = "https://api.hubapi.com"
  static let defaultExternalID = "ferry_id"
  static let leadID = "ferry_lead_id"

  static let keys = [
    ProfileKey(
      "url", en: "the address instead of api.hubapi.com, for a proxy or a test",
      zh: "代替 api.hubapi.com 的地址，用于代理或测试"),
    ProfileKey("token", isSecret: true, en: "of the private app, pat-…", zh: "私有应用的访问令牌 pat-…"),
    ProfileKey(
      "version", en: "v3, or a dated edition such as 2026-03; v3 by default",
      zh: "v3 或带日期的版本，如 2026-03；默认 v3"),
    ProfileKey(
      "calls", en: "calls in ten seconds that the account may make, \(defaultCalls) by default",
      zh: "账号每 10 秒可调用的次数，默认 \(defaultCalls)"),
    ProfileKey(
      "external_id",
      en: "the unique property that holds Ferry's ids, \(defaultExternalID) by default",
      zh: "保存 Ferry 编号的唯一属性，默认 \(defaultExternalID)"),
    ProfileKey(
      "pipeline", en: "the id of the deals' pipeline, default by default",
      zh: "交易管道的编号，默认 default"),
  ]

  // MARK: Objects

  /// What HubSpot demands of a new record; its descriptions don't say so.
  static let required: [String: Set<String>] = [
    "deals": ["dealname", "dealstage"], "tickets": ["subject", "hs_pipeline_stage"],
    "leads": ["hs_lead_name"],
  ].merging(activities.map { ($0.object, ["hs_timestamp"]) }) { own, _ in own }

  /// Where a link of another type than the usual one is meant: the primary company of a contact and
  /// of a deal, the parent of a company.
  static let linkTypes = [
    "contacts/companies": 1, "deals/companies": 5, "companies/companies": 14,
  ]

  /// By object: the objects that its records are linked to.
  static let links = [
    "companies": ["companies"], "contacts": ["companies"], "deals": ["companies", "contacts"],
    "orders": ["companies", "deals"], "line_items": ["orders"],
    "commerce_payments": ["companies", "orders"], "tickets": ["companies", "contacts"],
  ].merging(activities.map { ($0.object, ["companies", "contacts", "deals"]) }) { own, _ in own }

  /// Where each entity stands; deals go to one pipeline.
  static func objects(pipeline: String) -> ProductTable {
    var table = objects
    table["deal"]?.constants = ["pipeline": pipeline]
    // Contacts that Ferry made of leads are leads.
    table["lead"]?.externalID = leadID
    table["lead"]?.only = [.present(leadID)]
    table["lead"]?.constants = ["lifecyclestage": "lead"]
    table["contact"]?.only = [.absent(leadID)]
    return table.filledUp { "ferry_\($0.name)" }
  }

  private static let address: [String: RemoteName] = [
    "address": "address", "city": "city", "province": "state", "country": "country",
  ]

  private static let person: [String: RemoteName] = [
    "name": RemoteName(stringLiteral: NameParts.whole), "title": "jobtitle",
    "mobile": "mobilephone", "phone": "phone", "email": .unique("email"),
    "owner": "hubspot_owner_id",
  ]

  private static let objects: ProductTable = [
    "user": RemoteEntity("owners", isLookedUpOnly: true, ["name": "name", "email": "email"]),
    "account": RemoteEntity(
      "companies",
      [
        "name": "name", "phone": "phone", "website": "website", "industry": "industry",
        "description": "description", "owner": "hubspot_owner_id",
        "parent": "associations/companies",
      ].merging(address) { own, _ in own }),
    "contact": RemoteEntity(
      "contacts",
      [
        "account": "associations/companies", "family_name": "lastname", "given_name": "firstname",
      ].merging(person) { own, _ in own }),
    "lead": RemoteEntity(
      "contacts",
      ["company": "company", "status": "hs_lead_status"].merging(person) { own, _ in own }),
    "product": RemoteEntity("products", ["name": "name", "code": "hs_sku", "price": "price"]),
    "deal": RemoteEntity(
      "deals",
      [
        "name": "dealname", "amount": "amount", "currency": "deal_currency_code",
        "stage": .mapped(
          "dealstage",
          ["qualification": "qualifiedtobuy", "won": "closedwon", "lost": "closedlost"]),
        "close_date": "closedate", "description": "description", "owner": "hubspot_owner_id",
        "account": "associations/companies", "contact": "associations/contacts",
      ]),
    "order": RemoteEntity(
      "orders",
      [
        "name": "hs_order_name", "number": "hs_external_order_id", "amount": "hs_total_price",
        "currency": "hs_currency_code", "date": "hs_external_created_date",
        "owner": "hubspot_owner_id", "account": "associations/companies",
        "deal": "associations/deals",
      ]),
    "order_line": RemoteEntity(
      "line_items",
      [
        "order": "associations/orders", "product": "hs_product_id", "quantity": "quantity",
        "price": "price",
      ]),
    "payment": RemoteEntity(
      "commerce_payments",
      [
        "amount": "hs_initial_amount", "currency": "hs_currency_code", "date": "hs_initiated_date",
        "method": "hs_payment_method", "owner": "hubspot_owner_id",
        "status": .mapped("hs_latest_status", ["received": "succeeded", "refunded": "refunded"]),
        "account": "associations/companies", "order": "associations/orders",
      ]),
    "activity": RemoteEntity(
      allActivities,
      [
        "body": "body|hs_note_body", "subject": "subject|ferry_subject", "kind": .once(kind),
        "at": "hs_timestamp", "owner": "hubspot_owner_id",
        "account": "associations/companies", "contact": "associations/contacts",
        "deal": "associations/deals",
      ]),
    "case": RemoteEntity(
      "tickets",
      [
        "subject": "subject", "description": "content", "priority": "hs_ticket_priority",
        "status": "hs_pipeline_stage", "owner": "hubspot_owner_id",
        "account": "associations/companies", "contact": "associations/contacts",
      ]),
  ]
}
