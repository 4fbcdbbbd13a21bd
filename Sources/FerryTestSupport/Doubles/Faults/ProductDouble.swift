internal import Foundation

/// A product's stand-in: what it holds, and how it answers a request, without a socket.
///
/// It is strict: what the vendor refuses, it refuses. A new product is one conformance and a
/// table of its objects.
public protocol ProductDouble: Sendable {
  /// The product's name in a command, such as `hubspot`.
  var name: String { get }
  /// The faults that the product can show.
  var faults: Set<Fault> { get }

  /// Whether a request asks for a token; nothing goes wrong with these.
  func isSignIn(_ request: HTTPRequest) -> Bool

  /// Answers a request.
  mutating func answer(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse

  /// How the product says that there were too many calls.
  func throttled(_ call: ProductCall) -> HTTPResponse

  /// How the product breaks down, by turns where it has several ways.
  func broken(_ call: ProductCall) -> HTTPResponse

  /// Makes every token that is out there worthless.
  mutating func expireTokens()

  /// What is stored: object by object, record by record; neither tokens nor times of change.
  var contents: WireValue { get }
}

extension ProductDouble {
  /// The pages of a proxy in front of the product, by turns.
  public func broken(_ call: ProductCall) -> HTTPResponse {
    HTTPResponse(gatewayError: [502, 503, 504][call.number % 3])
  }
}

/// What a product needs to know about a call besides the request.
public struct ProductCall: Hashable, Sendable {
  /// Milliseconds since 1970.
  public let now: Int
  /// One-based, of this double.
  public let number: Int
  /// How late searches find what this call creates.
  let lag: SearchLag
  /// Says which records of a batch fail; `nil` means none.
  let partialSeed: UInt64?

  init(now: Int, number: Int, lag: SearchLag = SearchLag(), partialSeed: UInt64? = nil) {
    self.now = now
    self.number = number
    self.lag = lag
    self.partialSeed = partialSeed
  }

  /// Whether the batch's record at that index is to fail: about every third, the first always.
  func fails(_ index: Int) -> Bool {
    guard let partialSeed else { return false }
    var random = SeededRandom(seed: partialSeed &+ UInt64(index))
    return index == 0 || random.next() % 3 == 0
  }
}

/// How late searches find a new record.
struct SearchLag: Hashable, Sendable {
  var reads = 0
  var milliseconds = 0
}

/// Where a double takes the time from; tests turn theirs by hand.
public struct DoubleClock: Sendable {
  /// Milliseconds since 1970.
  public let now: @Sendable () -> Int

  /// The machine's clock.
  public static let machine = DoubleClock { Int(Date().timeIntervalSince1970 * 1000) }

  /// A clock that asks `now`.
  public init(now: @escaping @Sendable () -> Int) { self.now = now }
}
