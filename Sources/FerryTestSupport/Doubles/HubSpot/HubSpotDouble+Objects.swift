extension HubSpotDouble {
  /// Does what a path stands for.
  mutating func perform(_ request: HubSpotRequest) throws(HubSpotRefusal) -> HTTPResponse {
    switch request.area {
    case .objects: try performObjects(request)
    case .associations: try performAssociations(request)
    case .properties: try performProperties(request)
    case .owners: try owners(request)
    case .pipelines: try pipelines(request)
    case .usage:
      HTTPResponse(
        json: ["results": [["currentUsage": 0, "usageLimit": WireValue(settings.dailyCalls)]]])
    case .labels: throw .missing("resource")
    }
  }

  private mutating func performObjects(
    _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    guard let name = request.parts.first else { throw .missing("object type") }
    guard let object = HubSpotObject.named(name) else {
      throw .validation("Unable to infer object type from: \(name)")
    }
    let rest = Array(request.parts.dropFirst())
    switch (request.method, rest.count, rest.first ?? "") {
    case ("POST", 2, "batch"): return try batch(rest[1], object, request)
    case ("POST", 1, "search"): return try search(object, request)
    case ("POST", 1, "merge"), ("POST", 1, "gdpr-delete"): throw .missing("resource")
    case ("GET", 0, _): return try list(object, request)
    case ("POST", 0, _): return try createOne(object, request)
    case (let method, 1, let id): return try one(method, id, object, request)
    case (let method, 3..., let id) where rest[1] == "associations":
      return try associationsOf(method, object, id, Array(rest.dropFirst(2)), request)
    default: throw .missing("resource")
    }
  }

  /// A property of an object, HubSpot's or a client's.
  func property(_ object: HubSpotObject, _ name: String) -> HubSpotProperty? {
    object.properties[name] ?? ownProperties[object.name]?[name]
  }

  private func uniqueProperties(_ object: HubSpotObject) -> [HubSpotProperty] {
    (Array(object.properties.values) + (ownProperties[object.name] ?? [:]).values)
      .filter(\.isUnique)
  }

  /// The record with that id, or that value of a unique property; archived ones aside.
  func find(
    _ object: HubSpotObject, _ id: String, by idProperty: String?
  ) throws(HubSpotRefusal) -> DoubleRecord? {
    guard let idProperty, idProperty != "hs_object_id" else {
      return tables[object.name]?[id].flatMap { $0.isGone ? nil : $0 }
    }
    guard let property = property(object, idProperty), property.isUnique else {
      throw .validation("idProperty \(idProperty) is not a unique property")
    }
    let key = keys[object.name]?[idProperty]?[id.lowercased()]
    return key.flatMap { tables[object.name]?[$0] }
  }

  /// The properties of a write as they will be kept, each checked.
  func checked(
    _ object: HubSpotObject, _ given: WireValue?
  ) throws(HubSpotRefusal) -> [String: String] {
    guard let members = given?["properties"]?.object else {
      throw .validation("properties is required")
    }
    var out: [String: String] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let property = property(object, name) else {
        throw .validation(
          "Property \"\(name)\" does not exist", property: name, code: "PROPERTY_DOESNT_EXIST")
      }
      guard !property.isReadOnly else {
        throw .validation(
          "\"\(name)\" is a read only property", property: name, code: "READ_ONLY_VALUE")
      }
      guard let text = value.string else {
        throw .validation(
          "Cannot deserialize value of \(name): a string is expected", property: name)
      }
      if name == "hubspot_owner_id", !text.isEmpty, !isOwner(text) {
        throw .validation("Owner \(text) does not exist", property: name, code: "INVALID_OWNER_ID")
      }
      out[name] = try property.kept(text)
    }
    return out
  }

  /// Stores the changes; the unique values must be free.
  mutating func write(
    _ object: HubSpotObject, _ record: DoubleRecord, _ changes: [String: String],
    _ call: ProductCall
  ) throws(HubSpotRefusal) -> DoubleRecord {
    var record = record
    for property in uniqueProperties(object) {
      guard let value = changes[property.name], !value.isEmpty,
        let holder = keys[object.name]?[property.name]?[value.lowercased()], holder != record.id
      else { continue }
      let what = object.name == "contacts" ? "Contact" : "Object"
      throw HubSpotRefusal(
        status: 409, category: "CONFLICT", message: "\(what) already exists. Existing ID: \(holder)"
      )
    }
    forget(object, record)
    for (name, value) in changes { record.values[name] = value.isEmpty ? nil : .string(value) }
    record.changedAt = call.now
    for property in uniqueProperties(object) {
      guard let value = record.values[property.name]?.string else { continue }
      keys[object.name, default: [:]][property.name, default: [:]][value.lowercased()] = record.id
    }
    tables[object.name]?.put(record)
    return record
  }

  /// Frees a record's unique values.
  private mutating func forget(_ object: HubSpotObject, _ record: DoubleRecord) {
    for property in uniqueProperties(object) {
      guard let value = record.values[property.name]?.string?.lowercased(),
        keys[object.name]?[property.name]?[value] == record.id
      else { continue }
      keys[object.name]?[property.name]?[value] = nil
    }
  }

  /// A new record, with what its object needs.
  mutating func create(
    _ object: HubSpotObject, _ changes: [String: String], _ given: WireValue, _ call: ProductCall
  ) throws(HubSpotRefusal) -> DoubleRecord {
    for property in object.properties.values.sorted(by: { $0.name < $1.name })
    where property.isRequired && changes[property.name]?.isEmpty != false {
      throw .validation(
        "Error creating \(object.name): required property \(property.name) is missing",
        property: property.name, code: "MISSING_REQUIRED_PROPERTY")
    }
    let wanted = try newLinks(object, given)
    guard object.name != "leads" || wanted.contains(where: { $0.0.object != "deals" }) else {
      throw .validation("A lead must be associated with a contact or a company")
    }
    var changes = changes
    if object.name == "deals", changes["pipeline"] == nil { changes["pipeline"] = "default" }
    let id = newID()
    let record = try write(object, DoubleRecord(id: id, values: [:], call), changes, call)
    for (place, types) in wanted {
      for type in types { link(HubSpotPlace(object: object.name, id: id), place, type) }
    }
    return record
  }

  mutating func archive(_ object: HubSpotObject, _ id: String) {
    guard var record = tables[object.name]?[id] else { return }
    forget(object, record)
    record.isGone = true
    tables[object.name]?.put(record)
    let place = HubSpotPlace(object: object.name, id: id)
    for other in (links[place] ?? [:]).keys { links[other]?[place] = nil }
    links[place] = nil
  }

  /// A record as answers show it; of `nil` names, all that is set.
  func shown(_ record: DoubleRecord, _ object: HubSpotObject, _ names: [String]?) -> WireValue {
    var properties = record.values
    properties["hs_object_id"] = .string(record.id)
    properties["createdate"] = .string(CivilTime.text(record.createdAt))
    properties[object.changedName] = .string(CivilTime.text(record.changedAt))
    if let names {
      let always = ["hs_object_id", "createdate", object.changedName]
      properties = properties.filter { names.contains($0.key) || always.contains($0.key) }
    }
    return [
      "id": .string(record.id), "properties": .object(properties),
      "createdAt": .string(CivilTime.text(record.createdAt)),
      "updatedAt": .string(CivilTime.text(record.changedAt)), "archived": .bool(record.isGone),
    ]
  }
}
