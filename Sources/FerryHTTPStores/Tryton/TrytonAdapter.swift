import FerryStores

/// Tryton over JSON-RPC: a call is one transaction, which is halved until a record at fault stands alone.
struct TrytonAdapter: ProductAdapter {
  let client: HTTPClient
  let path: String
  let context: [String: JSON]
  let relation: String
  let table: ProductTable
  let externalID = "ferry_id"
  let batchSize = TrytonTable.largestBatch
  let lookupSize = TrytonTable.largestBatch
  let pace = WritePace(
    create: TrytonTable.perRecord, update: TrytonTable.perRecord, delete: TrytonTable.perRecord)

  // MARK: - Describing

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    guard let place = TrytonTable.places[object],
      var found = try await fields(of: place.model).map({ RemoteObject(tryton: object, $0) })
    else { return nil }
    if let parent = TrytonTable.parents[place.model] {
      found.add(try await fields(of: parent.model) ?? [:], at: parent.head)
    }
    for (list, shape) in TrytonTable.typedLists where found.fields[list] != nil {
      for type in shape.types { found.add("\(list)/\(type)", .text) }
    }
    for (list, shape) in TrytonTable.plainLists where found.fields[list] != nil {
      found.add(try await fields(of: shape.model) ?? [:], at: list)
    }
    if found.fields["relations"] != nil {
      let types = try await records(
        "party.relation.type", [["name", "=", .string(relation)]], ["name"])
      if let id = types.first?["id"]?.text {
        found.fields["relations/to"] = RemoteField(
          name: "relations/\(id)", label: relation, kind: .reference)
      }
    }
    for name in place.needs { found.fields[name]?.isRequired = true }
    if place.model == TrytonTable.opportunity {
      found.fields["state"]?.isWritable = true
      found.fields["state"]?.options.removeAll { !TrytonTable.states.values.contains($0.value) }
    }
    if let id = place.id { found.add(externalID, .text, label: id) }
    return found
  }

  /// The fields of a model, with what each is by default and what people choose from; `nil` for no
  /// such model.
  private func fields(of model: String) async throws(StoreError) -> [String: JSON]? {
    guard case .answer(let json) = try await call(model, "fields_get", [[], 0], repeats: true)
    else { return nil }
    var fields = json["result"]?.members ?? [:]
    let wanted = fields.filter { $1["required"] == true }.keys.sorted()
    let standard = try await result(
      model, "default_get", [.array(wanted.map { .string($0) }), false])
    for (name, field) in fields {
      var more = field.members
      more["default"] = standard[name] ?? .null
      if let relation = field["relation"]?.text, let choice = TrytonTable.lists[relation],
        field["type"] == "many2one"
      {
        let known = try await records(relation, [], [choice])
        // Nothing can be chosen from a list that nobody has filled.
        guard !known.isEmpty else {
          fields[name] = nil
          continue
        }
        more["selection"] = .array(known.map { [$0["id"] ?? .null, $0[choice] ?? .null] })
      }
      fields[name] = .object(more)
    }
    return fields
  }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard entity == "deal" else { return [] }
    return [
      SideEffect(
        entity: entity, name: "draft sale for a deal that is won (sale.opportunity.convert)",
        events: [.create, .update], isHeldBack: true),
      SideEffect(
        entity: entity,
        name: "today's date as the end of a deal that is lost (sale.opportunity.lost)",
        events: [.create, .update]),
    ]
  }

  // MARK: - Reading

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    guard let place = TrytonTable.places[query.object] else { return RemotePage() }
    var clauses: [JSON] = []
    if let (field, values) = query.filter { clauses.append(clause(field, values, place)) }
    if let cursor = query.cursor { clauses.append(["id", ">", .number(cursor)]) }
    var paths = query.fields.filter { $0 != externalID } + [place.id].compactMap { $0 }
    if place.model == TrytonTable.opportunity { paths.append("state") }
    let items = try await records(
      place.model, .array(clauses), paths.flatMap { TrytonPath($0).names },
      limit: TrytonTable.largestPage)
    var page = RemotePage()
    for item in items {
      let id = place.id.flatMap { TrytonPath($0).value(in: item).text } ?? ""
      guard place.holds(id) else { continue }
      var record = RemoteRecord(id: item["id"]?.text ?? "")
      for field in query.fields where field != externalID {
        record.values[field] = TrytonPath(field).value(in: item)
      }
      // The end of what is lost is the day somebody pressed the button, and nobody's to write.
      if item["state"] == "lost" { record.values["end_date"] = .null }
      if id.hasPrefix(place.prefix) {
        record.values[externalID] = .string(String(id.dropFirst(place.prefix.count)))
      }
      page.records.append(record)
    }
    if items.count == TrytonTable.largestPage { page.next = items.last?["id"]?.text }
    return page
  }

  private func clause(_ field: String, _ values: [String], _ place: TrytonPlace) -> JSON {
    if field == "_id" { return ["id", "in", .array(Self.numbers(values))] }
    guard field == externalID, let id = place.id else {
      return TrytonPath(field).clause(.array(values.map { .string($0) }))
    }
    return TrytonPath(id).clause(.array(values.map { .string(place.prefix + $0) }))
  }

  /// What is no number is no id.
  private static func numbers(_ ids: [String]) -> [JSON] {
    ids.compactMap { Int($0) }.map { .number(String($0)) }
  }

  /// Records of a model in the order of their ids.
  func records(
    _ model: String, _ domain: JSON, _ names: [String], limit: Int? = nil
  ) async throws(StoreError) -> [JSON] {
    let fields = Set(names + ["id"]).sorted().map { JSON.string($0) }
    return try await result(
      model, "search_read",
      [domain, 0, limit.map { .number(String($0)) } ?? .null, [["id", "ASC"]], .array(fields)]
    ).items
  }

  // MARK: - Calls

  func call(
    _ model: String, _ method: String, _ words: [JSON], repeats isRepeatable: Bool
  ) async throws(StoreError) -> CallResult {
    try await client.send(request(model, method, words, repeats: isRepeatable))
  }

  /// The result of a call that only reads.
  func result(_ model: String, _ method: String, _ words: [JSON]) async throws(StoreError) -> JSON {
    try await answer(request(model, method, words, repeats: true))["result"] ?? .null
  }

  private func request(
    _ model: String, _ method: String, _ words: [JSON], repeats isRepeatable: Bool
  ) -> HTTPCall {
    let body: JSON = [
      "id": 1, "method": .string("model.\(model).\(method)"),
      "params": .array(words + [.object(context)]),
    ]
    return HTTPCall(path, body: body, limit: TrytonTable.pace, isRepeatable: isRepeatable)
  }
}
