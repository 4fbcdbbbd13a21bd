import Testing

@testable import FerryTestSupport

/// The smallest product: it counts what it was sent.
private struct CountingDouble: ProductDouble {
  let name = "counting"
  let faults = Set(Fault.allCases)
  private var count = 0
  private var isSignedIn = true

  func isSignIn(_ request: HTTPRequest) -> Bool { request.path == "/token" }

  mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    if request.path == "/token" { isSignedIn = true }
    guard isSignedIn else { return HTTPResponse(status: 401) }
    count += 1
    return HTTPResponse(json: ["count": WireValue(count), "fails": .bool(call.fails(0))])
  }

  func throttled(_ call: ProductCall) -> HTTPResponse { HTTPResponse(status: 429) }
  func broken(_ call: ProductCall) -> HTTPResponse { HTTPResponse(gatewayError: 503) }
  mutating func expireTokens() { isSignedIn = false }
  var contents: WireValue { WireValue(count) }
}

@Suite struct FaultTests {
  @Test func showsEachFaultAtItsCall() throws {
    let script = [
      "throttle@1", "server-error@2", "drop@3", "stored-drop@4", "stored-silence@5",
      "expired-token@6", "partial@8",
    ].compactMap { ScriptedFault($0) }
    #expect(script.count == 7)
    let server = try DoubleServer(
      CountingDouble(), faults: FaultPlan(script: script, silenceMilliseconds: 1))
    defer { server.stop() }
    var client = try RawClient(port: server.port)
    #expect(client.ask("POST", "/a")?.status == 429)
    #expect(client.ask("POST", "/a")?.status == 503)
    #expect(server.contents == 0)
    #expect(client.ask("POST", "/a") == nil)
    #expect(server.contents == 0)
    for stored in [1, 2] {
      client = try RawClient(port: server.port)
      #expect(client.ask("POST", "/a") == nil)
      #expect(server.contents == WireValue(stored))
    }
    client = try RawClient(port: server.port)
    #expect(client.ask("POST", "/a")?.status == 401)
    #expect(client.ask("POST", "/token")?.status == 200)
    #expect(client.ask("POST", "/a")?.json?["fails"] == false)
    #expect(client.ask("POST", "/a")?.json?["fails"] == true)
    let counts = client.ask("GET", "/__double/calls")?.json
    #expect(counts?["faults"]?.object?.count == 7)
    #expect(counts?["calls"]?["/a"] == 8)
  }

  @Test func countsOnlyCallsThatFit() throws {
    let server = try DoubleServer(
      CountingDouble(),
      faults: FaultPlan(script: [ScriptedFault(.throttle, path: "b", callNumber: 2)]))
    defer { server.stop() }
    var client = try RawClient(port: server.port)
    let statuses = ["/b", "/a", "/b", "/b"].map { client.ask("POST", $0)?.status }
    #expect(statuses == [200, 200, 429, 200])
  }

  @Test func dealsTheSameFaultsFromOneSeed() throws {
    var rows: [[Int?]] = []
    for _ in 0..<2 {
      let server = try DoubleServer(
        CountingDouble(), faults: FaultPlan(seed: 5, share: 0.3, kinds: [.throttle]))
      defer { server.stop() }
      var client = try RawClient(port: server.port)
      rows.append((0..<200).map { _ in client.ask("POST", "/a")?.status })
    }
    #expect(rows[0] == rows[1])
    #expect((40...80).contains(rows[0].count { $0 == 429 }))
  }

  @Test(arguments: ["", "drop", "drop@0", "drop@x", "fall@1", "drop@a:b:1"])
  func readsNoOtherScript(_ text: String) {
    #expect(ScriptedFault(text) == nil)
  }
}
