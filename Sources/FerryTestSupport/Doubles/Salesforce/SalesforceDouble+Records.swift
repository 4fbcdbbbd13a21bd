extension SalesforceDouble {
  /// Ids of 15 characters stand for those of 18.
  static func long(_ id: String) -> String {
    guard id.count == 15, let number = Int(id.dropFirst(3)) else { return id }
    return Self.id(String(id.prefix(3)), number)
  }

  func live(_ object: SalesforceObject, _ id: String) throws(SalesforceFault) -> DoubleRecord {
    guard id.hasPrefix(object.prefix), id.count == 18 || id.count == 15 else {
      throw SalesforceFault(
        code: "MALFORMED_ID", message: "\(object.name) ID: id value of incorrect type: \(id)",
        fields: ["Id"])
    }
    guard let record = tables[object.name]?[Self.long(id)] else {
      throw SalesforceFault(
        status: 404, code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id")
    }
    guard !record.isGone else {
      throw SalesforceFault(status: 404, code: "ENTITY_IS_DELETED", message: "entity is deleted")
    }
    return record
  }

  mutating func insert(
    _ object: SalesforceObject, _ given: [String: WireValue], _ call: ProductCall
  ) throws(SalesforceFault) -> String {
    var changes = try checked(object, given, isNew: true)
    changes = changes.filter { $0.value != .null }
    let lacking = object.fields.values.filter { $0.isRequired && changes[$0.name] == nil }
      .map(\.name).sorted()
    guard lacking.isEmpty else {
      throw SalesforceFault(
        code: "REQUIRED_FIELD_MISSING",
        message: "Required fields are missing: [\(lacking.joined(separator: ", "))]",
        fields: lacking)
    }
    if object.name == "Order", changes["Status"] != "Draft" {
      throw SalesforceFault(
        code: "FAILED_ACTIVATION", message: "Choose a valid status: an order starts as Draft",
        fields: ["Status"])
    }
    lastID += 1
    let id = Self.id(object.prefix, lastID)
    changes["OwnerId"] = changes["OwnerId"] ?? .string(Self.id("005", 1))
    if object.fields["Name"]?.isReadOnly == true {
      let names = ["LastName", "FirstName"].compactMap { changes[$0]?.string }
      changes["Name"] = .string(names.reversed().joined(separator: " "))
    }
    var record = DoubleRecord(id: id, values: changes, call)
    if let text = changes["CreatedDate"]?.string, let time = CivilTime.milliseconds(text) {
      record.createdAt = time
    }
    try put(object, record)
    return id
  }

  mutating func update(
    _ object: SalesforceObject, _ id: String, _ given: [String: WireValue], _ call: ProductCall
  ) throws(SalesforceFault) {
    var record = try live(object, id)
    for (name, value) in try checked(object, given, isNew: false) {
      if value == .null, object.fields[name]?.isRequired == true {
        throw SalesforceFault(
          code: "REQUIRED_FIELD_MISSING", message: "Required fields are missing: [\(name)]",
          fields: [name])
      }
      record.values[name] = value == .null ? nil : value
    }
    record.changedAt = call.now
    try put(object, record)
  }

  mutating func upsert(
    _ object: SalesforceObject, _ field: String, _ key: String, _ given: [String: WireValue],
    _ call: ProductCall
  ) throws(SalesforceFault) -> (String, Bool) {
    guard let known = object.field(field), known.isExternalID else {
      throw SalesforceFault(
        code: "INVALID_FIELD", message: "\(field) is no external id of \(object.name)",
        fields: [field])
    }
    guard !key.isEmpty else {
      throw SalesforceFault(
        code: "MISSING_ARGUMENT", message: "\(field) not specified", fields: [field])
    }
    if let id = keys[object.name]?[known.name]?[key.lowercased()] {
      try update(object, id, given, call)
      return (id, false)
    }
    var given = given
    given[known.name] = .string(key)
    return (try insert(object, given, call), true)
  }

  /// Into the recycle bin, with what can't be without it.
  mutating func delete(_ object: SalesforceObject, _ id: String) throws(SalesforceFault) {
    var record = try live(object, id)
    forget(object, record)
    record.isGone = true
    tables[object.name]?.put(record)
    for other in SalesforceObject.all.values {
      for field in other.fields.values where field.targets.contains(object.name) && field.isRequired
      {
        let children = (tables[other.name]?.all ?? []).filter {
          !$0.isGone && $0.values[field.name] == .string(record.id)
        }
        for child in children { try delete(other, child.id) }
      }
    }
  }
}

// MARK: - Checks

extension SalesforceDouble {
  /// The fields of a write as they will be kept, parents found by their external ids.
  private func checked(
    _ object: SalesforceObject, _ given: [String: WireValue], isNew: Bool
  ) throws(SalesforceFault) -> [String: WireValue] {
    guard object.name != "User" else {
      throw SalesforceFault(
        code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: "users are read here")
    }
    var out: [String: WireValue] = [:]
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      if case .object(let parent) = value {
        let (field, id) = try found(object, name, parent)
        guard out[field.name] == nil else { throw Self.namedTwice(field.name) }
        out[field.name] = .string(id)
        continue
      }
      guard let field = object.field(name) else {
        throw SalesforceFault(
          code: "INVALID_FIELD",
          message: "No such column '\(name)' on sobject of type \(object.name)", fields: [name])
      }
      let isAudit = ["CreatedDate", "CreatedById"].contains(field.name)
      guard !field.isReadOnly || isAudit && isNew && settings.setsAuditFields else {
        throw SalesforceFault(
          code: "INVALID_FIELD_FOR_INSERT_UPDATE",
          message: "Unable to create/update fields: \(field.name)", fields: [field.name])
      }
      guard out[field.name] == nil else { throw Self.namedTwice(field.name) }
      let kept = try field.kept(value)
      if field.kind == .reference, let id = kept.string { try checkReference(field, id) }
      out[field.name] =
        field.kind == .reference ? kept.string.map { .string(Self.long($0)) } ?? .null : kept
    }
    return out
  }

  /// One parent may be named by its id, or by an external id of one object, not by both.
  private static func namedTwice(_ field: String) -> SalesforceFault {
    SalesforceFault(
      code: "INVALID_FIELD", message: "\(field) is given more than once", fields: [field])
  }

  private func checkReference(_ field: SalesforceField, _ id: String) throws(SalesforceFault) {
    guard id.count == 18 || id.count == 15 else {
      throw SalesforceFault(
        code: "MALFORMED_ID", message: "\(field.name): id value of incorrect type: \(id)",
        fields: [field.name])
    }
    let isThere = field.targets.contains { tables[$0]?[Self.long(id)].map { !$0.isGone } ?? false }
    guard isThere else {
      throw SalesforceFault(
        code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id",
        fields: [field.name])
    }
  }

  /// The parent with that external id; `name` may say of which object, as in `Contact:Who`.
  private func found(
    _ object: SalesforceObject, _ name: String, _ parent: [String: WireValue]
  ) throws(SalesforceFault) -> (SalesforceField, String) {
    let sides = name.split(separator: ":").map(String.init)
    let type = sides.count == 2 ? sides[0] : parent["attributes"]?["type"]?.string
    let keyed = parent.filter { $0.key != "attributes" }
    guard let field = object.reference(sides.last ?? ""), let (key, value) = keyed.first,
      keyed.count == 1, let text = value.string,
      let target = type ?? (field.targets.count == 1 ? field.targets.first : nil),
      field.targets.contains(target), SalesforceObject.all[target]?.field(key)?.isExternalID == true
    else {
      throw SalesforceFault(
        code: "INVALID_FIELD",
        message: "No such relationship '\(name)' on sobject of type \(object.name)", fields: [name])
    }
    guard
      let id = keys[target]?[SalesforceObject.all[target]?.field(key)?.name ?? ""]?[
        text.lowercased()]
    else {
      throw SalesforceFault(
        code: "INVALID_FIELD",
        message:
          "Foreign key external ID: \(text.lowercased()) not found for field \(key) in entity \(target)"
      )
    }
    return (field, id)
  }

  private mutating func put(
    _ object: SalesforceObject, _ record: DoubleRecord
  ) throws(SalesforceFault) {
    let unique = object.fields.values.filter(\.isExternalID)
    for field in unique {
      guard let text = record.values[field.name]?.string?.lowercased(),
        let holder = keys[object.name]?[field.name]?[text], holder != record.id
      else { continue }
      throw SalesforceFault(
        code: "DUPLICATE_VALUE",
        message:
          "duplicate value found: \(field.name) duplicates value on record with id: \(holder)")
    }
    if let old = tables[object.name]?[record.id] { forget(object, old) }
    for field in unique {
      guard let text = record.values[field.name]?.string?.lowercased() else { continue }
      keys[object.name, default: [:]][field.name, default: [:]][text] = record.id
    }
    tables[object.name]?.put(record)
  }

  private mutating func forget(_ object: SalesforceObject, _ record: DoubleRecord) {
    for field in object.fields.values where field.isExternalID {
      guard let text = record.values[field.name]?.string?.lowercased() else { continue }
      keys[object.name]?[field.name]?[text] = nil
    }
  }
}
