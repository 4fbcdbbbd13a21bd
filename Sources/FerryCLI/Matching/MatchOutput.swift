import FerryMatching

/// The two files that a match writes, each whole or not at all.
struct MatchOutput {
  private let pairs: WholeFile?
  private let clusters: WholeFile?
  /// Rows of the second table follow those of the first from here; 0 where there is one.
  private let otherSideStart: Int

  /// Opens what was asked for, before any work is done.
  static func open(
    pairs: String?, clusters: String?
  ) throws(UsageError) -> (pairs: WholeFile?, clusters: WholeFile?) {
    var files: [WholeFile?] = []
    for path in [pairs, clusters] {
      guard let path else {
        files.append(nil)
        continue
      }
      files.append(try WholeFile(path: path))
    }
    return (files[0], files[1])
  }

  init(_ files: (pairs: WholeFile?, clusters: WholeFile?), otherSideStart: Int) {
    pairs = files.pairs
    clusters = files.clusters
    self.otherSideStart = otherSideStart
  }

  /// Writes a result to both files and puts them in their places.
  func write(_ result: MatchResult) throws(UsageError) {
    if let pairs {
      try pairs.write { $0.append(contentsOf: "left,right,probability\n".utf8) }
      for pair in result.pairs {
        try pairs.write { append(pair, to: &$0) }
      }
    }
    if let clusters {
      try clusters.write { $0.append(contentsOf: "row,cluster\n".utf8) }
      for row in result.clusters.indices {
        let first = Int(result.clusters[row]) + 1
        try clusters.write { $0.append(contentsOf: "\(row + 1),\(first)\n".utf8) }
      }
    }
    try pairs?.finish()
    try clusters?.finish()
  }

  private func append(_ pair: MatchedPair, to bytes: inout ContiguousArray<UInt8>) {
    let millionths = Int((pair.probability * 1_000_000).rounded())
    let fraction = String(millionths % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.count)
    let right = pair.right - otherSideStart + 1
    bytes.append(
      contentsOf: "\(pair.left + 1),\(right),\(millionths / 1_000_000).\(zeros)\(fraction)\n".utf8)
  }
}
