/// A stand-in for EspoCRM 9.1, written from the contract sheet.
public struct EspoDouble: ProductDouble {
  /// How the instance is set up.
  public struct Settings: Hashable, Sendable {
    /// The currencies that are switched on; a fresh instance has dollars alone.
    public var currencies: Set<String> = ["USD"]
    /// The names of the users; the first is the administrator and the API's.
    public var users = ["admin", "张伟", "王芳", "李娜"]

    /// Fields that the administrator added and rebuilt, such as `Account ferryId varchar`.
    public var fields: [String] = []

    /// A fresh instance.
    public init() {}
  }

  /// The vendor says no, mostly in a header.
  struct Refusal: Error {
    let status: Int
    var reason = ""
    var body: WireValue?
  }

  /// What clients sign in with.
  public static let apiKey = "double-api-key"

  /// The product's name in a command.
  public let name = "espocrm"
  /// It neither throttles nor has batches, and keys don't run out.
  public let faults: Set<Fault> = [.serverError, .drop, .storedThenDrop, .storedThenSilence]
  let settings: Settings
  var tables: [String: RecordTable] = [:]
  /// Fields that an administrator added, by entity and name.
  var ownFields: [String: [String: EspoField]] = [:]
  /// Fields take effect with a rebuild.
  var pendingFields: [String: [String: EspoField]] = [:]
  private var lastID = 0

  /// A fresh instance.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    for name in EspoEntities.all.keys { tables[name] = RecordTable(indexed: []) }
    for line in settings.fields {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, var field = EspoField(line: words[1]) else { continue }
      field = EspoField(name: Self.ownName(field.name), kind: field.kind, options: field.options)
      ownFields[String(words[0]), default: [:]][field.name] = field
    }
    let call = ProductCall(now: 0, number: 0)
    for (index, name) in settings.users.enumerated() {
      let values: [String: WireValue] = [
        "userName": .string("user\(index)"), "name": .string(name), "isActive": true,
        "type": index == 0 ? "admin" : "regular",
        "emailAddress": .string("user\(index)@example.com"),
      ]
      let id = newID()
      tables["User"]?.put(DoubleRecord(id: id, values: values, call))
    }
  }

  /// There are keys, no tokens.
  public func isSignIn(_ request: HTTPRequest) -> Bool { false }

  /// Answers a request.
  public mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    guard request.header("x-api-key") == Self.apiKey else { return HTTPResponse(status: 401) }
    do throws(Refusal) {
      return HTTPResponse(json: try perform(request, call))
    } catch {
      let reason = error.reason.isEmpty ? [] : [HTTPRequest.Pair("X-Status-Reason", error.reason)]
      return error.body.map { HTTPResponse(status: error.status, json: $0, headers: reason) }
        ?? HTTPResponse(status: error.status, headers: reason)
    }
  }

  /// A proxy's page: the product itself has no limit.
  public func throttled(_ call: ProductCall) -> HTTPResponse { HTTPResponse(gatewayError: 503) }

  /// Keys don't run out.
  public mutating func expireTokens() {}

  /// By entity and id: the attributes that are set.
  public var contents: WireValue {
    .object(
      tables.filter { $0.key != "User" }.mapValues { table in
        .object(table.records.filter { !$0.value.isGone }.mapValues { .object($0.values) })
      })
  }

  /// A new id: 17 characters.
  mutating func newID() -> String {
    lastID += 1
    let digits = String(lastID, radix: 16)
    return "66" + String(repeating: "0", count: 15 - digits.count) + digits
  }
}

// MARK: - Paths

extension EspoDouble {
  private mutating func perform(
    _ request: HTTPRequest, _ call: ProductCall
  ) throws(Refusal) -> WireValue {
    let words = request.path.split(separator: "/").map(String.init)
    guard words.count >= 3, words[0] == "api", words[1] == "v1" else { throw Refusal(status: 404) }
    let rest = Array(words.dropFirst(2))
    switch (request.method, rest[0], rest.count) {
    case ("GET", "Metadata", 1): return try metadata(request)
    case ("POST", "Admin", 2) where rest[1] == "rebuild":
      ownFields.merge(pendingFields) { old, new in old.merging(new) { $1 } }
      pendingFields = [:]
      return true
    case ("POST", "Admin", 3) where rest[1] == "fieldManager": return try addField(rest[2], request)
    case ("POST", "MassAction", 1): return try massAction(request)
    case ("GET", "App", 2):
      return ["user": ["id": .string("66" + String(repeating: "0", count: 14) + "1")]]
    default: break
    }
    guard EspoEntities.all[rest[0]] != nil else { throw Refusal(status: 404) }
    switch (request.method, rest.count) {
    case ("GET", 1): return try list(rest[0], request, call)
    case ("POST", 1): return try create(rest[0], request, call)
    case ("GET", 2): return shown(try record(rest[0], rest[1]), rest[0], nil)
    case ("PUT", 2), ("PATCH", 2): return try update(rest[0], rest[1], request, call)
    case ("DELETE", 2):
      var record = try record(rest[0], rest[1])
      guard !record.isGone else {
        throw Refusal(status: 404, reason: "Record \(rest[1]) does not exist.")
      }
      record.isGone = true
      tables[rest[0]]?.put(record)
      return true
    default: throw Refusal(status: 405)
    }
  }

  /// A record, a deleted one too: administrators still see it by its id.
  private func record(_ entity: String, _ id: String) throws(Refusal) -> DoubleRecord {
    guard let record = tables[entity]?[id] else {
      throw Refusal(status: 404, reason: "Record \(id) does not exist.")
    }
    return record
  }

  func fields(_ entity: String) -> [String: EspoField] {
    (EspoEntities.all[entity] ?? [:]).merging(ownFields[entity] ?? [:]) { $1 }
  }

  private func metadata(_ request: HTTPRequest) throws(Refusal) -> WireValue {
    let parts = (request.query("key") ?? "").split(separator: ".").map(String.init)
    guard parts.first == "entityDefs" else { throw Refusal(status: 404) }
    let shown = { (entity: String) -> WireValue in
      ["fields": .object(fields(entity).mapValues(\.description))]
    }
    guard parts.count > 1 else {
      return .object(Dictionary(EspoEntities.all.keys.map { ($0, shown($0)) }) { $1 })
    }
    guard EspoEntities.all[parts[1]] != nil else { return .null }
    return parts.dropFirst(2).reduce(shown(parts[1])) { $0[$1] ?? nil }
  }

  private static func ownName(_ name: String) -> String {
    "c\(name.prefix(1).uppercased())\(name.dropFirst())"
  }

  /// A field that is added gets a `c` before its name.
  private mutating func addField(_ entity: String, _ request: HTTPRequest) throws(Refusal)
    -> WireValue
  {
    guard EspoEntities.all[entity] != nil, let body = request.json, let name = body["name"]?.string,
      !name.isEmpty,
      let kind = body["type"]?.string.flatMap(EspoField.Kind.init(rawValue:))
    else { throw Refusal(status: 400) }
    let stored = Self.ownName(name)
    guard fields(entity)[stored] == nil, pendingFields[entity]?[stored] == nil else {
      throw Refusal(status: 409, reason: "Field '\(stored)' already exists in '\(entity)'.")
    }
    var field = EspoField(name: stored, kind: kind, options: body["options"]?.strings ?? [])
    field.length = body["maxLength"]?.integer ?? field.length
    pendingFields[entity, default: [:]][stored] = field
    var out = field.description
    out["name"] = .string(stored)
    return out
  }

  private mutating func massAction(_ request: HTTPRequest) throws(Refusal) -> WireValue {
    guard let body = request.json, let entity = body["entityType"]?.string,
      EspoEntities.all[entity] != nil, body["action"] == "delete",
      let ids = body["params"]?["ids"]?.strings
    else { throw Refusal(status: 400) }
    var done: [String] = []
    for id in ids {
      guard var record = tables[entity]?[id], !record.isGone else { continue }
      record.isGone = true
      tables[entity]?.put(record)
      done.append(id)
    }
    return ["count": WireValue(done.count), "ids": WireValue(done)]
  }
}
