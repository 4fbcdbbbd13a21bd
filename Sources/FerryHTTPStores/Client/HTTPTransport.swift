public import Foundation

/// One request as it goes out.
public struct HTTPRequest: Sendable {
  /// Such as `POST`.
  public var method: String
  /// The whole address.
  public var url: URL
  /// By name.
  public var headers: [String: String]
  /// `nil` for none.
  public var body: [UInt8]?
  /// How long to wait while nothing comes or goes.
  public var timeout: Duration
  /// False where it must go out once at the most, whatever becomes of the connection.
  public var isRepeatable = true

  /// Gathers them.
  public init(
    _ method: String, _ url: URL, headers: [String: String] = [:], body: [UInt8]? = nil,
    timeout: Duration = .seconds(60)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

/// One answer.
public struct HTTPResponse: Sendable {
  /// How long the server asks to wait: `Retry-After` in seconds, or as a date against its own `Date`.
  ///
  /// Source: RFC 9110, section 10.2.3.
  public var retryAfter: Duration? {
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = Double(text) { return .seconds(max(0, min(seconds, 1e7))) }
    guard let end = Self.date(text), let now = headers["date"].flatMap(Self.date) else {
      return nil
    }
    return .seconds(max(0, end.timeIntervalSince(now)))
  }

  /// A date such as `Fri, 27 Nov 2026 20:00:00 GMT`.
  private static func date(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = .gmt
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
  }

  /// The status code.
  public let status: Int
  /// By name in small letters.
  public let headers: [String: String]
  /// What came.
  public let body: [UInt8]

  /// Gathers them.
  public init(status: Int, headers: [String: String] = [:], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// No answer came.
public struct HTTPFailure: Error, Hashable, Sendable {
  /// How far the request got.
  public enum Kind: Hashable, Sendable {
    /// The server never saw it.
    case notSent
    /// The server may have done what it asks for.
    case unknown
    /// The server's certificate is none that is trusted.
    case untrusted
    /// The task was cancelled.
    case cancelled
  }

  /// How far it got.
  public let kind: Kind
  /// What the system says; never a secret.
  public let reason: String

  /// States a failure.
  public init(_ kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// Sends requests; tests put an own one in its place.
public protocol HTTPTransport: Sendable {
  /// Sends a request and waits for its answer.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse

  /// Lets go of connections.
  func close()
}
