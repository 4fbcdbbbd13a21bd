public import FerryCore
import FerryMapping
import FerryMatching
public import FerryMigration

/// A run as a short text for a ticket: counts, findings by rule, and what to ask.
///
/// No value of a cell stands in it, since tickets go to people who may not see customers' data.
public struct MarkdownReport: Sendable {
  private let language: Language
  private static let placesShown = 3
  private static let rulesShown = 15
  private static let valuesShown = 10

  /// Writes in `language`.
  public init(language: Language) { self.language = language }

  /// The text of a run.
  public func text(of summary: RunSummary) -> String {
    var mask = ValueMask()
    let summary = mask.masked(summary)
    let parts = [
      head(of: summary), records(summary), tables(summary.tables), findings(summary.findings),
      checks(summary), questions(summary),
    ]
    return parts.compactMap { $0 }.joined(separator: "\n")
  }

  private func head(of summary: RunSummary) -> String {
    let mapping = summary.mappingPath.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let command = ReportWords.command(summary.command)[language]
    let facts: [(Words, String?)] = [
      (MarkdownWords.outcome, ReportWords.outcome(summary.outcome.rawValue)[language]),
      (PageWords.run, summary.run), (PageWords.store, summary.store),
      (PageWords.started, summary.startedAt), (ReportWords.plan, summary.planPath),
      (ReportWords.report, summary.reportPath),
    ]
    let lines = facts.compactMap { label, text in
      text.map { "- \(label[language])\(language.colon)\($0.markdown)\n" }
    }
    return "# \(command)\(language.colon)\((mapping ?? summary.run).markdown)\n\n" + lines.joined()
  }

  private func records(_ summary: RunSummary) -> String? {
    guard !summary.entities.isEmpty else { return nil }
    let columns = CountColumn.columns(for: summary)
    let rows = summary.entities.map { counts in
      [ReportWords.entityName(counts.entity, in: language)]
        + columns.map { NumberText.count($0.value(counts)) }
    }
    return section(ReportWords.recordsHead)
      + table([ReportWords.entity] + columns.map(\.title), rows)
  }

  private func tables(_ tables: [TableSummary]) -> String? {
    guard !tables.isEmpty else { return nil }
    let rows = tables.map { table in
      ["\(table.file) '\(table.sheet)'"]
        + [table.rows, table.mapped, table.blank, table.filtered, table.rejected]
        .map(NumberText.count)
    }
    return section(ReportWords.tables)
      + table(
        [
          ReportWords.table, ReportWords.rows, ReportWords.mapped, ReportWords.blank,
          ReportWords.filtered, ReportWords.rejected,
        ], rows)
  }

  private func findings(_ findings: [Finding]) -> String {
    let groups = FindingGroup.groups(of: findings, examples: Self.placesShown)
    guard !groups.isEmpty else { return ReportWords.noFindings[language] + "\n" }
    let lines = groups.prefix(Self.rulesShown).map { group in
      let severity = ReportWords.severity(group.severity)[language]
      let places = group.examples.compactMap { $0.provenance?.description.markdown }
      let rest = group.count - places.count
      let more =
        rest > 0 && !places.isEmpty
        ? [ReportWords.more.filled(with: [NumberText.count(rest)], in: language)] : []
      let list = (places + more).joined(separator: language.comma)
      let count = NumberText.count(group.count)
      return "- **\(severity) × \(count)**\(language.colon)\(group.message(in: language).markdown) "
        + "`\(group.rule.id)`\n" + (list.isEmpty ? "" : "  - \(list)\n")
        + "  - \(ReportWords.fix[language])\(language.colon)\(group.suggestion(in: language).markdown)\n"
    }
    let rest = groups.count - Self.rulesShown
    let more =
      rest > 0
      ? "- " + ReportWords.moreRules.filled(with: [NumberText.count(rest)], in: language) + "\n"
      : ""
    return section(ReportWords.findings) + lines.joined() + more
  }

  private func checks(_ summary: RunSummary) -> String? {
    var lines = summary.gates.map { gate in
      let word = gate.isMet ? ReportWords.met : ReportWords.notMet
      return "- \(ReportWords.gate[language]) \(gate.name.markdown)\(language.colon)"
        + "\(gate.actual.markdown) (\(ReportWords.limit[language]) \(gate.limit.markdown)): "
        + "\(word[language])\n"
    }
    let different = summary.controls.filter { !$0.isEqual }
    if different.isEmpty, !summary.controls.isEmpty {
      let words =
        summary.controls.contains { $0.store == nil }
        ? ReportWords.controlsUnread : ReportWords.allControlsEqual
      let count = NumberText.count(summary.controls.count)
      lines.append("- \(words.filled(with: [count], in: language))\n")
    }
    for control in different.prefix(Self.valuesShown) {
      lines.append(
        "- **\(ReportWords.different[language])**\(language.colon)"
          + "\(ReportWords.controlName(control).markdown)\(language.comma)"
          + "\(ReportWords.source[language]) \(control.source)\(language.comma)"
          + "\(ReportWords.store[language]) \(control.store ?? "–")\n")
    }
    return lines.isEmpty ? nil : section(PageWords.proof) + lines.joined()
  }

  /// What somebody has to ask or decide.
  private func questions(_ summary: RunSummary) -> String? {
    let pairs = summary.reviews.reduce(0) { $0 + $1.open }
    let values = summary.unmappedValues.reduce(0) { $0 + $1.count }
    let columns = summary.tables.reduce(0) { sum, table in
      sum + table.columns.count { $0.uses.isEmpty && $0.filled > 0 }
    }
    let counts = [
      (MarkdownWords.pairs, pairs), (MarkdownWords.values, values),
      (MarkdownWords.columns, columns),
    ]
    var lines = counts.filter { $0.1 > 0 }.map { words, count in
      "- [ ] \(words.filled(with: [NumberText.count(count)], in: language))\n"
    }
    for path in summary.handedBackPaths {
      lines.append("- [ ] \(ReportWords.handedBack[language])\(language.colon)\(path.markdown)\n")
    }
    return lines.isEmpty ? nil : section(MarkdownWords.ask) + lines.joined()
  }

  // MARK: - Parts

  private func section(_ title: Words) -> String { "## \(title[language])\n\n" }

  /// A table; the first column is text, the others are numbers.
  private func table(_ titles: [Words], _ rows: [[String]]) -> String {
    let head = titles.map { " \($0[language].markdown) |" }.joined()
    let rule = titles.indices.map { $0 == 0 ? " --- |" : " ---: |" }.joined()
    let lines = rows.map { row in "|" + row.map { " \($0.markdown) |" }.joined() + "\n" }
    return "|\(head)\n|\(rule)\n" + lines.joined()
  }
}

/// The words of reports for tickets.
enum MarkdownWords {
  static let outcome = Words(en: "Outcome", zh: "结果")
  static let ask = Words(en: "To ask and decide", zh: "待询问与判断")
  static let pairs = Words(
    en: "{0} doubtful {0:pair|pairs} of records to decide: `ferry review export review.xlsx`",
    zh: "{0} 对疑似重复待判断：`ferry review export review.xlsx`")
  static let values = Words(
    en: "{0} {0:cell holds a value|cells hold values} that no map covers: what is meant?",
    zh: "{0} 个单元格的取值未在映射中，应是什么？")
  static let columns = Words(
    en: "{0} {0:column is|columns are} filled and not mapped: is {0:it|are they} needed?",
    zh: "{0} 列有内容但未映射：是否需要？")
}

extension String {
  /// The text as Markdown shows it, so that no sign of it is taken for markup or for a name.
  ///
  /// Source: CommonMark 0.31.2, 2.4 (backslash escapes); `@` calls people in most trackers.
  var markdown: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": result += " "
      case "<": result += "&lt;"
      case "&": result += "&amp;"
      case "@": result += "&#64;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$": result += "\\\(scalar)"
      default: if scalar.value >= 0x20 { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }
}
