/// How often a product may be called on one endpoint.
struct RateLimit: Hashable, Sendable {
  /// How many calls may come at once.
  let burst: Int
  /// From one call to the next, once the burst is used up.
  let interval: Duration
}

/// Keeps calls apart: a token bucket for each endpoint.
///
/// Source: ITU-T I.371, annex A, the generic cell rate algorithm, which needs one number a bucket.
actor RateLimiter {
  private let surroundings: Surroundings
  /// By endpoint: when the bucket will be full again.
  private var fullAt: [String: Duration] = [:]

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Waits until a call may go out.
  func wait(for endpoint: String, _ limit: RateLimit) async throws {
    let now = surroundings.elapsed()
    let full = max(fullAt[endpoint] ?? now, now)
    fullAt[endpoint] = full + limit.interval
    let wait = full - limit.interval * (limit.burst - 1) - now
    if wait > .zero { try await surroundings.sleep(wait) }
  }

  /// Lets no call out before that time is over: the product throttles.
  func pause(_ endpoint: String, _ limit: RateLimit, for wait: Duration) {
    let until = surroundings.elapsed() + wait + limit.interval * (limit.burst - 1)
    fullAt[endpoint] = max(fullAt[endpoint] ?? until, until)
  }
}
