/// How often each pattern was seen among candidate pairs.
struct PatternCounts: Sendable {
  private(set) var patterns = ContiguousArray<Pattern>()
  private(set) var counts = ContiguousArray<Double>()
  private var places: [Pattern: Int] = [:]

  /// How many pairs were counted.
  private(set) var pairCount = 0

  mutating func add(_ pattern: Pattern) {
    pairCount += 1
    if let place = places[pattern] {
      counts[place] += 1
    } else {
      places[pattern] = patterns.count
      patterns.append(pattern)
      counts.append(1)
    }
  }
}
