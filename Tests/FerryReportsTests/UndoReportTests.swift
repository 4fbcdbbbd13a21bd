import FerryCore
import FerryMigration
import Testing

@testable import FerryReports

@Suite("reports of an undo")
struct UndoReportTests {
  private var summary: RunSummary {
    var counts = EntityCounts(entity: "contact")
    counts.records = 10
    counts.removed = 7
    counts.updated = 2
    counts.conflicted = 1
    var summary = RunSummary(
      run: "R", command: "undo", store: "sqlite:crm.db", outcome: .partial,
      startedAt: "2024-03-05T01:30:00Z")
    summary.entities = [counts]
    return summary
  }

  @Test func `the terminal shows what was removed, restored and kept`() {
    let text = TerminalReport(language: .english).text(of: summary)
    let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["Contacts", "10", "7", "0", "2", "0", "1", "0", "0"]))
    #expect(text.contains("removed"))
    #expect(!text.contains("ferry resume"), "there is nothing left to resume")
  }

  @Test func `JSON counts what was removed, and only there`() {
    let report = JSONReport(language: .english)
    #expect(report.document(of: summary)["entities"]?["contact"]?["removed"] == 7)
    var planned = summary
    planned.entities[0].removed = 0
    #expect(report.document(of: planned)["entities"]?["contact"]?["removed"] == nil)
  }
}
