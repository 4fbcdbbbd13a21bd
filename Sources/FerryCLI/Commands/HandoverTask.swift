import FerryCore
import FerryMapping
import FerryMigration
import FerryStores

/// `ferry plan` and `ferry import` with an owner map in the place of a mapping: what the users in it
/// own is handed over.
struct HandoverTask {
  private let invocation: Invocation
  private let path: String
  private let url: String

  init(_ invocation: Invocation, _ path: String, _ command: String) throws {
    self.invocation = invocation
    (self.path, url) = try PlanCommand.arguments(of: invocation, command)
  }

  /// Writes the plan and shows it.
  func plan() async throws -> ExitStatus {
    try await end { map, store, context in
      try await Migration.planHandover(map, store: store, context: context)
    }
  }

  /// Plan, apply and verify in one.
  func handOver() async throws -> ExitStatus {
    try await end { map, store, context in
      let opened = OpenedStore()
      do {
        let summary = try await Migration.handOver(
          map, withCopy: invocation.has("--backup"), store: store, context: context,
          openForWriting: { try await opened.open(url, map.layout) })
        await opened.close()
        return summary
      } catch {
        await opened.close()
        throw error
      }
    }
  }

  private func end(
    _ work: (OwnerMap, any CRMStore, MigrationContext) async throws -> RunSummary
  ) async throws -> ExitStatus {
    let run = try RunContext(invocation)
    let map = try OwnerMap.load(path: path)
    let workspace = run.workspace(besideMapping: path)
    try workspace.checkKey()
    let summary = try await StoreLocator.withStore(url, for: .readOnly, layout: map.layout) {
      store, shown in
      try await work(map, store, run.context(workspace, store: shown))
    }
    let reporter = RunReporter(
      invocation: invocation, workspace: workspace, progress: run.progress)
    return try reporter.report(summary, figures: RunFigures())
  }
}
