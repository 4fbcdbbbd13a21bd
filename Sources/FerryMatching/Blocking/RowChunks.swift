/// Rows in chunks that threads take in turn; results come in the rows' order.
struct RowChunks: Sendable {
  private static let chunkSize = 4096
  let count: Int
  /// Every row, or one in `stride`.
  let stride: Int

  /// Calls `body` with the candidate pairs of each chunk.
  func map<Result: Sendable>(
    _ search: CandidateSearch, _ body: @Sendable (ContiguousArray<RowPair>) -> Result
  ) -> [Result] {
    Parallel.map(count, by: Self.chunkSize * stride) { rows in
      var pairs = ContiguousArray<RowPair>()
      for row in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: stride) {
        search.appendPartners(of: row, to: &pairs)
      }
      return body(pairs)
    }
  }
}
