import Foundation
import Synchronization

/// Whether the process was asked to stop: SIGTERM, or Ctrl-C.
///
/// A run looks here between batches and ends at a checkpoint.
enum StopSignal {
  private static let wasAsked = Atomic<Bool>(false)

  /// Whether a signal came since ``watch()``.
  static var isRaised: Bool { wasAsked.load(ordering: .relaxed) }

  /// Turns SIGTERM and SIGINT into a request; a second one ends the process at once.
  static func watch() {
    for number in [SIGTERM, SIGINT] {
      signal(number) { received in
        StopSignal.wasAsked.store(true, ordering: .relaxed)
        signal(received, SIG_DFL)
      }
    }
  }
}
