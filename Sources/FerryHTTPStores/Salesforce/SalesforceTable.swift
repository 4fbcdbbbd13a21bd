import FerryCore
import FerryRecords

/// Salesforce as data: objects, fields, limits, codes, settings.
///
/// Source: the vendor's documents of the REST API and Bulk API 2.0, version 67.0. A field that has no
/// field of Salesforce's own stands in `Ferry_Field__c`, where the admin made it.
enum SalesforceTable {
  // MARK: Limits

  /// A day has a hundred thousand calls or more, and 25 may be long ones; nothing is said of a second.
  static let pace = RateLimit(burst: 10, interval: .milliseconds(5))
  /// Records of a collection, written and read.
  static let largestCollection = 200
  static let largestRead = 2000
  /// Rows of a page of a query; its address may have 16 KB in all.
  static let largestPage = 2000
  static let longestFilter = 6_000
  static let callsInFlight = 4
  /// From so many records on a bulk job is made: it costs a handful of calls.
  static let bulkFrom = 2000
  /// The service makes its own batches of ten thousand.
  static let largestBatch = 10_000
  /// How often a job is asked whether it is done, and how many times.
  static let firstPoll = Duration.seconds(1)
  static let longestPoll = Duration.seconds(20)
  static let mostPolls = 400

  // MARK: Codes

  /// Row errors that pass by themselves.
  static let passing: Set = ["UNABLE_TO_LOCK_ROW"]
  /// What a delete says of a record that is gone.
  static let gone: Set = ["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"]
  /// What clears a field in a bulk job's rows.
  static let null = "#N/A"

  // MARK: Settings

  static let defaultExternalID = "Ferry_Id__c"
  static let defaultVersion = "67.0"
  /// For organizations, and for sandboxes.
  static let audiences = ["https://login.salesforce.com", "https://test.salesforce.com"]
  /// How long an assertion holds; the vendor takes three minutes at most.
  static let assertionSeconds = 170

  static let keys = [
    ProfileKey(
      "url", en: "the organization's own address, https://COMPANY.my.salesforce.com",
      zh: "组织自己的域名，https://公司.my.salesforce.com"),
    ProfileKey("client_id", en: "the consumer key of the connected app", zh: "连接应用的 Consumer Key"),
    ProfileKey(
      "client_secret", isSecret: true, en: "of the same app", zh: "同一应用的 Consumer Secret"),
    ProfileKey(
      "private_key", isSecret: true,
      en: "instead of client_secret: the RSA key (PEM) of the app's certificate, or its file",
      zh: "代替 client_secret：应用证书的 RSA 私钥（PEM）或其文件"),
    ProfileKey(
      "username", en: "with private_key: the user who approved the app",
      zh: "使用 private_key 时：已授权该应用的用户名"),
    ProfileKey(
      "audience", en: "with private_key: \(audiences[0]), the default, or \(audiences[1])",
      zh: "使用 private_key 时：\(audiences[0])（默认）或 \(audiences[1])"),
    ProfileKey(
      "version", en: "the API's version, \(defaultVersion) by default",
      zh: "API 版本，默认 \(defaultVersion)"),
    ProfileKey(
      "external_id", en: "the external-id field of each object, \(defaultExternalID) by default",
      zh: "各对象的外部 ID 字段，默认 \(defaultExternalID)"),
    ProfileKey(
      "bulk_from", en: "records of one write from which a bulk job is made, \(bulkFrom) by default",
      zh: "一次写入达到多少条时使用批量作业，默认 \(bulkFrom)"),
  ]

  // MARK: Objects

  /// The objects whose name is made of two parts.
  static let people: Set = ["Contact", "Lead"]

  /// References to one of several objects: the field, its objects and what their ids begin with.
  static let polymorphic: [(field: String, object: String, prefix: String)] = [
    ("WhoId", "Contact", "003"), ("WhoId", "Lead", "00Q"), ("WhatId", "Opportunity", "006"),
    ("WhatId", "Account", "001"),
  ]

  static let objects: ProductTable = {
    var table = loaded
    for entity in table.keys {
      let history: [String: RemoteName] = [
        "created_at": .once("CreatedDate"), "created_by": .once("CreatedById"),
        "owner": "OwnerId",
      ]
      table[entity]?.fields.merge(history) { own, _ in own }
    }
    table["order"]?.constants = ["Status": "Draft"]
    table["activity"]?.constants = ["Status": "Completed", "Priority": "Normal"]
    table["user"] = RemoteEntity(
      "User", isLookedUpOnly: true, ["name": "Name", "email": "Email", "active": "IsActive"])
    return table.filledUp { field in
      let words = field.name.split(separator: "_").map {
        $0.prefix(1).uppercased() + $0.dropFirst()
      }
      return "Ferry_\(words.joined(separator: "_"))__c"
    }
  }()

  private static let person: [String: RemoteName] = [
    "name": RemoteName(stringLiteral: NameParts.whole), "title": "Title", "mobile": "MobilePhone",
    "phone": "Phone", "email": "Email", "description": "Description",
  ]

  private static let loaded: ProductTable = [
    "account": RemoteEntity(
      "Account",
      [
        "name": "Name", "phone": "Phone", "website": "Website", "industry": "Industry",
        "level": "Rating", "source": "AccountSource", "country": "BillingCountry",
        "province": "BillingState", "city": "BillingCity", "address": "BillingStreet",
        "parent": "ParentId", "description": "Description",
      ]),
    "contact": RemoteEntity(
      "Contact",
      [
        "account": "AccountId", "department": "Department", "family_name": "LastName",
        "given_name": "FirstName",
      ].merging(person) { own, _ in own }),
    "lead": RemoteEntity(
      "Lead",
      ["company": "Company", "source": "LeadSource", "status": "Status"]
        .merging(person) { own, _ in own }),
    "campaign": RemoteEntity(
      "Campaign",
      [
        "name": "Name", "kind": "Type", "status": "Status", "start_date": "StartDate",
        "end_date": "EndDate", "budget": "BudgetedCost", "currency": "CurrencyIsoCode",
      ]),
    "product": RemoteEntity(
      "Product2",
      [
        "name": "Name", "code": "ProductCode", "category": "Family", "active": "IsActive",
        "unit": "QuantityUnitOfMeasure", "currency": "CurrencyIsoCode",
      ]),
    "deal": RemoteEntity(
      "Opportunity",
      [
        "name": "Name", "account": "AccountId", "amount": "Amount", "probability": "Probability",
        "currency": "CurrencyIsoCode", "close_date": "CloseDate", "source": "LeadSource",
        "description": "Description",
        "stage": .mapped(
          "StageName",
          [
            "lead_in": "Prospecting", "proposal": "Proposal/Price Quote",
            "negotiation": "Negotiation/Review", "won": "Closed Won", "lost": "Closed Lost",
          ]),
      ]),
    "order": RemoteEntity(
      "Order",
      [
        "account": "AccountId", "deal": "OpportunityId", "date": "EffectiveDate",
        "end_date": "EndDate", "currency": "CurrencyIsoCode", "description": "Description",
      ]),
    "activity": RemoteEntity(
      "Task",
      [
        "subject": "Subject", "body": "Description", "contact": "WhoId/Contact",
        "lead": "WhoId/Lead", "deal": "WhatId/Opportunity", "account": "WhatId/Account",
      ]),
    "case": RemoteEntity(
      "Case",
      [
        "subject": "Subject", "priority": "Priority", "account": "AccountId",
        "contact": "ContactId", "description": "Description",
        "status": .mapped("Status", ["open": "New", "closed": "Closed"]),
      ]),
  ]
}
