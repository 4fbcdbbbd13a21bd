import FerryCore

/// EspoCRM as data: entities, fields, limits, settings.
///
/// Source: EspoCRM 9.1 as run and its documentation. Fields come from the instance's metadata; those that
/// an admin adds have a `c` before their name.
enum EspoTable {
  // MARK: Limits

  /// EspoCRM counts no calls; one at a time is what small servers stand.
  static let pace = RateLimit(burst: 4, interval: .milliseconds(1))
  static let callsInFlight = 4
  static let largestBatch = 100
  /// More is refused.
  static let largestPage = 200
  /// Values stand in the address, which servers cut at 8 kB.
  static let largestLookup = 40
  static let perRecord = Duration.milliseconds(200)

  // MARK: Settings

  static let defaultExternalID = "cFerryId"
  static let defaultCustom = "cFerryCustom"

  static let keys = [
    ProfileKey("url", en: "such as https://crm.example.com", zh: "如 https://crm.example.com"),
    ProfileKey("api_key", isSecret: true, en: "of an API user", zh: "API 用户的密钥"),
    ProfileKey(
      "external_id", en: "the field that holds Ferry's ids, \(defaultExternalID) by default",
      zh: "保存 Ferry 编号的字段，默认 \(defaultExternalID)"),
    ProfileKey(
      "custom", en: "a text field for what has no field, \(defaultCustom) by default",
      zh: "保存其余内容的文本字段，默认 \(defaultCustom)"),
  ]

  // MARK: Entities

  /// The name of an admin's field for a field of Ferry's: `credit_code` is `cCreditCode`.
  static func ownName(_ field: String) -> String {
    "c" + field.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// A profile's table goes over this one; `custom` is the field of what has none.
  static func objects(custom: String) -> ProductTable {
    objects.mapValues { object in
      var object = object
      if !object.isLookedUpOnly { object.fields["custom"] = RemoteName(stringLiteral: custom) }
      return object
    }
  }

  private static let whole = RemoteName(stringLiteral: NameParts.whole)

  private static let objects: ProductTable = [
    "user": RemoteEntity(
      "User", isLookedUpOnly: true, ["name": "name", "email": "emailAddress", "active": "isActive"]),
    "campaign": RemoteEntity(
      "Campaign",
      ["name": "name", "start_date": "startDate", "end_date": "endDate"]),
    "account": RemoteEntity(
      "Account",
      [
        "name": "name", "phone": "phoneNumber", "email": "emailAddress", "website": "website",
        "country": "billingAddressCountry", "province": "billingAddressState",
        "city": "billingAddressCity", "address": "billingAddressStreet",
        "owner": "assignedUserId", "description": "description",
      ]),
    "contact": RemoteEntity(
      "Contact",
      [
        "name": whole, "title": "title|cTitle", "mobile": "phoneNumber", "email": "emailAddress",
        "account": "accountId", "owner": "assignedUserId", "description": "description",
      ]),
    "lead": RemoteEntity(
      "Lead",
      [
        "name": whole, "company": "accountName", "title": "title", "mobile": "phoneNumber",
        "email": "emailAddress",
        "status": .mapped(
          "status",
          [
            "new": "New", "contacted": "Assigned", "qualified": "In Process",
            "converted": "Converted", "disqualified": "Dead",
          ]),
        "owner": "assignedUserId", "description": "description",
      ]),
    "deal": RemoteEntity(
      "Opportunity",
      [
        "name": "name", "account": "accountId", "contact": "contactsIds", "amount": "amount",
        "currency": "amountCurrency",
        "stage": .mapped(
          "stage",
          [
            "lead_in": "Prospecting", "qualification": "Qualification", "proposal": "Proposal",
            "negotiation": "Negotiation", "won": "Closed Won", "lost": "Closed Lost",
          ]),
        "probability": "probability", "close_date": "closeDate", "owner": "assignedUserId",
        "description": "description",
      ]),
    "case": RemoteEntity(
      "Case",
      [
        "subject": "name", "account": "accountId", "contact": "contactId",
        "status": .mapped("status", ["open": "New", "pending": "Pending", "closed": "Closed"]),
        "priority": "priority", "owner": "assignedUserId", "description": "description",
      ]),
  ]
}
