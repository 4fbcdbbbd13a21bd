import FerryCore

/// An error's lines on standard error.
enum FailureText {
  /// `place: error: message [rule]`, and how to mend it on a second line.
  static func lines(_ finding: Finding, _ console: Console) -> String {
    let language = console.language
    let word = Words(en: "error", zh: "错误")[language]
    let painted = console.usesColor ? "\u{1B}[31m\(word)\u{1B}[0m" : word
    let place = finding.provenance.map { "\($0): " } ?? ""
    let fix = Words(en: "fix", zh: "处理")[language]
    let suggestion = finding.suggestion(in: language)
    let message = "\(place)\(painted): \(finding.message(in: language))"
    return suggestion.isEmpty ? message : "\(message)\n  \(fix): \(suggestion)"
  }
}

/// A finding's lines on standard error.
enum FindingText {
  /// `place: severity: message [rule]`, and how to mend it on a second line.
  static func lines(_ finding: Finding, _ console: Console) -> String {
    let language = console.language
    let word =
      switch finding.severity {
      case .info: Words(en: "note", zh: "提示")[language]
      case .warning: Words(en: "warning", zh: "警告")[language]
      case .error: Words(en: "error", zh: "错误")[language]
      }
    let place = finding.provenance.map { "\($0): " } ?? ""
    let fix = Words(en: "fix", zh: "处理")[language]
    return "\(place)\(word): \(finding.message(in: language)) [\(finding.rule.id)]\n"
      + "  \(fix): \(finding.suggestion(in: language))"
  }
}
