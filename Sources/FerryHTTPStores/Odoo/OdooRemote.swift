import FerryStores

/// Who signs in over the older JSON-RPC or XML-RPC, where each call brings the user's id and key.
actor OdooRemote {
  private let database: String
  private let login: String
  private let key: Secret
  private let isXML: Bool
  private var user: String?

  init(database: String, login: String, key: Secret, isXML: Bool) {
    self.database = database
    self.login = login
    self.key = key
    self.isXML = isXML
  }

  /// Calls a method with named words, as the older API has it.
  func send(
    _ client: HTTPClient, _ model: String, _ method: String, _ words: [String: JSON],
    repeats isRepeatable: Bool
  ) async throws(StoreError) -> CallResult {
    var words = words
    var places = words.removeValue(forKey: "ids").map { [$0] } ?? []
    // What is made stood under another name once, and alone.
    if method == "create" {
      places += words.removeValue(forKey: "vals_list")?.items.prefix(1) ?? []
    }
    let all: [JSON] = [
      .string(database), .number(try await signedIn(client)), .string(key.revealed),
      .string(model), .string(method), .array(places), .object(words),
    ]
    return try await send(client, "object", "execute_kw", all, repeats: isRepeatable)
  }

  private func signedIn(_ client: HTTPClient) async throws(StoreError) -> String {
    if let user { return user }
    let words: [JSON] = [.string(database), .string(login), .string(key.revealed), [:]]
    let result = try await send(client, "common", "authenticate", words, repeats: true)
    guard case .answer(.number(let id)) = result else {
      throw HTTPStoreRules.refusedSignIn(to: client.name, "no such user, key or database")
    }
    user = id
    return id
  }

  private func send(
    _ client: HTTPClient, _ service: String, _ method: String, _ words: [JSON],
    repeats isRepeatable: Bool
  ) async throws(StoreError) -> CallResult {
    var call = HTTPCall(
      isXML ? "/xmlrpc/2/\(service)" : "/jsonrpc", limit: OdooTable.pace,
      isRepeatable: isRepeatable)
    if isXML {
      guard let body = XMLRPC.call(method, words) else {
        return .refused(
          Refusal(code: "XML", message: "a text holds a control character, which XML-RPC can't"))
      }
      call.content = ("text/xml", body)
    } else {
      call.body = [
        "jsonrpc": "2.0", "method": "call", "id": 1,
        "params": [
          "service": .string(service), "method": .string(method), "args": .array(words),
        ],
      ]
    }
    let result = try await client.send(call)
    guard case .answer(let json) = result else { return result }
    return .answer(json["result"] ?? .null)
  }
}

extension XMLRPC.Answer {
  /// The answer as Odoo's JSON-RPC would tell it: `result`, or an exception's name and message.
  ///
  /// Odoo tells exceptions apart by number, 2 for a warning, 3 and 4 for what the user may not;
  /// any other is a traceback, whose exception stands behind the last line that is set in.
  var odoo: JSON {
    switch self {
    case .value(let value): ["result": value]
    case .fault("2", let text): Self.error("UserError", text)
    case .fault("3", let text): Self.error("AccessDenied", text)
    case .fault("4", let text): Self.error("AccessError", text)
    case .fault(_, let text): Self.error(inTraceback: text)
    }
  }

  private static func error(inTraceback text: String) -> JSON {
    let lines = text.split(whereSeparator: \.isNewline)
    let start = lines.lastIndex { $0.hasPrefix(" ") }.map { $0 + 1 } ?? 0
    let last = lines[start...].joined(separator: "\n")
    let name = last.prefix { $0 != ":" }
    guard start > 0, !name.contains(where: \.isWhitespace) else { return error("Fault", text) }
    return error(
      String(name), String(last.dropFirst(name.count + 1).drop(while: \.isWhitespace)))
  }

  private static func error(_ name: String, _ message: String) -> JSON {
    ["error": ["data": ["name": .string(name), "message": .string(message)]]]
  }
}
