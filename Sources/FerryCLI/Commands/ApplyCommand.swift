import FerryCore
import FerryMigration
import FerryRecords
import FerryStores
import Foundation

/// `ferry apply`: do exactly a plan.
enum ApplyCommand {
  static let spec = CommandSpec(
    "apply",
    summary: Words(
      en: "do exactly what a plan says; stop it at any moment, `resume` goes on",
      zh: "严格按计划执行；可随时中断，用 `resume` 继续"),
    positionals: [PositionalSpec("PLAN")],
    options: [
      approve, requireSignOff, RunOptions.backup, RunOptions.workspace, RunOptions.keyFile,
      RunOptions.mask,
      RunOptions.showValues,
    ],
    examples: [
      "ferry apply Mappings/onboarding.ferry/plans/RUN.ferryplan",
      "ferry apply RUN.ferryplan --approve 'Li Na, sales operations'",
    ]
  ) { invocation in
    let run = try RunContext(invocation)
    let name = try personName(invocation, "--approve", of: "apply")
    let plan = try PlanFile(path: invocation.positional(0) ?? "", key: run.key)
    let workspace = run.workspace(of: plan)
    let signers = try SignOffFolder(workspace: workspace)
      .signers(of: plan, isRequired: invocation.has("--require-signoff") || plan.requiresSignOff)
    var task = RunTask(run, workspace, store: plan.store, layout: plan.layout)
    // A run that was begun has changed the figures already.
    let known = try RunHistory.run(plan.run, in: workspace)
    if known.map({ $0.outcome == .planned }) ?? true { task.timeZoneBefore = plan.timeZone }
    return try await task.end { store, context in
      try await Migration.apply(
        planPath: plan.path, approvedBy: name, signedBy: signers,
        withCopy: invocation.has("--backup"), store: store, context: context)
    }
  }

  private static let approve = OptionSpec(
    "--approve", "NAME", en: "write who approves the plan to the journal and the report",
    zh: "把批准人写入日志与报告")

  private static let requireSignOff = OptionSpec(
    "--require-signoff", en: "refuse a plan that nobody has signed off (`ferry signoff`)",
    zh: "拒绝执行未经签核的计划（见 `ferry signoff`）")
}

/// What `apply`, `resume`, `verify` and `undo` have in common: open, do, read figures, report.
struct RunTask {
  let run: RunContext
  let workspace: Workspace
  let url: String
  let layout: StoreLayout
  let access: StoreAccess
  /// The plan of the run; `nil` where it is not known.
  let planPath: String?
  /// Where months are counted of the figures that a database is asked for before the work is done;
  /// `nil` where it is not asked.
  var timeZoneBefore: String?

  init(
    _ run: RunContext, _ workspace: Workspace, store url: String, layout: StoreLayout,
    for access: StoreAccess = .readWrite, planPath: String? = nil
  ) {
    self.planPath = planPath
    self.layout = layout
    self.run = run
    self.workspace = workspace
    self.url = url
    self.access = access
  }

  /// Does the work and tells of it.
  func end(
    _ work: (any CRMStore, MigrationContext) async throws -> RunSummary
  ) async throws -> ExitStatus {
    try workspace.checkKey()
    let (summary, figures) = try await StoreLocator.withStore(
      url, for: access, layout: layout
    ) { store, shown in
      let context = run.context(workspace, store: shown)
      let before =
        timeZoneBefore != nil && store is any CopyableStore
        ? await Self.figures(of: store, timeZoneBefore) : nil
      let summary = try await work(store, context)
      let after = summary.outcome == .failed ? nil : await Self.figures(of: store, summary.timeZone)
      return (summary, RunFigures(after: after, before: before))
    }
    let reporter = RunReporter(
      invocation: run.invocation, workspace: workspace, progress: run.progress)
    return try reporter.report(summary, figures: figures)
  }

  // A report without figures beats none: where the store fails here, the run's own outcome says so.
  private static func figures(of store: any CRMStore, _ timeZone: String?) async -> SalesFigures? {
    guard let zone = TimeZone(identifier: timeZone ?? "Asia/Shanghai") else { return nil }
    return try? await SalesFigures.reading(store, timeZone: zone)
  }
}
