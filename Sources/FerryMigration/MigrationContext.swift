public import Foundation

/// A part of a run's work, for progress.
public enum MigrationPhase: String, Hashable, Sendable {
  case plan
  case apply
  case link
  case verify
  case undo
}

/// What a run gets from outside: its workspace, the store's name, clock, chance and a way to stop.
public struct MigrationContext: Sendable {
  /// Where journal, plans and reports are.
  public internal(set) var workspace: Workspace
  /// The store as the command line named it, never with a secret; the plan keeps it.
  public let storeURL: String
  /// The clock.
  public var now: @Sendable () -> Date
  /// 64 random bits, for run ids.
  public var randomBits: @Sendable () -> UInt64
  /// Asked before each batch: true ends the run at this checkpoint.
  public var isStopped: @Sendable () -> Bool
  /// Told after each batch: the phase, how many records are done, and of how many where known.
  public var progress: @Sendable (MigrationPhase, Int, Int?) -> Void
  /// How long to wait before a call that failed for a passing reason is sent again.
  public var retryDelays: [Duration] = [.milliseconds(200), .seconds(1), .seconds(3)]
  /// How many records go to the store at once; fewer where the store takes fewer.
  public var batchSize = 10_000

  /// Called between the steps of a batch, so that tests can break off anywhere.
  var checkpoint: @Sendable (String) throws -> Void = { _ in }

  /// Gathers them.
  public init(
    workspace: Workspace, storeURL: String, now: @escaping @Sendable () -> Date,
    randomBits: @escaping @Sendable () -> UInt64,
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (MigrationPhase, Int, Int?) -> Void = { _, _, _ in }
  ) {
    self.workspace = workspace
    self.storeURL = storeURL
    self.now = now
    self.randomBits = randomBits
    self.isStopped = isStopped
    self.progress = progress
  }

  /// The time now, UTC in ISO 8601.
  var timestamp: String { now().formatted(.iso8601) }

  /// A new run's id: the time and some chance, so that ids are unique everywhere and sort by time.
  func makeRunID() -> String {
    let time = timestamp.filter { $0 != "-" && $0 != ":" }
    let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
    var bits = randomBits()
    var tail = ""
    for _ in 0..<8 {
      tail.append(letters[Int(bits & 31)])
      bits >>= 5
    }
    return "\(time)-\(tail)"
  }
}
