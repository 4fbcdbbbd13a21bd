import FerryCore
import Foundation

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

/// An error as the one JSON document of a command that failed.
enum FailureJSON {
  /// The document, with a line end.
  static func document(_ findings: [Finding], _ status: ExitStatus) -> String {
    let errors = findings.map { finding -> [String: String] in
      var error = [
        "rule": finding.rule.id, "message": finding.message(in: .english),
        "suggestion": finding.suggestion(in: .english),
      ]
      error["place"] = finding.provenance?.description
      return error
    }
    let document: [String: Any] = [
      "outcome": "failed", "exit": Int(status.rawValue), "errors": errors,
    ]
    do {
      let data = try JSONSerialization.data(
        withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self) + "\n"
    } catch {
      return "{\"outcome\":\"failed\",\"exit\":\(status.rawValue)}\n"
    }
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
