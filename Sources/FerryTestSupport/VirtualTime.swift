public import FerryHTTPStores
import Foundation
import Synchronization

/// A clock that sleeps by moving on, and chance from a fixed seed: what a client of a product waits for
/// costs a test no time.
public final class VirtualTime: Sendable {
  /// What the clock shows at first: 2023-11-14T22:13:20Z, in seconds since 1970.
  private static let start = 1_700_000_000
  private let time = Mutex(Duration.zero)
  private let random: Mutex<SeededRandom>

  /// Starts it.
  public init(seed: UInt64 = 1) { random = Mutex(SeededRandom(seed: seed)) }

  /// How long it has run.
  public var elapsed: Duration { time.withLock { $0 } }

  /// Moves it on.
  public func advance(_ wait: Duration) { time.withLock { $0 += wait } }

  /// The clock of a double that shares it.
  public var doubleClock: DoubleClock {
    DoubleClock { Self.start * 1000 + Int(self.elapsed / .milliseconds(1)) }
  }

  /// What a client of a product gets from outside.
  public var surroundings: Surroundings {
    Surroundings(
      elapsed: { self.elapsed },
      now: { Date(timeIntervalSince1970: Double(Self.start)) },
      sleep: { wait in
        try Task.checkCancellation()
        self.advance(wait)
      },
      randomBits: { self.random.withLock { $0.next() } })
  }
}
