import FerryCore

/// Findings of a run, at most so many of one rule; of the rest only the number is kept.
struct FindingLog {
  /// Enough for any person; a hostile sheet can't fill the memory.
  static let limit = 10_000

  private var listed: [Finding] = []
  private var counts: [Rule: Int] = [:]

  /// Adds a finding, or counts it where its rule is at the limit.
  mutating func add(_ finding: Finding) {
    counts[finding.rule, default: 0] += 1
    if counts[finding.rule, default: 0] <= Self.limit { listed.append(finding) }
  }

  /// Adds many.
  mutating func add(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  /// Counts findings that are not at hand any more, by rule.
  mutating func add(unlisted numbers: [Rule: Int]) {
    for (rule, number) in numbers { counts[rule, default: 0] += number }
  }

  /// Adds what another log holds.
  mutating func add(_ other: FindingLog) {
    add(other.listed)
    for (rule, count) in other.counts where count > Self.limit {
      counts[rule, default: 0] += count - Self.limit
    }
  }

  /// The findings, and one for each rule that was cut short; worst first, then as they came.
  var findings: [Finding] {
    let cut = counts.filter { $0.value > Self.limit }.sorted { $0.key.id < $1.key.id }.map {
      Finding(
        .moreFindings, arguments: [$0.key.id, String($0.value - Self.limit)],
        severity: $0.key.severity)
    }
    // Many and large: they are copied once.
    var sorted: [Finding] = []
    sorted.reserveCapacity(listed.count + cut.count)
    for severity in Severity.allCases.reversed() {
      for finding in listed where finding.severity == severity { sorted.append(finding) }
      for finding in cut where finding.severity == severity { sorted.append(finding) }
    }
    return sorted
  }
}
