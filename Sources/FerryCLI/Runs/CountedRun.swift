import FerryMigration
import FerryReports
import FerrySQLite
import Foundation

/// A run of the history with what it read and changed.
struct CountedRun {
  let entry: RunHistory.Entry
  /// `nil` where neither plan nor report is left.
  let counts: RunCounts?

  init(entry: RunHistory.Entry, key: SealKey?) {
    self.entry = entry
    counts = RunCounts(of: entry, key: key)
  }

  /// For scripts.
  var json: JSONValue {
    let entities = (counts?.entities ?? []).map { entity in
      JSONValue.Member(
        entity.entity,
        [
          "records": .integer(entity.records), "created": .integer(entity.created),
          "updated": .integer(entity.updated), "rejected": .integer(entity.rejected),
        ])
    }
    return [
      "run": .string(entry.run), "command": .string(entry.command),
      "outcome": .string(entry.outcome.rawValue), "resumable": .boolean(entry.isResumable),
      "mapping": .string(orNull: entry.mappingPath), "store": .string(entry.store),
      "plan": .string(orNull: entry.planPath), "of": .string(orNull: entry.ofRun),
      "started_at": .string(entry.startedAt), "finished_at": .string(orNull: entry.finishedAt),
      "seconds": entry.seconds.map { .integer(Int($0)) } ?? .null,
      "reports": .string(orNull: entry.reportFolder),
      "rows": counts.map { .integer($0.rows) } ?? .null, "entities": .object(entities),
    ]
  }

  /// What was loaded more than once: a trend for each mapping and store, in order of the first run.
  static func trends(of runs: [CountedRun]) -> [RunTrend] {
    var titles: [String] = []
    var points: [String: [RunTrend.Point]] = [:]
    for run in runs {
      guard let counts = run.counts, run.isLoad else { continue }
      let mapping = run.entry.mappingPath.map { URL(filePath: $0).lastPathComponent } ?? "–"
      let title = "\(mapping) → \(run.entry.store)"
      if points[title] == nil { titles.append(title) }
      // Between plan and apply lies a person's time.
      let seconds = run.entry.command == "import" ? run.entry.seconds : nil
      points[title, default: []].append(
        RunTrend.Point(at: run.entry.startedAt, counts: counts, seconds: seconds))
    }
    return titles.compactMap { title in
      guard let points = points[title], points.count > 1 else { return nil }
      return RunTrend(title: title, points: points)
    }
  }

  private var isLoad: Bool {
    ["plan", "import"].contains(entry.command)
      && (entry.outcome == .applied || entry.outcome == .partial)
  }
}
