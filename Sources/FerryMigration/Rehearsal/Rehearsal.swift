import FerryCore
public import FerryStores
import Foundation

// How it works: the store and the journal are copied into the workspace, a whole import runs into
// the copies under the store's own name, so that crosswalk and last-loaded values count, and the
// copies are removed. The report, the plan and a few figures stay.

/// A whole run, into a throw-away copy of the store.
public enum Rehearsal {
  /// Plans, applies and verifies in copies of the store and of the journal; neither is changed.
  ///
  /// - Parameters:
  ///   - request: What is to be planned.
  ///   - store: The store, open for reading; it must be one that can be copied into a file.
  ///   - context: What a run gets from outside; its workspace is the real one.
  ///   - planned: Sees the records beside the plan's summary, before they are let go of.
  ///   - open: Opens the copy at a path.
  /// - Returns: What would come of it, compared with the last rehearsal in the workspace.
  /// - Throws: `MigrationError` where the store can't be copied, or what the run throws.
  public static func run(
    _ request: HeldRequest, store: any CRMStore, context: MigrationContext,
    planned: (RunSummary, PlanRequest) throws -> Void,
    open: (_ path: String, StoreAccess) throws -> any CRMStore
  ) async throws -> RunSummary {
    let workspace = context.workspace
    let lock = try WorkspaceLock(
      workspace, command: "rehearse", run: "-", since: context.timestamp)
    defer { lock.release() }
    let folder = try RehearsalFolder(workspace)
    defer { folder.remove() }
    try await folder.copy(store, named: context.storeURL)
    var inside = context
    inside.workspace = folder.workspace
    let copies = [try open(folder.storePath, .readOnly), try open(folder.storePath, .readWrite)]
    let result: Result<RunSummary, any Error>
    do {
      result = .success(
        try await Migration.runImport(
          request, store: copies[0], context: inside, planned: planned,
          openForWriting: { copies[1] }))
    } catch {
      result = .failure(error)
    }
    for copy in copies { await copy.close() }
    var summary = try result.get()
    summary.command = "rehearse"
    let records = RehearsalRecords(workspace)
    summary.planPath = try records.keepPlan(of: summary)
    let last = try records.latest()
    let figures = RehearsalFigures(summary, number: (last?.number ?? 0) + 1)
    summary.rehearsal = RehearsalComparison(figures, since: last)
    try records.keep(figures)
    return summary
  }
}

/// Where a rehearsal's copies lie while it runs.
private struct RehearsalFolder {
  /// The throw-away workspace.
  let workspace: Workspace

  var storePath: String { inside("store.db") }

  /// Makes it, with a copy of the journal.
  init(_ original: Workspace) throws(MigrationError) {
    let path = (original.path as NSString).appendingPathComponent("rehearsal")
    workspace = Workspace(path: path, key: original.key)
    // What a rehearsal left that was killed.
    remove()
    try workspace.create()
    for ending in ["", "-wal"] {
      let source = original.journalPath + ending
      guard FileManager.default.fileExists(atPath: source) else { continue }
      do {
        try FileManager.default.copyItem(atPath: source, toPath: workspace.journalPath + ending)
      } catch {
        throw MigrationError(.unusableWorkspace, .workspaceUnusable, path)
      }
    }
  }

  func copy(_ store: any CRMStore, named name: String) async throws {
    guard let store = store as? any CopyableStore, store.copyExtension == "db" else {
      throw MigrationError(.unsuitableRun, .rehearsalImpossible, name)
    }
    Workspace.makePrivateFile(storePath)
    try await store.copy(to: storePath)
  }

  func remove() { try? FileManager.default.removeItem(atPath: workspace.path) }

  private func inside(_ name: String) -> String {
    (workspace.path as NSString).appendingPathComponent(name)
  }
}

extension Rule {
  static let rehearsalImpossible = Rule(
    id: "rehearse.impossible", severity: .error,
    message: Words(
      en: "{0} can't be copied into a file to rehearse in", zh: "{0} 无法复制成文件用于演练"),
    suggestion: Words(
      en: "Rehearse with a SQLite copy of it, or make a plan: `ferry plan` only reads the store.",
      zh: "请用它的 SQLite 副本演练，或用 `ferry plan` 出计划：对目标库只读。"))
}
