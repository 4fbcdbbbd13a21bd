extension OdooDouble {
  mutating func search(
    _ method: String, _ model: OdooModel, _ words: [String: WireValue], _ call: ProductCall
  ) throws(OdooFault) -> WireValue {
    var domain = words["domain"]?.list ?? []
    if method == "name_search", let name = words["name"] { domain.append(["name", "ilike", name]) }
    if model.fields["active"] != nil, words["context"]?["active_test"] != false,
      !domain.contains(where: { $0[0] == "active" })
    {
      domain.append(["active", "=", true])
    }
    let parsed = try OdooDomain(domain, model)
    var found = (tables[model.name]?.all ?? []).filter { record in
      parsed.fits { value(of: record, $0, model) }
    }
    found = tables[model.name]?.found(found, at: call.now) ?? []
    if method == "search_count" { return WireValue(found.count) }
    try sort(&found, words["order"]?.string, model)
    let offset = words["offset"]?.integer ?? 0
    let limit = words["limit"]?.integer ?? (method == "name_search" ? 100 : 0)
    let page = found.dropFirst(offset).prefix(limit == 0 ? Int.max : limit)
    switch method {
    case "search": return .list(page.map { .number($0.id) })
    case "name_search":
      return .list(page.map { [.number($0.id), .string(label($0, model))] })
    default:
      let names = try names(words["fields"], model)
      return .list(page.map { shown($0, model, names) })
    }
  }

  private func sort(
    _ found: inout [DoubleRecord], _ order: String?, _ model: OdooModel
  ) throws(OdooFault) {
    for part in (order ?? "id").split(separator: ",").reversed() {
      let words = part.split(separator: " ")
      guard let name = words.first.map(String.init), model.fields[name] != nil else {
        throw .value("Invalid field in order '\(order ?? "")'")
      }
      let falls = words.count > 1 && words[1].lowercased() == "desc"
      found.sort {
        let (left, right) = (value(of: $0, name, model), value(of: $1, name, model))
        return falls ? OdooDomain.precedes(right, left) : OdooDomain.precedes(left, right)
      }
    }
  }

  /// The fields to show; none named means all.
  func names(_ given: WireValue?, _ model: OdooModel) throws(OdooFault) -> [String] {
    let names = given?.strings ?? []
    for name in names where model.fields[name] == nil {
      throw .value("Invalid field '\(name)' on '\(model.name)'")
    }
    return names.isEmpty ? Array(model.fields.keys) : names
  }

  /// A stored or computed value; `false` where it is empty, links as bare ids.
  func value(of record: DoubleRecord, _ name: String, _ model: OdooModel) -> WireValue {
    switch name {
    case "id": return .number(record.id)
    case "display_name": return .string(label(record, model))
    case "create_date": return .string(CivilTime.plainText(record.createdAt))
    case "write_date": return .string(CivilTime.plainText(record.changedAt))
    case "create_uid": return 2
    default: break
    }
    guard let field = model.fields[name] else { return false }
    if field.kind == .one2many, let other = field.relation, let inverse = field.inverse {
      let lines = (tables[other]?.all ?? []).filter { $0.values[inverse] == .number(record.id) }
      return .list(lines.map { .number($0.id) })
    }
    let isNumber = [.integer, .float, .monetary].contains(field.kind)
    return record.values[name] ?? (isNumber ? 0 : field.kind == .many2many ? [] : false)
  }

  private func label(_ record: DoubleRecord, _ model: OdooModel) -> String {
    record.values["name"]?.string ?? record.values["model"]?.string ?? "\(model.name),\(record.id)"
  }

  /// A record as answers show it: a link as id and name or, where it is plain, as id alone.
  func shown(
    _ record: DoubleRecord, _ model: OdooModel, _ names: [String], isPlain: Bool = false
  ) -> WireValue {
    var out: [String: WireValue] = ["id": .number(record.id)]
    for name in names {
      let plain = value(of: record, name, model)
      if !isPlain, model.fields[name]?.kind == .many2one, let id = plain.integer,
        let target = model.fields[name]?.relation.flatMap({ OdooModel.all[$0] }),
        let other = tables[target.name]?[String(id)]
      {
        out[name] = [plain, .string(label(other, target))]
      } else {
        out[name] = plain
      }
    }
    return .object(out)
  }
}

/// A condition in Polish notation, `["|", ["a", "=", 1], ["b", "in", [1, 2]]]`.
indirect enum OdooDomain: Hashable, Sendable {
  case all([OdooDomain])
  case any(OdooDomain, OdooDomain)
  case not(OdooDomain)
  case test(field: String, comparison: String, value: WireValue)

  private static let comparisons: Set<String> = [
    "=", "!=", ">", ">=", "<", "<=", "in", "not in", "like", "ilike", "=like", "=ilike",
  ]

  init(_ domain: [WireValue], _ model: OdooModel) throws(OdooFault) {
    var rest = domain[...]
    var parts: [OdooDomain] = []
    while !rest.isEmpty { parts.append(try Self.next(&rest, model)) }
    self = .all(parts)
  }

  private static func next(
    _ rest: inout ArraySlice<WireValue>, _ model: OdooModel
  ) throws(OdooFault) -> OdooDomain {
    guard let first = rest.popFirst() else { throw .value("a domain ends too early") }
    switch first {
    case "&": return .all([try next(&rest, model), try next(&rest, model)])
    case "|": return .any(try next(&rest, model), try next(&rest, model))
    case "!": return .not(try next(&rest, model))
    default: break
    }
    guard let field = first[0]?.string, let comparison = first[1]?.string, let value = first[2],
      comparisons.contains(comparison)
    else { throw .value("Invalid leaf \(first)") }
    guard model.fields[field] != nil else {
      throw .value("Invalid field \(model.name).\(field) in leaf")
    }
    return .test(field: field, comparison: comparison, value: value)
  }

  func fits(_ value: (String) -> WireValue) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.fits(value) }
    case .any(let left, let right): left.fits(value) || right.fits(value)
    case .not(let part): !part.fits(value)
    case .test(let field, let comparison, let wanted):
      Self.fits(value(field), comparison, wanted)
    }
  }

  private static func fits(_ found: WireValue, _ comparison: String, _ wanted: WireValue) -> Bool {
    let isIn = { (list: WireValue) in (list.list ?? [list]).contains { same(found, $0) } }
    let text = found.string ?? ""
    let part = (wanted.string ?? "").filter { $0 != "%" }
    return switch comparison {
    case "=": same(found, wanted)
    case "!=": !same(found, wanted)
    case "in": isIn(wanted)
    case "not in": !isIn(wanted)
    case ">": precedes(wanted, found)
    case ">=": !precedes(found, wanted)
    case "<": precedes(found, wanted)
    case "<=": !precedes(wanted, found)
    case "like", "=like": text.contains(part)
    default: text.lowercased().contains(part.lowercased())
    }
  }

  private static func same(_ left: WireValue, _ right: WireValue) -> Bool {
    if case .number(let one) = left, case .number(let other) = right {
      return Double(one) == Double(other)
    }
    return left == right || right == .null && left == false
  }

  static func precedes(_ left: WireValue, _ right: WireValue) -> Bool {
    if case .number(let one) = left, case .number(let other) = right {
      return (Double(one) ?? 0) < (Double(other) ?? 0)
    }
    return (left.string ?? "") < (right.string ?? "")
  }
}
