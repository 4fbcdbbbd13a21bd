/// A field of an object of Salesforce.
struct SalesforceField: Hashable, Sendable {
  /// The types of a describe, as far as the objects here use them.
  enum Kind: String, Hashable, Sendable {
    case id
    case string
    case textarea
    case email
    case phone
    case url
    case picklist
    case double
    case currency
    case percent
    case int
    case boolean
    case date
    case datetime
    case reference
  }

  let name: String
  let kind: Kind
  /// The longest text.
  let length: Int
  let isRequired: Bool
  let isReadOnly: Bool
  let isExternalID: Bool
  /// Of a picklist, which is restricted.
  let options: [String]
  /// The objects that a reference may point to.
  let targets: [String]

  /// A field from a line such as `AccountId! reference:Account` or `Phone phone:40`.
  ///
  /// `!` means required, `#` read-only, `=` an external id that is unique. After the type's colon
  /// stand the length, the options, or the targets, with commas between them; `_` is a blank.
  init?(line: Substring) {
    let words = line.split(separator: " ")
    guard words.count == 2 else { return nil }
    let type = words[1].split(separator: ":", maxSplits: 1)
    guard let kind = Kind(rawValue: String(type[0])) else { return nil }
    let marks: Set<Character> = ["!", "#", "="]
    let values = type.count < 2 ? [] : type[1].split(separator: ",").map(String.init)
    name = String(words[0].prefix { !marks.contains($0) })
    self.kind = kind
    isRequired = words[0].contains("!")
    isReadOnly = words[0].contains("#")
    isExternalID = words[0].contains("=")
    options = kind == .picklist ? values.map { $0.replacing("_", with: " ") } : []
    targets = kind == .reference ? values : []
    length = values.first.flatMap { Int($0) } ?? (kind == .textarea ? 32_000 : 255)
  }

  /// What a parent is called where it is named by its external id; `nil` where it can't be.
  var relationship: String? {
    guard kind == .reference else { return nil }
    if name.hasSuffix("__c") { return "\(name.dropLast(3))__r" }
    return name.hasSuffix("Id") ? String(name.dropLast(2)) : nil
  }

  /// The field in the words of a describe.
  func description(isCreatable: Bool) -> WireValue {
    [
      "name": .string(name), "label": .string(name), "type": .string(kind.rawValue),
      "length": WireValue(kind == .reference ? 18 : length),
      "nillable": .bool(!isRequired), "createable": .bool(isCreatable),
      "updateable": .bool(!isReadOnly), "externalId": .bool(isExternalID),
      "unique": .bool(isExternalID), "idLookup": .bool(isExternalID),
      "custom": .bool(name.hasSuffix("__c")), "defaultedOnCreate": .bool(name == "OwnerId"),
      "restrictedPicklist": .bool(kind == .picklist), "referenceTo": WireValue(targets),
      "relationshipName": relationship.map { .string($0) } ?? nil,
      "picklistValues": .list(
        options.map { ["value": .string($0), "label": .string($0), "active": true] }),
    ]
  }

  /// The value as it is kept, from JSON or, as a text, from CSV.
  func kept(_ value: WireValue) throws(SalesforceFault) -> WireValue {
    if value == .null || value == "" { return .null }
    switch kind {
    case .double, .currency, .percent, .int: return try number(value)
    case .boolean:
      if value.bool != nil { return value }
      guard let text = value.string?.lowercased(), ["true", "false", "1", "0"].contains(text) else {
        throw fault("INVALID_TYPE_ON_FIELD_IN_RECORD", "value not of required type")
      }
      return .bool(text == "true" || text == "1")
    default: break
    }
    guard let text = value.string else {
      throw fault("INVALID_TYPE_ON_FIELD_IN_RECORD", "\(name): value not of required type")
    }
    switch kind {
    case .date:
      guard CivilTime.isDate(text) else {
        throw fault("INVALID_TYPE_ON_FIELD_IN_RECORD", "\(text) is not a valid date")
      }
    case .datetime:
      guard let time = CivilTime.milliseconds(text) else {
        throw fault("INVALID_TYPE_ON_FIELD_IN_RECORD", "\(text) is not a valid dateTime")
      }
      return .string(CivilTime.text(time).replacing("Z", with: "+0000"))
    case .picklist:
      guard options.contains(text) else {
        throw fault(
          "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
          "bad value for restricted picklist field: \(text)")
      }
    case .email:
      let sides = text.split(separator: "@", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, sides[1].contains("."), !text.contains(" ") else {
        throw fault("INVALID_EMAIL_ADDRESS", "\(name): invalid email address: \(text)")
      }
    default: break
    }
    guard text.utf16.count <= length else {
      throw fault("STRING_TOO_LONG", "\(name): data value too large: (max length=\(length))")
    }
    return value
  }

  private func number(_ value: WireValue) throws(SalesforceFault) -> WireValue {
    let text = value.string ?? { if case .number(let digits) = value { digits } else { "" } }()
    guard let parsed = try? WireValue(parsing: text), case .number = parsed else {
      throw fault("INVALID_TYPE_ON_FIELD_IN_RECORD", "\(name): value not of required type: \(text)")
    }
    guard abs(Double(text) ?? 0) < 1e18 else {
      throw fault("NUMBER_OUTSIDE_VALID_RANGE", "\(name): number outside valid range")
    }
    return parsed
  }

  private func fault(_ code: String, _ message: String) -> SalesforceFault {
    SalesforceFault(code: code, message: message, fields: [name])
  }
}

/// Salesforce says no, to a request or to a record.
struct SalesforceFault: Error, Hashable {
  var status = 400
  let code: String
  let message: String
  var fields: [String] = []

  /// In a list, as REST answers are.
  var response: HTTPResponse {
    HTTPResponse(
      status: status,
      json: [
        ["message": .string(message), "errorCode": .string(code), "fields": WireValue(fields)]
      ])
  }

  /// As one record's error in an answer about several.
  var item: WireValue {
    [
      "success": false,
      "errors": [
        ["statusCode": .string(code), "message": .string(message), "fields": WireValue(fields)]
      ],
    ]
  }

  /// As a column of a bulk job's results.
  var text: String { "\(code):\(message):\(fields.joined(separator: ",")) --" }
}
