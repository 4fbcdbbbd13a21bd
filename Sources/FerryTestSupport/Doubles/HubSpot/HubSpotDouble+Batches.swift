extension HubSpotDouble {
  /// The most inputs of one batch about records.
  static let largestBatch = 100

  mutating func batch(
    _ verb: String, _ object: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let inputs = try request.inputs(Self.largestBatch)
    switch verb {
    case "create", "update", "upsert": return try writeBatch(verb, object, inputs, request)
    case "read": return try readBatch(object, inputs, request)
    case "archive":
      for input in inputs {
        guard let id = input["id"]?.string else { throw .validation("id is required") }
        archive(object, id)
      }
      return HTTPResponse(status: 204)
    default: throw .missing("resource")
    }
  }

  /// Errors are told one by one where every input has a trace id; else the first refuses them all.
  private mutating func writeBatch(
    _ verb: String, _ object: HubSpotObject, _ inputs: [WireValue], _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let isTraced = inputs.allSatisfy { $0["objectWriteTraceId"]?.string != nil }
    if verb != "create" {
      let ids = inputs.map { $0["id"]?.string ?? "" }
      guard Set(ids.map { $0.lowercased() }).count == ids.count else {
        throw .validation("Duplicate IDs found in batch input")
      }
    }
    let before = self
    var results: [WireValue] = []
    var errors: [WireValue] = []
    for (index, input) in inputs.enumerated() {
      do throws(HubSpotRefusal) {
        if request.call.fails(index) {
          throw HubSpotRefusal(
            status: 409, category: "CONFLICT", message: "The record is being changed elsewhere")
        }
        results.append(try write(verb, object, input, request.call))
      } catch {
        // A contact that is there already refuses the whole of a create.
        guard isTraced, verb != "create" || error.status != 409 || request.call.fails(index) else {
          self = before
          throw error
        }
        errors.append(
          error.standardError(
            id: input["id"]?.string, trace: input["objectWriteTraceId"]?.string))
      }
    }
    return Self.batchAnswer(
      results, errors, status: verb == "create" ? 201 : 200, request.call)
  }

  private mutating func write(
    _ verb: String, _ object: HubSpotObject, _ input: WireValue, _ call: ProductCall
  ) throws(HubSpotRefusal) -> WireValue {
    var changes = try checked(object, input)
    var out: WireValue
    if verb == "create" {
      out = shown(try create(object, changes, input, call), object, nil)
    } else {
      guard let id = input["id"]?.string, !id.isEmpty else { throw .validation("id is required") }
      let idProperty = input["idProperty"]?.string
      let found = try find(object, id, by: idProperty)
      if let found {
        out = shown(try write(object, found, changes, call), object, nil)
      } else {
        guard verb == "upsert", let idProperty, idProperty != "hs_object_id" else {
          throw .missing("\(object.name) \(id)", ids: [id])
        }
        if changes[idProperty] == nil, let property = property(object, idProperty) {
          changes[idProperty] = try property.kept(id)
        }
        out = shown(try create(object, changes, [:], call), object, nil)
      }
      if verb == "upsert" { out["new"] = .bool(found == nil) }
    }
    if let trace = input["objectWriteTraceId"] { out["objectWriteTraceId"] = trace }
    return out
  }

  private mutating func readBatch(
    _ object: HubSpotObject, _ inputs: [WireValue], _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let body = try request.body()
    let names = body["properties"]?.strings ?? []
    let withHistory = body["propertiesWithHistory"]?.strings ?? []
    guard withHistory.isEmpty || inputs.count <= 50 else {
      throw .validation("At most 50 inputs with propertiesWithHistory")
    }
    var results: [WireValue] = []
    var missing: [String] = []
    for input in inputs {
      guard let id = input["id"]?.string else { throw .validation("id is required") }
      if let record = try find(object, id, by: body["idProperty"]?.string) {
        results.append(shown(record, object, names + withHistory))
      } else {
        missing.append(id)
      }
    }
    let errors: [WireValue] =
      missing.isEmpty
      ? []
      : [
        HubSpotRefusal(
          status: 404, category: "OBJECT_NOT_FOUND", message: "Could not get some records",
          context: ["ids": missing]
        ).standardError(id: nil, trace: nil)
      ]
    return Self.batchAnswer(results, errors, status: 200, request.call)
  }

  /// The order of results is not promised: they come from the last to the first.
  static func batchAnswer(
    _ results: [WireValue], _ errors: [WireValue], status: Int, _ call: ProductCall
  ) -> HTTPResponse {
    let now: WireValue = .string(CivilTime.text(call.now))
    var out: WireValue = [
      "status": "COMPLETE", "results": .list(results.reversed()), "startedAt": now,
      "completedAt": now,
    ]
    guard !errors.isEmpty else { return HTTPResponse(status: status, json: out) }
    out["errors"] = .list(errors)
    out["numErrors"] = WireValue(errors.count)
    return HTTPResponse(status: 207, json: out)
  }
}

// MARK: - One record

extension HubSpotDouble {
  mutating func createOne(
    _ object: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let body = try request.body()
    let record = try create(object, try checked(object, body), body, request.call)
    return HTTPResponse(status: 201, json: shown(record, object, nil))
  }

  mutating func one(
    _ method: String, _ id: String, _ object: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let idProperty = method == "DELETE" ? nil : request.request.query("idProperty")
    let found = try find(object, id, by: idProperty)
    if method == "DELETE" {
      archive(object, id)
      return HTTPResponse(status: 204)
    }
    guard let found else { throw .missing("\(object.name) \(id)") }
    switch method {
    case "GET": return HTTPResponse(json: shown(found, object, request.listed("properties")))
    case "PATCH":
      let changes = try checked(object, try request.body())
      return HTTPResponse(json: shown(try write(object, found, changes, request.call), object, nil))
    default: throw .missing("resource")
    }
  }

  mutating func list(
    _ object: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let limit = request.request.query("limit").flatMap { Int($0) } ?? 10
    guard (1...100).contains(limit) else { throw .validation("limit must be at most 100") }
    let after = request.request.query("after").flatMap { Int($0) } ?? 0
    let archived = request.request.query("archived") == "true"
    let rest = (tables[object.name]?.all ?? []).filter {
      $0.isGone == archived && (Int($0.id) ?? 0) >= after
    }
    var out: WireValue = [
      "results": .list(rest.prefix(limit).map { shown($0, object, request.listed("properties")) })
    ]
    if rest.count > limit { out["paging"] = ["next": ["after": .string(rest[limit].id)]] }
    return HTTPResponse(json: out)
  }
}
