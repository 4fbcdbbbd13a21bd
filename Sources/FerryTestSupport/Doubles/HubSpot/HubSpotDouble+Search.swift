extension HubSpotDouble {
  /// A search shows at most so many records in all.
  private static let furthestResult = 10_000

  mutating func search(
    _ object: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let body = try request.body()
    let limit = body["limit"]?.integer ?? 10
    let after = body["after"]?.string.flatMap { Int($0) } ?? body["after"]?.integer ?? 0
    guard (1...200).contains(limit) else { throw .validation("limit must be at most 200") }
    guard after + limit <= Self.furthestResult else {
      throw .validation("Requests for more than 10,000 results are not supported")
    }
    let groups = try filterGroups(body, object)
    let fitting = (tables[object.name]?.all ?? []).filter { record in
      !record.isGone && (groups.isEmpty || groups.contains { $0.allSatisfy { $0.fits(record) } })
    }
    var found = tables[object.name]?.found(fitting, at: request.call.now) ?? []
    if let sort = body["sorts"]?[0] {
      let name = sort["propertyName"]?.string ?? sort.string ?? ""
      let falls = sort["direction"] == "DESCENDING"
      found.sort {
        let (left, right) = ($0.values[name]?.string ?? $0.id, $1.values[name]?.string ?? $1.id)
        return falls ? HubSpotFilter.precedes(right, left) : HubSpotFilter.precedes(left, right)
      }
    }
    let names = body["properties"]?.strings ?? []
    var out: WireValue = [
      "total": WireValue(found.count),
      "results": .list(found.dropFirst(after).prefix(limit).map { shown($0, object, names) }),
    ]
    if found.count > after + limit {
      out["paging"] = ["next": ["after": .string(String(after + limit))]]
    }
    return HTTPResponse(json: out)
  }

  private func filterGroups(
    _ body: WireValue, _ object: HubSpotObject
  ) throws(HubSpotRefusal) -> [[HubSpotFilter]] {
    let groups = body["filterGroups"]?.list ?? []
    let all = groups.flatMap { $0["filters"]?.list ?? [] }
    guard groups.count <= 6, all.count <= 18,
      groups.allSatisfy({ ($0["filters"]?.list?.count ?? 0) <= 6 })
    else { throw .validation("At most 6 filter groups of 6 filters, 18 in all") }
    guard (body["query"]?.string ?? "").count <= 3000 else {
      throw .validation("query is too long")
    }
    var out: [[HubSpotFilter]] = []
    for group in groups {
      var filters: [HubSpotFilter] = []
      for given in group["filters"]?.list ?? [] {
        let filter = try HubSpotFilter(given)
        guard property(object, filter.name) != nil else {
          throw .validation("There was a problem with the request: no property \(filter.name)")
        }
        filters.append(filter)
      }
      out.append(filters)
    }
    return out
  }
}

/// One condition of a search; texts are compared in lower case.
struct HubSpotFilter: Hashable, Sendable {
  private static let operators: Set<String> = [
    "BETWEEN", "CONTAINS_TOKEN", "EQ", "GT", "GTE", "HAS_PROPERTY", "IN", "LT", "LTE", "NEQ",
    "NOT_CONTAINS_TOKEN", "NOT_HAS_PROPERTY", "NOT_IN",
  ]

  let name: String
  private let comparison: String
  private let value: String
  private let highValue: String
  private let values: [String]

  init(_ given: WireValue) throws(HubSpotRefusal) {
    guard let name = given["propertyName"]?.string, let comparison = given["operator"]?.string,
      Self.operators.contains(comparison)
    else { throw .validation("A filter needs propertyName and a known operator") }
    self.name = name
    self.comparison = comparison
    value = given["value"]?.string?.lowercased() ?? ""
    highValue = given["highValue"]?.string?.lowercased() ?? ""
    values = given["values"]?.strings?.map { $0.lowercased() } ?? []
    let needsValues = ["IN", "NOT_IN"].contains(comparison)
    let needsNone = ["HAS_PROPERTY", "NOT_HAS_PROPERTY"].contains(comparison)
    guard needsValues ? !values.isEmpty : needsNone || given["value"]?.string != nil else {
      throw .validation("operator \(comparison) lacks its value")
    }
  }

  func fits(_ record: DoubleRecord) -> Bool {
    let text = name == "hs_object_id" ? record.id : record.values[name]?.string?.lowercased()
    guard let text else { return ["NOT_HAS_PROPERTY", "NEQ", "NOT_IN"].contains(comparison) }
    return switch comparison {
    case "EQ": text == value
    case "NEQ": text != value
    case "IN": values.contains(text)
    case "NOT_IN": !values.contains(text)
    case "GT": Self.precedes(value, text)
    case "GTE": !Self.precedes(text, value)
    case "LT": Self.precedes(text, value)
    case "LTE": !Self.precedes(value, text)
    case "BETWEEN": !Self.precedes(text, value) && !Self.precedes(highValue, text)
    case "HAS_PROPERTY": true
    case "NOT_HAS_PROPERTY": false
    case "NOT_CONTAINS_TOKEN": !text.contains(value.filter { $0 != "*" })
    default: text.contains(value.filter { $0 != "*" })
    }
  }

  static func precedes(_ left: String, _ right: String) -> Bool {
    guard let leftNumber = Double(left), let rightNumber = Double(right) else {
      return left < right
    }
    return leftNumber < rightNumber
  }
}
