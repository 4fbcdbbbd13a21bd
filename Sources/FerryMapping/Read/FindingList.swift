import FerryCore

/// Findings of the sources, at most so many of one rule; of the rest only the number is kept.
struct FindingList: Sendable {
  /// As many of one rule as a run lists.
  static let limit = 10_000

  private(set) var listed: [Finding] = []
  private var counts: [Rule: Int] = [:]
  /// How many there are, those that are not listed included.
  private(set) var count = 0

  /// How many of a rule are not listed; rules of which all are listed are not here.
  var unlisted: [Rule: Int] {
    counts.filter { $0.value > Self.limit }.mapValues { $0 - Self.limit }
  }

  mutating func append(_ finding: Finding) {
    count += 1
    let known = counts[finding.rule, default: 0]
    counts[finding.rule] = known + 1
    if known < Self.limit { listed.append(finding) }
  }

  mutating func append(contentsOf findings: some Sequence<Finding>) {
    for finding in findings { append(finding) }
  }

  /// Adds what another list holds behind this one's.
  mutating func append(contentsOf other: FindingList) {
    append(contentsOf: other.listed)
    for (rule, number) in other.unlisted {
      counts[rule, default: 0] += number
      count += number
    }
  }
}
