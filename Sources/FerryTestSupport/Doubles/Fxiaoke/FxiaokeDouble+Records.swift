extension FxiaokeDouble {
  /// Does what a path stands for.
  mutating func perform(
    _ action: FxiaokeAction, _ body: WireValue, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    switch action {
    case .token, .oldToken, .employee: [:]
    case .employees: ["userList": .list(settings.employees.indices.map { person($0) })]
    case .listObjects: ["data": ["objects": objectList]]
    case .describe: try describe(call)
    case .lock(let isLocked): try lock(call, isLocked)
    case .records(let verb, let isCustom): try perform(verb, isCustom: isCustom, call)
    }
  }

  private mutating func perform(
    _ verb: FxiaokeAction.Verb, isCustom: Bool, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    let named =
      call.data["object_data"]?["dataObjectApiName"] ?? call.data["dataObjectApiName"]
      ?? call.data["apiName"]
    let object = try object(named?.string)
    // The light query is for objects of both kinds.
    guard object.isCustom == isCustom || verb == .findSimple else {
      throw Refusal(32000, "对象[\(object.name)]不能使用该接口")
    }
    switch verb {
    case .create: return try create(object, call)
    case .get: return try get(object, call)
    case .query, .findSimple: return try query(object, verb, call)
    case .update: return try update(object, call)
    case .invalid: return try void(object, [try id(call.data["object_data_id"])])
    case .invalidMany:
      // For administrators of the CRM alone.
      guard call.caller.employee == "1000" else { throw Refusal(32000, "Bad Request") }
      return try void(object, try ids(call.data["idList"]))
    case .delete: return try delete(object, try ids(call.data["idList"]))
    case .recover: return try recover(object, try ids(call.data["idList"]))
    case .changeOwner: return try changeOwner(object, call)
    case .choose: return try choose(object, call)
    case .allocate: return try allocate(object, call)
    case .back: return try giveBack(object, call)
    }
  }

  func object(_ name: String?) throws(Refusal) -> FxiaokeObject {
    guard let name, let object = FxiaokeObject.all[name] else {
      throw Refusal(15002, "对象[\(name ?? "")]不存在")
    }
    return object
  }

  /// A record that is there, void or not.
  func record(_ object: FxiaokeObject, _ id: String) throws(Refusal) -> DoubleRecord {
    guard let record = tables[object.name]?[id] else { throw Refusal(32000, "数据[\(id)]不存在") }
    return record
  }
}

// MARK: - Create, get, update

extension FxiaokeDouble {
  private mutating func create(
    _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    guard object.name != "PersonnelObj" else { throw Refusal(32000, "人员不能通过该接口新建") }
    guard object.master == nil else { throw Refusal(32000, "从对象须随主对象新建") }
    let values = try checked(object, call.data["object_data"], call, isNew: true)
    // The details are checked before anything is stored: a create is whole or not at all.
    let details = try details(of: object, call)
    let id = store(object, values, call)
    var detailIDs: [String: WireValue] = [:]
    for (detail, records) in details {
      detailIDs[detail.name] = WireValue(
        records.map { record in store(detail, record, under: id, call) })
    }
    var answer: WireValue = ["dataId": .string(id)]
    if call.isOn("includeDetailIds", default: false) { answer["detailIds"] = .object(detailIDs) }
    return answer
  }

  private mutating func store(
    _ object: FxiaokeObject, _ values: [String: WireValue], under master: String? = nil,
    _ call: FxiaokeCall
  ) -> String {
    let id = newID()
    var values = values
    if let master, let field = object.master { values[field.name] = .string(master) }
    if values["owner"] == nil, !object.hasPool { values["owner"] = [.string(call.caller.employee)] }
    if values["name"] == nil { values["name"] = .string("NO-\(id.suffix(8))") }
    let known: [String: WireValue] = [
      "create_time": WireValue(call.call.now), "created_by": [.string(call.caller.employee)],
      "record_type": "default__c", "life_status": "normal", "lock_status": "0",
    ]
    values.merge(known) { given, _ in given }
    tables[object.name]?.put(DoubleRecord(id: id, values: values, call.call))
    return id
  }

  private func details(
    of object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> [(FxiaokeObject, [[String: WireValue]])] {
    guard let given = call.data["details"] else { return [] }
    guard let lists = given.object else { throw Refusal(32000, "details格式错误") }
    var out: [(FxiaokeObject, [[String: WireValue]])] = []
    for (name, list) in lists.sorted(by: { $0.key < $1.key }) {
      let detail = try self.object(name)
      guard detail.master?.target == object.name, let records = list.list else {
        throw Refusal(32000, "[\(name)]不是[\(object.name)]的从对象")
      }
      var checkedRecords: [[String: WireValue]] = []
      for record in records {
        checkedRecords.append(try checked(detail, record, call, isNew: true))
      }
      out.append((detail, checkedRecords))
    }
    return out
  }

  private func get(_ object: FxiaokeObject, _ call: FxiaokeCall) throws(Refusal) -> WireValue {
    let record = try record(object, try id(call.data["objectDataId"]))
    return ["data": shown(record, object, call, only: nil)]
  }

  private mutating func update(
    _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    var record = try record(object, try id(call.data["object_data"]?["_id"]))
    guard !record.isGone else { throw Refusal(32000, "数据已作废") }
    try checkOwned(record, object)
    guard record.values["lock_status"] != "1" else { throw Refusal(32000, "数据已锁定") }
    guard call.data["object_data"]?["owner"] == nil else {
      throw Refusal(32000, "负责人只能通过更换负责人接口修改")
    }
    let changes = try checked(object, call.data["object_data"], call, isNew: false)
    guard call.data["details"] == nil else { throw Refusal(32000, "不支持更新从对象") }
    for (name, value) in changes {
      record.values[name] = value == .null || value == "" ? nil : value
    }
    record.changedAt = call.call.now
    tables[object.name]?.put(record)
    return [:]
  }

  /// Records of a pool have no owner, and may not be touched until somebody takes them.
  func checkOwned(_ record: DoubleRecord, _ object: FxiaokeObject) throws(Refusal) {
    guard !object.hasPool || record.values["owner"] != nil else {
      throw Refusal(32000, "无此操作的数据权限")
    }
  }
}

// MARK: - Checks

extension FxiaokeDouble {
  /// The fields of a record that is written, as they will be kept.
  private func checked(
    _ object: FxiaokeObject, _ given: WireValue?, _ call: FxiaokeCall, isNew: Bool
  ) throws(Refusal) -> [String: WireValue] {
    guard let members = given?.object else { throw Refusal(32000, "object_data为必填项") }
    var out: [String: WireValue] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if ["dataObjectApiName", "object_describe_api_name"].contains(name) { continue }
      if name == "_id", !isNew { continue }
      guard let field = try field(name, object, members) else {
        out[name] = value
        continue
      }
      if value == .null {
        if field.isRequired { throw Refusal(32000, "字段[\(field.label)]为必填项") }
        if !isNew { out[name] = .null }
        continue
      }
      if !isNew, value == "", !field.isRequired {
        out[name] = value
        continue
      }
      out[name] = try checked(value, field, object, call)
    }
    try checkUnique(out, object, besides: members["_id"]?.string)
    return isNew ? try completed(out, object, call) : out
  }

  /// The field behind a name; `nil` where the name is the free text beside a list.
  private func field(
    _ name: String, _ object: FxiaokeObject, _ members: [String: WireValue]
  ) throws(Refusal) -> FxiaokeField? {
    if name.hasSuffix("__o"), let list = object.fields[String(name.dropLast(3))],
      list.options.contains(where: { $0.value == "other" })
    {
      return nil
    }
    guard let field = object.fields[name] else { throw Refusal(32000, "字段[\(name)]不存在") }
    guard !field.isReadOnly else { throw Refusal(32000, "字段[\(field.label)]只读") }
    return field
  }

  private func checked(
    _ value: WireValue, _ field: FxiaokeField, _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    guard field.isWellFormed(value), !(field.isRequired && value == "") else {
      throw Refusal(32000, "字段[\(field.label)]格式错误")
    }
    switch field.kind {
    case .employee: return WireValue(try employees(value.strings ?? [], field, call))
    case .reference, .masterDetail:
      try checkLink(field.target ?? "", value.string ?? "", field, object)
    case .related:
      for link in value.list ?? [] {
        try checkLink(
          link["describe_api_name"]?.string ?? "", link["id"]?.string ?? "", field, object)
      }
    default: break
    }
    return field.kept(value)
  }

  private func employees(
    _ given: [String], _ field: FxiaokeField, _ call: FxiaokeCall
  ) throws(Refusal) -> [String] {
    var ids: [String] = []
    for text in given {
      let id = call.caller.usesOpenIDs ? FxiaokeTokens.employee(text) : text
      guard let id, let number = Int(id), settings.employees.indices.contains(number - 1000) else {
        throw Refusal(32000, "字段[\(field.label)]的员工[\(text)]不存在")
      }
      ids.append(id)
    }
    return ids
  }

  private func checkLink(
    _ target: String, _ id: String, _ field: FxiaokeField, _ object: FxiaokeObject
  ) throws(Refusal) {
    guard let record = tables[target]?[id], !record.isGone else {
      throw Refusal(201_112_011, "数据[\(id)]的字段[\(field.label)]关联关系不存在")
    }
  }

  private func checkUnique(
    _ values: [String: WireValue], _ object: FxiaokeObject, besides id: String?
  ) throws(Refusal) {
    guard settings.keepsKeysUnique else { return }
    for field in object.fields.values where field.isUnique {
      guard let value = values[field.name], value != "",
        let holders = tables[object.name]?.holding([value], in: field.name),
        holders.contains(where: { $0.id != id })
      else { continue }
      throw Refusal(32000, "字段[\(field.label)]的值已存在")
    }
  }

  /// What a new record needs: required fields there, history only where it was asked for.
  private func completed(
    _ values: [String: WireValue], _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> [String: WireValue] {
    for field in object.fields.values.sorted(by: { $0.name < $1.name })
    where field.isRequired && field.kind != .masterDetail && values[field.name] == nil {
      throw Refusal(32000, "字段[\(field.label)]为必填项")
    }
    var values = values
    if !call.isOn("hasSpecifyTime", default: false) { values["create_time"] = nil }
    if !call.isOn("hasSpecifyCreatedBy", default: false) { values["created_by"] = nil }
    return values
  }
}
