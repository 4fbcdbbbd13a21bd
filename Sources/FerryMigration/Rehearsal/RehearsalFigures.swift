import FerryCore
import Foundation

/// What is kept of a rehearsal, so that the next one can be held against it.
struct RehearsalFigures: Codable, Sendable {
  let run: String
  let at: String
  /// The rehearsals of a workspace in order, from 1: two of one second have ids in any order.
  let number: Int
  /// By what is counted, such as `account.rejected` or `rule.field.required`; what is not here is 0.
  let counts: [String: Int]

  /// Takes them from a rehearsal's summary.
  init(_ summary: RunSummary, number: Int) {
    self.number = number
    run = summary.run
    at = summary.startedAt
    var counts: [String: Int] = [:]
    for entity in summary.entities {
      let parts = [
        ("records", entity.records), ("created", entity.created), ("updated", entity.updated),
        ("same", entity.same), ("merged", entity.merged), ("skipped", entity.skipped),
        ("rejected", entity.rejected), ("conflicted", entity.conflicted),
      ]
      for (name, count) in parts { counts["\(entity.entity).\(name)"] = count }
    }
    for finding in summary.findings where finding.severity > .info {
      counts["rule.\(finding.rule.id)", default: 0] += 1
    }
    counts["differences"] = summary.differences.count
    counts["controls"] = summary.controls.count { !$0.isEqual }
    counts["gates"] = summary.gates.count { !$0.isMet }
    self.counts = counts
  }
}

/// What has changed since the last rehearsal.
public struct RehearsalComparison: Hashable, Sendable {
  /// One count that is not what it was.
  public struct Change: Hashable, Sendable {
    /// What is counted: `ENTITY.COUNT`, `rule.ID`, `differences`, `controls` or `gates`.
    public let subject: String
    /// How many there were.
    public let before: Int
    /// How many there are.
    public let now: Int
  }

  /// The run of the last rehearsal; `nil` where this is the first.
  public let since: String?
  /// When it was, UTC in ISO 8601.
  public let at: String?
  /// Ordered by subject.
  public let changes: [Change]

  init(_ figures: RehearsalFigures, since last: RehearsalFigures?) {
    since = last?.run
    at = last?.at
    guard let last else {
      changes = []
      return
    }
    changes = Set(figures.counts.keys).union(last.counts.keys).sorted().compactMap { subject in
      let (before, now) = (last.counts[subject] ?? 0, figures.counts[subject] ?? 0)
      return before == now ? nil : Change(subject: subject, before: before, now: now)
    }
  }
}

/// The rehearsals of a workspace: a small file each, and its plan.
struct RehearsalRecords {
  private let folder: String

  init(_ workspace: Workspace) {
    folder = (workspace.path as NSString).appendingPathComponent("rehearsals")
  }

  /// The last one.
  func latest() throws -> RehearsalFigures? {
    // A folder that is not there holds none.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let all = try names.filter { $0.hasSuffix(".json") }.map { try figures(at: path($0)) }
    return all.max { $0.number < $1.number }
  }

  private func figures(at path: String) throws -> RehearsalFigures {
    guard let data = FileManager.default.contents(atPath: path),
      let figures = try? JSONDecoder().decode(RehearsalFigures.self, from: data)
    else { throw MigrationError(.unusableWorkspace, .workspaceUnusable, path) }
    return figures
  }

  func keep(_ figures: RehearsalFigures) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try Workspace.makePrivateFolder(folder)
    try Workspace.writePrivateFile(encoder.encode(figures), to: path("\(figures.run).json"))
  }

  /// Moves a rehearsal's plan out of the copy, and says where it is.
  func keepPlan(of summary: RunSummary) throws -> String? {
    guard let plan = summary.planPath else { return nil }
    let path = planPath(ofRun: summary.run)
    try Workspace.makePrivateFolder(folder)
    do {
      try FileManager.default.moveItem(atPath: plan, toPath: path)
    } catch {
      throw MigrationError(.unusableWorkspace, .workspaceUnusable, path)
    }
    return path
  }

  func planPath(ofRun run: String) -> String { path("\(run).ferryplan") }

  private func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
}

extension Rehearsal {
  /// What is kept of a rehearsal.
  public struct Kept: Hashable, Sendable {
    /// Its run.
    public let run: String
    /// When it was, UTC in ISO 8601.
    public let at: String
    /// The plan that was rehearsed.
    public let planPath: String
    /// Fields that its verification found differing.
    public let differences: Int
    /// Control totals that did not agree.
    public let unequalControls: Int
    /// Gates that were not met.
    public let unmetGates: Int
  }

  /// The last rehearsal of a workspace; `nil` where there was none.
  public static func last(in workspace: Workspace) throws -> Kept? {
    let records = RehearsalRecords(workspace)
    return try records.latest().map { figures in
      Kept(
        run: figures.run, at: figures.at, planPath: records.planPath(ofRun: figures.run),
        differences: figures.counts["differences"] ?? 0,
        unequalControls: figures.counts["controls"] ?? 0,
        unmetGates: figures.counts["gates"] ?? 0)
    }
  }
}
