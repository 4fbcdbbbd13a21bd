public import FerryCore

extension TerminalReport {
  /// How many places of each rule are named.
  private static let placesShown = 3
  /// How many rules are shown; the worst come first.
  private static let rulesShown = 20

  /// An error of the work: each fault with its place, and how to mend it on a line below.
  public func text(of failure: any Failure) -> String {
    failure.findings.map(text(of:)).joined()
  }

  /// One finding: `place: error: message [rule]`, and `fix:` with what to do below.
  public func text(of finding: Finding) -> String {
    let place = finding.provenance.map { "\($0.description.safeForTerminal): " } ?? ""
    let word = paint(ReportWords.severity(finding.severity)[language], .severity(finding.severity))
    let message = finding.message(in: language).safeForTerminal
    return "\(place)\(word)\(language.colon)\(message)\(value(of: finding)) [\(finding.rule.id)]\n"
      + fix(finding.suggestion(in: language))
  }

  /// Findings by rule with their counts and first places.
  public func text(of findings: [Finding]) -> String {
    let shown = showsValues ? findings : findings.map(\.withoutValue)
    let groups = FindingGroup.groups(of: shown, examples: Self.placesShown)
    let rest = groups.count - Self.rulesShown
    let more =
      rest > 0
      ? "  " + ReportWords.moreRules.filled(with: [NumberText.count(rest)], in: language) + "\n"
      : ""
    return groups.prefix(Self.rulesShown).map(text(of:)).joined() + more
  }

  private func text(of group: FindingGroup) -> String {
    let word = paint(ReportWords.severity(group.severity)[language], .severity(group.severity))
    let message = group.message(in: language).safeForTerminal
    var text =
      "  \(word) × \(NumberText.count(group.count))\(language.colon)\(message) [\(group.rule.id)]\n"
    let places = group.examples.compactMap { finding in
      finding.provenance.map { $0.description.safeForTerminal + value(of: finding) }
    }
    if !places.isEmpty {
      let rest = group.count - places.count
      let more =
        rest > 0 ? [ReportWords.more.filled(with: [NumberText.count(rest)], in: language)] : []
      text += paint("    \((places + more).joined(separator: language.comma))", .faint) + "\n"
    }
    return text + fix(group.suggestion(in: language), indent: 4)
  }

  private func fix(_ suggestion: String, indent: Int = 2) -> String {
    guard !suggestion.isEmpty else { return "" }
    let margin = String(repeating: " ", count: indent)
    let label = ReportWords.fix[language] + language.colon
    return margin + label + suggestion.safeForTerminal + "\n"
  }

  private func value(of finding: Finding) -> String {
    guard showsValues, let value = finding.value else { return "" }
    return " " + language.quoted(value.safeForTerminal.cut(toWidth: 60))
  }
}
