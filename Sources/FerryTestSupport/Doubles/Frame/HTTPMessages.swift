/// A request as a double's server read it.
public struct HTTPRequest: Hashable, Sendable {
  /// In capitals, such as `POST`.
  public let method: String
  /// The path, percent-decoded, without the query.
  public let path: String
  /// The query's pairs in their order, decoded.
  public let query: [Pair]
  /// Headers in their order; names in lower case.
  public let headers: [Pair]
  /// The body, out of its chunks.
  public let body: [UInt8]

  /// A name and its value.
  public struct Pair: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// Pairs them.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// States a request; `target` is the path with its query, as sent.
  public init(method: String, target: String, headers: [Pair] = [], body: [UInt8] = []) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.method = method
    self.path = Self.decoded(parts[0], plusIsBlank: false)
    self.query = parts.count > 1 ? Self.pairs(parts[1]) : []
    self.headers = headers.map { Pair($0.name.lowercased(), $0.value) }
    self.body = body
  }

  /// The first header of that name, which is in lower case.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The first value of that name in the query.
  public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// The body as JSON; `nil` where it is none.
  public var json: WireValue? { try? WireValue(parsing: body) }

  /// The pairs of a body in form encoding.
  public var form: [Pair] { Self.pairs(String(decoding: body, as: UTF8.self)[...]) }

  /// Whether the body is said to be of that media type.
  public func isOfType(_ type: String) -> Bool {
    header("content-type")?.lowercased().split(separator: ";").first.map { $0 == type } ?? false
  }

  private static func pairs(_ text: Substring) -> [Pair] {
    text.split(separator: "&").map { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return Pair(
        decoded(sides[0], plusIsBlank: true),
        sides.count > 1 ? decoded(sides[1], plusIsBlank: true) : "")
    }
  }

  private static func decoded(_ text: Substring, plusIsBlank: Bool) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// An answer that a double gives.
public struct HTTPResponse: Hashable, Sendable {
  /// The status code.
  public var status: Int
  /// Headers besides the length, in their order.
  public var headers: [HTTPRequest.Pair]
  /// The body.
  public var body: [UInt8]

  /// States an answer.
  public init(status: Int, headers: [HTTPRequest.Pair] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// An answer in JSON.
  public init(status: Int = 200, json: WireValue, headers: [HTTPRequest.Pair] = []) {
    self.init(
      status: status,
      headers: [HTTPRequest.Pair("Content-Type", "application/json;charset=utf-8")] + headers,
      body: json.bytes)
  }

  /// A page as a gateway in front of a service shows it.
  public init(gatewayError status: Int) {
    self.init(
      status: status, headers: [HTTPRequest.Pair("Content-Type", "text/html")],
      body: Array("<html><body><h1>\(status)</h1></body></html>".utf8))
  }

  /// The body as JSON; `nil` where it is none.
  public var json: WireValue? { try? WireValue(parsing: body) }
}

/// What becomes of a request.
public enum HTTPReply: Hashable, Sendable {
  /// It is answered, after that many milliseconds.
  case answer(HTTPResponse, afterMilliseconds: Int = 0)
  /// The connection is closed without a word, after that many milliseconds.
  case drop(afterMilliseconds: Int = 0)
}
