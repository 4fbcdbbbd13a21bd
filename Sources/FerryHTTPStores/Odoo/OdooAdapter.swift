import FerryStores

/// Odoo over JSON-2, or JSON-RPC or XML-RPC for older ones: new records by `load()` with XML ids.
struct OdooAdapter: ProductAdapter {
  let client: HTTPClient
  /// `nil` for JSON-2.
  let remote: OdooRemote?
  /// Of the XML ids.
  let module: String
  let table: ProductTable
  let form: ValueForm
  let externalID = "id"
  let batchSize = OdooTable.largestBatch
  let lookupSize = OdooTable.largestBatch
  let pace = WritePace(
    create: OdooTable.perRecord, update: OdooTable.perRecord, delete: OdooTable.perRecord)
  private let context: JSON = ["active_test": false, "tz": "UTC", "tracking_disable": true]

  // MARK: - Describing

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    let attributes: JSON = ["type", "string", "required", "readonly", "selection", "relation"]
    let result = try await send(object, "fields_get", ["attributes": attributes], repeats: true)
    guard case .answer(let fields) = result else { return nil }
    var found = RemoteObject(name: object, label: "Odoo")
    for (name, json) in fields.members where name != "id" {
      var field = RemoteField(odoo: name, json)
      if let model = json["relation"]?.text, let choice = OdooTable.lists[model],
        json["type"] == "many2one"
      {
        let items = try await read(
          model, "search_read", ["domain": [], "fields": [.string(choice)]])
        field = RemoteField(
          name: field.name, label: field.label, kind: .choice, isRequired: field.isRequired,
          isWritable: field.isWritable)
        field.options = items.items.compactMap { item in
          guard let id = item["id"]?.text, let label = item[choice]?.text else { return nil }
          return RemoteField.Option(value: id, label: label)
        }
        // From an empty list nothing can be chosen.
        if field.options.isEmpty { field.isWritable = false }
        if field.name == OdooTable.stage {
          field.options.append(.init(value: OdooTable.lost, label: OdooTable.lost))
        }
      }
      found.fields[field.name] = field
    }
    found.fields[externalID] = RemoteField(name: externalID, label: "External ID", kind: .text)
    return found
  }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard table[entity] != nil, entity != "user" else { return [] }
    return [
      SideEffect(
        entity: entity, name: "mail to followers and automation rules", events: [.create, .update])
    ]
  }

  // MARK: - Reading

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    var domain: [JSON] = []
    if let (field, values) = query.filter {
      let wanted = JSON.array(
        field == externalID
          ? try await ids(of: values, query.object)
          : values.compactMap { value in
            guard field == "_id" else { return .string(value) }
            // What is no number is no id.
            return Int(value).map { .number(String($0)) }
          })
      let name = field == "_id" || field == externalID ? "id" : Self.plain(field)
      domain.append([.string(name), "in", wanted])
    }
    if let cursor = query.cursor { domain.append(["id", ">", .number(cursor)]) }
    let names = Set(query.fields.filter { $0 != externalID }.map(Self.plain))
    let fields = names.contains("stage_id") ? names.union(["active"]) : names
    let items = try await read(
      query.object, "search_read",
      [
        "domain": .array(domain), "fields": .strings(fields.union(["id"]).sorted()), "order": "id",
        "limit": .number(String(OdooTable.largestPage)),
      ]
    ).items
    let keys = query.fields.contains(externalID) ? try await xmlIDs(of: items, query.object) : [:]
    let last = items.count == OdooTable.largestPage ? items.last?["id"]?.text : nil
    return RemotePage(
      records: items.map { item in
        let id = item["id"]?.text ?? ""
        var values = item.members
        for field in query.fields { values[field] = item[Self.plain(field)] ?? .null }
        values[externalID] = keys[id].map { .string($0) } ?? .null
        if item["active"] == false, values[OdooTable.stage] != nil {
          values[OdooTable.stage] = .string(OdooTable.lost)
        }
        return RemoteRecord(id: id, values: values)
      }, next: last)
  }

  /// The database ids of records by Ferry's ids.
  private func ids(of keys: [String], _ model: String) async throws(StoreError) -> [JSON] {
    let names = keys.map { Self.xmlName($0, model) }
    return try await xmlIDs([["name", "in", .strings(names)]], model).compactMap { $0["res_id"] }
  }

  /// Ferry's ids by the database ids of records.
  private func xmlIDs(of items: [JSON], _ model: String) async throws(StoreError) -> [String:
    String]
  {
    let ids = items.compactMap { $0["id"] }
    guard !ids.isEmpty else { return [:] }
    let found = try await xmlIDs([["res_id", "in", .array(ids)]], model)
    return Dictionary(
      found.compactMap { item in
        guard let id = item["res_id"]?.text, let name = item["name"]?.text else { return nil }
        return Self.key(name, model).map { (id, $0) }
      }
    ) { first, _ in first }
  }

  private func xmlIDs(_ clauses: [JSON], _ object: String) async throws(StoreError) -> [JSON] {
    let domain: [JSON] =
      [["module", "=", .string(module)], ["model", "=", .string(Self.model(object))]] + clauses
    return try await read(
      "ir.model.data", "search_read",
      ["domain": .array(domain), "fields": ["name", "res_id"], "order": "id"]
    ).items
  }

  // MARK: - Calls

  /// Calls a method of an object's model.
  func send(
    _ object: String, _ method: String, _ words: [String: JSON], repeats isRepeatable: Bool
  ) async throws(StoreError) -> CallResult {
    let model = Self.model(object)
    var words = words
    words["context"] = method == "fields_get" ? nil : context
    guard let remote else {
      return try await client.send(
        HTTPCall(
          "/json/2/\(model)/\(method)", body: .object(words), endpoint: "api",
          limit: OdooTable.pace, isRepeatable: isRepeatable))
    }
    return try await remote.send(client, model, method, words, repeats: isRepeatable)
  }

  private func read(
    _ model: String, _ method: String, _ words: [String: JSON]
  ) async throws(StoreError) -> JSON {
    switch try await send(model, method, words, repeats: true) {
    case .answer(let json): return json
    case .refused(let refusal):
      throw HTTPStoreRules.error(
        .refused, isTransient: false, HTTPStoreRules.refused, client.name,
        "\(model).\(method): \(refusal.shown)")
    case .unknown(let reason):
      throw HTTPStoreRules.error(
        .busy, isTransient: true, HTTPStoreRules.busy, client.name, reason)
    }
  }
}
