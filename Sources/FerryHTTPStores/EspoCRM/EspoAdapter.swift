import FerryStores

/// EspoCRM over REST: one record a call, fields from the instance's metadata.
struct EspoAdapter: ProductAdapter {
  let client: HTTPClient
  let table: ProductTable
  let externalID: String
  let batchSize = EspoTable.largestBatch
  let lookupSize = EspoTable.largestLookup
  let pace = WritePace(
    create: EspoTable.perRecord, update: EspoTable.perRecord, delete: EspoTable.perRecord)
  let form = ValueForm(
    times: .spaced, hasBareNumbers: true, hasBareBooleans: true, hasListedPeople: true)
  private let names = NameParts(family: "lastName", given: "firstName")

  // MARK: - Describing

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    let metadata = call("GET", "/Metadata", ["key": "entityDefs.\(object)"])
    guard case .answer(let json) = try await client.send(metadata),
      let fields = json["fields"]?.members
    else { return nil }
    var found = RemoteObject(name: object, label: "EspoCRM")
    for (name, field) in fields {
      for attribute in RemoteField.attributes(espo: name, field) {
        found.fields[attribute.name] = attribute
      }
    }
    if found.fields["lastName"] != nil {
      found.fields[NameParts.whole] = names.field(label: "name", isRequired: true)
      // It is written with the whole name.
      found.fields["lastName"]?.isRequired = false
    }
    return found
  }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard table[entity] != nil, entity != "user" else { return [] }
    return [
      SideEffect(
        entity: entity, name: "notices to the assigned user, formulas and workflows",
        events: [.create, .update])
    ]
  }

  // MARK: - Reading

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    let start = query.cursor.flatMap { Int($0) } ?? 0
    let fields = Set(names.names(for: query.fields) + ["id"])
    var words = [
      "maxSize": String(EspoTable.largestPage), "offset": String(start), "orderBy": "createdAt",
      "order": "asc", "select": fields.sorted().joined(separator: ","),
    ]
    if let (field, values) = query.filter {
      words["where[0][type]"] = "in"
      words["where[0][attribute]"] = field == "_id" ? "id" : field
      for (index, value) in values.enumerated() { words["where[0][value][\(index)]"] = value }
    }
    let found = try await answer(call("GET", "/\(query.object)", words))
    let items = found["list"]?.items ?? []
    let next = start + items.count
    let isLast = items.isEmpty || next >= found["total"]?.integer ?? 0
    return RemotePage(
      records: items.map { item in
        var values = item.members
        if values["lastName"] != nil { names.putTogether(&values) }
        return RemoteRecord(id: item["id"]?.text ?? "", values: values)
      }, next: isLast ? nil : String(next))
  }

  // MARK: - Writing

  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await inFlight(records.count, atOnce: EspoTable.callsInFlight) {
      (index) throws(StoreError) in
      let result = try await client.send(call("POST", "/\(object)", body: body(records[index])))
      guard case .answer(let json) = result else { return result.forRecord("") }
      return json["id"]?.text.map { .written(id: $0) } ?? .unknown(reason: "no id")
    }
  }

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await inFlight(records.count, atOnce: EspoTable.callsInFlight) {
      (index) throws(StoreError) in
      let record = records[index]
      return try await client.send(call("PUT", "/\(object)/\(record.id)", body: body(record)))
        .forRecord(record.id)
    }
  }

  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    try await inFlight(ids.count, atOnce: EspoTable.callsInFlight) { (index) throws(StoreError) in
      let result = try await client.send(call("DELETE", "/\(object)/\(ids[index])"))
      if case .refused(let refusal) = result, refusal.code == "HTTP 404" {
        return .written(id: ids[index])
      }
      return result.forRecord(ids[index])
    }
  }

  private func body(_ record: RemoteRecord) -> JSON {
    var values = record.values
    names.takeApart(&values, null: .null)
    return .object(values)
  }

  private func call(
    _ method: String, _ path: String, _ query: [String: String] = [:], body: JSON? = nil
  ) -> HTTPCall {
    var call = HTTPCall(
      "/api/v1\(path)", body: body, endpoint: "api", limit: EspoTable.pace,
      isRepeatable: method != "POST")
    call.method = method
    call.query = query
    // The plan has looked for duplicates, and a person has decided.
    if method == "POST" { call.headers["X-Skip-Duplicate-Check"] = "true" }
    return call
  }
}

extension RemoteField {
  /// What a field of the metadata is called in records: a link is its id.
  fileprivate static func attributes(espo name: String, _ json: JSON) -> [RemoteField] {
    let type = json["type"]?.text ?? ""
    let (attribute, kind): (String, Kind) =
      switch type {
      case "varchar", "text", "email", "phone", "url", "wysiwyg": (name, .text)
      case "int", "float", "currency": (name, .number)
      case "date": (name, .date)
      case "datetime": (name, .instant)
      case "bool": (name, .boolean)
      case "enum": (name, .choice)
      case "link": ("\(name)Id", .reference)
      case "linkMultiple": ("\(name)Ids", .person)
      default: (name, .other(type))
      }
    var field = RemoteField(name: attribute, label: attribute, kind: kind)
    field.isRequired = json["required"] == true
    field.isWritable = json["readOnly"] != true
    if case .other = kind { field.isWritable = false }
    field.longest = json["maxLength"]?.integer
    field.isFilledByStore = json["default"] ?? .null != .null
    field.options = (json["options"]?.items ?? []).compactMap(\.text).filter { !$0.isEmpty }
      .map { Option(value: $0, label: $0) }
    guard type == "currency" else { return [field] }
    var currency = RemoteField(name: "\(name)Currency", label: "\(name)Currency", kind: .text)
    currency.isFilledByStore = true
    return [field, currency]
  }
}
