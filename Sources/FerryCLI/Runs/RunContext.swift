import FerryCore
import FerryMigration
import FerrySQLite
import Foundation

/// What the run commands share: the workspace, the clock, the way to stop, progress.
struct RunContext {
  let invocation: Invocation
  let progress: ProgressLine

  /// What journal and plans are sealed with.
  let key: SealKey?

  init(_ invocation: Invocation) throws(UsageError) {
    self.invocation = invocation
    key = try invocation.sealKey()
    progress = ProgressLine(invocation.console)
    StopSignal.watch()
  }

  /// The workspace of a mapping, or what `--workspace` names.
  func workspace(besideMapping mapping: String) -> Workspace {
    invocation.value("--workspace").map { Workspace(path: $0, key: key) }
      ?? Workspace(besideMapping: mapping, key: key)
  }

  /// The workspace that a plan lies in, or the mapping's, or what `--workspace` names.
  func workspace(of plan: PlanFile) -> Workspace {
    if let named = invocation.value("--workspace") { return Workspace(path: named, key: key) }
    let folder = URL(filePath: plan.path).standardizedFileURL.deletingLastPathComponent()
    let above = folder.deletingLastPathComponent()
    if folder.lastPathComponent == "plans", above.pathExtension == "ferry" {
      return Workspace(path: above.path, key: key)
    }
    return Workspace(besideMapping: plan.mappingPath ?? plan.path, key: key)
  }

  /// The workspaces that runs are looked up in.
  ///
  /// Those of the current folder, or what `--workspace` names: one, or a folder that holds some.
  var knownWorkspaces: [Workspace] {
    guard let named = invocation.value("--workspace") else { return Workspace.near(here, key: key) }
    return workspaces(at: named)
  }

  /// The workspaces that a path means: one itself, one beside a mapping, or those of a folder.
  func workspaces(at path: String) -> [Workspace] {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isThere, !isFolder.boolValue { return [Workspace(besideMapping: path, key: key)] }
    let own = Workspace(path: path, key: key)
    guard !FileManager.default.fileExists(atPath: own.journalPath) else { return [own] }
    let inside = Workspace.near(path, key: key)
    return inside.isEmpty ? [own] : inside
  }

  /// The workspace whose journal knows a run.
  func workspace(holding run: String) throws -> Workspace {
    guard let named = invocation.value("--workspace") else {
      return try Workspace.holding(run: run, in: here, key: key)
    }
    guard !Workspace.near(named).isEmpty else { return Workspace(path: named, key: key) }
    return try Workspace.holding(run: run, in: named, key: key)
  }

  /// The current folder.
  var here: String { FileManager.default.currentDirectoryPath }

  /// What a run gets from outside.
  func context(_ workspace: Workspace, store: String) -> MigrationContext {
    let progress = progress
    return MigrationContext(
      workspace: workspace, storeURL: store, now: { Date() },
      randomBits: {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
      },
      isStopped: { StopSignal.isRaised },
      progress: { phase, done, total in progress.show(Self.words(phase), done, of: total) })
  }

  private static func words(_ phase: MigrationPhase) -> Words {
    switch phase {
    case .plan: Words(en: "planning", zh: "制定计划")
    case .apply: Words(en: "applying", zh: "执行")
    case .link: Words(en: "linking", zh: "关联")
    case .verify: Words(en: "verifying", zh: "核对")
    case .undo: Words(en: "undoing", zh: "撤销")
    }
  }
}
