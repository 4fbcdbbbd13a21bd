import FerryCore
import FerrySQLite
import Foundation

/// Removes people's data from a workspace, and keeps how many records each run had.
///
/// Whole files go where that is possible: plans, reports, kept inputs, copies of the store. Of the journal stay
/// runs, approvals and the counts of batches; every other table is emptied, and the file is written
/// anew, so that nothing is left in free pages.
public enum WorkspaceForgetting {
  /// How many runs were forgotten, and how many files removed.
  public struct Result: Hashable, Sendable {
    /// Runs that held something.
    public let runs: Int
    /// Plans, reports and copies.
    public let files: Int
  }

  /// Tables of the journal that hold no personal data once batches have lost their records.
  private static let keptTables: Set = ["runs", "approvals", "batches"]
  /// What a report's document keeps; everything else may name people.
  private static let keptKeys: Set = [
    "run", "command", "outcome", "store", "started_at", "finished_at", "entities",
  ]

  /// Forgets all runs of a workspace; none of them may be half done.
  public static func forget(_ workspace: Workspace, at time: String) throws -> Result {
    guard FileManager.default.fileExists(atPath: workspace.journalPath) else {
      throw MigrationError(.unusableWorkspace, .workspaceUnknown, workspace.path)
    }
    let lock = try WorkspaceLock(workspace, command: "forget", run: "-", since: time)
    defer { lock.release() }
    do {
      let journal = try Journal(workspace)
      let runs = try journal.runs()
      for run in runs { try check(run, journal) }
      // The counts first: what comes after can be done again.
      for run in runs { try keepCounts(of: run, workspace) }
      try empty(journal.database)
      return Result(runs: runs.count, files: try removeFiles(of: workspace))
    } catch let error as SQLiteError {
      throw MigrationError(journal: error)
    }
  }

  private static func check(_ run: RunRecord, _ journal: Journal) throws {
    guard !run.state.isFinished, try !journal.batches(of: run.run).isEmpty else { return }
    throw MigrationError(.unsuitableRun, .runUnfinished, run.run)
  }

  private static func keepCounts(of run: RunRecord, _ workspace: Workspace) throws {
    let path = workspace.countsPath(ofRun: run.run)
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let folder = try workspace.createReportFolder(ofRun: run.run)
    var document: [String: Any] = ["run": run.run, "command": run.command]
    // A run without a report had no counts to keep.
    if let data = FileManager.default.contents(atPath: "\(folder)/report.json"),
      let report = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    {
      document = report.filter { keptKeys.contains($0.key) }
    }
    let data = try JSONSerialization.data(
      withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes])
    try Workspace.writePrivateFile(data, to: path)
  }

  private static func empty(_ database: Database) throws(SQLiteError) {
    try database.execute("PRAGMA secure_delete = on")
    let query = try database.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    var names: [String] = []
    while try query.step() { names.append(query.string(at: 0) ?? "") }
    try database.begin()
    for name in names where !keptTables.contains(name) {
      try database.execute("DELETE FROM \"\(name.replacing("\"", with: "\"\""))\"")
    }
    try database.execute("UPDATE batches SET records = NULL")
    try database.commit()
    try database.execute("VACUUM")
    try database.checkpoint()
  }

  private static func removeFiles(of workspace: Workspace) throws -> Int {
    var count = 0
    for folder in ["plans", "backups", "rehearsals", "signoffs", "runs", "kept"] {
      let path = (workspace.path as NSString).appendingPathComponent(folder)
      guard let names = FileManager.default.enumerator(atPath: path) else { continue }
      for case let name as String in names {
        let file = (path as NSString).appendingPathComponent(name)
        var isFolder: ObjCBool = false
        let isThere = unsafe FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        guard isThere, !isFolder.boolValue, (name as NSString).lastPathComponent != "counts.json"
        else { continue }
        do {
          try FileManager.default.removeItem(atPath: file)
        } catch {
          throw MigrationError(.unusableWorkspace, .workspaceUnusable, file)
        }
        count += 1
      }
    }
    return count
  }
}

extension Workspace {
  /// Where the counts of a forgotten run are.
  public func countsPath(ofRun run: String) -> String { "\(reportFolder(ofRun: run))/counts.json" }

  /// Says so where a run was forgotten.
  func checkRemembers(_ run: String) throws(MigrationError) {
    guard !FileManager.default.fileExists(atPath: countsPath(ofRun: run)) else {
      throw MigrationError(.unsuitableRun, .runForgotten, run)
    }
  }
}

extension Rule {
  static let workspaceUnknown = Rule(
    id: "forget.no-workspace", severity: .error,
    message: Words(en: "{0} is no workspace: it has no journal", zh: "{0} 不是工作区：没有日志"),
    suggestion: Words(
      en: "Name the folder beside the mapping that ends in .ferry.",
      zh: "请指定映射文件旁以 .ferry 结尾的文件夹。"))

  static let runUnfinished = Rule(
    id: "forget.unfinished", severity: .error,
    message: Words(
      en: "the run {0} is not finished; without its plan it could not be",
      zh: "运行 {0} 尚未完成；删除计划后将无法继续"),
    suggestion: Words(
      en: "Finish it with `ferry resume {0}`, or take it back with `ferry undo {0}`, first.",
      zh: "请先用 `ferry resume {0}` 完成，或用 `ferry undo {0}` 撤销。"))

  static let runForgotten = Rule(
    id: "forget.forgotten", severity: .error,
    message: Words(
      en: "`ferry forget` removed what the run {0} wrote; only its counts are left",
      zh: "`ferry forget` 已删除运行 {0} 的内容；只保留了计数"),
    suggestion: Words(
      en: "Make a new plan from the mapping to compare sources and store.",
      zh: "如需比对来源与目标库，请用映射重新制定计划。"))
}
