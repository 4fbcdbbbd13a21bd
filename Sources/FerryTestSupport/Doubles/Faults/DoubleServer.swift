import Synchronization

/// A product's double behind a port, with faults, a log of calls, and paths that no vendor has.
///
/// - `GET /__double/contents`: what is stored, as JSON.
/// - `GET /__double/calls`: calls by path, faults by kind, answers by status, milliseconds that callers
///   waited in all, as JSON.
/// - `POST /__double/calm`: nothing goes wrong from now on.
///
/// It stops when it is let go of.
public final class DoubleServer: Sendable {
  /// A request and what became of it.
  public struct Exchange: Sendable {
    /// What was asked.
    public let request: HTTPRequest
    /// What was answered, or would have been.
    public let response: HTTPResponse
    /// What went wrong on the way.
    public let fault: Fault?
  }

  private let core: DoubleCore
  private let server: HTTPServer

  /// Starts it; port 0 picks a free one.
  public init(
    _ product: any ProductDouble, faults: FaultPlan = FaultPlan(), port: Int = 0,
    clock: DoubleClock = .machine, keepsExchanges: Bool = false
  ) throws {
    let core = DoubleCore(product, faults, clock, keepsExchanges: keepsExchanges)
    self.core = core
    // The threads hold the core alone, so that none of them can be the last to hold the server.
    server = try HTTPServer(port: port) { core.reply(to: $0) }
  }

  deinit { server.stop() }

  /// The port that it listens on.
  public var port: Int { server.port }

  /// Where clients find it, without a slash at the end.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Ends it, with all its connections and threads.
  public func stop() { server.stop() }

  /// What is stored, see ``ProductDouble/contents``.
  public var contents: WireValue { core.state.withLock { $0.product.contents } }

  /// Every exchange so far, where they are kept.
  public var exchanges: [Exchange] { core.state.withLock { $0.exchanges } }

  /// Lets something else go wrong from now on.
  public func plan(_ faults: FaultPlan) { core.plan(faults) }
}

/// What a double's threads share.
final class DoubleCore: Sendable {
  struct State {
    var product: any ProductDouble
    var dealer: FaultDealer
    var callNumber = 0
    var counts: [String: [String: Int]] = ["calls": [:], "faults": [:], "statuses": [:]]
    /// How long callers waited for answers, in all.
    var busy = Duration.zero
    var exchanges: [DoubleServer.Exchange] = []
  }

  let state: Mutex<State>
  private let clock: DoubleClock
  private let keepsExchanges: Bool

  init(
    _ product: any ProductDouble, _ faults: FaultPlan, _ clock: DoubleClock, keepsExchanges: Bool
  ) {
    state = Mutex(State(product: product, dealer: FaultDealer(faults, able: product.faults)))
    self.clock = clock
    self.keepsExchanges = keepsExchanges
  }

  func plan(_ faults: FaultPlan) {
    state.withLock { $0.dealer = FaultDealer(faults, able: $0.product.faults) }
  }

  func reply(to request: HTTPRequest) -> HTTPReply {
    if request.path.hasPrefix("/__double/") { return .answer(own(request)) }
    let start = ContinuousClock.now
    return state.withLock { state in
      defer {
        state.busy += start.duration(to: .now) + .milliseconds(state.dealer.plan.delayMilliseconds)
      }
      state.callNumber += 1
      let fault = state.product.isSignIn(request) ? nil : state.dealer.next(path: request.path)
      if fault == .expiredToken { state.product.expireTokens() }
      let seed = fault == .partial ? state.dealer.partialSeed() : nil
      let plan = state.dealer.plan
      let call = ProductCall(
        now: clock.now(), number: state.callNumber,
        lag: SearchLag(reads: plan.lagReads, milliseconds: plan.lagMilliseconds), partialSeed: seed)
      let response = state.response(to: request, call, fault)
      state.note(
        DoubleServer.Exchange(request: request, response: response, fault: fault), keepsExchanges)
      switch fault {
      case .drop, .storedThenDrop: return .drop()
      case .storedThenSilence: return .drop(afterMilliseconds: plan.silenceMilliseconds)
      default: return .answer(response, afterMilliseconds: plan.delayMilliseconds)
      }
    }
  }

  private func own(_ request: HTTPRequest) -> HTTPResponse {
    switch (request.method, request.path) {
    case ("GET", "/__double/contents"):
      return HTTPResponse(json: state.withLock { $0.product.contents })
    case ("GET", "/__double/calls"):
      let counts = state.withLock { state in
        state.counts.merging(["busy": ["milliseconds": Int(state.busy / .milliseconds(1))]]) { $1 }
      }
      return HTTPResponse(
        json: .object(counts.mapValues { .object($0.mapValues { WireValue($0) }) }))
    case ("POST", "/__double/calm"):
      let delay = state.withLock { $0.dealer.plan.delayMilliseconds }
      plan(FaultPlan(delayMilliseconds: delay))
      return HTTPResponse(json: ["calm": true])
    default: return HTTPResponse(status: 404, json: ["error": "no such path of the double"])
    }
  }
}

extension DoubleCore.State {
  fileprivate mutating func response(
    to request: HTTPRequest, _ call: ProductCall, _ fault: Fault?
  ) -> HTTPResponse {
    switch fault {
    case .throttle: product.throttled(call)
    case .serverError: product.broken(call)
    case .drop: HTTPResponse(status: 0)
    default: product.answer(request, call)
    }
  }

  fileprivate mutating func note(_ exchange: DoubleServer.Exchange, _ isKept: Bool) {
    counts["calls"]?[exchange.request.path, default: 0] += 1
    counts["statuses"]?[String(exchange.response.status), default: 0] += 1
    if let fault = exchange.fault { counts["faults"]?[fault.rawValue, default: 0] += 1 }
    if isKept { exchanges.append(exchange) }
  }
}
