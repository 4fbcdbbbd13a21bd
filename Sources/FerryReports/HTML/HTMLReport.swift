public import FerryCore
public import FerryMigration
import Foundation

/// A run as one page that holds all it needs: no network, for screen and paper.
///
/// The page shows a client's data. Cell contents are escaped by `HTML`, and a policy in the page
/// forbids every request, and every script but the one that searches changes.
///
///     let page = HTMLReport(language: .chinese).page(of: summary, figures: figures)
public struct HTMLReport: Sendable {
  /// The language of all words.
  public var language: Language
  /// How many places of each rule are listed; all are counted.
  public var placesPerRule: Int
  /// How many values, control totals and differences are listed; report.json has all of them.
  let rowsPerTable = 300

  /// Chooses how to write.
  public init(language: Language, placesPerRule: Int = 60) {
    self.language = language
    self.placesPerRule = placesPerRule
  }

  /// The page of a run, with sales figures where there are some, those of the run otherwise.
  ///
  /// With `changes`, all of them can be searched in it.
  public func page(
    of summary: RunSummary, figures: SalesFigures? = nil, changes: ReportChanges? = nil
  ) -> String {
    let title = title(of: summary)
    return document(
      title: title, head: head(of: summary, title: title),
      sections: sections(of: summary, figures: figures ?? summary.figures, changes),
      foot: PageWords.foot[language], script: changes == nil ? nil : ChangeScript.hash)
  }

  /// A whole page of some sections; `script` is the hash of the script that it may run.
  func document(
    title: String, head: HTML, sections: [Section], foot: String, script: String? = nil
  ) -> String {
    let scripts = HTML(stringLiteral: script.map { " script-src 'sha256-\($0)';" } ?? "")
    let page: HTML = """
      <!doctype html>
      <html lang="\(language == .chinese ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none';\(scripts) style-src 'unsafe-inline'">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(ReportStyle.sheet)
      </style>
      </head>
      <body>
      \(head)
      <nav aria-label="\(PageWords.contents[language])"><div>
      \(sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" })
      </div></nav>
      <main>
      \(sections.map { section in
        """
        <section id="\(section.id)">
        <h2>\(section.title)</h2>
        \(section.body)
        </section>

        """
      })
      </main>
      <footer><p>\(foot)</p></footer>
      </body>
      </html>

      """
    return page.text
  }

  struct Section {
    let id: String
    let title: String
    let body: HTML
  }

  private func sections(
    of summary: RunSummary, figures: SalesFigures?, _ listed: ReportChanges?
  ) -> [Section] {
    func section(_ id: String, _ title: Words, _ body: HTML) -> Section? {
      body.isEmpty ? nil : Section(id: id, title: title[language], body: body)
    }
    let changed =
      summary.outcome == .planned ? PageWords.willChange : PageWords.changed
    let differences =
      summary.command == "undo" ? ReportWords.kept : ReportWords.differences
    return [
      section("differences", differences, self.differences(summary)),
      section("rehearsal", RehearsalWords.title, rehearsal(summary.rehearsal)),
      section("read", PageWords.read, tables(summary.tables)),
      section("changes", changed, changes(summary, listed)),
      section("matching", MatchPageWords.title, matching(summary.matching)),
      section("findings", ReportWords.findings, findings(summary.findings)),
      section("unmapped", PageWords.notMapped, unmapped(summary)),
      section("proof", PageWords.proof, proof(summary)),
      section(
        "figures", ReportWords.figures,
        figures.map { self.figures($0, before: summary.figuresBefore) } ?? .empty),
    ].compactMap { $0 }
  }

  private func title(of summary: RunSummary) -> String {
    let name = summary.mappingPath.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let command = ReportWords.command(summary.command)[language]
    return "\(command)\(language.colon)\(name ?? summary.run) → \(summary.store)"
  }
}

// MARK: - Parts that all sections use

extension HTMLReport {
  /// A head cell of a column of numbers stands to the right, like its numbers.
  struct Head {
    let title: Words
    var isNumber = false
  }

  /// A table; on narrow screens each row becomes a card whose cells carry their heads.
  func table(_ heads: [Head], _ rows: [[HTML]], kind: String = "") -> HTML {
    let titles = heads.map(\.title[language])
    let head: [HTML] = zip(heads, titles).map { head, title in
      head.isNumber
        ? "<th scope=\"col\" class=\"n\">\(title)</th>" : "<th scope=\"col\">\(title)</th>"
    }
    let body: [HTML] = rows.map { row in
      let cells: [HTML] = row.enumerated().map { index, cell in
        "<td\(heads[index].isNumber ? " class=\"n\"" as HTML : "") data-label=\"\(titles[index])\">\(cell)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <table class="\(kind)"><thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody></table>

      """
  }

  /// A sentence under a heading.
  func note(_ words: Words, _ arguments: String...) -> HTML {
    "<p class=\"note\">\(words.filled(with: arguments, in: language))</p>\n"
  }

  /// How many things a list leaves out.
  func more(_ count: Int) -> HTML {
    count > 0 ? "<p class=\"note\">\(words(ReportWords.more, count))</p>\n" : ""
  }

  /// A cell's address, or an empty cell.
  func place(_ provenance: Provenance?) -> HTML {
    guard let provenance else { return .empty }
    return "<span class=\"place\">\(provenance.description)</span>"
  }

  /// A value of a field; a dash where it is null.
  func value(_ text: String?) -> HTML {
    guard let text else { return "<span class=\"none\">–</span>" }
    return "<span class=\"value\">\(text)</span>"
  }

  /// A bar that says what share of a whole its parts are.
  func bar(_ parts: [(kind: String, count: Int)]) -> HTML {
    let whole = parts.reduce(0) { $0 + $1.count }
    guard whole > 0 else { return .empty }
    let segments: [HTML] = parts.filter { $0.count > 0 }.map { part in
      let share = NumberText.fixed(Decimal(Double(part.count) / Double(whole) * 100), digits: 2)
      return "<i class=\"\(part.kind)\" style=\"width:\(share)%\"></i>"
    }
    return "<div class=\"bar\" aria-hidden=\"true\">\(segments)</div>"
  }
}
