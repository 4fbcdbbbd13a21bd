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
  ///
  /// The value they are about is an ellipsis too, unless it is to be shown.
  public func message(in language: Language, showingValues: Bool) -> String {
    rule.message.filled(with: arguments(showingValues: showingValues), in: language)
  }

  /// What to do about all of them, with an ellipsis where they differ.
  ///
  /// The value they are about is an ellipsis too, unless it is to be shown.
  public func suggestion(in language: Language, showingValues: Bool) -> String {
    rule.suggestion.filled(with: arguments(showingValues: showingValues), in: language)
  }

  private func arguments(showingValues: Bool) -> [String] {
    let known = commonArguments.map { $0 ?? "…" }
    guard !showingValues, let first = examples.first else { return known }
    return zip(known, first.argumentsWithoutValue).map { $0 == "…" ? $0 : $1 }
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

extension Finding {
  /// What is wrong; the value it is about is an ellipsis, unless it is to be shown.
  func message(in language: Language, showingValues: Bool) -> String {
    let arguments = showingValues ? arguments : argumentsWithoutValue
    return rule.message.filled(with: arguments, in: language)
  }

  /// What to do; the value it is about is an ellipsis, unless it is to be shown.
  func suggestion(in language: Language, showingValues: Bool) -> String {
    let arguments = showingValues ? arguments : argumentsWithoutValue
    return rule.suggestion.filled(with: arguments, in: language)
  }

  fileprivate var argumentsWithoutValue: [String] {
    let blanks: (Character) -> Bool = { $0.isWhitespace }
    let plain = value.map { $0.drop(while: blanks).reversed().drop(while: blanks).reversed() } ?? []
    let value = String(plain)
    guard !value.isEmpty else { return arguments }
    // A short value stands in other words by chance.
    let isTelling = value.count >= 4
    return arguments.map { $0 == value || isTelling && $0.contains(value) ? "…" : $0 }
  }
}
