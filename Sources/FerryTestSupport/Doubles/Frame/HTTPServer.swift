internal import Dispatch
import Foundation
import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1: one thread takes connections, each has one of its own.
///
/// Connections are kept until the client ends them or says `Connection: close`.
public final class HTTPServer: Sendable {
  /// The port that it listens on.
  public let port: Int
  private let listener: Socket
  private let answer: @Sendable (HTTPRequest) -> HTTPReply
  private let connections = Mutex(Connections())
  private let threads = DispatchGroup()

  /// How many connections it has taken.
  public var connectionCount: Int { connections.withLock { $0.count } }

  private struct Connections {
    var isStopping = false
    var count = 0
    var open: Set<Socket> = []
  }

  /// Starts to listen; port 0 picks a free one.
  ///
  /// `answer` is called from several threads at once.
  public init(port: Int = 0, answer: @escaping @Sendable (HTTPRequest) -> HTTPReply) throws {
    listener = try Socket.listening(onPort: port)
    self.port = listener.port
    self.answer = answer
    start { [self] in takeConnections() }
  }

  /// Closes every connection and ends when its last thread has; a second call does nothing.
  ///
  /// The server holds itself alive until then.
  public func stop() {
    let isFirst = connections.withLock { connections in
      guard !connections.isStopping else { return false }
      connections.isStopping = true
      // None of these is closed yet: a thread takes its socket out before it closes it.
      for socket in connections.open { socket.shutDown() }
      return true
    }
    guard isFirst else { return }
    if let waker = try? Socket.connected(toPort: port) { waker.close() }
    threads.wait()
    listener.close()
  }

  private func start(_ work: @escaping @Sendable () -> Void) {
    threads.enter()
    Thread.detachNewThread { [threads] in
      work()
      threads.leave()
    }
  }

  private func takeConnections() {
    while let socket = listener.accepted() {
      let isTaken = connections.withLock { connections in
        guard !connections.isStopping else { return false }
        connections.open.insert(socket)
        connections.count += 1
        return true
      }
      guard isTaken else { return socket.close() }
      start { [self] in serve(socket) }
    }
  }

  private func serve(_ socket: Socket) {
    defer {
      connections.withLock { _ = $0.open.remove(socket) }
      socket.close()
    }
    var reader = RequestReader(socket)
    do throws(RequestReader.Refused) {
      while let request = try reader.next() {
        guard reply(to: request, on: socket) else { return }
      }
    } catch {
      _ = socket.send(Self.bytes(of: HTTPResponse(status: error.status), isLast: true))
    }
  }

  /// Answers one request; whether the connection lives on.
  private func reply(to request: HTTPRequest, on socket: Socket) -> Bool {
    switch answer(request) {
    case .drop(let milliseconds):
      _ = socket.wait(milliseconds: milliseconds)
      return false
    case .answer(let response, let milliseconds):
      let isLast = request.header("connection")?.lowercased() == "close"
      guard socket.wait(milliseconds: milliseconds) else { return false }
      let bytes = Self.bytes(of: response, isLast: isLast, withBody: request.method != "HEAD")
      return socket.send(bytes) && !isLast
    }
  }

  private static func bytes(
    of response: HTTPResponse, isLast: Bool, withBody: Bool = true
  ) -> [UInt8] {
    var head = "HTTP/1.1 \(response.status) \(phrase(response.status))\r\n"
    for header in response.headers { head += "\(header.name): \(header.value)\r\n" }
    if response.status != 204 { head += "Content-Length: \(response.body.count)\r\n" }
    head += isLast ? "Connection: close\r\n\r\n" : "\r\n"
    return Array(head.utf8) + (withBody && response.status != 204 ? response.body : [])
  }

  private static func phrase(_ status: Int) -> String {
    let phrases = [
      200: "OK", 201: "Created", 204: "No Content", 207: "Multi-Status", 400: "Bad Request",
      401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
      429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
      503: "Service Unavailable",
    ]
    return phrases[status] ?? "Status \(status)"
  }
}
