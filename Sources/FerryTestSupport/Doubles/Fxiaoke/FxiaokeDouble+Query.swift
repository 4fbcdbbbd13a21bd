extension FxiaokeDouble {
  /// The most records of one page, and the furthest offset.
  private static let largestPage = 100
  private static let furthestOffset = 10_000

  mutating func query(
    _ object: FxiaokeObject, _ verb: FxiaokeAction.Verb, _ call: FxiaokeCall
  ) throws(Refusal) -> WireValue {
    guard let info = call.data["search_query_info"], info.object != nil else {
      throw Refusal(32000, "search_query_info为必填项")
    }
    let limit = info["limit"]?.integer ?? 0
    let offset = info["offset"]?.integer ?? -1
    guard (1...Self.largestPage).contains(limit) else { throw Refusal(32000, "limit须为1到100") }
    guard offset <= Self.furthestOffset else {
      throw Refusal(10013, "offset out of range \(Self.furthestOffset)")
    }
    guard offset >= 0, offset % limit == 0 else { throw Refusal(32000, "offset须为limit的倍数") }
    let filters = try filters(info, object, call)
    let fitting = candidates(filters, object).filter { record in
      filters.allSatisfy { $0.fits(record) }
    }
    let matching = tables[object.name]?.found(fitting, at: call.call.now)
    let sorted = try sorted(matching ?? [], info, object)
    let names = (verb == .query ? info["fieldProjection"] : call.data["field_projection"])?.strings
    var data: WireValue = [
      "dataList": .list(
        sorted.dropFirst(offset).prefix(limit).map { shown($0, object, call, only: names) }),
      "limit": WireValue(limit), "offset": WireValue(offset),
    ]
    let isCounted = call.data["find_explicit_total_num"]?.bool ?? true
    data["total"] = WireValue(isCounted ? sorted.count : 0)
    return ["data": data]
  }

  /// The records that an index narrows the search to.
  private func candidates(_ filters: [FxiaokeFilter], _ object: FxiaokeObject) -> [DoubleRecord] {
    guard let table = tables[object.name] else { return [] }
    for filter in filters where filter.isOneOf {
      if filter.field == "_id" { return filter.values.sorted().compactMap { table[$0] } }
      if let found = table.holding(filter.values.map { .string($0) }, in: filter.field) {
        return found
      }
    }
    return table.all
  }

  private func filters(
    _ info: WireValue, _ object: FxiaokeObject, _ call: FxiaokeCall
  ) throws(Refusal) -> [FxiaokeFilter] {
    var out: [FxiaokeFilter] = []
    for given in info["filters"]?.list ?? [] {
      let filter = try FxiaokeFilter(given)
      guard filter.field == "_id" || object.fields[filter.field] != nil else {
        throw Refusal(32000, "筛选字段[\(filter.field)]不存在")
      }
      out.append(filter)
    }
    // Void records show up only for who asks for them.
    if !out.contains(where: { ["life_status", "is_deleted"].contains($0.field) }) {
      out.append(FxiaokeFilter(field: "life_status", comparison: .notEqual, values: ["invalid"]))
    }
    return out
  }

  private func sorted(
    _ records: [DoubleRecord], _ info: WireValue, _ object: FxiaokeObject
  ) throws(Refusal) -> [DoubleRecord] {
    var out = records.sorted { $0.id > $1.id }
    for order in (info["orders"]?.list ?? []).reversed() {
      guard let name = order["fieldName"]?.string, let rises = order["isAsc"]?.bool,
        name == "_id" || object.fields[name] != nil
      else { throw Refusal(32000, "orders格式错误") }
      out.sort {
        let (left, right) = (FxiaokeFilter.text($0, name), FxiaokeFilter.text($1, name))
        return rises
          ? FxiaokeFilter.precedes(left, right) : FxiaokeFilter.precedes(right, left)
      }
    }
    return out
  }

  /// A record as answers show it: what is not set is left out unless it was asked for.
  func shown(
    _ record: DoubleRecord, _ object: FxiaokeObject, _ call: FxiaokeCall, only names: [String]?
  ) -> WireValue {
    var out = record.values
    out["last_modified_time"] = WireValue(record.changedAt)
    if record.isGone { out["life_status"] = "invalid" }
    out["is_deleted"] = .bool(record.isGone)
    if call.caller.usesOpenIDs {
      for field in object.fields.values where field.kind == .employee {
        guard let ids = out[field.name]?.strings else { continue }
        out[field.name] = WireValue(ids.map { "FSUID_\($0)" })
      }
    }
    for field in object.fields.values where field.kind == .reference {
      guard let id = out[field.name]?.string, let target = field.target else { continue }
      out["\(field.name)__r"] = tables[target]?[id]?.values["name"]
    }
    if call.isOn("includeNull", default: false) {
      for name in object.fields.keys where out[name] == nil { out[name] = .null }
    }
    if let names { out = out.filter { names.contains($0.key) } }
    out["_id"] = .string(record.id)
    out["object_describe_api_name"] = .string(object.name)
    return .object(out)
  }
}

/// One condition of a query.
struct FxiaokeFilter: Hashable, Sendable {
  /// The operators of the sheet that the double knows.
  enum Comparison: String, Hashable, Sendable {
    case equal = "EQ"
    case notEqual = "N"
    case greater = "GT"
    case greaterOrEqual = "GTE"
    case less = "LT"
    case lessOrEqual = "LTE"
    case like = "LIKE"
    case notLike = "NLIKE"
    case isEmpty = "IS"
    case isSet = "ISN"
    case isOneOf = "IN"
    case isNoneOf = "NIN"
    case between = "BETWEEN"
    case starts = "STARTWITH"
    case ends = "ENDWITH"
    case hasAnyOf = "HASANYOF"
    case contains = "CONTAINS"
  }

  let field: String
  let comparison: Comparison
  let values: [String]

  init(field: String, comparison: Comparison, values: [String]) {
    self.field = field
    self.comparison = comparison
    self.values = values
  }

  init(_ given: WireValue) throws(FxiaokeDouble.Refusal) {
    guard let field = given["field_name"]?.string,
      let comparison = given["operator"]?.string.flatMap(Comparison.init(rawValue:))
    else { throw FxiaokeDouble.Refusal(32000, "filters格式错误") }
    guard let values = given["field_values"]?.strings else {
      throw FxiaokeDouble.Refusal(32000, "field_values须为字符串数组")
    }
    // A list of more values than one query may ask for (sheet, section 5).
    guard values.count <= 100 else { throw FxiaokeDouble.Refusal(32000, "field_values超过100个") }
    guard !values.isEmpty || comparison == .isEmpty || comparison == .isSet else {
      throw FxiaokeDouble.Refusal(32000, "field_values为必填项")
    }
    self.init(field: field, comparison: comparison, values: values)
  }

  /// Whether it asks for one of its values.
  var isOneOf: Bool { comparison == .equal || comparison == .isOneOf }

  func fits(_ record: DoubleRecord) -> Bool {
    let found = Self.texts(record, field)
    let first = values.first ?? ""
    let text = found.first ?? ""
    return switch comparison {
    case .equal, .isOneOf, .hasAnyOf: found.contains { values.contains($0) }
    case .notEqual, .isNoneOf: !found.contains { values.contains($0) }
    case .greater: !found.isEmpty && Self.precedes(first, text)
    case .greaterOrEqual: !found.isEmpty && !Self.precedes(text, first)
    case .less: !found.isEmpty && Self.precedes(text, first)
    case .lessOrEqual: !found.isEmpty && !Self.precedes(first, text)
    case .like, .contains: found.contains { $0.contains(first) }
    case .notLike: !found.contains { $0.contains(first) }
    case .isEmpty: found.isEmpty
    case .isSet: !found.isEmpty
    case .between:
      !found.isEmpty && !Self.precedes(text, first) && !Self.precedes(values.last ?? "", text)
    case .starts: text.hasPrefix(first)
    case .ends: text.hasSuffix(first)
    }
  }

  static func text(_ record: DoubleRecord, _ field: String) -> String {
    texts(record, field).first ?? ""
  }

  private static func texts(_ record: DoubleRecord, _ field: String) -> [String] {
    switch field {
    case "_id": return [record.id]
    case "last_modified_time": return [String(record.changedAt)]
    case "is_deleted": return [String(record.isGone)]
    case "life_status" where record.isGone: return ["invalid"]
    default: break
    }
    return switch record.values[field] {
    case .string(let text): [text]
    case .number(let digits): [digits]
    case .bool(let isTrue): [String(isTrue)]
    case .list(let list): list.compactMap(\.string)
    default: []
    }
  }

  /// Numbers by size, anything else by its text.
  static func precedes(_ left: String, _ right: String) -> Bool {
    guard let leftNumber = Double(left), let rightNumber = Double(right) else {
      return left < right
    }
    return leftNumber < rightNumber
  }
}
