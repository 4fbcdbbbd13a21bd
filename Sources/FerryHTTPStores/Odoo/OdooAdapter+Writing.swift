import FerryStores

extension OdooAdapter {
  /// By `load()`, which takes all rows or none, tells every bad one, and may be sent again: a row whose
  /// XML id is there changes that record.
  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    let rows = records.map { named($0.values, object) }
    let columns = Set(rows.flatMap(\.keys)).sorted()
    var results: [RemoteResult] = records.map { _ in .unknown(reason: "not sent") }
    var left = Array(records.indices)
    for _ in 0..<OdooTable.loadRounds where !left.isEmpty {
      let (done, bad) = try await load(left.map { rows[$0] }, columns, object)
      for (index, result) in zip(left, done) { results[index] = result }
      guard !bad.isEmpty else {
        guard done.contains(where: \.isRefused) else { return results }
        break
      }
      left = left.indices.filter { !bad.contains($0) }.map { left[$0] }
    }
    // What `load()` complains of without naming a row is found by halves.
    let found = try await halving(left) { (indexes) throws(StoreError) in
      let (done, _) = try await load(indexes.map { rows[$0] }, columns, object)
      if case .refused(let refusal)? = done.first(where: { !$0.isWritten }) {
        return .refused(refusal)
      }
      return .done(done)
    }
    for (index, result) in zip(left, found) { results[index] = result }
    return results
  }

  /// Results of all rows, and the numbers of those that were bad; with any, none was stored.
  private func load(
    _ rows: [[String: JSON]], _ columns: [String], _ object: String
  ) async throws(StoreError) -> (results: [RemoteResult], bad: Set<Int>) {
    let data = rows.map { row in JSON.strings(columns.map { Self.cell(row[$0]) }) }
    let result = try await send(
      object, "load", ["fields": .strings(columns), "data": .array(data)], repeats: true)
    switch result {
    case .answer(let json):
      let ids = json["ids"]?.items.compactMap(\.text) ?? []
      if ids.count == rows.count { return (ids.map { .written(id: $0) }, []) }
      var (results, bad) = (rows.map { _ in RemoteResult.unknown(reason: "") }, Set<Int>())
      for message in json["messages"]?.items ?? [] {
        let words = message["message"]?.text ?? ""
        let refusal = Refusal(code: message["field"]?.text ?? "load", message: words)
        guard let row = message["rows"]?["from"]?.integer, rows.indices.contains(row) else {
          return (rows.map { _ in .refused(refusal) }, [])
        }
        results[row] = .refused(refusal)
        bad.insert(row)
      }
      return (results, bad)
    case .refused(let refusal): return (rows.map { _ in .refused(refusal) }, [])
    case .unknown(let reason): return (rows.map { _ in .unknown(reason: reason) }, [])
    }
  }

  /// The values with the XML id; what is lost is put away, as Odoo does it.
  private func named(_ values: [String: JSON], _ object: String) -> [String: JSON] {
    var values = values
    if let key = values[externalID]?.text {
      values[externalID] = .string("\(module).\(Self.xmlName(key, object))")
    }
    if let stage = values[OdooTable.stage] {
      let isLost = stage == .string(OdooTable.lost)
      values["active"] = .bool(!isLost)
      if isLost { values[OdooTable.stage] = nil }
    }
    return values
  }

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await inFlight(records.count, atOnce: OdooTable.callsInFlight) {
      (index) throws(StoreError) in
      let record = records[index]
      var values = named(record.values, object)
      if let xmlID = values.removeValue(forKey: externalID)?.text {
        let row: JSON = [
          "module": .string(module), "name": .string(String(xmlID.dropFirst(module.count + 1))),
          "model": .string(Self.model(object)), "res_id": .number(record.id),
        ]
        let given = try await send(
          "ir.model.data", "create", ["vals_list": [row]], repeats: false)
        guard case .answer = given else { return given.forRecord(record.id) }
      }
      let fields = values.map { name, value -> (String, JSON) in
        let isLink = name.hasSuffix(OdooTable.byID)
        let id = value.integer.map { JSON.number(String($0)) }
        return (Self.plain(name), value == .null ? false : isLink ? id ?? value : value)
      }
      return try await send(
        object, "write",
        [
          "ids": [.number(record.id)], "vals": .object(Dictionary(fields) { first, _ in first }),
        ], repeats: true
      ).forRecord(record.id)
    }
  }

  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    // One that is gone would hold back the others.
    let there = try await present(ids, object)
    let wanted = ids.filter { there.contains($0) }
    let done = try await halving(wanted) { (ids) throws(StoreError) in
      let words: [String: JSON] = ["ids": .array(ids.map { .number($0) })]
      switch try await send(object, "unlink", words, repeats: true) {
      case .answer: return .done(ids.map { .written(id: $0) })
      case .unknown(let reason): return .unknown(reason: reason)
      case .refused(let refusal):
        // A call whose answer was lost may have removed them.
        guard try await present(ids, object).count < ids.count else { return .refused(refusal) }
        return .done(try await delete(ids, in: object))
      }
    }
    let results = Dictionary(zip(wanted, done)) { first, _ in first }
    return ids.map { results[$0] ?? .written(id: $0) }
  }

  /// Those that are there.
  private func present(_ ids: [String], _ object: String) async throws(StoreError) -> Set<String> {
    var query = RemoteQuery(object: object, fields: [])
    query.filter = ("_id", ids)
    return Set(try await page(query).records.map(\.id))
  }
}
