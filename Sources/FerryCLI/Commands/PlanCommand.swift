import FerryCore
import FerryMapping
import FerryMigration
import FerryRecords
import FerryStores
import Foundation

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
      HandBack.annotate, Corrections.option, HandBack.rejects, PlanFilesCommand.diff,
      PlanFilesCommand.dump, PlanFilesCommand.showValues,
    ],
    examples: [
      "ferry plan Mappings/onboarding.yaml --to sqlite:crm.db",
      "ferry plan Mappings/onboarding.yaml --to sqlite:crm.db --annotate for-the-client/",
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
      RunOptions.mask, RunOptions.showValues, HandBack.rejects,
    ] + ImportOptions.all,
    examples: [
      "ferry import Mappings/onboarding.yaml --to sqlite:crm.db --json",
      "ferry import owners.csv --to sqlite:crm.db",
      "ferry import nightly.yaml --to sqlite:crm.db --inbox inbox --stop-on-drift",
    ],
    run: runImport)

  private static func runImport(_ invocation: Invocation) async throws -> ExitStatus {
    if let path = invocation.positional(0), OwnerMap.isOwnerMap(path: path) {
      return try await HandoverTask(invocation, path, "import").handOver()
    }
    // Wrong usage is told before a file of an inbox is touched.
    let (path, url) = try arguments(of: invocation, "import")
    try StoreLocator.check(url)
    guard let folder = invocation.value(ImportOptions.inbox.name) else {
      return try await noticed(invocation, path)
    }
    return try await InboxImport(invocation, folder: folder).run { isTaken in
      try await load(invocation, taking: isTaken)
    }
  }

  /// Imports, and tells those who want to know.
  private static func noticed(_ invocation: Invocation, _ path: String) async throws -> ExitStatus {
    let name = URL(filePath: path).lastPathComponent
    do {
      let (status, summary) = try await load(invocation)
      await RunNotice(invocation)?.send(.init(mapping: name, status: status, summary: summary))
      return status
    } catch let failure as any Failure {
      await RunNotice(invocation)?.send(
        .init(mapping: name, status: failure.exitStatus, failure: failure))
      throw failure
    }
  }

  private static func load(
    _ invocation: Invocation, taking isTaken: @escaping (String) -> Bool = { _ in true }
  ) async throws -> (ExitStatus, RunSummary) {
    try await finish(invocation, "import", taking: isTaken) {
      request, store, context, url, planned in
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
      _ planned: (inout RunSummary, PlanRequest) async throws -> Void
    ) async throws -> RunSummary
  ) async throws -> ExitStatus {
    try await finish(invocation, command, work).0
  }

  private static func finish(
    _ invocation: Invocation, _ command: String,
    taking isTaken: @escaping (String) -> Bool = { _ in true },
    _ work: (
      HeldRequest, any CRMStore, MigrationContext, _ url: String,
      _ planned: (inout RunSummary, PlanRequest) async throws -> Void
    ) async throws -> RunSummary
  ) async throws -> (ExitStatus, RunSummary) {
    let run = try RunContext(invocation)
    let (path, url) = try arguments(of: invocation, command)
    let pipeline = try Pipeline(
      mappingPath: path, environment: invocation.environment, taking: isTaken)
    let workspace = run.workspace(besideMapping: path)
    try workspace.checkKey()
    let handBack = HandBack(
      invocation: invocation, workspace: workspace, mapping: pipeline.mapping,
      isAnnotating: command == "plan")
    try handBack.check()
    let corrected = try Corrections.remember(invocation, run.context(workspace, store: ""))
    var figures = RunFigures()
    let isSigned = pipeline.mapping.requiresSignOff
    let summary = try await StoreLocator.withStore(
      url, for: .readOnly, layout: pipeline.mapping.layout
    ) { store, shown in
      // The store comes first: a `store:` section that does not fit it costs no reading.
      let known = StoredRecords(
        store, name: shown, workspace: workspace, layout: pipeline.mapping.layout)
      let request = HeldRequest(
        try await self.request(
          pipeline, try pipeline.read(in: workspace, run.progress), known: known, workspace, run,
          findings: corrected))
      let context = run.context(workspace, store: shown)
      return try await work(request, store, context, url) { summary, request in
        figures = try await pipeline.figures(of: request, after: summary, in: store, key: run.key)
        if isSigned, command == "plan" || command == "import" {
          try SignOffGate(workspace: workspace).check(&summary, isStopping: command == "import")
        }
      }
    }
    var reporter = RunReporter(
      invocation: invocation, workspace: workspace, progress: run.progress)
    if command == "plan" || command == "import" { reporter.handBack = handBack }
    var told = summary
    told.reportPath = "\(workspace.reportFolder(ofRun: summary.run))/report.html"
    return (try reporter.report(summary, figures: figures), told)
  }

  /// Nobody else keeps the request, so that its records can be let go of.
  private static func request(
    _ pipeline: Pipeline, _ input: MappedInput, known: StoredRecords, _ workspace: Workspace,
    _ run: RunContext, findings: [Finding]
  ) async throws -> PlanRequest {
    var request = try await pipeline.request(
      input, known: known, workspace: workspace, findings: findings, run.progress)
    if run.invocation.has(ImportOptions.stopOnDrift.name) { request.policies.stopOnDrift() }
    return request
  }

  static func arguments(
    of invocation: Invocation, _ command: String, isStoreNeeded: Bool = true
  ) throws -> (mapping: String, store: String) {
    guard let path = invocation.positional(0) else {
      throw UsageError(.missingArgument("MAPPING"), command)
    }
    guard let url = invocation.value("--to") ?? (isStoreNeeded ? nil : "") else {
      throw UsageError(.missingArgument("--to STORE"), command)
    }
    return (path, url)
  }
}

extension MigrationPolicies {
  /// Limits columns and unmapped values to none, where the mapping does not limit them itself.
  fileprivate mutating func stopOnDrift() {
    for count in [Gate.Count.columns, .unmappedValues]
    where !gates.contains(where: { $0.count == count }) {
      gates.append(Gate(entity: nil, count: count, limit: 0, isPercent: false, text: "0"))
    }
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
