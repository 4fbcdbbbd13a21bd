import FerryMigration
import Foundation

/// Finds the run that a command line means.
struct RunLookup {
  let run: RunContext

  init(_ run: RunContext) { self.run = run }

  /// The run of that id, or, without an id, the last one that wrote into `--to STORE`.
  func find() async throws -> (Workspace, RunHistory.Entry) {
    guard let id = run.invocation.positional(0) else { return try await last() }
    let workspace = try run.workspace(holding: id)
    guard let entry = try RunHistory.run(id, in: workspace) else {
      throw UsageError(.noRun(id, folder: workspace.path))
    }
    return (workspace, entry)
  }

  private func last() async throws -> (Workspace, RunHistory.Entry) {
    guard let url = run.invocation.value("--to") else {
      throw UsageError(.missingArgument("RUN"))
    }
    let store = try await StoreLocator.journalName(url)
    let folder = FileManager.default.currentDirectoryPath
    let runs = try run.knownWorkspaces.flatMap { workspace in
      try RunHistory.runs(of: workspace).map { (workspace, $0) }
    }
    let written = runs.filter { _, entry in
      entry.store == store && entry.command != "undo" && entry.outcome != .planned
    }
    guard let newest = written.max(by: { $0.1.startedAt < $1.1.startedAt }) else {
      throw UsageError(.noRun(store, folder: folder))
    }
    return newest
  }
}
