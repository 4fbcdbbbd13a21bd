import FerryStores

extension SalesforceAdapter {
  /// By the external id, so that a batch may be sent twice; times and creators are taken once only.
  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    let keyed = records.indices.filter { records[$0].values[externalID]?.text?.isEmpty == false }
    let rest = records.indices.filter { records[$0].values[externalID]?.text?.isEmpty != false }
    var results = Array(repeating: RemoteResult.unknown(reason: ""), count: records.count)
    let upserted = try await write(.upsert, keyed.map { records[$0] }, object)
    let inserted = try await write(.insert, rest.map { records[$0] }, object)
    for (index, result) in zip(keyed + rest, upserted + inserted) { results[index] = result }
    return results
  }

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    var records = records
    try await keepOthers(&records, object)
    // What has nothing left to say is as it should be.
    let changed = records.indices.filter { !records[$0].values.isEmpty }
    let done = try await write(.update, changed.map { records[$0] }, object)
    var results = records.map { RemoteResult.written(id: $0.id) }
    for (index, result) in zip(changed, done) { results[index] = result }
    return results
  }

  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    let records = ids.map { RemoteRecord(id: $0) }
    return try await inChunks(
      records, of: SalesforceTable.largestCollection, atOnce: SalesforceTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      let done = try await retrying(chunk, isPassing: \.isPassingRow) {
        (chunk) throws(StoreError) in
        var call = call("DELETE", "/composite/sobjects")
        call.query = ["ids": chunk.map(\.id).joined(separator: ","), "allOrNone": "false"]
        return try await results(of: call, count: chunk.count)
      }
      return zip(chunk, done).map { record, result in
        guard case .refused(let refusal) = result, SalesforceTable.gone.contains(refusal.code)
        else { return result }
        return .written(id: record.id)
      }
    }
  }

  enum Operation: String, Sendable {
    case insert
    case update
    case upsert
  }

  private func write(
    _ operation: Operation, _ records: [RemoteRecord], _ object: String
  ) async throws(StoreError) -> [RemoteResult] {
    let records = records.map { record in
      var record = record
      parts.takeApart(&record.values, null: .null)
      joinReferences(&record.values)
      return record
    }
    guard records.count >= bulkFrom, operation != .insert else {
      return try await collect(operation, records, object)
    }
    return try await load(operation, records, object)
  }

  /// Writes in collections; the answers are in the order of the records.
  func collect(
    _ operation: Operation, _ records: [RemoteRecord], _ object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await inChunks(
      records, of: SalesforceTable.largestCollection, atOnce: SalesforceTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      try await retrying(chunk, isPassing: \.isPassingRow) { (chunk) throws(StoreError) in
        let items = chunk.map { record in
          var values = record.values
          values["attributes"] = ["type": .string(object)]
          if operation == .update { values["id"] = .string(record.id) }
          return JSON.object(values)
        }
        let path = operation == .upsert ? "/\(object)/\(externalID)" : ""
        let isOnce = chunk.contains { $0.values.keys.contains { $0.hasPrefix("Created") } }
        let call = call(
          operation == .insert ? "POST" : "PATCH", "/composite/sobjects\(path)",
          ["allOrNone": false, "records": .array(items)],
          repeats: operation == .update || operation == .upsert && !isOnce)
        return try await results(of: call, count: chunk.count)
      }
    }
  }

  private func results(
    of call: HTTPCall, count: Int
  ) async throws(StoreError) -> [RemoteResult] {
    switch try await client.send(call) {
    case .refused(let refusal): return Array(repeating: .refused(refusal), count: count)
    case .unknown(let reason): return Array(repeating: .unknown(reason: reason), count: count)
    case .answer(let json):
      let found = json.items.map { item -> RemoteResult in
        if item["success"]?.isTrue == true, let id = item["id"]?.text { return .written(id: id) }
        return .refused(Refusal(salesforce: item["errors"]?.items.first, status: 200))
      }
      guard found.count == count else {
        return Array(repeating: .unknown(reason: "\(found.count) results"), count: count)
      }
      return found
    }
  }
}

extension Refusal {
  /// Whether a row may be sent again.
  var isPassingRow: Bool { SalesforceTable.passing.contains(code) }
}
