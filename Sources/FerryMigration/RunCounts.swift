public import FerrySQLite
import Foundation

/// How much a run read and changed, in short: what `ferry runs` draws trends of.
public struct RunCounts: Hashable, Sendable {
  /// Rows that its tables had.
  public let rows: Int
  /// Its entities in load order, as the plan counted them.
  public let entities: [EntityCounts]

  /// Reads the counts of a run out of its plan, else out of its report; `nil` where neither is left.
  public init?(of entry: RunHistory.Entry, key: SealKey?) {
    // A plan that is gone, or was sealed with another key, is told by what the report kept.
    if let path = entry.planPath, let plan = try? PlanFile(path: path, key: key),
      let tables = try? plan.tableRows(), let counts = try? plan.entityCounts()
    {
      (rows, entities) = (tables, counts)
      return
    }
    guard let folder = entry.reportFolder,
      let data = ["counts.json", "report.json"].lazy
        .compactMap({ FileManager.default.contents(atPath: "\(folder)/\($0)") }).first,
      let report = try? JSONDecoder().decode(Report.self, from: data)
    else { return nil }
    rows = (report.tables ?? []).reduce(0) { $0 + $1.rows }
    entities = report.entities.sorted { $0.key < $1.key }.map { name, counts in
      var entity = EntityCounts(entity: name)
      entity.records = counts.records
      entity.created = counts.created
      entity.updated = counts.updated
      entity.rejected = counts.rejected
      return entity
    }
  }

  private struct Report: Decodable {
    struct Table: Decodable {
      let rows: Int
    }
    struct Counts: Decodable {
      let records: Int
      let created: Int
      let updated: Int
      let rejected: Int
    }
    let tables: [Table]?
    let entities: [String: Counts]
  }
}

extension RunHistory.Entry {
  /// How long it took, in seconds; `nil` while it runs.
  ///
  /// Of a plan that was applied later, the time between counts, too.
  public var seconds: Double? {
    guard let finishedAt, let start = try? Date(startedAt, strategy: .iso8601),
      let end = try? Date(finishedAt, strategy: .iso8601)
    else { return nil }
    return end.timeIntervalSince(start)
  }
}

extension PlanFile {
  func tableRows() throws(SQLiteError) -> Int {
    Int(try database.integer("SELECT coalesce(sum(rows), 0) FROM tables") ?? 0)
  }
}
