import FerryCore
import FerryMapping
import FerryMigration
import Foundation
import Testing

@testable import FerryReports

@Suite struct HTMLReportTests {
  static func page(
    _ language: Language, of run: RunSummary = SampleRun.imported()
  ) -> String {
    HTMLReport(language: language).page(of: run, figures: SampleFigures.year())
  }

  /// A run whose store held some sales before.
  static func verified() -> RunSummary {
    var run = SampleRun.verified()
    run.figuresBefore = SampleFigures.before()
    return run
  }

  @Test("a page's body comes out the same in every process", arguments: Language.allCases)
  func golden(language: Language) throws {
    let page = Self.page(language, of: Self.verified())
    let body = try #require(page.firstRange(of: "<body>"))
    try expectGolden(String(page[body.lowerBound...]), "report.\(language.rawValue).html")
  }

  @Test("a page asks no network", arguments: Language.allCases)
  func isSelfContained(language: Language) {
    let page = Self.page(language)
    for word in ["http://", "https://", "src=", "url(", "@import", "<link", "<script"] {
      #expect(!page.contains(word))
    }
    #expect(page.contains("default-src 'none'"))
  }

  @Test("what a cell holds is text, never markup")
  func escapes() {
    let page = Self.page(.english)
    #expect(!page.contains(SampleRun.hostile))
    #expect(page.contains("&lt;script&gt;document.title=&quot;owned&quot;&lt;/script&gt;"))
  }

  @Test("text is escaped wherever it is put, controls are replaced")
  func escapesEverything() {
    let text = "a&b<c>\"d'\u{0}\u{1B}"
    #expect(
      ("<p title=\"\(text)\">" as HTML).text
        == "<p title=\"a&amp;b&lt;c&gt;&quot;d&#39;\u{FFFD}\u{FFFD}\">")
  }

  @Test("a plan says what will change, a run what changed")
  func tense() {
    var run = SampleRun.imported()
    #expect(Self.page(.english, of: run).contains("<h2>What changed</h2>"))
    run.outcome = .planned
    #expect(Self.page(.english, of: run).contains("<h2>What will change</h2>"))
  }

  @Test("an equation that does not hold is shown as one")
  func unbalanced() {
    var run = SampleRun.imported()
    run.tables[0].mapped -= 1
    let page = Self.page(.english, of: run)
    #expect(page.contains("Tables that do not add up: 1"))
    #expect(page.contains("≠"))
  }

  @Test("each chart has its numbers, before and after, as a table", arguments: Language.allCases)
  func chartNumbers(language: Language) {
    let page = Self.page(language, of: Self.verified())
    let section = page.components(separatedBy: "<section id=\"figures\">").last ?? ""
    let figures = section.components(separatedBy: "<figure").dropFirst()
    #expect(figures.count == 5)
    let before = language == .english ? "before" : "之前"
    for figure in figures {
      #expect(figure.contains("class=\"mark\""))
      let table = figure.components(separatedBy: "<table class=\"numbers\">").last ?? ""
      #expect(table.components(separatedBy: "</thead>")[0].contains(before))
      #expect(table.contains("<td class=\"n\""))
    }
  }

  @Test("figures of a store that held nothing, or the same, have no marks")
  func noMarks() {
    var run = SampleRun.verified()
    #expect(!Self.page(.english, of: run).contains("class=\"mark\""))
    run.figuresBefore = SalesFigures()
    let first = Self.page(.english, of: run)
    #expect(first.contains("the store held no leads, deals or payments"))
    run.figuresBefore = SampleFigures.year()
    let same = Self.page(.english, of: run)
    #expect(same.contains("This run changes none of these figures."))
    for page in [first, same] { #expect(!page.contains("class=\"mark\"")) }
  }

  @Test("an empty run makes a page too", arguments: Language.allCases)
  func empty(language: Language) {
    let run = RunSummary(
      run: "r", command: "undo", store: "sqlite:a.db", outcome: .applied,
      startedAt: "2024-03-05T01:30:00Z")
    #expect(HTMLReport(language: language).page(of: run).contains("</html>"))
  }
}
