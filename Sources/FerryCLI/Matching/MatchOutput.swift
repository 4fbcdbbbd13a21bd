import FerryMatching
import Foundation

/// The files that a match writes, each whole or not at all.
struct MatchOutput {
  private let pairs: WholeFile?
  private let clusters: WholeFile?
  private let model: WholeFile?

  /// Opens what was asked for, before any work is done.
  init(pairs: String?, clusters: String?, model: String?) throws(UsageError) {
    self.pairs = try Self.open(pairs)
    self.clusters = try Self.open(clusters)
    self.model = try Self.open(model)
  }

  private static func open(_ path: String?) throws(UsageError) -> WholeFile? {
    guard let path else { return nil }
    return try WholeFile(path: path)
  }

  /// Writes all files and puts them in their places; rows of a second table follow those of the
  /// first from `otherSideStart`, 0 where there is one.
  func write(_ result: MatchResult, _ learned: MatchModel, otherSideStart: Int) throws {
    if let pairs {
      try pairs.write { $0.append(contentsOf: "left,right,probability\n".utf8) }
      for pair in result.pairs {
        try pairs.write { append(pair, otherSideStart, to: &$0) }
      }
    }
    if let clusters {
      try clusters.write { $0.append(contentsOf: "row,cluster\n".utf8) }
      for row in result.clusters.indices {
        let first = Int(result.clusters[row]) + 1
        try clusters.write { $0.append(contentsOf: "\(row + 1),\(first)\n".utf8) }
      }
    }
    if let model {
      let bytes = try learned.encoded()
      try model.write { $0.append(contentsOf: bytes) }
    }
    for file in [pairs, clusters, model] { try file?.finish() }
  }

  private func append(
    _ pair: MatchedPair, _ otherSideStart: Int, to bytes: inout ContiguousArray<UInt8>
  ) {
    let millionths = Int((pair.probability * 1_000_000).rounded())
    let fraction = String(millionths % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.count)
    let right = pair.right - otherSideStart + 1
    bytes.append(
      contentsOf: "\(pair.left + 1),\(right),\(millionths / 1_000_000).\(zeros)\(fraction)\n".utf8)
  }
}
