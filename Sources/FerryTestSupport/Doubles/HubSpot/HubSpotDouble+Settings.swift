extension HubSpotDouble {
  /// The most unique properties of an object.
  private static let mostUnique = 10

  mutating func performProperties(
    _ request: HubSpotRequest
  ) throws(HubSpotRefusal) -> HTTPResponse {
    guard let name = request.parts.first, let object = HubSpotObject.named(name) else {
      throw .missing("object type")
    }
    switch (request.method, request.parts.dropFirst().joined(separator: "/")) {
    case ("GET", ""): return HTTPResponse(json: ["results": .list(properties(object))])
    case ("POST", ""):
      return HTTPResponse(status: 201, json: try define(object, try request.body()))
    case ("POST", "batch/create"):
      var results: [WireValue] = []
      for input in try request.inputs(100) { results.append(try define(object, input)) }
      return Self.batchAnswer(results, [], status: 201, request.call)
    case ("GET", "groups"):
      let names = Set(object.properties.values.map(\.group)).sorted()
      return HTTPResponse(json: ["results": .list(names.map { Self.group($0, $0) })])
    case ("POST", "groups"):
      let body = try request.body()
      guard let name = body["name"]?.string, let label = body["label"]?.string else {
        throw .validation("name and label are required")
      }
      return HTTPResponse(status: 201, json: Self.group(name, label))
    case ("GET", let name):
      guard let property = property(object, name) else { throw .missing("property \(name)") }
      return HTTPResponse(json: property.description)
    default: throw .missing("resource")
    }
  }

  private static func group(_ name: String, _ label: String) -> WireValue {
    ["name": .string(name), "label": .string(label), "displayOrder": 0, "archived": false]
  }

  private func properties(_ object: HubSpotObject) -> [WireValue] {
    (Array(object.properties.values) + (ownProperties[object.name] ?? [:]).values)
      .sorted { $0.name < $1.name }.map(\.description)
  }

  private mutating func define(
    _ object: HubSpotObject, _ given: WireValue
  ) throws(HubSpotRefusal) -> WireValue {
    let made = try HubSpotProperty(defining: given)
    guard property(object, made.name) == nil else {
      throw HubSpotRefusal(
        status: 409, category: "OBJECT_ALREADY_EXISTS",
        message: "A property named '\(made.name)' already exists.")
    }
    let own = ownProperties[object.name] ?? [:]
    guard !made.isUnique || own.values.count(where: \.isUnique) < Self.mostUnique else {
      throw .validation("At most \(Self.mostUnique) unique properties")
    }
    ownProperties[object.name, default: [:]][made.name] = made
    return made.description
  }

  func isOwner(_ id: String) -> Bool {
    Int(id).map { settings.owners.indices.contains($0 - 900) } ?? false
  }

  /// Owners have ids from 900 and addresses such as `owner900@example.com`.
  func owners(_ request: HubSpotRequest) throws(HubSpotRefusal) -> HTTPResponse {
    guard request.method == "GET" else { throw .missing("resource") }
    let email = request.request.query("email")
    let time: WireValue = .string(CivilTime.text(1_700_000_000_000))
    let all: [WireValue] = settings.owners.enumerated().map { index, name in
      let words = name.split(separator: " ").map(String.init)
      return [
        "id": .string(String(900 + index)), "email": .string("owner\(900 + index)@example.com"),
        "type": "PERSON", "firstName": .string(words[0]),
        "lastName": .string(words.count > 1 ? words[1] : ""), "userId": WireValue(7000 + index),
        "createdAt": time, "updatedAt": time, "archived": false,
      ]
    }
    let found = all.filter { email == nil || $0["email"]?.string == email?.lowercased() }
    return HTTPResponse(json: ["results": .list(found)])
  }

  func pipelines(_ request: HubSpotRequest) throws(HubSpotRefusal) -> HTTPResponse {
    guard request.method == "GET", let name = request.parts.first,
      let object = HubSpotObject.named(name),
      let stage = object.properties["dealstage"] ?? object.properties["hs_pipeline_stage"]
    else { throw .missing("pipelines") }
    let time: WireValue = .string(CivilTime.text(1_700_000_000_000))
    let stages: [WireValue] = stage.options.enumerated().map { index, option in
      let isClosed = option[0].hasPrefix("closed")
      return [
        "id": .string(option[0]), "label": .string(option[1]), "displayOrder": WireValue(index),
        "metadata": ["isClosed": .string(String(isClosed))], "createdAt": time, "updatedAt": time,
        "archived": false,
      ]
    }
    return HTTPResponse(
      json: [
        "results": [
          [
            "id": "default", "label": "Sales Pipeline", "displayOrder": 0, "stages": .list(stages),
            "createdAt": time, "updatedAt": time, "archived": false,
          ]
        ]
      ])
  }
}
