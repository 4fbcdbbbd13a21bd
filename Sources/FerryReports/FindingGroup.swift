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

  // What all findings say in each place of the rule's words; `nil` where they differ.
  fileprivate var commonArguments: [String?]

  /// Whether all findings say the same, places aside.
  public var isUniform: Bool { !commonArguments.contains(nil) }

  /// What is wrong with all of them, with an ellipsis where they differ.
  public func message(in language: Language) -> String {
    rule.message.filled(with: commonArguments.map { $0 ?? "…" }, in: language)
  }

  /// What to do about all of them, with an ellipsis where they differ.
  public func suggestion(in language: Language) -> String {
    rule.suggestion.filled(with: commonArguments.map { $0 ?? "…" }, in: language)
  }

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
            rule: finding.rule, severity: finding.severity, count: 1, examples: [finding],
            commonArguments: finding.arguments))
        continue
      }
      groups[index].add(finding)
      if groups[index].examples.count < limit { groups[index].examples.append(finding) }
    }
    return groups.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      return left.count == right.count
        ? left.rule.id < right.rule.id : left.count > right.count
    }
  }

  private mutating func add(_ finding: Finding) {
    count += 1
    for (index, argument) in commonArguments.enumerated() where argument != nil {
      let other = finding.arguments.indices.contains(index) ? finding.arguments[index] : nil
      if argument != other { commonArguments[index] = nil }
    }
  }
}
