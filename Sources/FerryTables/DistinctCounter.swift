// How it works: a set of hashes in one array, its places found by the hash itself. Beyond the
// bound only hashes that end in a zero bit are kept, then in two, and so on.

/// Counts different values exactly up to a bound, then by a sample of their hashes.
///
/// Source: P. Flajolet, "On Adaptive Sampling", Computing 43 (1990), 391–400.
struct DistinctCounter {
  private static let limit = 8_192

  /// Zero where a place is free.
  private var places = ContiguousArray<UInt64>(repeating: 0, count: 16)
  private var kept = 0
  private var depth: UInt64 = 0

  /// Whether values were sampled.
  var isEstimate: Bool { depth > 0 }
  /// How many there are.
  var count: Int { kept << Int(depth) }

  /// The hashes that are kept.
  var sample: DistinctSample {
    DistinctSample(hashes: Set(places.lazy.filter { $0 != 0 }), depth: Int(depth))
  }

  /// Takes one value's hash in.
  mutating func insert(_ hash: UInt64) {
    guard hash & (1 << depth - 1) == 0 else { return }
    add(hash == 0 ? 1 : hash)
    while kept > Self.limit { thin() }
  }

  private mutating func add(_ hash: UInt64) {
    let mask = places.count - 1
    // The low bits are those that thinning keeps alike.
    var place = Int(truncatingIfNeeded: hash >> 32) & mask
    while places[place] != 0 {
      if places[place] == hash { return }
      place = (place + 1) & mask
    }
    places[place] = hash
    kept += 1
    if kept * 2 > places.count, kept <= Self.limit { rebuild(places.count * 2) { _ in true } }
  }

  private mutating func thin() {
    depth += 1
    let mask: UInt64 = 1 << depth - 1
    rebuild(places.count) { $0 & mask == 0 }
  }

  private mutating func rebuild(_ size: Int, keeping isKept: (UInt64) -> Bool) {
    let old = places
    places = ContiguousArray(repeating: 0, count: size)
    kept = 0
    for hash in old where hash != 0 && isKept(hash) { add(hash) }
  }
}
