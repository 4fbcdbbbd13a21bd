/// Reads the requests of one connection, one after another (RFC 9112).
struct RequestReader {
  /// A request that can't be read, and the status that says so.
  struct Refused: Error {
    let status: Int
  }

  /// The longest head in bytes; servers usually take 8 to 16 KiB (RFC 9110, section 5.4).
  private static let longestHead = 64 << 10
  /// The largest body in bytes: above Salesforce's 150 MB for one upload.
  private static let largestBody = 160 << 20

  private let socket: Socket
  private var waiting: [UInt8] = []

  init(_ socket: Socket) { self.socket = socket }

  /// The next request; `nil` when the client is done.
  mutating func next() throws(Refused) -> HTTPRequest? {
    guard let head = try head() else { return nil }
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { throw Refused(status: 400) }
    var headers: [HTTPRequest.Pair] = []
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { throw Refused(status: 400) }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.append(HTTPRequest.Pair(line[..<colon].lowercased(), String(value)))
    }
    let body = try body(headers)
    return HTTPRequest(
      method: String(words[0]), target: String(words[1]), headers: headers, body: body)
  }

  private mutating func more() -> Bool {
    let got = socket.receive(64 << 10)
    waiting += got
    return !got.isEmpty
  }

  private mutating func head() throws(Refused) -> String? {
    var from = 0
    while true {
      if let end = Self.blankLine(in: waiting, from: from) {
        let head = String(decoding: waiting[..<end], as: UTF8.self)
        waiting.removeFirst(end + 4)
        return head
      }
      from = max(0, waiting.count - 3)
      guard waiting.count <= Self.longestHead else { throw Refused(status: 431) }
      guard more() else { return nil }
    }
  }

  private static func blankLine(in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= start + 4 else { return nil }
    return (start...bytes.count - 4).first { bytes[$0..<$0 + 4].elementsEqual("\r\n\r\n".utf8) }
  }

  private mutating func body(_ headers: [HTTPRequest.Pair]) throws(Refused) -> [UInt8] {
    let value = { (name: String) in headers.first { $0.name == name }?.value }
    let isChunked = value("transfer-encoding")?.lowercased() == "chunked"
    let length = value("content-length")
    // Both at once is how requests are smuggled (RFC 9112, section 6.3).
    guard !isChunked || length == nil else { throw Refused(status: 400) }
    if value("expect")?.lowercased() == "100-continue" {
      _ = socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
    if isChunked { return try chunks() }
    guard let length else { return [] }
    guard let count = Int(length), count >= 0 else { throw Refused(status: 400) }
    return try take(count)
  }

  private mutating func chunks() throws(Refused) -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let size = try line().split(separator: ";").first.map(String.init) ?? ""
      guard let count = Int(size, radix: 16), count >= 0 else { throw Refused(status: 400) }
      if count == 0 {
        while try !line().isEmpty {}
        return body
      }
      body += try take(count)
      guard body.count <= Self.largestBody else { throw Refused(status: 413) }
      guard try line().isEmpty else { throw Refused(status: 400) }
    }
  }

  private mutating func take(_ count: Int) throws(Refused) -> [UInt8] {
    guard count <= Self.largestBody else { throw Refused(status: 413) }
    while waiting.count < count { guard more() else { throw Refused(status: 400) } }
    defer { waiting.removeFirst(count) }
    return Array(waiting[..<count])
  }

  private mutating func line() throws(Refused) -> String {
    while true {
      if let feed = waiting.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: waiting[..<feed], as: UTF8.self)
        waiting.removeFirst(feed + 1)
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
      }
      guard waiting.count <= Self.longestHead, more() else { throw Refused(status: 400) }
    }
  }
}
