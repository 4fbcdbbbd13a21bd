import FerryStores

extension HubSpotAdapter {
  /// By the unique property, so that a batch may be sent twice; what has no external id is created.
  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    guard object != HubSpotTable.allActivities else {
      return try await createActivities(records)
    }
    return try await inChunks(
      records, of: HubSpotTable.largestBatch, atOnce: HubSpotTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      var results: [RemoteResult?] = Array(repeating: nil, count: chunk.count)
      for key in [HubSpotTable.leadID, externalID, nil] {
        let own = chunk.indices.filter { self.key(of: chunk[$0]) == key }
        guard !own.isEmpty else { continue }
        let done = try await write(
          key == nil ? "create" : "upsert", own.map { chunk[$0] }, key, object)
        for (index, result) in zip(own, done) { results[index] = result }
      }
      return try await link(chunk, results.compactMap(\.self), object)
    }
  }

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    guard object != HubSpotTable.allActivities else {
      return try await updateActivities(records)
    }
    return try await inChunks(
      records, of: HubSpotTable.largestBatch, atOnce: HubSpotTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      let done = try await write("update", chunk, nil, object)
      try await unlink(chunk, done, object)
      return try await link(chunk, done, object)
    }
  }

  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    guard object != HubSpotTable.allActivities else { return try await deleteActivities(ids) }
    return try await inChunks(
      ids, of: HubSpotTable.largestBatch, atOnce: HubSpotTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      let inputs = chunk.map { ["id": .string($0)] as JSON }
      let result = try await client.send(
        post("\(path(object))/batch/archive", ["inputs": .array(inputs)]))
      return chunk.map { result.forRecord($0) }
    }
  }

  private func key(of record: RemoteRecord) -> String? {
    [HubSpotTable.leadID, externalID].first { record.values[$0]?.text?.isEmpty == false }
  }

  /// Sends records; those that are being changed elsewhere again, and a batch that is refused whole
  /// in halves.
  private func write(
    _ verb: String, _ records: [RemoteRecord], _ key: String?, _ object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await retrying(records, isPassing: \.isPassing) { (records) throws(StoreError) in
      try await halving(records) { (records) throws(StoreError) in
        let inputs = records.enumerated().map { input($1, trace: $0, key) }
        let call = post(
          "\(path(object))/batch/\(verb)", ["inputs": .array(inputs)], repeats: verb != "create")
        return switch try await client.send(call) {
        case .answer(let json): .done(Self.results(json, count: records.count))
        case .refused(let refusal): .refused(refusal)
        case .unknown(let reason): .unknown(reason: reason)
        }
      }
    }
  }

  private func input(_ record: RemoteRecord, trace: Int, _ key: String?) -> JSON {
    var values = record.values.filter { !$0.key.hasPrefix(Self.linkPrefix) }
    parts.takeApart(&values, null: form.null)
    var input: [String: JSON] = [
      "properties": .object(values), "objectWriteTraceId": .string("\(trace)"),
    ]
    if let key {
      input["id"] = values[key]
      input["idProperty"] = .string(key)
    } else if !record.id.isEmpty {
      input["id"] = .string(record.id)
    }
    return .object(input)
  }

  /// Neither results nor errors come in order: the trace ids tell.
  private static func results(_ json: JSON, count: Int) -> [RemoteResult] {
    var results = Array(
      repeating: RemoteResult.unknown(reason: "neither a result nor an error"), count: count)
    for item in json["results"]?.items ?? [] {
      guard let index = item["objectWriteTraceId"]?.integer, results.indices.contains(index),
        let id = item["id"]?.text
      else { continue }
      results[index] = .written(id: id)
    }
    for item in json["errors"]?.items ?? [] {
      for trace in item["context"]?["objectWriteTraceId"]?.items ?? [] {
        guard let index = trace.integer, results.indices.contains(index) else { continue }
        results[index] = .refused(Refusal(item, status: 207))
      }
    }
    return results
  }
}

extension Refusal {
  /// Whether the record was being changed elsewhere; one that is there already stays so.
  var isPassing: Bool { code == "CONFLICT" && !message.contains("already exists") }
}
