import Dispatch
import Foundation
import Synchronization

/// Work that is spread over the machine's cores.
enum Parallel {
  /// Calls `body` with the numbers below `count`, several at a time; results come in their order.
  static func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    let next = Atomic(0)
    let threads = max(1, min(ProcessInfo.processInfo.activeProcessorCount, count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count else { return }
        let result = body(number)
        results.withLock { $0[number] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  /// Calls `body` with `0..<total` in ranges of `size`; results come in their order.
  static func map<Result: Sendable>(
    _ total: Int, by size: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    map((total + size - 1) / size) { body($0 * size..<min(total, ($0 + 1) * size)) }
  }
}
