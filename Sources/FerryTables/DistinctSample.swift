/// The different values of a column as hashes: all of them, or a sample.
///
/// Samples of two columns are drawn alike, by the hash itself, so that they can be compared.
///
/// Source: P. Flajolet, "On Adaptive Sampling", Computing 43 (1990), 391–400.
public struct DistinctSample: Hashable, Sendable {
  private let hashes: Set<UInt64>
  /// How many zero bits each hash ends in; 0 where all values are here.
  private let depth: Int

  init(hashes: Set<UInt64>, depth: Int) {
    self.hashes = hashes
    self.depth = depth
  }

  /// Enough to know a share within a few percent.
  private static let compared = 1_024

  /// What part of this column's different values stands in another one, from 0 to 1.
  ///
  /// Exact where both columns have few values, otherwise an estimate.
  public func share(in other: DistinctSample) -> Double {
    var deepest = max(depth, other.depth)
    var mine = kept(at: deepest)
    while mine.count > 2 * Self.compared {
      deepest += 1
      mine = kept(at: deepest)
    }
    guard !mine.isEmpty else { return 0 }
    return Double(mine.count { other.hashes.contains($0) }) / Double(mine.count)
  }

  private func kept(at depth: Int) -> [UInt64] {
    let mask: UInt64 = 1 << UInt64(depth) - 1
    return hashes.filter { $0 & mask == 0 }
  }
}

/// How many cells of a column look alike.
public struct ShapeCount: Hashable, Sendable {
  /// What they look like; `text` where nothing is special, `error` for errors of formulas.
  public let shape: String
  /// How many cells do.
  public let count: Int
}
