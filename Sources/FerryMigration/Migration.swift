import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
public import FerryStores
import Foundation

/// What can be done with runs: plan, apply, resume, verify, undo.
///
/// Each call takes opened stores and values, and gives a ``RunSummary`` or throws a `Failure`.
/// What goes wrong with the store while a run writes does not throw: the summary's outcome is
/// `failed`, its findings say why, and the run can be resumed.
public enum Migration {
  // MARK: - Plan

  /// Makes a plan; the store is only read.
  public static func plan(
    _ request: PlanRequest, store: any CRMStore, context: MigrationContext
  ) async throws -> RunSummary {
    try await plan(HeldRequest(request), store: store, context: context) { _, _ in }
  }

  /// The same; the records are let go of once `planned` has seen them beside the plan's summary,
  /// to which it may add gates.
  public static func plan(
    _ request: HeldRequest, store: any CRMStore, context: MigrationContext,
    planned: (inout RunSummary, PlanRequest) async throws -> Void
  ) async throws -> RunSummary {
    try await withFailures {
      try await planning(request, command: "plan", store: store, context: context, planned) { $0 }
    }
  }

  /// Plan, gates, apply and verify in one.
  ///
  /// `open` opens the store for writing; it is only asked where all gates are met.
  public static func runImport(
    _ request: PlanRequest, withCopy: Bool = false, store: any CRMStore,
    context: MigrationContext, openForWriting open: () async throws -> any CRMStore
  ) async throws -> RunSummary {
    try await runImport(
      HeldRequest(request), withCopy: withCopy, store: store, context: context,
      planned: { _, _ in }, openForWriting: open)
  }

  /// The same; the records are let go of once `planned` has seen them beside the plan's summary,
  /// to which it may add gates.
  public static func runImport(
    _ request: HeldRequest, withCopy: Bool = false, store: any CRMStore,
    context: MigrationContext, planned: (inout RunSummary, PlanRequest) async throws -> Void,
    openForWriting open: () async throws -> any CRMStore
  ) async throws -> RunSummary {
    try await withFailures {
      try await planning(
        request, command: "import", store: store, context: context, planned
      ) { planned in
        guard planned.gates.allSatisfy(\.isMet) else { return planned }
        return try await applyPlanned(planned, withCopy: withCopy, context: context, open)
      }
    }
  }

  /// Applies and verifies what was planned a moment ago; with `withCopy`, copies the store before.
  static func applyPlanned(
    _ planned: RunSummary, withCopy: Bool, context: MigrationContext,
    _ open: () async throws -> any CRMStore
  ) async throws -> RunSummary {
    let journal = try Journal(context.workspace)
    guard let run = try journal.run(planned.run), let path = planned.planPath else {
      return planned
    }
    var session = try ApplySession(
      PlanFile(path: path, key: context.workspace.key), run, journal, context)
    session.knownFindings = planned.findings
    let store = try await open()
    var notes: [Finding] = []
    if withCopy { notes.append(try await StoreCopy.take(of: store, before: run, context)) }
    var summary = try await session.apply(to: store, verifying: true)
    summary.findings += notes
    return summary
  }

  private static func planning(
    _ held: HeldRequest, command: String, store: any CRMStore, context: MigrationContext,
    _ planned: (inout RunSummary, PlanRequest) async throws -> Void,
    _ next: (RunSummary) async throws -> RunSummary
  ) async throws -> RunSummary {
    let (mapping, layout) =
      held.withRequest { ($0.mappingPath, $0.policies.layout) } ?? ("", StoreLayout())
    return try await planning(
      command, mapping: mapping, layout: layout, store: store, context: context
    ) { run, path, journal in
      guard let request = held.take() else { preconditionFailure("a request is planned once") }
      let planner = Planner(request: request, store: store, journal: journal, context: context)
      var summary = try await planner.plan(run, path: path)
      try await planned(&summary, request)
      return summary
    } _: {
      try await next($0)
    }
  }

  /// Begins a run, lets `plan` write its plan, and goes on with `next` while the lock is held.
  static func planning(
    _ command: String, mapping: String, layout: StoreLayout, store: any CRMStore,
    context: MigrationContext, plan: (RunRecord, String, Journal) async throws -> RunSummary,
    _ next: (RunSummary) async throws -> RunSummary
  ) async throws -> RunSummary {
    let id = context.makeRunID()
    let started = context.timestamp
    let lock = try WorkspaceLock(context.workspace, command: command, run: id, since: started)
    defer { lock.release() }
    let journal = try Journal(context.workspace)
    journal.layout = layout
    try await journal.learn(context.storeURL, of: store)
    let path = context.workspace.planPath(ofRun: id)
    let batchSize = max(1, min(context.batchSize, store.capabilities.largestBatch))
    var run = RunRecord(
      run: id, command: command, state: .planning, mapping: mapping, store: context.storeURL,
      plan: path, batchSize: batchSize, startedAt: started, layout: layout.storedText)
    try journal.put(run)
    let summary = try await plan(run, path, journal)
    run.state = .planned
    run.finishedAt = summary.finishedAt
    try journal.put(run)
    var shown = summary
    shown.changes = try PlanFile(path: path, key: context.workspace.key).samples()
    return try await next(shown)
  }

  // MARK: - Apply

  /// Does exactly what a plan says, or what is left of it.
  ///
  /// A plan that was applied before changes nothing. With `approvedBy`, that name and the time
  /// stand in the journal before anything is written; with `withCopy`, the store is copied into the
  /// workspace before; those who signed the plan off stand in the journal, too.
  public static func apply(
    planPath: String, approvedBy name: String? = nil, signedBy signers: [RunApproval] = [],
    withCopy: Bool = false, store: any CRMStore, context: MigrationContext
  ) async throws -> RunSummary {
    try await withFailures {
      let plan = try PlanFile(path: planPath, key: context.workspace.key)
      let lock = try WorkspaceLock(
        context.workspace, command: "apply", run: plan.run, since: context.timestamp)
      defer { lock.release() }
      let journal = try Journal(context.workspace)
      try await journal.learn(context.storeURL, of: store)
      let run = try journal.run(plan.run) ?? adopted(plan, store, context)
      let session = try ApplySession(plan, run, journal, context)
      if !run.state.isFinished {
        let known = try journal.approvals(of: run.run)
        for signer in signers where !known.contains(signer) { try journal.approve(run.run, signer) }
      }
      if let name, !run.state.isFinished {
        try journal.approve(run.run, RunApproval(name: name, at: context.timestamp))
      }
      var notes: [Finding] = []
      if withCopy, !run.state.isFinished {
        notes.append(try await StoreCopy.take(of: store, before: run, context))
      }
      var summary = try await session.apply(to: store, verifying: false)
      summary.findings += notes
      return summary
    }
  }

  /// A plan that came from elsewhere: its run begins here.
  private static func adopted(
    _ plan: PlanFile, _ store: any CRMStore, _ context: MigrationContext
  ) -> RunRecord {
    RunRecord(
      run: plan.run, command: "plan", state: .planned, mapping: plan.mappingPath,
      store: context.storeURL, plan: plan.path,
      batchSize: max(1, min(context.batchSize, store.capabilities.largestBatch)),
      startedAt: plan.createdAt, layout: plan.layout.storedText)
  }

  /// Goes on with a run after a crash, a stop or an outage; applies one that was only planned.
  public static func resume(
    run id: String, store: any CRMStore, context: MigrationContext
  ) async throws -> RunSummary {
    try await withFailures {
      let lock = try WorkspaceLock(
        context.workspace, command: "resume", run: id, since: context.timestamp)
      defer { lock.release() }
      let journal = try Journal(context.workspace)
      guard let run = try journal.run(id) else { throw unknown(id, context) }
      try context.workspace.checkRemembers(id)
      guard run.state != .planning, let path = context.workspace.plan(of: run) else {
        throw MigrationError(.unsuitableRun, .runNotPlanned, id)
      }
      let plan = try PlanFile(path: path, key: context.workspace.key)
      return try await ApplySession(plan, run, journal, context).apply(
        to: store, verifying: ["import", RunRecord.handover].contains(run.command))
    }
  }

  // MARK: - Verify and undo

  /// Re-reads every record that a run wrote, each field, and the control totals.
  public static func verify(
    run id: String, store: any CRMStore, context: MigrationContext
  ) async throws -> RunSummary {
    try await withFailures {
      let journal = try Journal(reading: context.workspace)
      guard let run = try journal.run(id) else { throw unknown(id, context) }
      try context.workspace.checkRemembers(id)
      guard run.state.isFinished || run.state == .stopped || run.state == .failed,
        let path = context.workspace.plan(of: run)
      else { throw MigrationError(.unsuitableRun, .runNotApplied, id, run.state.rawValue) }
      let session = try ApplySession(
        PlanFile(path: path, key: context.workspace.key), run, journal, context)
      return try await session.verify(in: store)
    }
  }

  /// Takes a run back, keeping what people changed since.
  ///
  /// Itself a run with a plan: resumable, and it can be taken back like any other. One that was
  /// begun and not finished is gone on with. With `planOnly` the plan is made and nothing written:
  /// ``apply(planPath:approvedBy:signedBy:withCopy:store:context:)`` does it.
  public static func undo(
    run id: String, scope: UndoScope = UndoScope(), planOnly: Bool = false,
    store: any CRMStore, context: MigrationContext
  ) async throws -> RunSummary {
    try await withFailures {
      let undoID = context.makeRunID()
      let lock = try WorkspaceLock(
        context.workspace, command: "undo", run: undoID, since: context.timestamp)
      defer { lock.release() }
      let journal = try Journal(context.workspace)
      guard let named = try journal.run(id) else { throw unknown(id, context) }
      try context.workspace.checkRemembers(id)
      let undo = UndoRun(journal: journal, context: context)
      let run = try undo.standing(named)
      journal.layout = try StoreLayout(storedText: run.layout)
      if let (begun, plan) = try undo.earlier(of: run, scope) {
        return try await ApplySession(plan, begun, journal, context)
          .apply(to: store, verifying: false)
      }
      try undo.check(run)
      let (record, summary) = try await undo.plan(undoID, of: run, scope, store: store)
      guard !planOnly, let path = summary.planPath else { return summary }
      var done = try await ApplySession(
        PlanFile(path: path, key: context.workspace.key), record, journal, context
      )
      .apply(to: store, verifying: false)
      if let note = StoreCopy.note(ofRun: run.run, of: store, context) {
        done.findings.append(note)
      }
      return done
    }
  }

  private static func unknown(_ run: String, _ context: MigrationContext) -> MigrationError {
    MigrationError(.unknownRun, .runUnknown, run, context.workspace.path, "-")
  }

  /// Puts what SQLite says of the workspace's files into words.
  static func withFailures(
    _ body: () async throws -> RunSummary
  ) async throws -> RunSummary {
    do {
      return try await body()
    } catch let error as SQLiteError {
      throw MigrationError(journal: error)
    }
  }
}
