import FerryCore
public import FerryRecords
import FerrySQLite
import Foundation

/// What ran in a workspace, for `ferry runs`.
public enum RunHistory {
  /// One run.
  public struct Entry: Hashable, Sendable {
    /// The run's id.
    public let run: String
    /// `plan`, `import` or `undo`.
    public let command: String
    /// How it stands.
    public let outcome: RunOutcome
    /// Whether `ferry resume` has something left to do.
    public let isResumable: Bool
    /// The mapping; `nil` where a plan alone was given.
    public let mappingPath: String?
    /// The store as it was named.
    public let store: String
    /// The plan; `nil` for an undo.
    public let planPath: String?
    /// For an undo, the run that is taken back.
    public let ofRun: String?
    /// UTC, ISO 8601.
    public let startedAt: String
    /// UTC, ISO 8601; `nil` while it runs.
    public let finishedAt: String?
    /// The tables of the store that Ferry did not make.
    public let layout: StoreLayout
    /// Where its reports are; `nil` where there are none.
    public let reportFolder: String?
  }

  /// All runs of a workspace, oldest first; none where there is no journal.
  public static func runs(of workspace: Workspace) throws -> [Entry] {
    guard FileManager.default.fileExists(atPath: workspace.journalPath) else { return [] }
    do {
      return try Journal(reading: workspace).runs().map { try entry($0, workspace) }
    } catch let error as SQLiteError {
      throw MigrationError(journal: error)
    }
  }

  /// One run; `nil` where the workspace does not know it.
  public static func run(_ run: String, in workspace: Workspace) throws -> Entry? {
    try runs(of: workspace).first { $0.run == run }
  }

  private static func entry(
    _ record: RunRecord, _ workspace: Workspace
  ) throws(MigrationError) -> Entry {
    let folder = workspace.reportFolder(ofRun: record.run)
    return Entry(
      run: record.run, command: record.command, outcome: record.state.outcome,
      isResumable: !record.state.isFinished && record.state != .planning,
      mappingPath: record.mapping, store: record.store, planPath: workspace.plan(of: record),
      ofRun: record.ofRun, startedAt: record.startedAt, finishedAt: record.finishedAt,
      layout: try StoreLayout(storedText: record.layout),
      reportFolder: FileManager.default.fileExists(atPath: folder) ? folder : nil)
  }
}
