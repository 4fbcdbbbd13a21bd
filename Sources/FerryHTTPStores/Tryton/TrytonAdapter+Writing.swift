import FerryStores

extension TrytonAdapter {
  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    guard let place = TrytonTable.places[object] else { return [] }
    var values = try await withUnits(records.map { named($0.values, place) }, place)
    // What is not active takes no other values: it is made active, and put away afterwards.
    let hidden = Set(values.indices.filter { values[$0]["active"] == false })
    for index in hidden { values[index]["active"] = nil }
    let parent = TrytonTable.parents[place.model]
    let rows: [JSON] = values.map { values in
      let sorted = TrytonValues(values)
      guard let parent else { return .object(sorted.own) }
      var above = sorted.parents[parent.head] ?? [:]
      above.merge(TrytonTable.aboveConstants[parent.model] ?? [:]) { own, _ in own }
      if above["salable"] == true { above["sale_uom"] = above["default_uom"] }
      above[parent.list] = [["create", [.object(sorted.own)]]]
      return .object(above)
    }
    var results = try await halved(rows) { (rows) throws(StoreError) in
      try await call(parent?.model ?? place.model, "create", [.array(rows)], repeats: false)
    }
    if let parent { results = try await children(results, parent.head, place) }
    let made = results
    try await write(place.model, &results) { index in
      guard hidden.contains(index), case .written(let id) = made[index] else { return nil }
      return (.number(id), ["active": false])
    }
    guard place.model == TrytonTable.opportunity else { return results }
    return try await closed(
      results, records.map { $0.values["state"]?.text ?? "lead" }, areNew: true)
  }

  /// The values with Ferry's id where this model keeps it.
  private func named(_ values: [String: JSON], _ place: TrytonPlace) -> [String: JSON] {
    var values = values
    if let id = values.removeValue(forKey: externalID)?.text, let field = place.id {
      values[field] = .string(place.prefix + id)
    }
    if place.model == TrytonTable.opportunity { values["state"] = nil }
    // A profile's constants are texts.
    for name in ["employee", "template/default_uom"] {
      if let id = values[name]?.integer { values[name] = .number(String(id)) }
    }
    return values
  }

  /// Lines of a product with the product's unit, which Tryton demands.
  private func withUnits(
    _ values: [[String: JSON]], _ place: TrytonPlace
  ) async throws(StoreError) -> [[String: JSON]] {
    let products = Set(values.compactMap { $0["product"] }.filter { $0 != .null })
    guard place.model == "sale.line", !products.isEmpty else { return values }
    let ids = products.compactMap(\.text).sorted().map { JSON.number($0) }
    let items = try await self.records(
      "product.product", [["id", "in", .array(ids)]], ["default_uom"])
    let units = Dictionary(items.map { ($0["id"]?.text ?? "", $0["default_uom"] ?? .null) }) { $1 }
    return values.map { values in
      var values = values
      if let unit = values["product"]?.text.flatMap({ units[$0] }) { values["unit"] = unit }
      return values
    }
  }

  /// What was made is the record above; the ids of those below it are wanted.
  private func children(
    _ results: [RemoteResult], _ head: String, _ place: TrytonPlace
  ) async throws(StoreError) -> [RemoteResult] {
    let made = results.compactMap { if case .written(let id) = $0 { JSON.number(id) } else { nil } }
    let items = try await records(place.model, [[.string(head), "in", .array(made)]], [head])
    let found = Dictionary(
      items.map { ($0[head]?.text ?? "", $0["id"]?.text ?? "") }
    ) { first, _ in first }
    return results.map {
      guard case .written(let id) = $0 else { return $0 }
      return found[id].map { .written(id: $0) } ?? .unknown(reason: "no variant")
    }
  }

  // MARK: - Updates

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    guard let place = TrytonTable.places[object] else { return [] }
    var values = records.map { named($0.values, place) }
    let standing = try await standing(records.map(\.id), values, place)
    var results: [RemoteResult] = records.map { .written(id: $0.id) }
    var targets: [String] = []
    if place.model == TrytonTable.opportunity {
      (values, targets) = try await opened(records, values, standing, &results)
    }
    if let parent = TrytonTable.parents[place.model] {
      try await write(parent.model, &results) { index in
        let item = standing[records[index].id] ?? .null
        let fields = TrytonValues(values[index], over: item).parents[parent.head]
        return fields.flatMap { fields in item["\(parent.head)."]?["id"].map { ($0, fields) } }
      }
    }
    try await write(place.model, &results) { index in
      let item = standing[records[index].id] ?? .null
      let fields = TrytonValues(values[index], over: item).own
      return fields.isEmpty ? nil : (.number(records[index].id), fields)
    }
    return targets.isEmpty ? results : try await closed(results, targets, areNew: false)
  }

  /// What stands where these values go, by id.
  private func standing(
    _ ids: [String], _ values: [[String: JSON]], _ place: TrytonPlace
  ) async throws(StoreError) -> [String: JSON] {
    var names = values.flatMap(\.keys).flatMap { TrytonPath($0).names }
    if let parent = TrytonTable.parents[place.model] { names.append("\(parent.head).id") }
    if place.model == TrytonTable.opportunity { names += TrytonTable.opportunityFields }
    let items = try await records(
      place.model, [["id", "in", .array(ids.map { .number($0) })]], names)
    return Dictionary(items.map { ($0["id"]?.text ?? "", $0) }) { first, _ in first }
  }

  /// Writes what `fields` gives for each record that nothing has failed yet, an id and its values.
  private func write(
    _ model: String, _ results: inout [RemoteResult],
    _ fields: (Int) -> (JSON, [String: JSON])?
  ) async throws(StoreError) {
    let indexes = results.indices.filter { results[$0].isWritten && fields($0) != nil }
    let pairs = indexes.compactMap { fields($0) }.map { JSON.array([[$0], .object($1)]) }
    let done = try await halved(pairs) { (pairs) throws(StoreError) in
      try await call(model, "write", pairs.flatMap(\.items), repeats: false)
    }
    for (index, result) in zip(indexes, done) where !result.isWritten { results[index] = result }
  }

  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    guard let place = TrytonTable.places[object] else { return [] }
    var results: [RemoteResult] = ids.map { .written(id: $0) }
    if place.model == TrytonTable.opportunity { results = try await cancelled(ids) }
    let left = results.indices.filter { results[$0].isWritten }
    let model = TrytonTable.parents[place.model]
    var wanted = left.map { JSON.number(ids[$0]) }
    if let model {
      let items = try await records(place.model, [["id", "in", .array(wanted)]], [model.head])
      let above = Dictionary(items.map { ($0["id"], $0[model.head]) }) { first, _ in first }
      // One that is gone has none above, and no record has that id.
      wanted = wanted.map { above[$0].flatMap { $0 } ?? -1 }
    }
    let done = try await halved(wanted) { (ids) throws(StoreError) in
      try await call(
        model?.model ?? place.model, "delete", [.array(ids.filter { $0 != -1 })], repeats: true)
    }
    for (index, result) in zip(left, done) where !result.isWritten { results[index] = result }
    return results
  }

  // MARK: - Transactions

  /// Sends rows as one transaction; where it is refused, in halves.
  func halved(
    _ rows: [JSON], _ send: ([JSON]) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> [RemoteResult] {
    try await halving(rows) { (rows) throws(StoreError) in
      switch try await send(rows) {
      case .answer(let json):
        let ids = json["result"]?.items.compactMap(\.text) ?? []
        return .done(
          rows.indices.map { .written(id: ids.count == rows.count ? ids[$0] : "") })
      case .refused(let refusal): return .refused(refusal)
      case .unknown(let reason): return .unknown(reason: reason)
      }
    }
  }
}
