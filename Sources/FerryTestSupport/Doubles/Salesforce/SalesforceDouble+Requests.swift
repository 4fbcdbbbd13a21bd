extension SalesforceDouble {
  /// The most records of one collection, written and read.
  private static let largestCollection = 200
  private static let largestRead = 2000

  /// Does what a path stands for.
  mutating func perform(
    _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    let words = request.path.split(separator: "/").map(String.init)
    guard words.count >= 3, words[0] == "services", words[1] == "data", words[2].hasPrefix("v"),
      words[2].hasSuffix(".0")
    else { throw Self.missing }
    let rest = Array(words.dropFirst(3))
    switch (rest.first ?? "", rest.count) {
    case ("sobjects", _): return try performRecords(Array(rest.dropFirst()), request, call)
    case ("composite", 2...) where rest[1] == "sobjects":
      return try performCollection(Array(rest.dropFirst(2)), request, call)
    case ("query", _), ("queryAll", _):
      return try performQuery(rest, request, call)
    case ("jobs", 2...) where rest[1] == "ingest":
      return try performJobs(Array(rest.dropFirst(2)), request, call)
    case ("limits", 1):
      let left: WireValue = [
        "Max": WireValue(settings.dailyCalls), "Remaining": WireValue(settings.dailyCalls),
      ]
      return HTTPResponse(json: ["DailyApiRequests": left])
    default: throw Self.missing
    }
  }

  static let missing = SalesforceFault(
    status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")

  func object(_ name: String) throws(SalesforceFault) -> SalesforceObject {
    guard let object = SalesforceObject.all[name] else {
      throw SalesforceFault(
        status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")
    }
    return object
  }

  private func body(_ request: HTTPRequest) throws(SalesforceFault) -> WireValue {
    guard request.isOfType("application/json"), let body = request.json else {
      throw SalesforceFault(code: "JSON_PARSER_ERROR", message: "Unexpected character in the body")
    }
    return body
  }
}

// MARK: - One record

extension SalesforceDouble {
  private mutating func performRecords(
    _ parts: [String], _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    guard let name = parts.first else {
      let names = SalesforceObject.all.keys.sorted()
      return HTTPResponse(
        json: ["sobjects": .list(names.map { ["name": .string($0), "queryable": true] })])
    }
    let object = try object(name)
    switch (request.method, parts.count) {
    case ("GET", 2) where parts[1] == "describe": return HTTPResponse(json: describe(object))
    case ("POST", 1):
      let id = try insert(object, try body(request).object ?? [:], call)
      return HTTPResponse(status: 201, json: ["id": .string(id), "success": true, "errors": []])
    case ("GET", 2): return HTTPResponse(json: shown(try live(object, parts[1]), object, call))
    case ("PATCH", 2):
      try update(object, parts[1], try body(request).object ?? [:], call)
      return HTTPResponse(status: 204)
    case ("DELETE", 2):
      try delete(object, parts[1])
      return HTTPResponse(status: 204)
    case ("PATCH", 3):
      let (id, isNew) = try upsert(
        object, parts[1], parts[2], try body(request).object ?? [:], call)
      return HTTPResponse(
        status: isNew ? 201 : 200,
        json: ["id": .string(id), "success": true, "created": .bool(isNew), "errors": []])
    case ("GET", 3):
      guard let id = keys[object.name]?[parts[1]]?[parts[2].lowercased()] else {
        throw Self.missing
      }
      return HTTPResponse(json: shown(try live(object, id), object, call))
    default: throw Self.missing
    }
  }

  private func describe(_ object: SalesforceObject) -> WireValue {
    let audited = ["CreatedDate", "CreatedById"]
    return [
      "name": .string(object.name), "label": .string(object.name),
      "keyPrefix": .string(object.prefix), "createable": .bool(object.name != "User"),
      "fields": .list(
        object.fields.values.sorted { $0.name < $1.name }.map { field in
          let isOpen = settings.setsAuditFields && audited.contains(field.name)
          return field.description(isCreatable: !field.isReadOnly || isOpen)
        }),
    ]
  }

  /// All that is set, and what the system knows.
  func shown(
    _ record: DoubleRecord, _ object: SalesforceObject, _ call: ProductCall
  ) -> WireValue {
    var out: WireValue = [
      "attributes": [
        "type": .string(object.name),
        "url": .string("/services/data/v67.0/sobjects/\(object.name)/\(record.id)"),
      ]
    ]
    for name in object.fields.keys { out[name] = value(of: record, name, object) }
    return out
  }
}

// MARK: - Collections

extension SalesforceDouble {
  private mutating func performCollection(
    _ parts: [String], _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    switch (request.method, parts.count) {
    case ("POST", 0), ("PATCH", 0), ("PATCH", 2):
      return try writeCollection(parts, request, call)
    case ("DELETE", 0):
      let ids = (request.query("ids") ?? "").split(separator: ",").map(String.init)
      try checkCount(ids.count)
      let isWhole = request.query("allOrNone") == "true"
      return eachOf(ids, isWhole, call) { double, id, _ throws(SalesforceFault) in
        let object = SalesforceObject.all.values.first { id.hasPrefix($0.prefix) }
        guard let object else {
          throw SalesforceFault(code: "MALFORMED_ID", message: "bad id \(id)")
        }
        try double.delete(object, id)
        return ["id": .string(id), "success": true, "errors": []]
      }
    case ("POST", 1), ("GET", 1): return try readCollection(parts[0], request, call)
    default: throw Self.missing
    }
  }

  private func checkCount(_ count: Int) throws(SalesforceFault) {
    guard count <= Self.largestCollection else {
      throw SalesforceFault(
        code: "INVALID_INPUT",
        message: "record list size \(count) exceeds \(Self.largestCollection)")
    }
  }

  private mutating func writeCollection(
    _ parts: [String], _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    let body = try body(request)
    guard let records = body["records"]?.list else {
      throw SalesforceFault(code: "INVALID_INPUT", message: "records is required")
    }
    try checkCount(records.count)
    let named = parts.first
    let names = records.map { $0["attributes"]?["type"]?.string ?? "" }
    let chunks = zip(names, names.dropFirst()).count { $0 != $1 } + 1
    guard chunks <= 10 else {
      throw SalesforceFault(code: "INVALID_INPUT", message: "Only 10 chunks of types are allowed")
    }
    let isInsert = request.method == "POST"
    return eachOf(records, body["allOrNone"]?.bool ?? false, call) {
      double, record, name throws(SalesforceFault) in
      guard let type = record["attributes"]?["type"]?.string, named == nil || type == named,
        let object = SalesforceObject.all[type], var fields = record.object
      else { throw SalesforceFault(code: "INVALID_TYPE", message: "attributes.type is wrong") }
      fields["attributes"] = nil
      if parts.count == 2 {
        let key = fields.removeValue(forKey: parts[1])?.string ?? ""
        let (id, isNew) = try double.upsert(object, parts[1], key, fields, call)
        return ["id": .string(id), "success": true, "created": .bool(isNew), "errors": []]
      }
      if isInsert {
        let id = try double.insert(object, fields, call)
        return ["id": .string(id), "success": true, "errors": []]
      }
      let id = (fields.removeValue(forKey: "id") ?? fields.removeValue(forKey: "Id"))?.string ?? ""
      try double.update(object, id, fields, call)
      return ["id": .string(id), "success": true, "errors": []]
    }
  }

  /// Does one thing after another and tells of each; all are undone where one may not fail.
  private mutating func eachOf<Item>(
    _ items: [Item], _ isWhole: Bool, _ call: ProductCall,
    _ body: (inout SalesforceDouble, Item, Int) throws(SalesforceFault) -> WireValue
  ) -> HTTPResponse {
    let before = self
    var out: [WireValue] = []
    var failed: Set<Int> = []
    for (index, item) in items.enumerated() {
      do throws(SalesforceFault) {
        if call.fails(index) {
          throw SalesforceFault(
            code: "UNABLE_TO_LOCK_ROW", message: "unable to obtain exclusive access to this record")
        }
        out.append(try body(&self, item, index))
      } catch {
        failed.insert(index)
        out.append(error.item)
      }
    }
    guard isWhole, !failed.isEmpty else { return HTTPResponse(json: .list(out)) }
    self = before
    let rolledBack = SalesforceFault(
      code: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      message: "Record rolled back because not all records were valid")
    return HTTPResponse(
      json: .list(out.enumerated().map { failed.contains($0) ? $1 : rolledBack.item }))
  }

  private func readCollection(
    _ name: String, _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    let object = try object(name)
    let isGet = request.method == "GET"
    let body: WireValue = isGet ? [:] : try body(request)
    let listed = { (name: String) in
      isGet ? request.query(name)?.split(separator: ",").map(String.init) : body[name]?.strings
    }
    guard let ids = listed("ids"), let fields = listed("fields"), ids.count <= Self.largestRead
    else {
      throw SalesforceFault(
        code: "INVALID_INPUT", message: "ids (at most 2000) and fields are required")
    }
    var out: [WireValue] = []
    for id in ids {
      guard let record = tables[name]?[Self.long(id)], !record.isGone else {
        out.append(.null)
        continue
      }
      out.append(try row(record, fields, object))
    }
    return HTTPResponse(json: .list(out))
  }
}
