/// How much a finding matters.
///
/// An `error` rejects the record; a `warning` and an `info` do not.
public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
  case info
  case warning
  case error

  /// Orders by weight: info, warning, error.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// One kind of thing that a person must know, with its words in every language.
///
/// Each room keeps its rules as static constants in one file, `…Rules.swift` or `…Words.swift`.
public struct Rule: Hashable, Sendable {
  /// Stable name for docs, tests and reports, such as `csv.unequal-field-count`.
  public let id: String
  /// How much it matters unless a mapping says otherwise.
  public let severity: Severity
  /// What is wrong, with expected and found; `{0}` … are the finding's arguments.
  public let message: Words
  /// What the user can do, as an order; same arguments.
  public let suggestion: Words

  /// States a rule.
  public init(id: String, severity: Severity, message: Words, suggestion: Words) {
    self.id = id
    self.severity = severity
    self.message = message
    self.suggestion = suggestion
  }

  /// Two rules are the same when their ids are.
  public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What is wrong with the data, where, and what to do about it.
public struct Finding: Hashable, Sendable {
  /// The rule that was broken.
  public let rule: Rule
  /// The weight of this finding: the rule's own, or what the mapping says.
  public let severity: Severity
  /// Sheet and cell; `nil` when it is about the whole run.
  public let provenance: Provenance?
  /// The value as it stands in the source; private, so never in a log.
  public let value: String?
  /// What fills the rule's words.
  public let arguments: [String]

  /// Reports that `rule` is broken at `provenance`.
  public init(
    _ rule: Rule, at provenance: Provenance? = nil, value: String? = nil,
    arguments: [String] = [], severity: Severity? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.provenance = provenance
    self.value = value
    self.arguments = arguments
  }

  /// What is wrong, in `language`.
  public func message(in language: Language) -> String {
    rule.message.filled(with: arguments, in: language)
  }

  /// What the user can do, in `language`.
  public func suggestion(in language: Language) -> String {
    rule.suggestion.filled(with: arguments, in: language)
  }
}
