import Foundation
import Synchronization

@testable import FerryHTTPStores

/// A clock that sleeps by moving on, and chance from a fixed seed.
final class VirtualTime: Sendable {
  private let time = Mutex(Duration.zero)
  private let bits = Mutex<UInt64>(1)

  var elapsed: Duration { time.withLock { $0 } }

  func advance(_ wait: Duration) { time.withLock { $0 += wait } }

  var surroundings: Surroundings {
    Surroundings(
      elapsed: { self.elapsed },
      now: { Date(timeIntervalSince1970: 1_700_000_000) },
      sleep: { wait in
        try Task.checkCancellation()
        self.advance(wait)
      },
      randomBits: {
        self.bits.withLock { bits in
          bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return bits
        }
      })
  }
}

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
