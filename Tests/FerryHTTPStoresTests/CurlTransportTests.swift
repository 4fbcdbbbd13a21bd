import FerryTestSupport
import Foundation
import Synchronization
import Testing

@testable import FerryHTTPStores

@Suite(.timeLimit(.minutes(10))) struct CurlTransportTests {
  /// What a server saw.
  private final class Seen: Sendable {
    private let list = Mutex<[FerryTestSupport.HTTPRequest]>([])
    var requests: [FerryTestSupport.HTTPRequest] { list.withLock { $0 } }

    /// Notes a request; its number, from one.
    func note(_ request: FerryTestSupport.HTTPRequest) -> Int {
      list.withLock { list in
        list.append(request)
        return list.count
      }
    }
  }

  private func server(
    _ answer: @escaping @Sendable (FerryTestSupport.HTTPRequest, Int) -> HTTPReply
  ) throws -> (HTTPServer, Seen) {
    let seen = Seen()
    return (try HTTPServer { answer($0, seen.note($0)) }, seen)
  }

  private func request(
    _ method: String = "POST", _ url: String, body: String? = "{}", isRepeatable: Bool = true
  ) throws -> FerryHTTPStores.HTTPRequest {
    var request = HTTPRequest(
      method, try #require(URL(string: url)), headers: ["Content-Type": "application/json"],
      body: body.map { Array($0.utf8) }, timeout: .seconds(20))
    request.isRepeatable = isRepeatable
    return request
  }

  private static let fine = HTTPReply.answer(.init(json: ["ok": true]))

  private func failure(
    _ transport: CurlTransport, _ request: FerryHTTPStores.HTTPRequest
  ) async -> HTTPFailure? {
    do throws(HTTPFailure) {
      _ = try await transport.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func `sends what it is told and brings back what comes`() async throws {
    let (server, seen) = try server { request, _ in
      .answer(
        .init(
          status: 201, headers: [.init("X-One", "1"), .init("X-One", "2")], body: request.body))
    }
    defer { server.stop() }
    let transport = CurlTransport()
    let url = "http://127.0.0.1:\(server.port)/a/b?x=%E4%B8%AD"
    let body = String(repeating: "客户", count: 100_000)
    let answer = try await transport.send(try request("PATCH", url, body: body))
    #expect(answer.status == 201)
    #expect(answer.headers["x-one"] == "1, 2")
    #expect(answer.body == Array(body.utf8))
    for method in ["GET", "DELETE", "HEAD"] {
      let answer = try await transport.send(try request(method, url, body: nil))
      #expect(answer.body.isEmpty)
    }
    let emptyPost = try await transport.send(
      try request("POST", url, body: nil, isRepeatable: false))
    #expect(emptyPost.status == 201)
    #expect(seen.requests.map(\.method) == ["PATCH", "GET", "DELETE", "HEAD", "POST"])
    #expect(seen.requests.allSatisfy { $0.path == "/a/b" && $0.query("x") == "中" })
    #expect(seen.requests[0].header("expect") == nil)
    transport.close()
  }

  @Test(arguments: [("POST", "{}"), ("DELETE", nil)])
  func `what must go out once is seen once`(method: String, body: String?) async throws {
    // The first call keeps its connection; on it the second is stored, and no answer comes.
    let (server, seen) = try server { _, number in number == 2 ? .drop() : Self.fine }
    defer { server.stop() }
    let transport = CurlTransport()
    let url = "http://127.0.0.1:\(server.port)/create"
    _ = try await transport.send(try request("POST", url))
    let lost = await failure(
      transport, try request(method, url, body: body, isRepeatable: false))
    #expect(lost?.kind == .unknown)
    #expect(seen.requests.count == 2)
    _ = try await transport.send(try request("POST", url))
    #expect(seen.requests.count == 3)
    transport.close()
  }

  @Test func `keeps connections, also for calls that must go out once`() async throws {
    let (server, seen) = try server { _, _ in Self.fine }
    defer { server.stop() }
    let transport = CurlTransport()
    let url = "http://127.0.0.1:\(server.port)/create"
    for _ in 0..<20 {
      _ = try await transport.send(try request("POST", url, isRepeatable: false))
    }
    #expect(seen.requests.count == 20)
    #expect(server.connectionCount == 1)
    transport.close()
  }

  @Test func `many calls go at once over one thread`() async throws {
    let (server, seen) = try server { _, _ in
      .answer(.init(json: ["ok": true]), afterMilliseconds: 300)
    }
    defer { server.stop() }
    let transport = CurlTransport()
    let wanted = try request("POST", "http://127.0.0.1:\(server.port)/create")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<24 { group.addTask { _ = try await transport.send(wanted) } }
      try await group.waitForAll()
    }
    #expect(seen.requests.count == 24)
    // Each had to open a connection, since none before it was done.
    #expect(server.connectionCount > 12)
    transport.close()
  }

  @Test func `says how far a request got`() async throws {
    let (gone, _) = try server { _, _ in Self.fine }
    let nowhere = "http://127.0.0.1:\(gone.port)/"
    gone.stop()
    let transport = CurlTransport()
    #expect(await failure(transport, try request("POST", nowhere))?.kind == .notSent)
    let (silent, _) = try server { _, _ in .drop(afterMilliseconds: 120_000) }
    defer { silent.stop() }
    var waiting = try request("POST", "http://127.0.0.1:\(silent.port)/")
    waiting.timeout = .seconds(1)
    let lost = await failure(transport, waiting)
    #expect(lost?.kind == .unknown)
    // It gave up by itself; the server would have dropped it later.
    #expect(lost?.reason.contains("too slow") == true)
    transport.close()
  }

  @Test func `takes no endless answer`() async throws {
    let (server, _) = try server { _, _ in
      .answer(.init(status: 200, body: Array(repeating: 65, count: 3 << 20)))
    }
    defer { server.stop() }
    var settings = CurlTransport.Settings()
    settings.longestBody = 2 << 20
    let transport = CurlTransport(settings)
    let lost = await failure(transport, try request("GET", server.address, body: nil))
    #expect(lost == HTTPFailure(.unknown, reason: "the answer is longer than 2 MiB"))
    transport.close()
  }

  @Test func `follows no redirect, and a header value begins no line of its own`() async throws {
    let (server, seen) = try server { _, _ in
      .answer(.init(status: 302, headers: [.init("Location", "/elsewhere")]))
    }
    defer { server.stop() }
    let transport = CurlTransport()
    var wanted = try request("POST", server.address)
    wanted.headers["X-User"] = "1000\r\nX-Forged: 1"
    #expect(try await transport.send(wanted).status == 302)
    #expect(seen.requests.count == 1)
    #expect(seen.requests[0].header("x-forged") == nil)
    transport.close()
  }

  @Test func `ends when its task is cancelled or it is closed`() async throws {
    let (server, _) = try server { _, _ in .drop(afterMilliseconds: 20_000) }
    defer { server.stop() }
    let transport = CurlTransport()
    let wanted = try request("POST", server.address)
    let cancelled = Task { await failure(transport, wanted) }
    let closed = Task { await failure(transport, wanted) }
    cancelled.cancel()
    #expect(await cancelled.value?.kind == .cancelled)
    transport.close()
    #expect(await closed.value?.kind == .cancelled)
    #expect(await failure(transport, wanted)?.kind == .cancelled)
  }

  @Test func `goes through a proxy, with its password`() async throws {
    let (proxy, seen) = try server { request, _ in
      request.method == "CONNECT" ? .answer(.init(status: 407)) : Self.fine
    }
    defer { proxy.stop() }
    var settings = CurlTransport.Settings()
    settings.proxy = "http://user:secret@127.0.0.1:\(proxy.port)"
    let transport = CurlTransport(settings)
    let answer = try await transport.send(try request("GET", "http://crm.test/a", body: nil))
    #expect(answer.status == 200)
    #expect(seen.requests[0].path == "http://crm.test/a")
    #expect(seen.requests[0].header("proxy-authorization") == "Basic dXNlcjpzZWNyZXQ=")
    // TLS goes end to end; what the proxy refuses was never sent.
    let refused = await failure(transport, try request("POST", "https://crm.test/a"))
    #expect(refused?.kind == .notSent)
    #expect(refused?.reason.contains("secret") == false)
    #expect(seen.requests.last?.method == "CONNECT")
    #expect(seen.requests.last?.path == "crm.test:443")
    transport.close()
  }

  @Test func `trusts a certificate only where it may`() async throws {
    guard let certificate = try TestCertificate.make() else { return }
    defer { certificate.remove() }
    let server = try TLSServer(certificate)
    defer { server.stop() }
    let wanted = try request("GET", "https://localhost:\(server.port)/", body: nil)
    let careful = CurlTransport()
    let refused = await failure(careful, wanted)
    #expect(refused?.kind == .untrusted)
    careful.close()
    var settings = CurlTransport.Settings()
    settings.certificates = certificate.path
    let knowing = CurlTransport(settings)
    #expect(try await knowing.send(wanted).status == 200)
    // The name must be the certificate's, too.
    let other = try request("GET", "https://127.0.0.1:\(server.port)/", body: nil)
    #expect(await failure(knowing, other)?.kind == .untrusted)
    settings.certificates = "/no/such.pem"
    #expect(await failure(CurlTransport(settings), wanted)?.kind == .untrusted)
    knowing.close()
  }
}

extension HTTPServer {
  fileprivate var address: String { "http://127.0.0.1:\(port)/" }
}
