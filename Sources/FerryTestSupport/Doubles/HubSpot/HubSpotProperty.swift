/// A property of an object of HubSpot.
struct HubSpotProperty: Hashable, Sendable {
  /// The types of property definitions.
  enum Kind: String, Hashable, Sendable {
    case string
    case number
    case date
    case datetime
    case enumeration
    case bool
    case phone = "phone_number"
  }

  /// The longest text of a property.
  private static let longestText = 65_536

  let name: String
  let label: String
  let kind: Kind
  let fieldType: String
  let group: String
  let isUnique: Bool
  let isRequired: Bool
  let isReadOnly: Bool
  let isOwn: Bool
  /// Values and labels, in order.
  let options: [[String]]

  /// A property from a line such as `dealstage! enumeration:won/Won,lost/Lost Deal stage`.
  ///
  /// `!` means required at creation, `#` read-only, `=` unique; in an option's label `_` is a blank.
  init?(line: Substring, group: String) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3 else { return nil }
    let type = words[1].split(separator: ":", maxSplits: 1)
    guard let kind = Kind(rawValue: String(type[0])) else { return nil }
    let marks: Set<Character> = ["!", "#", "="]
    name = String(words[0].prefix { !marks.contains($0) })
    label = String(words[2])
    self.kind = kind
    fieldType = kind == .enumeration ? "select" : kind == .string ? "text" : kind.rawValue
    self.group = group
    isUnique = words[0].contains("=")
    isRequired = words[0].contains("!")
    isReadOnly = words[0].contains("#")
    isOwn = false
    options =
      type.count < 2
      ? []
      : type[1].split(separator: ",").map { part in
        let sides = part.split(separator: "/", maxSplits: 1).map(String.init)
        return [sides[0], (sides.last ?? sides[0]).replacing("_", with: " ")]
      }
  }

  /// A property that a client defines; throws what HubSpot would not take.
  init(defining given: WireValue) throws(HubSpotRefusal) {
    guard let name = given["name"]?.string, let label = given["label"]?.string,
      let kind = given["type"]?.string.flatMap(Kind.init(rawValue:)),
      let fieldType = given["fieldType"]?.string, let group = given["groupName"]?.string
    else { throw .validation("name, label, type, fieldType and groupName are required") }
    let isPlain = name.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    guard isPlain, !name.isEmpty else { throw .validation("Property name \(name) is not valid") }
    self.name = name
    self.label = label
    self.kind = kind
    self.fieldType = fieldType
    self.group = group
    isUnique = given["hasUniqueValue"]?.bool ?? false
    isRequired = false
    isReadOnly = false
    isOwn = true
    options = (given["options"]?.list ?? []).map {
      [$0["value"]?.string ?? "", $0["label"]?.string ?? ""]
    }
  }

  /// The definition as the properties API shows it.
  var description: WireValue {
    [
      "name": .string(name), "label": .string(label), "type": .string(kind.rawValue),
      "fieldType": .string(fieldType), "groupName": .string(group), "description": "",
      "hasUniqueValue": .bool(isUnique), "hubspotDefined": .bool(!isOwn), "archived": false,
      "options": .list(
        options.enumerated().map { index, option in
          [
            "value": .string(option[0]), "label": .string(option[1]), "hidden": false,
            "displayOrder": WireValue(index),
          ]
        }),
      "modificationMetadata": [
        "archivable": .bool(isOwn), "readOnlyDefinition": .bool(!isOwn),
        "readOnlyValue": .bool(isReadOnly),
      ],
    ]
  }

  /// The value as it is kept; throws what is wrong with it as `code` and message.
  func kept(_ value: String) throws(HubSpotRefusal) -> String {
    guard !value.isEmpty else { return value }
    switch kind {
    case .string, .phone:
      guard value.utf16.count <= Self.longestText else { throw fault("VALUE_TOO_LONG", value) }
      if name == "email" { return try email(value) }
    case .number:
      guard Self.isNumber(value) else { throw fault("INVALID_INTEGER", value) }
    case .date:
      guard
        CivilTime.isDate(value) || Self.milliseconds(value).map({ $0 % 86_400_000 == 0 }) ?? false
      else { throw fault("INVALID_DATE", value) }
    case .datetime:
      guard CivilTime.milliseconds(value) != nil || Self.milliseconds(value) != nil else {
        throw fault("INVALID_DATE", value)
      }
    case .bool:
      guard ["true", "false"].contains(value) else { throw fault("INVALID_BOOLEAN", value) }
    case .enumeration:
      let chosen = value.drop { $0 == ";" }.split(separator: ";").map(String.init)
      guard chosen.allSatisfy({ one in options.contains { $0[0] == one } }) else {
        throw fault("INVALID_OPTION", value)
      }
    }
    return value
  }

  private func email(_ value: String) throws(HubSpotRefusal) -> String {
    let sides = value.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, sides[1].contains("."), !value.contains(" "),
      !sides[1].hasPrefix("."), !sides[1].hasSuffix("."), value.allSatisfy(\.isASCII)
    else { throw fault("INVALID_EMAIL", value) }
    return value.lowercased()
  }

  private func fault(_ code: String, _ value: String) -> HubSpotRefusal {
    .validation(
      "Property values were not valid: \(value) was not a valid \(kind.rawValue)", property: name,
      code: code)
  }

  private static func milliseconds(_ text: String) -> Int? { Int(text) }

  private static func isNumber(_ text: String) -> Bool {
    guard let value = try? WireValue(parsing: text), case .number = value else { return false }
    return true
  }
}

/// HubSpot says no.
struct HubSpotRefusal: Error, Hashable {
  var status: Int
  var category: String
  var message: String
  var context: [String: [String]] = [:]
  var details: [WireValue] = []

  /// The request is wrong in itself.
  static func validation(
    _ message: String, property: String? = nil, code: String? = nil
  ) -> HubSpotRefusal {
    var refusal = HubSpotRefusal(status: 400, category: "VALIDATION_ERROR", message: message)
    if let property {
      refusal.context["propertyName"] = [property]
      refusal.details = [
        ["message": .string(message), "in": .string(property), "code": .string(code ?? "INVALID")]
      ]
    }
    return refusal
  }

  /// There is no such thing.
  static func missing(_ what: String, ids: [String] = []) -> HubSpotRefusal {
    HubSpotRefusal(
      status: 404, category: "OBJECT_NOT_FOUND", message: "Could not find \(what)",
      context: ids.isEmpty ? [:] : ["ids": ids])
  }

  /// The answer for a whole request.
  func response(_ call: ProductCall) -> HTTPResponse {
    HTTPResponse(
      status: status,
      json: [
        "status": "error", "message": .string(message), "category": .string(category),
        "correlationId": .string(HubSpotDouble.correlation(call.number)),
        "context": .object(context.mapValues { WireValue($0) }), "errors": .list(details),
      ])
  }

  /// The error of one input of a batch.
  func standardError(id: String?, trace: String?) -> WireValue {
    var context = context
    if let id { context["id"] = [id] }
    if let trace { context["objectWriteTraceId"] = [trace] }
    return [
      "status": "error", "category": .string(category), "message": .string(message),
      "context": .object(context.mapValues { WireValue($0) }), "errors": .list(details),
      "links": [:],
    ]
  }
}
