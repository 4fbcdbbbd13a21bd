import FerryStores

/// Who signs in over the older JSON-RPC, where each call brings the user's id and key.
actor OdooRemote {
  private let database: String
  private let login: String
  private let key: Secret
  private var user: String?

  init(database: String, login: String, key: Secret) {
    self.database = database
    self.login = login
    self.key = key
  }

  /// A call of a method with named words, as the older API has it.
  func call(
    _ client: HTTPClient, _ model: String, _ method: String, _ words: [String: JSON],
    repeats isRepeatable: Bool
  ) async throws(StoreError) -> HTTPCall {
    var words = words
    var places = words.removeValue(forKey: "ids").map { [$0] } ?? []
    // What is made stood under another name once, and alone.
    if method == "create" {
      places += words.removeValue(forKey: "vals_list")?.items.prefix(1) ?? []
    }
    return Self.call(
      "object", "execute_kw",
      [
        .string(database), .number(try await signedIn(client)), .string(key.revealed),
        .string(model), .string(method), .array(places), .object(words),
      ], repeats: isRepeatable)
  }

  private func signedIn(_ client: HTTPClient) async throws(StoreError) -> String {
    if let user { return user }
    let words: [JSON] = [.string(database), .string(login), .string(key.revealed), [:]]
    let result = try await client.send(
      Self.call("common", "authenticate", words, repeats: true))
    guard case .answer(let json) = result, case .number(let id)? = json["result"] else {
      throw HTTPStoreRules.refusedSignIn(to: client.name, "no such user, key or database")
    }
    user = id
    return id
  }

  private static func call(
    _ service: String, _ method: String, _ words: [JSON], repeats isRepeatable: Bool
  ) -> HTTPCall {
    let body: JSON = [
      "jsonrpc": "2.0", "method": "call", "id": 1,
      "params": [
        "service": .string(service), "method": .string(method), "args": .array(words),
      ],
    ]
    return HTTPCall("/jsonrpc", body: body, limit: OdooTable.pace, isRepeatable: isRepeatable)
  }
}
