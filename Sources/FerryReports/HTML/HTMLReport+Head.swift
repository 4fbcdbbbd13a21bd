import FerryCore
import FerryMapping
import FerryMigration

extension HTMLReport {
  func head(of summary: RunSummary, title: String) -> HTML {
    let approvals = summary.approvals.map {
      (PageWords.approved, Optional("\($0.name) · \(clock($0.at))"))
    }
    let facts: [(Words, String?)] =
      [
        (PageWords.run, summary.run), (PageWords.mapping, summary.mappingPath),
        (PageWords.store, summary.store), (ReportWords.plan, summary.planPath),
        (PageWords.started, clock(summary.startedAt)),
        (PageWords.finished, summary.finishedAt.map(clock)),
      ] + approvals
    let list: [HTML] = facts.compactMap { label, text in
      text.map { "<div><dt>\(label[language])</dt><dd>\($0)</dd></div>\n" }
    }
    let outcome = ReportWords.outcome(summary.outcome.rawValue)[language]
    return """
      <header>
      <p class="brand">ferry <span class="badge \(summary.outcome.rawValue)">\(outcome)</span></p>
      <h1>\(title)</h1>
      <dl class="facts">
      \(list)</dl>
      \(tiles(summary))
      \(checks(summary))
      </header>

      """
  }

  // `2024-03-05T01:30:00Z` for people.
  private func clock(_ instant: String) -> String {
    instant.replacing("T", with: " ").replacing("Z", with: " UTC")
  }

  private func tiles(_ summary: RunSummary) -> HTML {
    func sum(_ count: (EntityCounts) -> Int) -> Int {
      summary.entities.reduce(0) { $0 + count($1) }
    }
    let rows = summary.tables.reduce(0) { $0 + $1.rows }
    let undone: [(Words, Int, String)] = [
      (ReportWords.records, sum(\.records), ""), (ReportWords.removed, sum(\.removed), "good"),
      (ReportWords.madeAgain, sum(\.created), "good"),
      (ReportWords.restored, sum(\.updated), "good"), (ReportWords.gone, sum(\.same), ""),
      (ReportWords.keptCount, sum(\.conflicted), "bad"),
    ]
    let planned: [(Words, Int, String)] = [
      (PageWords.rowsRead, rows, ""), (ReportWords.records, sum(\.records), ""),
      (ReportWords.created, sum(\.created), "good"), (ReportWords.updated, sum(\.updated), "good"),
      (ReportWords.same, sum(\.same), ""), (ReportWords.merged, sum(\.merged), ""),
      (ReportWords.rejected, sum(\.rejected), "bad"),
      (ReportWords.conflicted, sum(\.conflicted), "bad"),
    ]
    guard !summary.entities.isEmpty || rows > 0 else { return .empty }
    let tiles = summary.command == "undo" ? undone : planned
    let cells: [HTML] = tiles.map { label, count, kind in
      "<div class=\"tile \(count == 0 ? "zero" : kind)\"><b>\(count)</b><span>\(label[language])</span></div>\n"
    }
    return "<div class=\"tiles\">\n\(cells)</div>"
  }

  // MARK: - Checks

  private enum Mark: String {
    case good
    case bad
    case open

    var sign: String {
      switch self {
      case .good: "✓"
      case .bad: "✗"
      case .open: "…"
      }
    }
  }

  private func checks(_ summary: RunSummary) -> HTML {
    let lines = [
      rowCheck(summary), recordCheck(summary), errorCheck(summary), gateCheck(summary),
      controlCheck(summary), differenceCheck(summary),
    ].compactMap { $0 }
    let items: [HTML] = lines.map { mark, text in
      "<li class=\"\(mark.rawValue)\"><span aria-hidden=\"true\">\(mark.sign)</span> \(text)</li>\n"
    }
    return "<ul class=\"checks\" aria-label=\"\(PageWords.checks[language])\">\n\(items)</ul>"
  }

  private func rowCheck(_ summary: RunSummary) -> (Mark, String)? {
    guard !summary.tables.isEmpty else { return nil }
    let wrong = summary.tables.count { !$0.isBalanced }
    return wrong == 0
      ? (.good, words(PageWords.rowsBalance)) : (.bad, words(PageWords.rowsUnbalanced, wrong))
  }

  private func recordCheck(_ summary: RunSummary) -> (Mark, String)? {
    guard !summary.entities.isEmpty else { return nil }
    let wrong = summary.entities.count { !$0.isBalanced }
    return wrong == 0
      ? (.good, words(PageWords.recordsBalance)) : (.bad, words(PageWords.recordsUnbalanced, wrong))
  }

  private func errorCheck(_ summary: RunSummary) -> (Mark, String) {
    let errors = summary.findings.count { $0.severity == .error }
    return errors == 0
      ? (.good, words(PageWords.noErrors)) : (.bad, words(PageWords.someErrors, errors))
  }

  private func gateCheck(_ summary: RunSummary) -> (Mark, String)? {
    let all = summary.gates.count
    guard all > 0 else { return nil }
    let unmet = summary.gates.count { !$0.isMet }
    return unmet == 0
      ? (.good, words(PageWords.gatesMet, all)) : (.bad, words(PageWords.gatesNotMet, unmet, all))
  }

  private func controlCheck(_ summary: RunSummary) -> (Mark, String)? {
    let all = summary.controls.count
    guard all > 0 else { return nil }
    let different = summary.controls.count { !$0.isEqual }
    if different > 0 { return (.bad, words(PageWords.controlsDifferent, different, all)) }
    let unread = summary.controls.count { $0.store == nil }
    return unread > 0
      ? (.open, words(PageWords.controlsUnread, unread))
      : (.good, words(PageWords.controlsEqual, all))
  }

  private func differenceCheck(_ summary: RunSummary) -> (Mark, String)? {
    let count = summary.differences.count
    switch summary.command {
    case "verify", "import", "rehearse":
      guard count == 0 else { return (.bad, words(PageWords.differs, count)) }
      return summary.command == "verify" ? (.good, words(PageWords.verified)) : nil
    default: return count == 0 ? nil : (.open, words(PageWords.keptRecords, count))
    }
  }

  func words(_ words: Words, _ counts: Int...) -> String {
    words.filled(with: counts.map(NumberText.count), in: language)
  }
}
