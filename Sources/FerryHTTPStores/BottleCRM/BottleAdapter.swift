import FerryRecords
import FerryStores

/// BottleCRM over REST: one record a call, lists by offset, ids in a custom field.
struct BottleAdapter: ProductAdapter {
  let client: HTTPClient
  let table: ProductTable
  let externalID: String
  let batchSize = BottleTable.largestBatch
  let lookupSize = BottleTable.largestBatch
  /// Owners and contacts are added after the record.
  let storesWhole = false
  let pace = WritePace(
    create: BottleTable.perRecord, update: BottleTable.perRecord, delete: BottleTable.perRecord)

  // MARK: - Describing

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    guard let place = BottlePlace.all[object] else { return nil }
    var found = RemoteObject(name: object, label: "BottleCRM")
    let told = place.choices.isEmpty ? JSON.null : try await read(place.path, ["limit": "1"])
    for (name, kind) in place.fields {
      var field = RemoteField(name: name, label: name, kind: kind)
      field.isRequired = place.required.contains(name)
      field.isFilledByStore = place.filled.contains(name)
      field.longest = place.longest[name]
      field.options =
        BottlePlace.options[name]?.map { RemoteField.Option(value: $0, label: $0) }
        ?? (place.choices[name].flatMap { told[$0] }?.items ?? []).compactMap { $0.option }
      found.fields[name] = field
    }
    guard let target = place.target else {
      if place.idField != nil { found.addText(externalID) }
      return found
    }
    let own = try await read("/api/custom-fields/", [:])["definitions"]?.items ?? []
    for field in own where field["target_model"]?.text == target && field["is_active"] == true {
      guard let key = field["key"]?.text else { continue }
      found.addText(key == externalID ? key : "custom_fields/\(key)")
    }
    return found
  }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard table[entity] != nil, entity != "user" else { return [] }
    return [
      SideEffect(
        entity: entity, name: "mail to those that a record is assigned to, and automation rules",
        events: [.create, .update])
    ]
  }

  // MARK: - Reading

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    guard let place = BottlePlace.all[query.object] else { return RemotePage() }
    guard let (field, values) = query.filter else {
      return try await page(place, [:], after: query.cursor)
    }
    let hasFilter = field == externalID ? place.target != nil : place.filters.contains(field)
    if field == "_id" {
      let found = try await inFlight(values.count, atOnce: BottleTable.callsInFlight) {
        (index) throws(StoreError) in try await record(values[index], place)
      }
      return RemotePage(records: found.compactMap { $0 })
    }
    guard hasFilter else { return try await scanned(place, field, Set(values)) }
    let name = field == externalID ? "cf_\(field)" : field
    let found = try await inFlight(values.count, atOnce: BottleTable.callsInFlight) {
      (index) throws(StoreError) in
      try await page(place, [name: values[index]], after: nil).records
        .filter { $0.values[field]?.text == values[index] }
    }
    return RemotePage(records: found.flatMap { $0 })
  }

  /// The records that have one of these values where no filter of the API finds them.
  private func scanned(
    _ place: BottlePlace, _ field: String, _ values: Set<String>
  ) async throws(StoreError) -> RemotePage {
    var (found, cursor) = (RemotePage(), String?.none)
    repeat {
      let page = try await page(place, [:], after: cursor)
      found.records += page.records.filter { record in
        record.values[field].flatMap { $0.text }.map(values.contains) == true
      }
      cursor = page.next
    } while cursor != nil
    return found
  }

  private func page(
    _ place: BottlePlace, _ filter: [String: String], after cursor: String?
  ) async throws(StoreError) -> RemotePage {
    let start = cursor.flatMap { Int($0) } ?? 0
    var query = filter
    query["limit"] = String(BottleTable.largestPage)
    query["offset"] = String(start)
    let answer = try await read(place.path, query)
    let lists = place.lists.map { answer.at($0)?.items ?? [] }
    var items = lists.flatMap { $0 }
    let hasMore = lists.contains { $0.count == BottleTable.largestPage }
    if place.isListShort || place.inside != nil {
      let short = items
      items = try await inFlight(short.count, atOnce: BottleTable.callsInFlight) {
        (index) throws(StoreError) -> [JSON] in
        guard let id = short[index]["id"]?.text else { return [] }
        guard let inside = place.inside else {
          return [try await read("\(place.path)\(id)/", [:]).at(place.detail ?? "") ?? .null]
        }
        return try await read("\(place.path)\(id)/\(inside)/", [:]).items.map {
          .object($0.members.merging(["invoice": .string(id)]) { $1 })
        }
      }.flatMap { $0 }
    }
    return RemotePage(
      records: items.compactMap { record(of: $0, place) },
      next: hasMore ? String(start + BottleTable.largestPage) : nil)
  }

  /// One record by its id; `nil` where it is gone.
  private func record(_ id: String, _ place: BottlePlace) async throws(StoreError) -> RemoteRecord?
  {
    if let inside = place.inside {
      guard let slash = id.firstIndex(of: "/") else { return nil }
      let parent = String(id[..<slash])
      guard
        case .answer(let json) = try await client.send(
          call("GET", "\(place.path)\(parent)/\(inside)/"))
      else { return nil }
      return json.items.lazy.compactMap {
        record(of: .object($0.members.merging(["invoice": .string(parent)]) { $1 }), place)
      }.first { $0.id == id }
    }
    // Users and products are told by lists alone.
    if place.target == nil { return try await scanned(place, id) }
    guard case .answer(let json) = try await client.send(call("GET", "\(place.path)\(id)/")) else {
      return nil
    }
    return json.at(place.detail ?? "").flatMap { record(of: $0, place) }
  }

  private func scanned(_ place: BottlePlace, _ id: String) async throws(StoreError) -> RemoteRecord?
  {
    var cursor: String?
    repeat {
      let page = try await page(place, [:], after: cursor)
      if let found = page.records.first(where: { $0.id == id }) { return found }
      cursor = page.next
    } while cursor != nil
    return nil
  }

  // MARK: - Calls

  func call(
    _ method: String, _ path: String, _ query: [String: String] = [:], body: JSON? = nil
  ) -> HTTPCall {
    var call = HTTPCall(
      path, body: body, endpoint: "api", limit: BottleTable.pace, isRepeatable: method != "POST")
    call.method = method
    call.query = query
    return call
  }

  private func read(_ path: String, _ query: [String: String]) async throws(StoreError) -> JSON {
    try await answer(call("GET", path, query))
  }
}

extension JSON {
  /// What stands at `a/b`; this itself for an empty path.
  fileprivate func at(_ path: String) -> JSON? {
    path.split(separator: "/").reduce(Optional(self)) { $0?[String($1)] }
  }

  /// `["CN", "China"]`, or a value alone.
  fileprivate var option: RemoteField.Option? {
    let value = items.first?.text ?? self["value"]?.text ?? text
    return value.map {
      RemoteField.Option(value: $0, label: items.last?.text ?? self["label"]?.text ?? $0)
    }
  }
}

extension RemoteObject {
  fileprivate mutating func addText(_ name: String) {
    fields[name] = RemoteField(name: name, label: name, kind: .text)
  }
}
