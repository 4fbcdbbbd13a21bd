import FerryCore
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

/// A product whose answers say plainly how they are meant.
private struct PlainDialect: Dialect {
  func signIn(
    _ send: (HTTPCall) async throws(StoreError) -> CallResult
  ) async throws(StoreError) -> SignIn {
    let call = HTTPCall("/token", limit: .init(burst: 1, interval: .seconds(6)), isRepeatable: true)
    guard case .answer(let json) = try await send(call) else { return SignIn() }
    return SignIn(
      headers: ["Authorization": Secret("Bearer \(json["token"]?.text ?? "")")],
      lifetime: .seconds(100))
  }

  func verdict(on response: FerryHTTPStores.HTTPResponse, _ json: JSON?) -> Verdict {
    let refusal = Refusal(code: "\(response.status)", message: json?["message"]?.text ?? "")
    return switch response.status {
    case 200: .answer
    case 401: .signInExpired
    case 403: .hopeless(.noRight, refusal)
    case 429:
      .throttled(after: response.headers["retry-after"].flatMap { Int($0) }.map { .seconds($0) })
    case 430: .quotaUsed(refusal)
    case 500...: .failing(reason: "HTTP \(response.status)")
    default: .refused(refusal)
    }
  }
}

@Suite struct HTTPClientTests {
  private let time = VirtualTime()

  private func client(
    secrets: [Secret] = [],
    _ answer:
      @escaping @Sendable (Int, FerryHTTPStores.HTTPRequest) throws(HTTPFailure) ->
      FerryHTTPStores.HTTPResponse
  ) throws -> (HTTPClient, ScriptedTransport) {
    let transport = ScriptedTransport { (number, request) throws(HTTPFailure) in
      if request.url.path == "/token" { return .json(["token": .string("token-number-\(number)")]) }
      return try answer(number, request)
    }
    let base = try #require(URL(string: "http://crm.test"))
    let client = HTTPClient(
      base: base, name: "test:crm", secrets: secrets, dialect: PlainDialect(),
      transport: transport, surroundings: time.surroundings)
    return (client, transport)
  }

  private func call(isRepeatable: Bool = true) -> HTTPCall {
    HTTPCall(
      "/do", body: ["a": 1], limit: .init(burst: 2, interval: .milliseconds(200)),
      isRepeatable: isRepeatable)
  }

  @Test func `signs in once for all calls, and anew when the sign-in ends`() async throws {
    let (client, transport) = try client { _, _ in .json(["ok": true]) }
    for _ in 0..<3 { _ = try await client.send(call()) }
    #expect(transport.sent.map(\.url.path) == ["/token", "/do", "/do", "/do"])
    #expect(transport.sent.last?.headers["Authorization"] == "Bearer token-number-0")
    time.advance(.seconds(101))
    _ = try await client.send(call())
    #expect(transport.sent.filter { $0.url.path == "/token" }.count == 2)
  }

  @Test func `signs in once for calls that come together`() async throws {
    let (client, transport) = try client { _, _ in .json(["ok": true]) }
    let call = call()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await client.send(call) } }
      try await group.waitForAll()
    }
    #expect(transport.sent.filter { $0.url.path == "/token" }.count == 1)
  }

  @Test func `signs in again where a token is refused`() async throws {
    let (client, transport) = try client { _, request in
      let isOld = request.headers["Authorization"] == "Bearer token-number-0"
      return .json([:], status: isOld ? 401 : 200)
    }
    _ = try await client.send(call())
    #expect(transport.sent.map(\.url.path) == ["/token", "/do", "/token", "/do"])
    let (refusing, _) = try self.client { _, _ in .json([:], status: 401) }
    let error = await #expect(throws: StoreError.self) { try await refusing.send(call()) }
    #expect(error?.kind == .signInRefused)
  }

  @Test func `rides out tokens that expire again and again`() async throws {
    // Two thirds of all calls find their token expired, since others that go at once renew it.
    let (client, transport) = try client { number, _ in
      .json([:], status: number % 3 == 0 ? 200 : 401)
    }
    for _ in 0..<20 {
      guard case .answer = try await client.send(call(isRepeatable: false)) else {
        Issue.record("an expired token means that nothing was done")
        return
      }
    }
    #expect(transport.sent.filter { $0.url.path == "/token" }.count > 10)
  }

  @Test func `a pause beyond patience is a quota, and its end is told`() async throws {
    let (client, transport) = try client { _, _ in
      .json([:], status: 429, headers: ["retry-after": "7200"])
    }
    let error = await #expect(throws: StoreError.self) { try await client.send(call()) }
    #expect(error?.kind == .full && error?.isTransient == false)
    // The test's clock stands at 2023-11-14T22:13:20Z.
    #expect(error?.findings[0].suggestion(in: .english).contains("2023-11-15T00:13:20Z") == true)
    #expect(transport.sent.count == 2)
  }

  @Test(
    arguments: [
      (["retry-after": "17"], Duration.seconds(17)),
      (["retry-after": "2.5"], .seconds(2.5)), (["retry-after": "-1"], .zero),
      (
        [
          "retry-after": "Fri, 27 Nov 2026 20:00:30 GMT", "date": "Fri, 27 Nov 2026 20:00:00 GMT",
        ], .seconds(30)
      ), (["retry-after": "Fri, 27 Nov 2026 20:00:30 GMT"], nil), (["retry-after": "soon"], nil),
      ([:], nil),
    ] as [([String: String], Duration?)])
  func `reads how long to wait`(headers: [String: String], wait: Duration?) {
    #expect(
      FerryHTTPStores.HTTPResponse(status: 429, headers: headers, body: []).retryAfter == wait)
  }

  @Test func `keeps calls apart`() async throws {
    let (client, _) = try client { _, _ in .json([:]) }
    _ = try await client.send(call())
    let start = time.elapsed
    for _ in 0..<101 { _ = try await client.send(call()) }
    let spent = time.elapsed - start
    #expect(spent >= .seconds(20) && spent < .seconds(20.5))
  }

  @Test func `waits as long as a throttling server says, then sends again`() async throws {
    let (client, transport) = try client { number, _ in
      number == 1 ? .json([:], status: 429, headers: ["retry-after": "17"]) : .json([:])
    }
    guard case .answer = try await client.send(call(isRepeatable: false)) else {
      Issue.record("throttled calls were not done, so they are sent again")
      return
    }
    #expect(transport.sent.count == 3)
    #expect(time.elapsed >= .seconds(17))
  }

  @Test func `sends again after a lost answer only where that is harmless`() async throws {
    let (client, transport) = try client { (number, _) throws(HTTPFailure) in
      if number == 1 { throw HTTPFailure(.unknown, reason: "timed out") }
      return .json([:])
    }
    guard case .unknown = try await client.send(call(isRepeatable: false)) else {
      Issue.record("a call that may have been done is not sent again")
      return
    }
    #expect(transport.sent.count == 2)
    let (other, _) = try self.client { (number, _) throws(HTTPFailure) in
      if number < 4 { throw HTTPFailure(.unknown, reason: "timed out") }
      return .json([:])
    }
    guard case .answer = try await other.send(call()) else {
      Issue.record("a harmless call is sent again")
      return
    }
  }

  @Test func `a request that never left is sent again whatever it does`() async throws {
    let (client, _) = try client { (number, _) throws(HTTPFailure) in
      if number == 1 { throw HTTPFailure(.notSent, reason: "refused") }
      return .json([:])
    }
    guard case .answer = try await client.send(call(isRepeatable: false)) else {
      Issue.record("a call that was not sent is sent again")
      return
    }
  }

  @Test func `gives up after some tries and says that trying later may help`() async throws {
    let (client, transport) = try client { _, _ in .json([:], status: 503) }
    let error = await #expect(throws: StoreError.self) { try await client.send(call()) }
    #expect(error?.isTransient == true)
    #expect(transport.sent.count == 9)
  }

  @Test(arguments: [(403, StoreError.Kind.refused), (430, .full)])
  func `ends a run where no call can succeed`(status: Int, kind: StoreError.Kind) async throws {
    let (client, transport) = try client { _, _ in .json([:], status: status) }
    let error = await #expect(throws: StoreError.self) { try await client.send(call()) }
    #expect(error?.kind == kind && error?.isTransient == false)
    #expect(transport.sent.count == 2)
  }

  @Test func `no secret and no token is in any message`() async throws {
    let secret = Secret("the-app-secret-9")
    let (client, _) = try client(secrets: [secret]) { _, request in
      let token = request.headers["Authorization"] ?? ""
      return .json(["message": .string("app the-app-secret-9 with \(token) may not")], status: 400)
    }
    guard case .refused(let refusal) = try await client.send(call()) else {
      Issue.record("a refusal is no error")
      return
    }
    #expect(refusal.message == "app ••• with ••• may not")
    let (stopped, _) = try self.client(secrets: [secret]) { _, _ in
      .json(["message": "the-app-secret-9 token-number-0"], status: 403)
    }
    let error = await #expect(throws: StoreError.self) { try await stopped.send(call()) }
    let text = error?.findings.map { $0.message(in: .english) + $0.message(in: .chinese) }.joined()
    #expect(text?.contains("the-app-secret-9") == false)
    #expect("\(secret) \(String(reflecting: secret))".contains("app-secret") == false)
    var dumped = ""
    dump(SignIn(headers: ["a": secret]), to: &dumped)
    #expect(!dumped.contains("app-secret"))
  }
}

@Suite struct SurroundingsTests {
  @Test func `makes UUIDs of version 4`() {
    let surroundings = VirtualTime().surroundings
    let ids = (0..<100).map { _ in surroundings.makeUUID() }
    #expect(Set(ids).count == 100)
    #expect(ids.allSatisfy { UUID(uuidString: $0) != nil && $0.dropFirst(14).first == "4" })
  }
}
