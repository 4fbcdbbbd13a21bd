extension EspoDouble {
  mutating func create(
    _ entity: String, _ request: HTTPRequest, _ call: ProductCall
  ) throws(Refusal) -> WireValue {
    var values = try checked(entity, request)
    for field in fields(entity).values.sorted(by: { $0.name < $1.name }) where field.isRequired {
      guard let attribute = field.attributes.first, values[attribute] == nil else { continue }
      throw Self.invalid(entity, field.name, "required")
    }
    if entity == "Opportunity", values["stage"] == nil { values["stage"] = "Prospecting" }
    for field in fields(entity).values where field.kind == .currency && values[field.name] != nil {
      let standard = settings.currencies.sorted().first ?? "USD"
      values["\(field.name)Currency"] = values["\(field.name)Currency"] ?? .string(standard)
    }
    name(&values, entity)
    if request.header("x-skip-duplicate-check")?.lowercased() != "true" {
      let twins = duplicates(entity, values)
      guard twins.isEmpty else {
        throw Refusal(
          status: 409, reason: "duplicate", body: .list(twins.map { shown($0, entity, nil) }))
      }
    }
    let record = DoubleRecord(id: newID(), values: values, call)
    tables[entity]?.put(record)
    return shown(record, entity, nil)
  }

  mutating func update(
    _ entity: String, _ id: String, _ request: HTTPRequest, _ call: ProductCall
  ) throws(Refusal) -> WireValue {
    guard var record = tables[entity]?[id], !record.isGone else {
      throw Refusal(status: 404, reason: "Record \(id) does not exist.")
    }
    for (attribute, value) in try checked(entity, request) {
      if value == .null,
        let field = fields(entity).values.first(where: { $0.attributes.first == attribute }),
        field.isRequired
      {
        throw Self.invalid(entity, field.name, "required")
      }
      record.values[attribute] = value == .null ? nil : value
    }
    name(&record.values, entity)
    record.changedAt = call.now
    tables[entity]?.put(record)
    return shown(record, entity, nil)
  }

  /// A person's name is made of its parts.
  private func name(_ values: inout [String: WireValue], _ entity: String) {
    guard fields(entity)["lastName"] != nil else { return }
    let parts = ["firstName", "lastName"].compactMap { values[$0]?.string }
    values["name"] = .string(parts.joined(separator: " "))
  }

  private static func invalid(_ entity: String, _ field: String, _ type: String) -> Refusal {
    Refusal(
      status: 400,
      reason: "Field validation failure; entityType: \(entity), field: \(field), type: \(type).",
      body: [
        "messageTranslation": [
          "label": "validationFailure", "data": ["field": .string(field), "type": .string(type)],
        ]
      ])
  }

  /// The attributes of a write; unknown and read-only ones are passed over, as the product does.
  private func checked(
    _ entity: String, _ request: HTTPRequest
  ) throws(Refusal) -> [String: WireValue] {
    guard request.isOfType("application/json"), let body = request.json?.object else {
      throw Refusal(status: 400, reason: "Bad request body")
    }
    let known = fields(entity)
    var out: [String: WireValue] = [:]
    for field in known.values.sorted(by: { $0.name < $1.name }) where !field.isReadOnly {
      for attribute in field.attributes {
        guard let value = body[attribute] else { continue }
        guard value != .null, value != "" else {
          out[attribute] = .null
          continue
        }
        guard field.isValid(value, currencies: settings.currencies, attribute: attribute) else {
          let isCurrency = field.kind == .currency && attribute != field.name
          throw Self.invalid(
            entity, attribute,
            isCurrency ? "validCurrency" : field.kind == .varchar ? "maxLength" : "valid")
        }
        out[attribute] = value
      }
      try checkLinks(field, out)
    }
    return request.method == "POST" ? out.filter { $0.value != .null } : out
  }

  private func checkLinks(_ field: EspoField, _ values: [String: WireValue]) throws(Refusal) {
    var wanted: [(String, String)] = []
    switch field.kind {
    case .link: wanted = [(field.entity ?? "", values["\(field.name)Id"]?.string ?? "")]
    case .linkMultiple:
      wanted = (values["\(field.name)Ids"]?.strings ?? []).map { (field.entity ?? "", $0) }
    case .linkParent:
      wanted = [
        (values["\(field.name)Type"]?.string ?? "", values["\(field.name)Id"]?.string ?? "")
      ]
    default: break
    }
    for (entity, id) in wanted where !id.isEmpty {
      guard let record = tables[entity]?[id], !record.isGone else {
        throw Refusal(status: 403, reason: "cannotRelateNonExisting")
      }
    }
  }

  /// Same name, or same e-mail, of what the product looks for duplicates of.
  private func duplicates(_ entity: String, _ values: [String: WireValue]) -> [DoubleRecord] {
    guard ["Account", "Contact", "Lead"].contains(entity) else { return [] }
    return (tables[entity]?.all ?? []).filter { record in
      !record.isGone
        && ["name", "emailAddress"].contains {
          values[$0] != nil && record.values[$0] == values[$0]
        }
    }
  }

  func shown(_ record: DoubleRecord, _ entity: String, _ names: Set<String>?) -> WireValue {
    var out = record.values
    for field in fields(entity).values where field.kind == .link {
      guard let id = out["\(field.name)Id"]?.string, let target = field.entity else { continue }
      out["\(field.name)Name"] = tables[target]?[id]?.values["name"]
    }
    out["createdAt"] = .string(CivilTime.plainText(record.createdAt))
    out["modifiedAt"] = .string(CivilTime.plainText(record.changedAt))
    if let names { out = out.filter { names.contains($0.key) } }
    out["id"] = .string(record.id)
    out["deleted"] = .bool(record.isGone)
    return .object(out)
  }
}

// MARK: - Lists

extension EspoDouble {
  /// The largest page.
  private static let largestPage = 200

  mutating func list(
    _ entity: String, _ request: HTTPRequest, _ call: ProductCall
  ) throws(Refusal) -> WireValue {
    let size = request.query("maxSize").flatMap { Int($0) } ?? 20
    guard size <= Self.largestPage else {
      throw Refusal(status: 403, reason: "Max size should not exceed \(Self.largestPage)")
    }
    let filters = try EspoFilter.all(request, fields(entity))
    let fitting = (tables[entity]?.all ?? []).filter { record in
      !record.isGone && filters.allSatisfy { $0.fits(record) }
    }
    var found = tables[entity]?.found(fitting, at: call.now) ?? []
    if let name = request.query("orderBy") {
      let falls = request.query("order")?.lowercased() == "desc"
      found.sort {
        let (left, right) = (EspoFilter.text($0, name), EspoFilter.text($1, name))
        return falls ? right < left : left < right
      }
    }
    let names = request.query("select").map { Set($0.split(separator: ",").map(String.init)) }
    let offset = request.query("offset").flatMap { Int($0) } ?? 0
    let hasTotal = request.header("x-no-total")?.lowercased() != "true"
    return [
      "total": WireValue(hasTotal ? found.count : -1),
      "list": .list(found.dropFirst(offset).prefix(size).map { shown($0, entity, names) }),
    ]
  }
}

/// One condition of a list, from `where[0][type]=equals&where[0][attribute]=…`.
struct EspoFilter: Hashable, Sendable {
  private static let types: Set<String> = [
    "equals", "notEquals", "in", "notIn", "isNull", "isNotNull", "greaterThan", "lessThan",
    "greaterThanOrEquals", "lessThanOrEquals", "startsWith", "contains",
  ]

  private let type: String
  private let attribute: String
  private let values: [String]

  static func all(
    _ request: HTTPRequest, _ fields: [String: EspoField]
  ) throws(EspoDouble.Refusal) -> [EspoFilter] {
    var out: [EspoFilter] = []
    let known = Set(fields.values.flatMap(\.attributes) + ["id"])
    for index in 0..<20 {
      let prefix = "where[\(index)]"
      guard let type = request.query("\(prefix)[type]") else { break }
      guard types.contains(type),
        let attribute = request.query("\(prefix)[attribute]") ?? request.query("\(prefix)[field]"),
        known.contains(attribute)
      else { throw EspoDouble.Refusal(status: 400, reason: "Bad where item.") }
      let values = request.query.filter {
        $0.name == "\(prefix)[value]" || $0.name.hasPrefix("\(prefix)[value][")
      }
      out.append(EspoFilter(type: type, attribute: attribute, values: values.map(\.value)))
    }
    return out
  }

  func fits(_ record: DoubleRecord) -> Bool {
    let text = Self.text(record, attribute)
    let first = values.first ?? ""
    return switch type {
    case "equals", "in": values.contains(text)
    case "notEquals", "notIn": !values.contains(text)
    case "isNull": text.isEmpty
    case "isNotNull": !text.isEmpty
    case "greaterThan": text > first
    case "greaterThanOrEquals": text >= first
    case "lessThan": text < first
    case "lessThanOrEquals": text <= first
    case "startsWith": text.hasPrefix(first)
    default: text.contains(first)
    }
  }

  static func text(_ record: DoubleRecord, _ attribute: String) -> String {
    switch attribute {
    case "id": return record.id
    case "createdAt": return CivilTime.plainText(record.createdAt)
    case "modifiedAt": return CivilTime.plainText(record.changedAt)
    default: break
    }
    return switch record.values[attribute] {
    case .string(let text): text
    case .number(let digits): digits
    case .bool(let isTrue): String(isTrue)
    default: ""
    }
  }
}
