import Foundation

/// Rows in chunks that threads take in turn; results come in the rows' order.
struct RowChunks: Sendable {
  private static let chunkSize = 4096
  let count: Int
  /// Every row, or one in `stride`.
  let stride: Int

  /// Calls `body` with the candidate pairs of each chunk.
  func map<Result: Sendable>(
    _ search: CandidateSearch,
    _ body: @escaping @Sendable (ContiguousArray<RowPair>) -> Result
  ) async -> [Result] {
    let size = Self.chunkSize * stride
    let chunkCount = (count + size - 1) / size
    let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, chunkCount))
    return await withTaskGroup(of: [(Int, Result)].self) { group in
      for worker in 0..<workers {
        group.addTask {
          chunks(Swift.stride(from: worker, to: chunkCount, by: workers), search, body)
        }
      }
      var all: [(Int, Result)] = []
      for await results in group { all += results }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func chunks<Result>(
    _ numbers: StrideTo<Int>, _ search: CandidateSearch,
    _ body: (ContiguousArray<RowPair>) -> Result
  ) -> [(Int, Result)] {
    var results: [(Int, Result)] = []
    var pairs = ContiguousArray<RowPair>()
    let size = Self.chunkSize * stride
    for number in numbers {
      pairs.removeAll(keepingCapacity: true)
      for row in Swift.stride(from: number * size, to: min(count, (number + 1) * size), by: stride)
      {
        search.appendPartners(of: row, to: &pairs)
      }
      results.append((number, body(pairs)))
    }
    return results
  }
}
