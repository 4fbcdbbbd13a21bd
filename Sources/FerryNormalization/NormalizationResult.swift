public import FerryCore

/// A rule that a value broke, with what fills the rule's words.
public struct NormalizationIssue: Hashable, Sendable {
  /// The rule.
  public let rule: Rule
  /// What fills its words.
  public let arguments: [String]

  /// States it.
  public init(_ rule: Rule, _ arguments: String...) {
    self.rule = rule
    self.arguments = arguments
  }

  /// The issue that weighs more; the first of two that weigh the same.
  static func worse(_ left: NormalizationIssue?, _ right: NormalizationIssue?)
    -> NormalizationIssue?
  {
    guard let left, let right else { return left ?? right }
    return right.rule.severity > left.rule.severity ? right : left
  }
}

/// What became of one value.
public enum NormalizationResult: Hashable, Sendable {
  /// The output holds the canonical text.
  case value
  /// The cell is empty, or says that there is nothing (无, N/A, -).
  case blank
  /// A date that can be read in more than one order.
  ///
  /// The output holds all readings; hand it to ``DateColumn/resolve(_:into:)`` once every row of
  /// the column was seen.
  case pending
  /// The value can't be read; the output is empty.
  case invalid(NormalizationIssue)
  /// The output holds the canonical text, and there is something to say.
  case valueWithIssue(NormalizationIssue)

  /// A value, with `issue` where there is one.
  static func value(_ issue: NormalizationIssue?) -> NormalizationResult {
    if let issue { .valueWithIssue(issue) } else { .value }
  }
}
