extension FxiaokeDouble {
  func id(_ given: WireValue?) throws(Refusal) -> String {
    guard let id = given?.string, !id.isEmpty else { throw Refusal(32000, "数据ID为必填项") }
    return id
  }

  func ids(_ given: WireValue?) throws(Refusal) -> [String] {
    guard let ids = given?.strings, !ids.isEmpty, ids.count <= 100 else {
      throw Refusal(32000, "idList须为1到100个数据ID")
    }
    return ids
  }

  /// Details go with their master.
  private func details(of object: FxiaokeObject, _ id: String) -> [(String, DoubleRecord)] {
    FxiaokeObject.all.values.flatMap { detail -> [(String, DoubleRecord)] in
      guard let master = detail.master, master.target == object.name else { return [] }
      return (tables[detail.name]?.all ?? []).filter { $0.values[master.name] == .string(id) }
        .map { (detail.name, $0) }
    }
  }

  private mutating func mark(_ object: FxiaokeObject, _ id: String, isGone: Bool) {
    for (name, found) in [(object.name, tables[object.name]?[id])]
      + details(of: object, id).map({ ($0.0, Optional($0.1)) })
    {
      guard var record = found else { continue }
      record.isGone = isGone
      tables[name]?.put(record)
    }
  }

  mutating func void(_ object: FxiaokeObject, _ ids: [String]) throws(Refusal) -> WireValue {
    for id in ids {
      let record = try record(object, id)
      guard !record.isGone else { throw Refusal(32000, "数据已作废") }
      guard record.values["lock_status"] != "1" else { throw Refusal(32000, "数据已锁定") }
    }
    for id in ids { mark(object, id, isGone: true) }
    return [:]
  }

  mutating func recover(_ object: FxiaokeObject, _ ids: [String]) throws(Refusal) -> WireValue {
    for id in ids where !(try record(object, id).isGone) {
      throw Refusal(32000, "数据未作废")
    }
    for id in ids { mark(object, id, isGone: false) }
    return [:]
  }

  /// Only void records can be deleted.
  mutating func delete(_ object: FxiaokeObject, _ ids: [String]) throws(Refusal) -> WireValue {
    for id in ids where !(try record(object, id).isGone) {
      throw Refusal(32000, "数据未作废，不能删除")
    }
    for id in ids {
      for (name, detail) in details(of: object, id) { tables[name]?.remove(detail.id) }
      tables[object.name]?.remove(id)
    }
    return [:]
  }

  mutating func changeOwner(
    _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    guard let changes = call.data["Data"]?.list, !changes.isEmpty else {
      throw Refusal(32000, "Data为必填项")
    }
    for change in changes {
      let record = try record(object, try id(change["objectDataId"]))
      try checkOwned(record, object)
      try put(record, object, owner: change["ownerId"], call)
    }
    return [:]
  }

  private mutating func put(
    _ record: DoubleRecord, _ object: FxiaokeObject, owner: WireValue?, _ call: FxiaokeCall
  ) throws(Refusal) {
    let given = owner?.strings?.first
    let id = call.caller.usesOpenIDs ? given.flatMap(FxiaokeTokens.employee) : given
    guard let id, let number = Int(id), settings.employees.indices.contains(number - 1000) else {
      throw Refusal(32000, "负责人不存在")
    }
    var record = record
    record.values["owner"] = [.string(id)]
    record.changedAt = call.call.now
    tables[object.name]?.put(record)
  }
}

// MARK: - Pools, locks

extension FxiaokeDouble {
  private func pooled(_ object: FxiaokeObject) throws(Refusal) {
    guard object.hasPool else { throw Refusal(32000, "对象[\(object.name)]没有公海") }
  }

  /// The caller takes records out of the pool.
  mutating func choose(
    _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    try pooled(object)
    for id in try ids(call.data["objectIds"]) {
      var record = try record(object, id)
      guard record.values["owner"] == nil else { throw Refusal(32000, "数据已有负责人") }
      record.values["owner"] = [.string(call.caller.employee)]
      tables[object.name]?.put(record)
    }
    return [:]
  }

  mutating func allocate(
    _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    try pooled(object)
    guard call.data["objectPoolId"]?.string != nil,
      let owner = call.data["ownerOpenUserId"]?.string
    else { throw Refusal(32000, "objectPoolId、ownerOpenUserId为必填项") }
    for id in try ids(call.data["objectIds"]) {
      try put(try record(object, id), object, owner: [.string(owner)], call)
    }
    return [:]
  }

  mutating func giveBack(
    _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    try pooled(object)
    guard let pool = call.data["objectPoolId"]?.string, call.data["backReason"]?.string != nil
    else {
      throw Refusal(32000, "objectPoolId、backReason为必填项")
    }
    for id in try ids(call.data["objectIds"]) {
      var record = try record(object, id)
      record.values["owner"] = nil
      record.values[object.name == "AccountObj" ? "high_seas_id" : "leads_pool_id"] = .string(pool)
      tables[object.name]?.put(record)
    }
    return [:]
  }

  mutating func lock(_ call: FxiaokeCall, _ isLocked: Bool) throws(Refusal) -> WireValue {
    let object = try object(call.data["dataObjectApiName"]?.string)
    for id in try ids(call.data["dataIds"]) {
      var record = try record(object, id)
      record.values["lock_status"] = isLocked ? "1" : "0"
      tables[object.name]?.put(record)
    }
    return [:]
  }
}

// MARK: - Describe

extension FxiaokeDouble {
  var objectList: WireValue {
    let objects = FxiaokeObject.all.values.sorted { $0.name < $1.name }
    let retired: WireValue = [
      "describeApiName": "OpportunityObj", "describeDisplayName": "商机", "defineType": "package",
      "isActive": false,
    ]
    return .list(
      objects.map { object in
        [
          "describeApiName": .string(object.name), "describeDisplayName": .string(object.label),
          "defineType": .string(object.isCustom ? "custom" : "package"), "isActive": true,
        ]
      } + [retired])
  }

  func describe(_ call: FxiaokeCall) throws(Refusal) -> WireValue {
    let object = try object((call.data["apiName"] ?? call.body["apiName"])?.string)
    return [
      "data": [
        "describe": [
          "api_name": .string(object.name), "display_name": .string(object.label),
          "is_active": true, "define_type": .string(object.isCustom ? "custom" : "package"),
          "fields": .object(object.fields.mapValues(\.description)),
        ]
      ]
    ]
  }
}
