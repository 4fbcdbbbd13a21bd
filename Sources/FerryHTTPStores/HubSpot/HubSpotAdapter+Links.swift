import FerryStores

// References are associations: fields that are called `associations/companies`. One is set where no
// other program of the account may have set more; of several the primary one is the field's value,
// else the first, and only that one is taken away where the field changes.
extension HubSpotAdapter {
  static let linkPrefix = "associations/"

  /// Reads the associations that a query wants.
  func addLinks(
    to records: inout [RemoteRecord], _ query: RemoteQuery
  ) async throws(StoreError) {
    for field in query.fields where field.hasPrefix(Self.linkPrefix) {
      let links = try await links(of: records.map(\.id), query.object, field)
      for index in records.indices {
        records[index].values[field] = links[records[index].id].map { .string($0) }
      }
    }
  }

  /// By record: the one that it is linked to.
  private func links(
    of ids: [String], _ object: String, _ field: String
  ) async throws(StoreError) -> [String: String] {
    let wanted = HubSpotTable.linkTypes[pair(object, field)]
    let found = try await inChunks(
      ids, of: HubSpotTable.largestLinkRead, atOnce: HubSpotTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      let inputs = chunk.map { ["id": .string($0)] as JSON }
      let call = post("\(path(object, field))/batch/read", ["inputs": .array(inputs)])
      let json = try await answer(call)
      return (json["results"]?.items ?? []).compactMap { item -> (String, String)? in
        let all = item["to"]?.items ?? []
        let first =
          all.first { one in
            (one["associationTypes"]?.items ?? []).contains { $0["typeId"]?.integer == wanted }
          } ?? (object == "companies" ? nil : all.first)
        guard let from = item["from"]?["id"]?.text, let to = first?["toObjectId"]?.text else {
          return nil
        }
        return (from, to)
      }
    }
    return Dictionary(found) { first, _ in first }
  }

  /// Links what was written.
  func link(
    _ records: [RemoteRecord], _ written: [RemoteResult], _ object: String
  ) async throws(StoreError) -> [RemoteResult] {
    var results = written
    for field in Self.fields(of: records) {
      var pairs: [(index: Int, from: String, to: String)] = []
      for (index, record) in records.enumerated() {
        guard case .written(let id) = results[index], let to = record.values[field]?.text,
          !to.isEmpty
        else { continue }
        pairs.append((index, id, to))
      }
      let done = try await retrying(pairs, isPassing: \.isPassing) { (pairs) throws(StoreError) in
        try await halving(pairs) { (pairs) throws(StoreError) in
          try await send(pairs.map { ($0.from, $0.to) }, object, field)
        }
      }
      for (pair, result) in zip(pairs, done) { results[pair.index] = result }
    }
    return results
  }

  /// Takes the links away that the records no longer have.
  func unlink(
    _ records: [RemoteRecord], _ written: [RemoteResult], _ object: String
  ) async throws(StoreError) {
    for field in Self.fields(of: records) {
      let changed = records.filter { $0.values[field] != nil }
      let links = try await links(of: changed.map(\.id), object, field)
      let inputs: [JSON] = changed.compactMap { record in
        guard let old = links[record.id], old != record.values[field]?.text else { return nil }
        return ["from": ["id": .string(record.id)], "to": [["id": .string(old)]]]
      }
      guard !inputs.isEmpty else { continue }
      _ = try await answer(
        post("\(path(object, field))/batch/archive", ["inputs": .array(inputs)]))
    }
  }

  private func send(
    _ pairs: [(from: String, to: String)], _ object: String, _ field: String
  ) async throws(StoreError) -> BatchOutcome {
    let type = HubSpotTable.linkTypes[pair(object, field)]
    let inputs = pairs.map { pair in
      var input: [String: JSON] = [
        "from": ["id": .string(pair.from)], "to": ["id": .string(pair.to)],
      ]
      if let type {
        input["types"] = [
          ["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": .number("\(type)")]
        ]
      }
      return JSON.object(input)
    }
    let verb = type == nil ? "associate/default" : "create"
    let call = post("\(path(object, field))/batch/\(verb)", ["inputs": .array(inputs)])
    switch try await client.send(call) {
    case .refused(let refusal): return .refused(refusal)
    case .unknown(let reason): return .unknown(reason: reason)
    case .answer(let json):
      var results = pairs.map { RemoteResult.written(id: $0.from) }
      for item in json["errors"]?.items ?? [] {
        let from = Set((item["context"]?["fromObjectId"]?.items ?? []).compactMap(\.text))
        for (index, pair) in pairs.enumerated() where from.contains(pair.from) {
          results[index] = .refused(Refusal(item, status: 207))
        }
      }
      return .done(results)
    }
  }

  private static func fields(of records: [RemoteRecord]) -> [String] {
    Set(records.flatMap(\.values.keys).filter { $0.hasPrefix(linkPrefix) }).sorted()
  }

  private func pair(_ object: String, _ field: String) -> String {
    "\(object)/\(field.dropFirst(Self.linkPrefix.count))"
  }
}

// MARK: - Calls

extension HubSpotAdapter {
  func path(_ object: String) -> String {
    version == "v3" ? "/crm/v3/objects/\(object)" : "/crm/objects/\(version)/\(object)"
  }

  private func path(_ object: String, _ field: String) -> String {
    let edition = version == "v3" ? "/crm/v4/associations" : "/crm/associations/\(version)"
    return "\(edition)/\(pair(object, field))"
  }

  func get(_ path: String) -> HTTPCall {
    var call = HTTPCall(path, endpoint: "all", limit: limit, isRepeatable: true)
    call.method = "GET"
    return call
  }

  func post(_ path: String, _ body: JSON, repeats isRepeatable: Bool = true) -> HTTPCall {
    HTTPCall(path, body: body, endpoint: "all", limit: limit, isRepeatable: isRepeatable)
  }

  /// The answer, or `nil` where there is no such object in this account.
  func found(_ call: HTTPCall) async throws(StoreError) -> JSON? {
    if case .refused(let refusal) = try await client.send(call), refusal.code != "MISSING_SCOPES" {
      return nil
    }
    return try await answer(call)
  }
}

extension RemoteField {
  /// A property as its definition tells it; `nil` for one that is hidden for good.
  init?(hubSpot json: JSON, _ required: Set<String>) {
    guard let name = json["name"]?.text, json["archived"]?.isTrue != true else { return nil }
    let type = json["type"]?.text ?? ""
    let kind: Kind =
      switch type {
      case _ where name == "hubspot_owner_id": .person
      case "string", "phone_number", "object_coordinates": .text
      case "number": .number
      case "date": .date
      case "datetime": .instant
      case "bool": .boolean
      case "enumeration": .choice
      default: .other(type)
      }
    self.init(name: name, label: json["label"]?.text ?? name, kind: kind)
    if case .other = kind { isWritable = false }
    let isReadOnly = json["modificationMetadata"]?["readOnlyValue"]?.isTrue == true
    if isReadOnly || json["calculated"]?.isTrue == true { isWritable = false }
    isRequired = required.contains(name)
    if kind == .text { longest = HubSpotTable.longestText }
    if kind == .choice {
      setOptions(
        (json["options"]?.items ?? []).compactMap { option in
          guard let value = option["value"]?.text else { return nil }
          return Option(value: value, label: option["label"]?.text ?? value)
        })
    }
  }

  /// A choice among these.
  mutating func setOptions(_ options: [Option]) {
    self = RemoteField(self, options: options)
  }

  private init(_ field: RemoteField, options: [Option]) {
    self.init(name: field.name, label: field.label, kind: .choice)
    isRequired = field.isRequired
    isWritable = field.isWritable
    self.options = options
  }
}
