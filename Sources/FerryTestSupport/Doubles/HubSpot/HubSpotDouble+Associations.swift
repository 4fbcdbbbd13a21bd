extension HubSpotDouble {
  /// The most inputs of one batch about associations, written and read.
  private static let largestWrite = 2000
  private static let largestRead = 1000

  mutating func performAssociations(
    _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let parts = request.parts
    guard parts.count >= 3, let from = HubSpotObject.named(parts[0]),
      let to = HubSpotObject.named(parts[1])
    else { throw .missing("object types") }
    switch (request.method, parts[2...].joined(separator: "/")) {
    case ("GET", "labels"): return HTTPResponse(json: ["results": .list(labels(from, to))])
    case ("POST", "batch/create"): return try createBatch(from, to, request)
    case ("POST", "batch/associate/default"): return try createDefaults(from, to, request)
    case ("POST", "batch/archive"): return try archiveBatch(from, to, request)
    case ("POST", "batch/labels/archive"): return try archiveLabels(from, to, request)
    case ("POST", "batch/read"): return try readBatch(from, to, request)
    default: throw .missing("resource")
    }
  }

  /// `/objects/{type}/{id}/associations/…`.
  mutating func associationsOf(
    _ method: String, _ from: HubSpotObject, _ id: String, _ rest: [String],
    _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    let isDefault = rest.first == "default"
    let words = isDefault ? Array(rest.dropFirst()) : rest
    guard let name = words.first, let to = HubSpotObject.named(name) else {
      throw .missing("object type")
    }
    let place = HubSpotPlace(object: from.name, id: id)
    if method == "GET", words.count == 1 {
      return HTTPResponse(json: ["results": .list(ends(of: place, to))])
    }
    guard words.count == 2 else { throw .missing("resource") }
    let other = HubSpotPlace(object: to.name, id: words[1])
    switch method {
    case "DELETE":
      unlink(place, other)
      return HTTPResponse(status: 204)
    case "PUT" where isDefault:
      return Self.batchAnswer([try linkDefault(place, other)], [], status: 200, request.call)
    case "PUT":
      let types = try Self.types(request.request.json, from, to)
      try checkEnds(place, other)
      for type in types { link(place, other, type) }
      return HTTPResponse(status: 201, json: Self.pair(place, other, types))
    default: throw .missing("resource")
    }
  }

  /// The associations that a create brings along: to whom, and of which types.
  func newLinks(
    _ object: HubSpotObject, _ given: WireValue
  ) throws(HubSpotRefusal) -> [(HubSpotPlace, [Int])] {
    var out: [(HubSpotPlace, [Int])] = []
    for one in given["associations"]?.list ?? [] {
      guard let id = one["to"]?["id"]?.string, let types = one["types"]?.list,
        let first = types.first?["associationTypeId"]?.integer,
        let kind = HubSpotLink.all.first(where: { $0.from == object.name && $0.typeID == first }),
        let to = HubSpotObject.named(kind.to)
      else { throw .validation("An association needs to.id and known types") }
      let place = HubSpotPlace(object: to.name, id: id)
      guard isThere(place) else { throw .missing("\(to.name) \(id)", ids: [id]) }
      out.append((place, try Self.types(.list(types), object, to)))
    }
    return out
  }

  /// Puts an association in, as both ends see it; a primary one is a plain one as well.
  mutating func link(_ from: HubSpotPlace, _ to: HubSpotPlace, _ type: Int) {
    let fitting = HubSpotLink.all.filter { $0.from == from.object && $0.to == to.object }
    guard let kind = fitting.first(where: { $0.typeID == type }) else { return }
    let plain = fitting.first { $0.label == nil }
    for one in [kind, plain].compactMap(\.self) {
      links[from, default: [:]][to, default: []].insert(one.typeID)
      links[to, default: [:]][from, default: []].insert(one.inverse)
    }
  }
}

// MARK: - Batches

extension HubSpotDouble {
  private func isThere(_ place: HubSpotPlace) -> Bool {
    tables[place.object]?[place.id].map { !$0.isGone } ?? false
  }

  private func checkEnds(_ from: HubSpotPlace, _ to: HubSpotPlace) throws(HubSpotRefusal) {
    for place in [from, to] where !isThere(place) {
      throw .missing("\(place.object) \(place.id)", ids: [place.id])
    }
  }

  private mutating func unlink(_ from: HubSpotPlace, _ to: HubSpotPlace) {
    links[from]?[to] = nil
    links[to]?[from] = nil
    for place in [from, to] where links[place]?.isEmpty == true { links[place] = nil }
  }

  private static func places(
    _ input: WireValue, _ from: HubSpotObject, _ to: HubSpotObject
  ) throws(HubSpotRefusal) -> (HubSpotPlace, HubSpotPlace) {
    guard let left = input["from"]?["id"]?.string, let right = input["to"]?["id"]?.string else {
      throw .validation("from.id and to.id are required")
    }
    return (HubSpotPlace(object: from.name, id: left), HubSpotPlace(object: to.name, id: right))
  }

  private static func types(
    _ given: WireValue?, _ from: HubSpotObject, _ to: HubSpotObject
  ) throws(HubSpotRefusal) -> [Int] {
    guard let list = given?.list, !list.isEmpty else { throw .validation("types is required") }
    var out: [Int] = []
    for one in list {
      let known = HubSpotLink.all.filter { $0.from == from.name && $0.to == to.name }
      guard one["associationCategory"] == "HUBSPOT_DEFINED",
        let type = one["associationTypeId"]?.integer, known.contains(where: { $0.typeID == type })
      else {
        throw .validation("No association type between \(from.name) and \(to.name) like that")
      }
      out.append(type)
    }
    return out
  }

  private static func pair(_ from: HubSpotPlace, _ to: HubSpotPlace, _ types: [Int]) -> WireValue {
    let labels = HubSpotLink.all.filter { $0.from == from.object && types.contains($0.typeID) }
      .compactMap(\.label)
    return [
      "fromObjectTypeId": .string(HubSpotObject.all[from.object]?.typeID ?? ""),
      "fromObjectId": .string(from.id),
      "toObjectTypeId": .string(HubSpotObject.all[to.object]?.typeID ?? ""),
      "toObjectId": .string(to.id), "labels": WireValue(labels),
    ]
  }

  private func labels(_ from: HubSpotObject, _ to: HubSpotObject) -> [WireValue] {
    HubSpotLink.all.filter { $0.from == from.name && $0.to == to.name }.map { kind in
      var out: WireValue = ["category": "HUBSPOT_DEFINED", "typeId": WireValue(kind.typeID)]
      if let label = kind.label { out["label"] = .string(label) }
      return out
    }
  }

  private mutating func createBatch(
    _ from: HubSpotObject, _ to: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    var results: [WireValue] = []
    var errors: [WireValue] = []
    for (index, input) in try request.inputs(Self.largestWrite).enumerated() {
      let (left, right) = try Self.places(input, from, to)
      let types = try Self.types(input["types"], from, to)
      do throws(HubSpotRefusal) {
        if request.call.fails(index) {
          throw HubSpotRefusal(
            status: 409, category: "CONFLICT", message: "The record is being changed elsewhere")
        }
        try checkEnds(left, right)
        for type in types { link(left, right, type) }
        results.append(Self.pair(left, right, types))
      } catch {
        var refusal = error
        refusal.context["fromObjectId"] = [left.id]
        refusal.context["toObjectId"] = [right.id]
        errors.append(refusal.standardError(id: nil, trace: nil))
      }
    }
    return Self.batchAnswer(results, errors, status: 201, request.call)
  }

  private mutating func linkDefault(
    _ from: HubSpotPlace, _ to: HubSpotPlace
  ) throws(HubSpotRefusal) -> WireValue {
    try checkEnds(from, to)
    let fitting = HubSpotLink.all.filter { $0.from == from.object && $0.to == to.object }
    guard let kind = fitting.first(where: { $0.label == nil }) ?? fitting.first else {
      throw .validation("No association type between \(from.object) and \(to.object)")
    }
    link(from, to, kind.typeID)
    return [
      "from": ["id": .string(from.id)], "to": ["id": .string(to.id)],
      "associationSpec": [
        "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": WireValue(kind.typeID),
      ],
    ]
  }

  private mutating func createDefaults(
    _ from: HubSpotObject, _ to: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    var results: [WireValue] = []
    for input in try request.inputs(Self.largestWrite) {
      let (left, right) = try Self.places(input, from, to)
      results.append(try linkDefault(left, right))
    }
    return Self.batchAnswer(results, [], status: 200, request.call)
  }

  private mutating func archiveBatch(
    _ from: HubSpotObject, _ to: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    for input in try request.inputs(Self.largestWrite) {
      guard let left = input["from"]?["id"]?.string, let others = input["to"]?.list else {
        throw .validation("from.id and a list of to are required")
      }
      for other in others {
        guard let right = other["id"]?.string else { throw .validation("to.id is required") }
        unlink(
          HubSpotPlace(object: from.name, id: left), HubSpotPlace(object: to.name, id: right))
      }
    }
    return HTTPResponse(status: 204)
  }

  private mutating func archiveLabels(
    _ from: HubSpotObject, _ to: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    for input in try request.inputs(Self.largestWrite) {
      let (left, right) = try Self.places(input, from, to)
      for type in try Self.types(input["types"], from, to) {
        let inverse = HubSpotLink.all.first { $0.from == from.name && $0.typeID == type }?.inverse
        links[left]?[right]?.remove(type)
        if let inverse { links[right]?[left]?.remove(inverse) }
      }
      if links[left]?[right]?.isEmpty == true { unlink(left, right) }
    }
    return HTTPResponse(status: 204)
  }

  private func ends(of place: HubSpotPlace, _ to: HubSpotObject) -> [WireValue] {
    (links[place] ?? [:]).filter { $0.key.object == to.name }
      .sorted { HubSpotFilter.precedes($0.key.id, $1.key.id) }
      .map { other, types in
        let kinds = HubSpotLink.all.filter {
          $0.from == place.object && $0.to == to.name && types.contains($0.typeID)
        }
        return [
          "toObjectId": .string(other.id),
          "associationTypes": .list(
            kinds.map { kind in
              var out: WireValue = [
                "category": "HUBSPOT_DEFINED", "typeId": WireValue(kind.typeID),
              ]
              if let label = kind.label { out["label"] = .string(label) }
              return out
            }),
        ]
      }
  }

  private func readBatch(
    _ from: HubSpotObject, _ to: HubSpotObject, _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    var results: [WireValue] = []
    for input in try request.inputs(Self.largestRead) {
      guard let id = input["id"]?.string else { throw .validation("id is required") }
      let found = ends(of: HubSpotPlace(object: from.name, id: id), to)
      if !found.isEmpty { results.append(["from": ["id": .string(id)], "to": .list(found)]) }
    }
    return Self.batchAnswer(results, [], status: 200, request.call)
  }
}
