public import Foundation

/// What a client gets from outside, so that tests never wait: clock and chance.
public struct Surroundings: Sendable {
  /// Time that never goes back, from whatever start.
  public var elapsed: @Sendable () -> Duration
  /// The date, for signing in and for quotas that end at midnight.
  public var now: @Sendable () -> Date
  /// Waits; throws where the task was cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// 64 random bits, for jitter and trace ids.
  public var randomBits: @Sendable () -> UInt64
  /// Pauses before each look-up of a record that may have been stored; `nil` for the product's own.
  var lookAgain: [Duration]?

  /// Gathers them.
  public init(
    elapsed: @escaping @Sendable () -> Duration, now: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    randomBits: @escaping @Sendable () -> UInt64
  ) {
    self.elapsed = elapsed
    self.now = now
    self.sleep = sleep
    self.randomBits = randomBits
  }

  /// The machine's own.
  public static var machine: Surroundings {
    let start = ContinuousClock.now
    return Surroundings(
      elapsed: { ContinuousClock.now - start }, now: { Date() },
      sleep: { try await Task.sleep(for: $0) },
      randomBits: {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
      })
  }

  /// Some of `wait`: from the half to the whole, so that many clients don't come back at once.
  func jittered(_ wait: Duration) -> Duration {
    wait * (0.5 + 0.5 * Double(randomBits() >> 11) / Double(UInt64(1) << 53))
  }

  /// A fresh UUID, version 4.
  func makeUUID() -> String {
    let (high, low) = (randomBits(), randomBits())
    let first = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
    let second = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
    let digits = Array(Self.hex(first) + Self.hex(second))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
