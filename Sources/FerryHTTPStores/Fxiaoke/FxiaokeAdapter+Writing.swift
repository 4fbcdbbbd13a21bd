import FerryRecords
import FerryStores

extension FxiaokeAdapter {
  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await inFlight(records.count, atOnce: FxiaokeTable.callsInFlight) {
      (index) throws(StoreError) in
      let (body, path) = (creation(of: records[index], object), "\(prefix(object))/create")
      switch try await send(path, body, repeats: false) {
      case .answer(let json):
        guard let id = json["dataId"]?.text ?? json["data"]?["dataId"]?.text else {
          // Of custom objects some answers hold no id; the look-up by external id finds it.
          return .unknown(reason: "no dataId")
        }
        return .written(id: id)
      case .refused(let refusal): return .refused(refusal)
      case .unknown(let reason): return .unknown(reason: reason)
      }
    }
  }

  private func creation(of record: RemoteRecord, _ object: String) -> JSON {
    var data = record.values
    data["dataObjectApiName"] = .string(object)
    if data["owner"] == nil, let pool = pools[object] { data[pool.field] = .string(pool.id) }
    var content: [String: JSON] = [:]
    if let order = data.removeValue(forKey: "OrderPaymentObj/order_id") {
      let amount = data["amount"] ?? data["payment_amount"] ?? .null
      content["details"] = ["OrderPaymentObj": [["order_id": order, "amount": amount]]]
    }
    joinRelated(&data)
    content["object_data"] = .object(data)
    return [
      "triggerApprovalFlow": false, "triggerWorkFlow": false,
      "hasSpecifyTime": .bool(data["create_time"] != nil),
      "hasSpecifyCreatedBy": .bool(data["created_by"] != nil), "data": .object(content),
    ]
  }

  /// Brings the links of an activity into the one field that holds them.
  private func joinRelated(_ data: inout [String: JSON]) {
    let prefix = "related_object_data/"
    let links = data.keys.filter { $0.hasPrefix(prefix) }.sorted()
    guard !links.isEmpty else { return }
    data["related_object_data"] = .array(
      links.map { name in
        [
          "describe_api_name": .string(String(name.dropFirst(prefix.count))),
          "id": data[name] ?? .null,
        ]
      })
    for name in links { data[name] = nil }
  }

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    try await inFlight(records.count, atOnce: FxiaokeTable.callsInFlight) {
      (index) throws(StoreError) in
      var (record, result) = (records[index], CallResult.answer(.null))
      let owner = record.values.removeValue(forKey: "owner")
      record.values["OrderPaymentObj/order_id"] = nil
      if !record.values.isEmpty {
        joinRelated(&record.values)
        record.values["dataObjectApiName"] = .string(object)
        record.values["_id"] = .string(record.id)
        result = try await send(
          "\(prefix(object))/update", ["data": ["object_data": .object(record.values)]],
          repeats: true)
      }
      if case .answer = result, let owner, case .array = owner {
        result = try await change(owner: owner, of: record.id, object)
      }
      return result.forRecord(record.id)
    }
  }

  /// Owners are changed by a call of their own; what lies in a pool is taken out of it first.
  private func change(
    owner: JSON, of id: String, _ object: String
  ) async throws(StoreError) -> CallResult {
    let body: JSON = [
      "data": [
        "dataObjectApiName": .string(object),
        "Data": [["objectDataId": .string(id), "ownerId": owner]],
      ]
    ]
    let path = "\(prefix(object))/changeOwner"
    let result = try await send(path, body, repeats: true)
    guard case .refused = result, ["AccountObj", "LeadsObj"].contains(object) else { return result }
    let choice: JSON = ["data": ["apiName": .string(object), "objectIds": [.string(id)]]]
    guard case .answer = try await send("\(prefix(object))/choose", choice, repeats: true) else {
      return result
    }
    return try await send(path, body, repeats: true)
  }

  /// Voids each record, then deletes what is void.
  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    let voided = try await inFlight(ids.count, atOnce: FxiaokeTable.callsInFlight) {
      (index) throws(StoreError) in
      try await send(
        "\(prefix(object))/invalid",
        [
          "data": [
            "dataObjectApiName": .string(object), "object_data_id": .string(ids[index]),
          ]
        ], repeats: true)
    }
    let sure = ids.indices.filter { if case .answer = voided[$0] { true } else { false } }
    var results = voided.indices.map { voided[$0].forRecord(ids[$0]) }
    if case .refused(let refusal) = try await delete(sure.map { ids[$0] }, object) {
      for index in sure { results[index] = .refused(refusal) }
    }
    // Refused: gone already, or void since a run was cut off between the two calls.
    for index in results.indices {
      guard case .refused = results[index] else { continue }
      if case .answer = try await delete([ids[index]], object) {
        results[index] = .written(id: ids[index])
        continue
      }
      var query = RemoteQuery(object: object, fields: [])
      query.filter = ("_id", [ids[index]])
      if try await page(query).records.isEmpty { results[index] = .written(id: ids[index]) }
    }
    return results
  }

  private func delete(_ ids: [String], _ object: String) async throws(StoreError) -> CallResult {
    guard !ids.isEmpty else { return .answer(.null) }
    let data: JSON = [
      "dataObjectApiName": .string(object), "idList": .array(ids.map { .string($0) }),
    ]
    return try await send("\(prefix(object))/delete", ["data": data], repeats: true)
  }
}
