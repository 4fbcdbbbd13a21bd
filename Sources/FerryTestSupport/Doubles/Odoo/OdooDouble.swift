/// A stand-in for Odoo 19, written from the contract sheet: JSON-2, and JSON-RPC and XML-RPC for older
/// clients.
///
/// One call is one transaction.
public struct OdooDouble: ProductDouble {
  /// How the database is set up.
  public struct Settings: Hashable, Sendable {
    /// The names of the users, from id 2.
    public var users = ["Administrator", "张伟", "王芳", "李娜"]

    /// A fresh database.
    public init() {}
  }

  /// What clients sign in with.
  public static let apiKey = "0123456789abcdef0123456789abcdef01234567"
  /// The only database.
  public static let database = "double"

  /// The product's name in a command.
  public let name = "odoo"
  /// Odoo neither throttles nor lets keys run out, and a batch is whole or not at all.
  public let faults: Set<Fault> = [.serverError, .drop, .storedThenDrop, .storedThenSilence]
  var tables: [String: RecordTable] = [:]
  private var lastIDs: [String: Int] = [:]

  /// A database with users, stages and what else a fresh one has.
  public init(_ settings: Settings = Settings()) {
    for name in OdooModel.all.keys { tables[name] = RecordTable(indexed: []) }
    tables["ir.model.data"] = RecordTable(indexed: ["name"])
    lastIDs["res.users"] = 1
    let call = ProductCall(now: 0, number: 0)
    for (index, name) in settings.users.enumerated() {
      _ = store(
        "res.users", ["name": .string(name), "login": .string("user\(index + 2)"), "active": true],
        call)
    }
    for name in ["New", "Qualified", "Proposition", "Won"] {
      _ = store("crm.stage", ["name": .string(name), "is_won": .bool(name == "Won")], call)
    }
    for name in ["Email", "Call", "Meeting", "To-Do"] {
      _ = store("mail.activity.type", ["name": .string(name)], call)
    }
    _ = store("account.journal", ["name": "Bank", "type": "bank"], call)
    _ = store("crm.team", ["name": "Sales"], call)
    for name in OdooModel.all.keys.sorted() {
      _ = store("ir.model", ["model": .string(name), "name": .string(name)], call)
    }
    let china = store("res.country", ["name": "China", "code": "CN"], call)
    register("base.cn", "res.country", china, call)
  }

  /// Tokens are asked for nowhere.
  public func isSignIn(_ request: HTTPRequest) -> Bool { false }

  /// Answers a request.
  public mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    if ["/jsonrpc", "/web/webclient/version_info"].contains(request.path) {
      return answerRPC(request, call)
    }
    if request.path.hasPrefix("/xmlrpc/2/") { return answerXML(request, call) }
    do throws(OdooFault) {
      let words = request.path.split(separator: "/").map(String.init)
      guard words.count == 4, words[0] == "json", words[1] == "2", request.method == "POST" else {
        throw OdooFault(
          status: 404, name: "werkzeug.exceptions.NotFound",
          message: "The requested URL was not found")
      }
      let key = (request.header("authorization") ?? "").split(separator: " ")
      guard key.count == 2, key[0].lowercased() == "bearer", key[1] == Self.apiKey else {
        throw OdooFault(
          status: 401, name: "werkzeug.exceptions.Unauthorized", message: "Invalid apikey")
      }
      guard request.header("x-odoo-database").map({ $0 == Self.database }) ?? true else {
        throw OdooFault(
          status: 404, name: "werkzeug.exceptions.NotFound", message: "no such database")
      }
      guard request.isOfType("application/json"), let body = request.json, let words2 = body.object
      else {
        throw .user("the body must be a JSON object")
      }
      return HTTPResponse(json: try transaction(words[2], words[3], words2, call))
    } catch {
      return HTTPResponse(status: error.status, json: error.description)
    }
  }

  /// Odoo has no such answer; a proxy before it may have.
  public func throttled(_ call: ProductCall) -> HTTPResponse { HTTPResponse(gatewayError: 503) }

  /// Keys don't run out.
  public mutating func expireTokens() {}

  /// By model and id: the fields that are set.
  public var contents: WireValue {
    .object(
      tables.filter { $0.key != "ir.model" }.mapValues { table in
        .object(table.records.mapValues { .object($0.values) })
      })
  }

  /// All of a call, or nothing.
  mutating func transaction(
    _ model: String, _ method: String, _ words: [String: WireValue], _ call: ProductCall
  ) throws(OdooFault) -> WireValue {
    let before = self
    do throws(OdooFault) {
      return try perform(model, method, words, call)
    } catch {
      self = before
      throw error
    }
  }

  /// Puts a record in and tells its id.
  mutating func store(
    _ model: String, _ values: [String: WireValue], _ call: ProductCall
  ) -> Int {
    let id = (lastIDs[model] ?? 0) + 1
    lastIDs[model] = id
    tables[model]?.put(DoubleRecord(id: String(id), values: values, call))
    return id
  }

  /// Gives a record an external id.
  mutating func register(_ xmlID: String, _ model: String, _ id: Int, _ call: ProductCall) {
    let parts = xmlID.split(separator: ".", maxSplits: 1).map(String.init)
    _ = store(
      "ir.model.data",
      [
        "module": .string(parts[0]), "name": .string(parts.last ?? ""), "model": .string(model),
        "res_id": WireValue(id),
      ], call)
  }

  /// The record behind an external id.
  func resolve(_ xmlID: String) -> (model: String, id: Int)? {
    let parts = xmlID.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let found = tables["ir.model.data"]?.holding([.string(parts[1])], in: "name") ?? []
    guard let record = found.first(where: { $0.values["module"] == .string(parts[0]) }),
      let model = record.values["model"]?.string, let id = record.values["res_id"]?.integer
    else { return nil }
    return (model, id)
  }
}

// MARK: - JSON-RPC

extension OdooDouble {
  private mutating func answerRPC(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    let body = request.json ?? nil
    var out: WireValue = ["jsonrpc": "2.0"]
    out["id"] = body["id"] ?? nil
    do throws(OdooFault) {
      out["result"] =
        request.path == "/jsonrpc" ? try remote(body["params"] ?? nil, call) : Self.version
    } catch {
      out["error"] = [
        "code": 200, "message": "Odoo Server Error", "data": error.description,
      ]
    }
    return HTTPResponse(json: out)
  }

  static let version: WireValue = [
    "server_version": "19.0", "server_version_info": [19, 0, 0, "final", 0, ""],
    "server_serie": "19.0", "protocol_version": 1,
  ]

  /// What an older client calls, whichever way it came.
  mutating func remote(
    _ params: WireValue, _ call: ProductCall
  ) throws(OdooFault) -> WireValue {
    let args = params["args"]?.list ?? []
    let isRight = { (secret: WireValue?) in
      args.first == .string(Self.database)
        && (secret == "admin" || secret == .string(Self.apiKey))
    }
    switch (params["service"]?.string, params["method"]?.string) {
    case ("common", "version"): return Self.version
    case ("common", "login"), ("common", "authenticate"):
      guard args.count >= 3, isRight(args[2]), args[1] == "user2" || args[1] == "admin" else {
        return false
      }
      return 2
    case ("object", let method) where method == "execute_kw" || method == "execute":
      guard args.count >= 5, args[1].integer != nil, isRight(args[2]), let model = args[3].string,
        let name = args[4].string
      else {
        throw OdooFault(status: 403, name: "odoo.exceptions.AccessDenied", message: "Access Denied")
      }
      let isKeyed = method == "execute_kw"
      let positional = isKeyed ? args.dropFirst(5).first?.list ?? [] : Array(args.dropFirst(5))
      var words = isKeyed ? args.dropFirst(6).first?.object ?? [:] : [:]
      for (word, value) in zip(OdooMethod.positional[name] ?? [], positional) {
        words[word] = value
      }
      if name == "create", words["vals_list"]?.object != nil {
        words["vals_list"] = [words["vals_list"] ?? [:]]
        return try transaction(model, name, words, call)[0] ?? nil
      }
      return try transaction(model, name, words, call)
    default: throw OdooFault(status: 404, name: "builtins.KeyError", message: "no such service")
    }
  }
}

/// The methods that the double has, and how their arguments are called.
enum OdooMethod {
  /// In the order of positional calls.
  static let positional: [String: [String]] = [
    "create": ["vals_list"], "write": ["ids", "vals"], "unlink": ["ids"],
    "read": ["ids", "fields", "load"],
    "search": ["domain", "offset", "limit", "order"],
    "search_read": ["domain", "fields", "offset", "limit", "order"], "search_count": ["domain"],
    "load": ["fields", "data"], "fields_get": ["allfields", "attributes"],
    "name_search": ["name", "domain", "operator", "limit"],
    "message_post": ["ids", "body", "message_type", "subtype_xmlid"], "action_confirm": ["ids"],
    "action_post": ["ids"], "action_cancel": ["ids"], "context_get": [],
  ]
}
