import FerryStores

/// HubSpot's CRM API: objects v3 or a dated edition, batches of a hundred, references as
/// associations, see `HubSpotAdapter+Links.swift`.
struct HubSpotAdapter: ProductAdapter {
  let client: HTTPClient
  let table: ProductTable
  let externalID: String
  let form: ValueForm
  /// The pipeline that deals are in.
  let pipeline: String
  /// `v3`, or a dated edition such as `2026-03`.
  let version: String
  let limit: RateLimit
  let batchSize = 1000
  let lookupSize = HubSpotTable.largestBatch
  let parts = NameParts(family: "lastname", given: "firstname")
  let openActivities = OpenActivities()

  /// Of a hundred records: a look-up, an upsert and two batches of associations.
  var pace: WritePace {
    let call = limit.interval / HubSpotTable.largestBatch
    return WritePace(create: call * 4, update: call * 4, delete: call)
  }

  // MARK: - Reading

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    guard object != "owners" else { return Self.owners }
    guard object != HubSpotTable.allActivities else { return try await describeActivities() }
    let call = get("/crm/v3/properties/\(object)")
    guard let json = try await found(call) else { return nil }
    var found = RemoteObject(name: object, label: object)
    let required = HubSpotTable.required[object] ?? []
    for property in json["results"]?.items ?? [] {
      guard let field = RemoteField(hubSpot: property, required) else { continue }
      found.fields[field.name] = field
    }
    for other in HubSpotTable.links[object] ?? [] {
      let name = Self.linkPrefix + other
      found.fields[name] = RemoteField(name: name, label: other, kind: .reference)
    }
    if object == "contacts" {
      found.fields[NameParts.whole] = parts.field(label: "Name", isRequired: false)
      // What a whole name was taken apart into is nobody's change.
      for part in [parts.family, parts.given] { found.fields[part]?.isFilledByStore = true }
    }
    for name in ["dealstage", "hs_pipeline_stage"] where found.fields[name] != nil {
      let stages = try await stages(of: object)
      if !stages.isEmpty { found.fields[name]?.setOptions(stages) }
    }
    return found
  }

  /// The stages of the pipeline that records go to.
  private func stages(of object: String) async throws(StoreError) -> [RemoteField.Option] {
    let json = try await found(get("/crm/v3/pipelines/\(object)"))
    let all = json?["results"]?.items ?? []
    let own = all.first { $0["id"]?.text == pipeline } ?? all.first
    return (own?["stages"]?.items ?? []).compactMap { stage in
      guard let id = stage["id"]?.text else { return nil }
      return RemoteField.Option(value: id, label: stage["label"]?.text ?? id)
    }
  }

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    guard query.object != "owners" else { return try await owners(query) }
    guard query.object != HubSpotTable.allActivities else {
      return try await pageOfActivities(query)
    }
    let names = parts.names(for: query.fields).filter { !$0.hasPrefix(Self.linkPrefix) }
    var page = RemotePage()
    switch query.filter {
    case nil:
      var call = get(path(query.object))
      call.query = [
        "limit": "\(HubSpotTable.largestList)", "properties": names.joined(separator: ","),
      ]
      call.query["after"] = query.cursor
      let json = try await answer(call)
      page.next = json["paging"]?["next"]?["after"]?.text
      page.records = records(json)
    case (let field, let values)? where field == "_id" || isKey(field):
      var body: [String: JSON] = [
        "properties": .strings(names), "inputs": .array(values.map { ["id": .string($0)] }),
        "propertiesWithHistory": [],
      ]
      if field != "_id" { body["idProperty"] = .string(field) }
      page.records = records(
        try await answer(post("\(path(query.object))/batch/read", .object(body))))
    case (let field, let values)?:
      page = try await search(query, names, field, values)
    }
    try await addLinks(to: &page.records, query)
    return page
  }

  private func isKey(_ field: String) -> Bool {
    field == externalID || field == HubSpotTable.leadID
  }

  /// A search shows ten thousand records at most, so each page begins behind the last id.
  private func search(
    _ query: RemoteQuery, _ names: [String], _ field: String, _ values: [String]
  ) async throws(StoreError) -> RemotePage {
    // Texts are compared in small letters.
    var filters: [JSON] = [
      [
        "propertyName": .string(field), "operator": "IN",
        "values": .strings(values.map { $0.lowercased() }),
      ]
    ]
    if let cursor = query.cursor {
      filters.append([
        "propertyName": "hs_object_id", "operator": "GT", "value": .string(cursor),
      ])
    }
    let size = HubSpotTable.largestSearch
    let body: JSON = [
      "filterGroups": [["filters": .array(filters)]], "properties": .strings(names + [field]),
      "sorts": [["propertyName": "hs_object_id", "direction": "ASCENDING"]],
      "limit": .number("\(size)"),
    ]
    var call = HTTPCall(
      "\(path(query.object))/search", body: body, endpoint: "search",
      limit: HubSpotTable.searchPace, isRepeatable: true)
    call.method = "POST"
    let found = records(try await answer(call))
    var page = RemotePage(next: found.count == size ? found.last?.id : nil)
    let wanted = Set(values)
    page.records = found.filter { record in
      let text = record.values[field]?.text ?? ""
      return wanted.contains(text) || field == "email"
    }
    return page
  }

  private func records(_ json: JSON) -> [RemoteRecord] {
    (json["results"]?.items ?? []).map { item in
      var values = item["properties"]?.members ?? [:]
      parts.putTogether(&values)
      return RemoteRecord(id: item["id"]?.text ?? "", values: values)
    }
  }

  /// Owners are few and known by name and e-mail; the API finds no names.
  private func owners(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    var call = get("/crm/v3/owners")
    call.query = ["limit": "\(HubSpotTable.largestList)"]
    call.query["after"] = query.filter == nil ? query.cursor : nil
    var page = RemotePage()
    repeat {
      let json = try await answer(call)
      for item in json["results"]?.items ?? [] {
        let name = NameParts.whole(
          last: item["lastName"]?.text ?? "", first: item["firstName"]?.text ?? "")
        page.records.append(
          RemoteRecord(
            id: item["id"]?.text ?? "",
            values: ["name": .string(name), "email": item["email"] ?? .null]))
      }
      page.next = json["paging"]?["next"]?["after"]?.text
      call.query["after"] = page.next
    } while query.filter != nil && page.next != nil
    if let (field, values) = query.filter {
      page.records.removeAll { record in
        !values.contains(field == "_id" ? record.id : record.values[field]?.text ?? "")
      }
    }
    return page
  }

  private static var owners: RemoteObject {
    var found = RemoteObject(name: "owners", label: "Owners")
    for name in ["name", "email"] {
      found.fields[name] = RemoteField(name: name, label: name, kind: .text)
    }
    return found
  }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard let remote = table[entity], !remote.isLookedUpOnly else { return [] }
    let name = "workflows that enrol \(remote.object) (switch them off in HubSpot first)"
    return [SideEffect(entity: entity, name: name, events: [.create, .update])]
  }
}
