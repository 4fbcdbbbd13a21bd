import Dispatch
import FerryTestSupport
import Synchronization
import Testing

@Suite struct HTTPServerTests {
  /// Answers with what it was sent.
  private static func echo(_ request: HTTPRequest) -> HTTPReply {
    .answer(
      HTTPResponse(
        status: 200,
        json: [
          "method": .string(request.method), "path": .string(request.path),
          "body": .string(String(decoding: request.body, as: UTF8.self)),
          "q": request.query("q").map { .string($0) } ?? nil,
        ]))
  }

  @Test func keepsConnectionsForMoreRequests() throws {
    let server = try HTTPServer(answer: Self.echo)
    defer { server.stop() }
    var client = try RawClient(port: server.port)
    for body in ["one", "", "客户"] {
      let answer = client.ask("POST", "/a%20b?q=1%2B1+2", body: body)
      #expect(answer?.json?["body"] == .string(body))
      #expect(answer?.json?["path"] == "/a b")
      #expect(answer?.json?["q"] == "1+1 2")
    }
  }

  @Test func readsChunksAndRequestsThatCameTogether() throws {
    let server = try HTTPServer(answer: Self.echo)
    defer { server.stop() }
    var client = try RawClient(port: server.port)
    client.send(
      "PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nT: 1\r\n\r\n"
        + "GET /y HTTP/1.1\r\n\r\n")
    #expect(client.answer()?.json?["body"] == "hello!")
    #expect(client.answer()?.json?["path"] == "/y")
  }

  @Test(arguments: [
    "nonsense\r\n\r\n", "GET / HTTP/2\r\n\r\n", "GET / HTTP/1.1\r\nnonsense\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ])
  func refusesWhatIsNoRequest(_ text: String) throws {
    let server = try HTTPServer(answer: Self.echo)
    defer { server.stop() }
    var client = try RawClient(port: server.port)
    client.send(text)
    #expect(client.answer()?.status == 400)
    #expect(client.answer() == nil)
  }

  @Test func closesWhereTheClientWantsIt() throws {
    let server = try HTTPServer(answer: Self.echo)
    defer { server.stop() }
    var client = try RawClient(port: server.port)
    #expect(client.ask("GET", "/", headers: ["Connection": "close"])?.status == 200)
    #expect(client.answer() == nil)
  }

  @Test func servesSeveralConnectionsAtOnce() throws {
    let server = try HTTPServer { _ in
      .answer(HTTPResponse(status: 204), afterMilliseconds: 100)
    }
    defer { server.stop() }
    let good = Atomic(0)
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      var clients: [Int] = []
      for _ in 0..<2 { clients.append(server.port) }
      for port in clients {
        guard var client = try? RawClient(port: port) else { continue }
        if client.ask("GET", "/")?.status == 204 { good.add(1, ordering: .relaxed) }
      }
    }
    #expect(good.load(ordering: .relaxed) == 4)
    #expect(ContinuousClock.now - start >= .milliseconds(200))
  }

  @Test func stopsAlthoughAnAnswerIsSlow() throws {
    let server = try HTTPServer { _ in
      .answer(HTTPResponse(status: 200), afterMilliseconds: 60_000)
    }
    let client = try RawClient(port: server.port)
    client.send("GET / HTTP/1.1\r\n\r\n")
    let idle = try RawClient(port: server.port)
    let start = ContinuousClock.now
    server.stop()
    server.stop()
    #expect(ContinuousClock.now - start < .seconds(20))
    _ = consume idle
  }
}
