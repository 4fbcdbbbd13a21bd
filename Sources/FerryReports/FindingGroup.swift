public import FerryCore

/// All findings of one rule and one severity.
public struct FindingGroup: Hashable, Sendable {
  /// The rule.
  public let rule: Rule
  /// How much they matter.
  public let severity: Severity
  /// How many there are.
  public fileprivate(set) var count: Int
  /// The first of them, in the order of the sources; at least one.
  public fileprivate(set) var examples: [Finding]

  /// Groups findings: worst severity first, then the most frequent, then by the rule's name.
  ///
  /// The first `limit` findings of each group are kept; all are counted.
  ///
  /// - Complexity: O(*n*) in the findings.
  public static func groups(of findings: [Finding], examples limit: Int) -> [FindingGroup] {
    struct Key: Hashable {
      let rule: String
      let severity: Severity
    }
    var places: [Key: Int] = [:]
    var groups: [FindingGroup] = []
    for finding in findings {
      let key = Key(rule: finding.rule.id, severity: finding.severity)
      guard let index = places[key] else {
        places[key] = groups.count
        groups.append(
          FindingGroup(
            rule: finding.rule, severity: finding.severity, count: 1, examples: [finding]))
        continue
      }
      groups[index].count += 1
      if groups[index].examples.count < limit { groups[index].examples.append(finding) }
    }
    return groups.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      return left.count == right.count
        ? left.rule.id < right.rule.id : left.count > right.count
    }
  }
}
