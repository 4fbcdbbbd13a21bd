@testable import FerryTestSupport

/// A client of one connection that sends bytes as it is told to.
struct RawClient: ~Copyable {
  private let socket: Socket
  private var waiting: [UInt8] = []

  init(port: Int) throws { socket = try Socket.connected(toPort: port) }

  deinit { socket.close() }

  /// Sends bytes as they are.
  func send(_ text: String) { _ = socket.send(Array(text.utf8)) }

  /// Sends a request with a length.
  mutating func ask(
    _ method: String, _ target: String, json: WireValue? = nil, body: String = "",
    headers: [String: String] = [:]
  ) -> HTTPResponse? {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    let bytes = json?.bytes ?? Array(body.utf8)
    if json != nil { head += "Content-Type: application/json\r\n" }
    _ = socket.send(Array("\(head)Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes)
    return answer()
  }

  /// The next answer; `nil` when the connection ends instead.
  mutating func answer() -> HTTPResponse? {
    var head: [Substring] = []
    while true {
      guard let text = line() else { return nil }
      if text.isEmpty { break }
      head.append(text[...])
    }
    var headers: [HTTPRequest.Pair] = []
    for line in head.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      headers.append(HTTPRequest.Pair(sides[0].lowercased(), sides[1].dropFirst().description))
    }
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    while waiting.count < length { guard more() else { return nil } }
    defer { waiting.removeFirst(length) }
    return HTTPResponse(
      status: head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0,
      headers: headers, body: Array(waiting[..<length]))
  }

  private mutating func more() -> Bool {
    let got = socket.receive(64 << 10)
    waiting += got
    return !got.isEmpty
  }

  private mutating func line() -> String? {
    while true {
      if let feed = waiting.firstIndex(of: 10) {
        defer { waiting.removeFirst(feed + 1) }
        return String(decoding: waiting[..<feed].dropLast(), as: UTF8.self)
      }
      guard more() else { return nil }
    }
  }
}
