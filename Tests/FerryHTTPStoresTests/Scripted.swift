import Foundation
import Synchronization

@testable import FerryHTTPStores

/// Answers requests with what a test's closure says, and remembers them.
final class ScriptedTransport: HTTPTransport {
  private let requests = Mutex<[HTTPRequest]>([])
  private let answer: @Sendable (Int, HTTPRequest) throws(HTTPFailure) -> HTTPResponse

  /// `answer` gets each request with its number, from zero.
  init(_ answer: @escaping @Sendable (Int, HTTPRequest) throws(HTTPFailure) -> HTTPResponse) {
    self.answer = answer
  }

  var sent: [HTTPRequest] { requests.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let number = requests.withLock { requests in
      requests.append(request)
      return requests.count - 1
    }
    return try answer(number, request)
  }

  func close() {}
}

extension HTTPResponse {
  /// An answer of that JSON.
  static func json(_ value: JSON, status: Int = 200, headers: [String: String] = [:])
    -> HTTPResponse
  {
    HTTPResponse(status: status, headers: headers, body: value.bytes)
  }
}

extension HTTPRequest {
  /// What was sent, as JSON.
  var json: JSON { (try? JSON(body ?? [])) ?? .null }
}
