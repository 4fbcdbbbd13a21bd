import FerryCore
import FerryMapping
import FerryMigration
import FerryRecords
import FerryStores

/// `ferry plan` and `ferry import`: from a mapping to a plan, or all the way.
enum PlanCommand {
  static let plan = CommandSpec(
    "plan",
    summary: Words(
      en: "the dry run: write a plan and a report; the store is only read",
      zh: "预演：写出计划与报告；对目标库只读"),
    positionals: [PositionalSpec("MAPPING", optional: true)],
    options: [
      RunOptions.to, RunOptions.workspace, RunOptions.keyFile, RunOptions.failOn, RunOptions.mask,
      PlanFilesCommand.diff, PlanFilesCommand.dump, PlanFilesCommand.showValues,
    ],
    examples: [
      "ferry plan Mappings/onboarding.yaml --to sqlite:crm.db",
      "ferry plan owners.csv --to sqlite:crm.db",
      "ferry plan --diff monday.ferryplan tuesday.ferryplan",
    ],
    run: runPlan)

  private static func runPlan(_ invocation: Invocation) async throws -> ExitStatus {
    if let status = try PlanFilesCommand.run(invocation) { return status }
    if let path = invocation.positional(0), OwnerMap.isOwnerMap(path: path) {
      return try await HandoverTask(invocation, path, "plan").plan()
    }
    return try await end(invocation, "plan") { request, store, context, _, planned in
      try await Migration.plan(request, store: store, context: context, planned: planned)
    }
  }

  static let load = CommandSpec(
    "import",
    summary: Words(
      en: "plan, gates, apply and verify in one, for schedules",
      zh: "计划、闸门、执行、核对一气呵成，适合定时任务"),
    positionals: [PositionalSpec("MAPPING")],
    options: [
      RunOptions.to, RunOptions.backup, RunOptions.workspace, RunOptions.keyFile, RunOptions.failOn,
      RunOptions.mask,
      RunOptions.showValues,
    ],
    examples: [
      "ferry import Mappings/onboarding.yaml --to sqlite:crm.db --json",
      "ferry import owners.csv --to sqlite:crm.db",
    ],
    run: runImport)

  private static func runImport(_ invocation: Invocation) async throws -> ExitStatus {
    if let path = invocation.positional(0), OwnerMap.isOwnerMap(path: path) {
      return try await HandoverTask(invocation, path, "import").handOver()
    }
    return try await end(invocation, "import") { request, store, context, url, planned in
      let layout = request.layout
      let opened = OpenedStore()
      do {
        let summary = try await Migration.runImport(
          request, withCopy: invocation.has("--backup"), store: store, context: context,
          planned: planned, openForWriting: { try await opened.open(url, layout) })
        await opened.close()
        return summary
      } catch {
        await opened.close()
        throw error
      }
    }
  }

  /// Reads the sources, matches them against the store, does the work and tells of it.
  static func end(
    _ invocation: Invocation, _ command: String,
    _ work: (
      HeldRequest, any CRMStore, MigrationContext, _ url: String,
      _ planned: (RunSummary, PlanRequest) throws -> Void
    ) async throws -> RunSummary
  ) async throws -> ExitStatus {
    let run = try RunContext(invocation)
    let (path, url) = try arguments(of: invocation, command)
    let pipeline = try Pipeline(mappingPath: path, environment: invocation.environment)
    let workspace = run.workspace(besideMapping: path)
    try workspace.checkKey()
    var figures: SalesFigures?
    let summary = try await StoreLocator.withStore(
      url, for: .readOnly, layout: pipeline.mapping.layout
    ) { store, shown in
      // The store comes first: a `store:` section that does not fit it costs no reading.
      let known = StoredRecords(
        store, name: shown, workspace: workspace, layout: pipeline.mapping.layout)
      let request = HeldRequest(
        try await pipeline.request(
          try pipeline.read(in: workspace, run.progress), known: known, workspace: workspace,
          run.progress))
      let context = run.context(workspace, store: shown)
      return try await work(request, store, context, url) { summary, request in
        figures = try pipeline.figures(of: request, after: summary, key: run.key)
      }
    }
    let reporter = RunReporter(
      invocation: invocation, workspace: workspace, progress: run.progress)
    return try reporter.report(summary, figures: figures)
  }

  static func arguments(
    of invocation: Invocation, _ command: String
  ) throws -> (mapping: String, store: String) {
    guard let path = invocation.positional(0) else {
      throw UsageError(.missingArgument("MAPPING"), command)
    }
    guard let url = invocation.value("--to") else {
      throw UsageError(.missingArgument("--to STORE"), command)
    }
    return (path, url)
  }
}

/// A store that is opened on demand and closed once.
actor OpenedStore {
  private var store: (any CRMStore)?

  func open(_ url: String, _ layout: StoreLayout) async throws -> any CRMStore {
    let opened = try StoreLocator.open(url, for: .readWrite, layout: layout)
    store = opened
    return opened
  }

  func close() async {
    await store?.close()
    store = nil
  }
}
