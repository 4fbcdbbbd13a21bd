extension OdooDouble {
  mutating func perform(
    _ modelName: String, _ method: String, _ words: [String: WireValue], _ call: ProductCall
  ) throws(OdooFault) -> WireValue {
    guard let model = OdooModel.all[modelName] else {
      throw .missing("the model '\(modelName)' does not exist")
    }
    guard let known = OdooMethod.positional[method] else {
      throw .missing("the method '\(modelName).\(method)' does not exist")
    }
    for name in words.keys where !known.contains(name) && name != "context" && name != "ids" {
      throw .user("\(method)() got an unexpected keyword argument '\(name)'")
    }
    let ids = try ids(words["ids"], model)
    switch method {
    case "create": return try create(model, words["vals_list"]?.list, call)
    case "write":
      guard let values = words["vals"]?.object else { throw .user("missing argument 'vals'") }
      for id in ids { try write(model, id, values, call) }
      return true
    case "unlink":
      for id in ids { try unlink(model, id) }
      return true
    case "read":
      let names = try names(words["fields"], model)
      let isPlain = words["load"] == "_classic_write"
      return .list(
        ids.compactMap { id in
          tables[model.name]?[id].map { shown($0, model, names, isPlain: isPlain) }
        })
    case "search", "search_read", "search_count", "name_search":
      return try search(method, model, words, call)
    case "load": return try load(model, words, call)
    case "fields_get":
      let wanted = words["attributes"]?.strings
      return .object(
        model.fields.mapValues { field in
          .object((field.description.object ?? [:]).filter { wanted?.contains($0.key) ?? true })
        })
    case "message_post":
      guard let id = ids.first, ids.count == 1 else { throw .value("Expected singleton") }
      let message = store(
        "mail.message",
        [
          "model": .string(model.name), "res_id": .number(id), "body": words["body"] ?? "",
          "message_type": words["message_type"] ?? "notification",
        ], call)
      return [WireValue(message)]
    case "context_get": return ["lang": "en_US", "tz": "Asia/Shanghai"]
    default: return try act(method, model, ids)
    }
  }

  private func ids(_ given: WireValue?, _ model: OdooModel) throws(OdooFault) -> [String] {
    let list = given?.list ?? given.map { [$0] } ?? []
    var ids: [String] = []
    for one in list {
      guard let id = one.integer else { throw .value("ids must be integers") }
      guard tables[model.name]?[String(id)] != nil else {
        throw .missing("Record does not exist or has been deleted. (Record: \(model.name)(\(id),))")
      }
      ids.append(String(id))
    }
    return ids
  }

  /// Odoo's buttons: an order is confirmed, a payment posted.
  private mutating func act(
    _ method: String, _ model: OdooModel, _ ids: [String]
  ) throws(OdooFault) -> WireValue {
    let states = [
      "sale.order action_confirm": "sale", "sale.order action_cancel": "cancel",
      "account.payment action_post": "paid", "account.payment action_cancel": "canceled",
    ]
    guard let state = states["\(model.name) \(method)"] else {
      throw .missing("the method '\(model.name).\(method)' does not exist")
    }
    for id in ids {
      guard var record = tables[model.name]?[id] else { continue }
      record.values["state"] = .string(state)
      tables[model.name]?.put(record)
    }
    return true
  }
}

// MARK: - Writing

extension OdooDouble {
  private mutating func create(
    _ model: OdooModel, _ list: [WireValue]?, _ call: ProductCall
  ) throws(OdooFault) -> WireValue {
    guard let list else { throw .user("missing argument 'vals_list'") }
    var ids: [WireValue] = []
    for values in list {
      guard let values = values.object else { throw .value("a record must be an object") }
      ids.append(WireValue(try create(model, values, call)))
    }
    return .list(ids)
  }

  mutating func create(
    _ model: OdooModel, _ given: [String: WireValue], _ call: ProductCall
  ) throws(OdooFault) -> Int {
    var values: [String: WireValue] = [:]
    if model.fields["active"] != nil { values["active"] = true }
    if model.fields["state"] != nil { values["state"] = "draft" }
    if model.name == "crm.lead" {
      values["type"] = "lead"
      values["stage_id"] = 1
    }
    let lines = try apply(given, to: &values, model)
    for field in model.fields.values.sorted(by: { $0.name < $1.name })
    where field.isRequired && values[field.name] == nil {
      throw .user("Missing required value for the field '\(field.label)' (\(field.name))")
    }
    let id = store(model.name, values, call)
    if model.name == "sale.order", values["name"] == nil {
      values["name"] = .string("S\(10_000 + id)")
      tables[model.name]?.put(DoubleRecord(id: String(id), values: values, call))
    }
    try add(lines, to: id, call)
    return id
  }

  mutating func write(
    _ model: OdooModel, _ id: String, _ given: [String: WireValue], _ call: ProductCall
  ) throws(OdooFault) {
    guard var record = tables[model.name]?[id] else { return }
    let lines = try apply(given, to: &record.values, model)
    for name in given.keys
    where model.fields[name]?.isRequired == true && record.values[name] == nil {
      throw .user("Missing required value for the field '\(name)'")
    }
    record.changedAt = call.now
    tables[model.name]?.put(record)
    try add(lines, to: Int(id) ?? 0, call)
  }

  /// Checks values and puts them in; gives back the lines that come with them.
  private func apply(
    _ given: [String: WireValue], to values: inout [String: WireValue], _ model: OdooModel
  ) throws(OdooFault) -> [(OdooField, WireValue)] {
    var lines: [(OdooField, WireValue)] = []
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard let field = model.fields[name] else {
        throw .value("Invalid field '\(name)' in '\(model.name)'")
      }
      // Times of creation and change can't be set: they are passed over in silence.
      if ["create_date", "write_date", "create_uid", "id"].contains(name) { continue }
      if field.kind == .one2many || field.kind == .many2many && value[0]?[0]?.integer == 0 {
        lines.append((field, value))
        continue
      }
      values[name] = try kept(value, field, model)
    }
    return lines
  }

  /// Commands `[0, 0, values]` create lines; others are not known to the double.
  private mutating func add(
    _ lines: [(OdooField, WireValue)], to id: Int, _ call: ProductCall
  ) throws(OdooFault) {
    for (field, commands) in lines {
      guard let model = OdooModel.all[field.relation ?? ""], let inverse = field.inverse else {
        throw .value("Wrong value for \(field.name)")
      }
      for command in commands.list ?? [] {
        guard command[0] == 0, var values = command[2]?.object else {
          throw .value("Wrong command for \(field.name)")
        }
        values[inverse] = WireValue(id)
        _ = try create(model, values, call)
      }
    }
  }

  /// The value as it is kept; `nil` where it is empty.
  func kept(
    _ value: WireValue, _ field: OdooField, _ model: OdooModel
  ) throws(OdooFault) -> WireValue? {
    if value == false || value == .null { return field.kind == .boolean ? false : nil }
    let wrong = OdooFault.value("Wrong value for \(model.name).\(field.name): \(value)")
    switch field.kind {
    case .char, .text:
      guard let text = value.string else { throw wrong }
      return text.isEmpty ? nil : value
    case .boolean: return .bool(value != 0)
    case .integer:
      guard value.integer != nil else { throw wrong }
      return value
    case .float, .monetary:
      guard case .number = value else { throw wrong }
      return value
    case .date:
      guard let text = value.string, CivilTime.isDate(text) else { throw wrong }
      return value
    case .datetime:
      guard let text = value.string, text.count == 19, CivilTime.isDate(String(text.prefix(10))),
        CivilTime.secondsInDay(text.dropFirst(11)) != nil
      else { throw wrong }
      return value
    case .selection:
      guard let text = value.string, field.options.contains(text) else { throw wrong }
      return value
    case .many2one:
      guard let id = value.integer else { throw wrong }
      guard tables[field.relation ?? ""]?[String(id)] != nil else {
        throw .user(
          "The operation cannot be completed: another model requires the record being linked: \(field.name)"
        )
      }
      return value
    case .many2many:
      let ids = value[0]?[0] == 6 ? value[0]?[2]?.list : value.list
      guard let ids, ids.allSatisfy({ $0.integer != nil }) else { throw wrong }
      return .list(ids)
    case .one2many: throw wrong
    }
  }

  /// Links to the record become empty, or go with it, or hold it back.
  mutating func unlink(_ model: OdooModel, _ id: String) throws(OdooFault) {
    guard let number = Int(id) else { return }
    for other in OdooModel.all.values {
      for field in other.fields.values where field.kind == .many2one && field.relation == model.name
      {
        let holders = (tables[other.name]?.all ?? []).filter {
          $0.values[field.name] == WireValue(number)
        }
        for var holder in holders {
          if field.isRequired {
            guard other.name == "sale.order.line" else {
              throw .user(
                "The operation cannot be completed: another model requires the record being deleted"
              )
            }
            tables[other.name]?.remove(holder.id)
          } else {
            holder.values[field.name] = nil
            tables[other.name]?.put(holder)
          }
        }
      }
    }
    for record in tables["ir.model.data"]?.all ?? []
    where record.values["model"] == .string(model.name)
      && record.values["res_id"] == WireValue(number)
    {
      tables["ir.model.data"]?.remove(record.id)
    }
    tables[model.name]?.remove(id)
  }
}
