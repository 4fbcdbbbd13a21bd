import FerryCore
import FerryMigration

/// One count of an entity as reports show it, with its title and colour.
struct CountColumn: Sendable {
  let title: Words
  /// The name of its colour in the page's style.
  let style: String
  let value: @Sendable (EntityCounts) -> Int

  /// The columns for a run; the first is the sum of the others.
  static func columns(for summary: RunSummary) -> [CountColumn] {
    summary.command == "undo" || summary.undoneRun != nil ? undone : planned
  }

  private static let records = CountColumn(title: ReportWords.records, style: "") { $0.records }

  private static let planned = [
    records,
    CountColumn(title: ReportWords.created, style: "created") { $0.created },
    CountColumn(title: ReportWords.updated, style: "updated") { $0.updated },
    CountColumn(title: ReportWords.same, style: "same") { $0.same },
    CountColumn(title: ReportWords.merged, style: "merged") { $0.merged },
    CountColumn(title: ReportWords.skipped, style: "skipped") { $0.skipped },
    CountColumn(title: ReportWords.rejected, style: "rejected") { $0.rejected },
    CountColumn(title: ReportWords.conflicted, style: "conflicted") { $0.conflicted },
  ]

  private static let undone = [
    records,
    CountColumn(title: ReportWords.removed, style: "rejected") { $0.removed },
    CountColumn(title: ReportWords.madeAgain, style: "created") { $0.created },
    CountColumn(title: ReportWords.restored, style: "updated") { $0.updated },
    CountColumn(title: ReportWords.gone, style: "same") { $0.same },
    CountColumn(title: ReportWords.keptCount, style: "conflicted") { $0.conflicted },
    CountColumn(title: ReportWords.skipped, style: "skipped") { $0.skipped },
    CountColumn(title: ReportWords.rejected, style: "rejected") { $0.rejected },
  ]
}
