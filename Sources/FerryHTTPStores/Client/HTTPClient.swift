import FerryStores
import Foundation

// How it works: each call waits for its turn (RateLimiter), carries the sign-in, and is judged by the
// product's dialect. What was certainly not done is sent again after a pause; what may have been done
// is sent again only where a repeat is harmless, and otherwise handed back as unknown: the store asks
// for the record first.

/// The one HTTP client of all products.
actor HTTPClient {
  /// How long and how often a call is tried.
  struct Patience: Sendable {
    var tries = 8
    /// How many sign-ins in a row may expire before any call is answered.
    var renewals = 3
    /// How often one call may find its sign-in expired, whatever becomes of the others.
    var renewalsOfOneCall = 12
    var firstPause = Duration.seconds(1)
    var longestPause = Duration.seconds(30)
    /// Where a product throttles and does not say for how long.
    var throttlePause = Duration.seconds(5)
    /// Where a product asks for a longer pause, its quota is used up.
    var longestThrottle = Duration.seconds(900)
    var timeout = Duration.seconds(60)
  }

  nonisolated let base: URL
  /// The store as people see it.
  nonisolated let name: String
  nonisolated let surroundings: Surroundings
  nonisolated let transport: any HTTPTransport
  nonisolated let limiter: RateLimiter
  /// `nil` where the profile names no number of calls a day.
  nonisolated let quota: CallQuota?
  private let dialect: any Dialect
  private let patience: Patience
  private var redaction: Redaction
  private var current: (signIn: SignIn, endsAt: Duration?)?
  private var renewal: Task<Result<SignIn, StoreError>, Never>?
  /// How many sign-ins were made since a call was last answered.
  private var fruitlessSignIns = 0

  init(
    base: URL, name: String, secrets: [Secret], dialect: any Dialect,
    transport: any HTTPTransport, surroundings: Surroundings, patience: Patience = Patience(),
    quota: CallQuota? = nil
  ) {
    self.base = base
    self.name = name
    self.dialect = dialect
    self.transport = transport
    self.surroundings = surroundings
    self.patience = patience
    self.quota = quota
    limiter = RateLimiter(surroundings)
    redaction = Redaction(secrets)
  }

  /// Sends a call until it is done, refused or hopeless.
  ///
  /// - Throws: What ends a run; a refusal of this one call is no error.
  func send(_ call: HTTPCall) async throws(StoreError) -> CallResult {
    var pause = patience.firstPause
    var (tries, renewals) = (0, 0)
    while true {
      let reason: String
      var wait = surroundings.jittered(pause)
      switch try await attempt(call) {
      case .done(let result): return result
      case .signInExpired(let signIn, let refusal):
        // Another call may have renewed it meanwhile.
        if current?.signIn == signIn { current = nil }
        renewals += 1
        guard fruitlessSignIns <= patience.renewals, renewals <= patience.renewalsOfOneCall else {
          throw fault(.signInRefused, refusal)
        }
        continue
      case .notDone(let why, let after):
        reason = why
        wait = max(wait, after ?? .zero)
      case .perhapsDone(let why):
        guard call.isRepeatable else { return .unknown(reason: why) }
        reason = why
      }
      tries += 1
      guard tries < patience.tries else {
        throw HTTPStoreRules.error(
          .busy, isTransient: true, HTTPStoreRules.busy, name, redaction.safe(reason))
      }
      try await rest(for: wait)
      pause = min(pause * 2, patience.longestPause)
    }
  }

  /// What one try came to.
  private enum Attempt {
    case done(CallResult)
    case signInExpired(SignIn, words: String)
    case notDone(reason: String, after: Duration?)
    case perhapsDone(reason: String)
  }

  private func attempt(_ call: HTTPCall) async throws(StoreError) -> Attempt {
    let signIn = call.isSignedIn ? try await signedIn() : SignIn()
    do {
      try await limiter.wait(for: call.endpoint, call.limit)
    } catch {
      throw stopped
    }
    try quota?.take()
    let response: HTTPResponse
    do throws(HTTPFailure) {
      response = try await transport.send(request(call, signIn))
    } catch {
      return try outcome(of: error)
    }
    let json = dialect.content(of: response)
    let verdict = dialect.verdict(on: response, json)
    if call.isSignedIn, verdict.isAnswered { fruitlessSignIns = 0 }
    return try await outcome(of: verdict, response, json, call, signIn)
  }

  private func outcome(
    of verdict: Verdict, _ response: HTTPResponse, _ json: JSON?, _ call: HTTPCall,
    _ signIn: SignIn
  ) async throws(StoreError) -> Attempt {
    switch verdict {
    case .answer:
      let text = response.body.isEmpty ? nil : String(decoding: response.body, as: UTF8.self)
      return .done(.answer(json ?? text.map { .string($0) } ?? .null))
    case .refused(let refusal): return .done(.refused(safe(refusal)))
    case .throttled(let after):
      let wait = after ?? response.retryAfter ?? patience.throttlePause
      guard wait <= patience.longestThrottle else {
        throw quotaUsed("HTTP \(response.status)", endsIn: wait)
      }
      await limiter.pause(call.endpoint, call.limit, for: wait)
      return .notDone(reason: "HTTP \(response.status)", after: wait)
    case .failing(let reason): return .perhapsDone(reason: reason)
    case .signInExpired:
      return .signInExpired(signIn, words: redaction.safe("HTTP \(response.status)"))
    case .quotaUsed(let refusal): throw quotaUsed(safe(refusal).shown)
    case .hopeless(let kind, let refusal): throw fault(kind, safe(refusal).shown)
    }
  }

  /// No more calls for now, and when there are again.
  private func quotaUsed(_ words: String, endsIn wait: Duration? = nil) -> StoreError {
    let now = surroundings.now()
    let end =
      wait.map { now.addingTimeInterval(Double($0.components.seconds)) }
      ?? dialect.quotaRenewal(after: now)
    guard let end else {
      return HTTPStoreRules.error(
        .full, isTransient: false, HTTPStoreRules.quotaUsed, name, words)
    }
    return HTTPStoreRules.error(
      .full, isTransient: false, HTTPStoreRules.quotaUsedUntil, name, words,
      end.formatted(.iso8601))
  }

  private func outcome(of failure: HTTPFailure) throws(StoreError) -> Attempt {
    let reason = redaction.safe(failure.reason)
    switch failure.kind {
    case .notSent: return .notDone(reason: reason, after: nil)
    case .unknown: return .perhapsDone(reason: reason)
    case .cancelled: throw stopped
    case .untrusted:
      throw HTTPStoreRules.error(
        .unreachable, isTransient: false, HTTPStoreRules.untrusted, name, reason)
    }
  }

  private func request(_ call: HTTPCall, _ signIn: SignIn) -> HTTPRequest {
    var parts = URLComponents(url: base, resolvingAgainstBaseURL: false) ?? URLComponents()
    parts.path =
      (parts.path.hasSuffix("/") ? String(parts.path.dropLast()) : parts.path) + call.path
    var query = call.query
    if let name = call.traceParameter { query[name] = surroundings.makeUUID() }
    if !query.isEmpty {
      parts.queryItems = query.sorted { $0.key < $1.key }.map {
        URLQueryItem(name: $0.key, value: $0.value)
      }
      // Servers read a plus as a blank.
      parts.percentEncodedQuery = parts.percentEncodedQuery?.replacing("+", with: "%2B")
    }
    var body = call.body
    if !signIn.fields.isEmpty {
      let fields = signIn.fields.mapValues { JSON.string($0.revealed) }
      body = .object((body?.members ?? [:]).merging(fields) { own, _ in own })
    }
    var headers = call.headers.merging(signIn.headers.mapValues(\.revealed)) { own, _ in own }
    let bytes = call.content?.bytes ?? body?.bytes
    if bytes != nil, headers["Content-Type"] == nil {
      headers["Content-Type"] = call.content?.type ?? "application/json"
    }
    var request = HTTPRequest(
      call.method, parts.url ?? base, headers: headers, body: bytes,
      timeout: patience.timeout)
    request.isRepeatable = call.isRepeatable
    return request
  }

  /// Waits.
  ///
  /// - Throws: Where the run was stopped meanwhile.
  nonisolated func rest(for wait: Duration) async throws(StoreError) {
    do {
      try await surroundings.sleep(wait)
    } catch {
      throw stopped
    }
  }

  private nonisolated var stopped: StoreError {
    HTTPStoreRules.error(.busy, isTransient: false, HTTPStoreRules.stopped, name)
  }

  /// A refusal that people may see.
  private func safe(_ refusal: Refusal) -> Refusal {
    var refusal = refusal
    refusal.message = redaction.safe(refusal.message)
    return refusal
  }

  private func fault(_ fault: StoreFault, _ words: String) -> StoreError {
    switch fault {
    case .signInRefused:
      HTTPStoreRules.refusedSignIn(to: name, words)
    case .noRight:
      HTTPStoreRules.error(.refused, isTransient: false, HTTPStoreRules.noRight, name, words)
    case .noQuota:
      HTTPStoreRules.error(.full, isTransient: false, HTTPStoreRules.noQuota, name, words)
    case .wrongHost:
      HTTPStoreRules.error(
        .unreachable, isTransient: false, HTTPStoreRules.wrongHost, name, base.absoluteString)
    }
  }
}

// MARK: - Signing in

extension HTTPClient {
  /// The id of the user who signs in; `nil` where the product does not say.
  func user() async throws(StoreError) -> String? { try await signedIn().user }

  /// The sign-in, made once for all calls that wait for it.
  private func signedIn() async throws(StoreError) -> SignIn {
    if let current, current.endsAt.map({ surroundings.elapsed() < $0 }) ?? true {
      return current.signIn
    }
    let task =
      renewal
      ?? Task { [self] in
        do throws(StoreError) {
          return .success(try await renew())
        } catch {
          return .failure(error)
        }
      }
    renewal = task
    let result = await task.value
    renewal = nil
    return try result.get()
  }

  private func renew() async throws(StoreError) -> SignIn {
    let start = surroundings.elapsed()
    let signIn = try await dialect.signIn { (call) throws(StoreError) in
      var call = call
      call.isSignedIn = false
      return try await send(call)
    }
    for secret in Array(signIn.headers.values) + signIn.fields.values { redaction.add(secret) }
    current = (signIn, signIn.lifetime.map { start + $0 })
    fruitlessSignIns += 1
    return signIn
  }
}
