import FerryCore
import FerrySQLite
import FerryStores

/// The run that takes another one back: which one that is, and its plan.
struct UndoRun {
  let journal: Journal
  let context: MigrationContext

  /// The run whose work stands in the store now.
  ///
  /// Where a run was taken back and that was taken back, too, it is the last of these.
  func standing(_ run: RunRecord) throws -> RunRecord {
    var current = run
    while let undo = try journal.undos(of: current.run).last(where: \.state.isFinished),
      let again = try journal.undos(of: undo.run).last(where: \.state.isFinished)
    {
      current = again
    }
    return current
  }

  /// An undo of `run` with this scope that was begun and not finished, or that left nothing to do.
  func earlier(of run: RunRecord, _ scope: UndoScope) throws -> (RunRecord, PlanFile)? {
    for undo in try journal.undos(of: run.run).reversed() {
      // What was only planned is planned anew; what kept something is tried again.
      switch undo.state {
      case .planning, .planned, .partial: continue
      case .applying, .applied, .stopped, .failed: break
      }
      guard let path = context.workspace.plan(of: undo),
        let plan = try? PlanFile(path: path, key: context.workspace.key),
        plan.undoScope == scope
      else { continue }
      return (undo, plan)
    }
    return nil
  }

  /// Says why a run can't be taken back; nothing where it can.
  func check(_ run: RunRecord) throws {
    let batches = try journal.batches(of: run.run)
    guard !batches.contains(where: { $0.state == .intent }) else {
      throw MigrationError(.unsuitableRun, .runHalfWritten, run.run)
    }
    guard !batches.isEmpty || run.state.isFinished else {
      throw MigrationError(.unsuitableRun, .runNotApplied, run.run, run.state.rawValue)
    }
    guard run.store == context.storeURL else {
      throw MigrationError(.otherStore, .planOtherStore, run.store, context.storeURL)
    }
  }

  /// Plans to take `run` back.
  func plan(
    _ id: String, of run: RunRecord, _ scope: UndoScope, store: any CRMStore
  ) async throws -> (RunRecord, RunSummary) {
    let path = context.workspace.planPath(ofRun: id)
    var record = RunRecord(
      run: id, command: "undo", state: .planning, mapping: run.mapping, store: run.store,
      plan: path, ofRun: run.run, batchSize: run.batchSize, startedAt: context.timestamp,
      layout: run.layout)
    try journal.put(record)
    let planner = try UndoPlanner(
      run, scope, store: store, journal: journal, context: context, path: path)
    var summary = try await planner.plan(record, path: path)
    summary.changes = try PlanFile(path: path, key: context.workspace.key).samples()
    summary.differences = try PlanFile(path: path, key: context.workspace.key).kept().map(\.summary)
    record.state = .planned
    record.finishedAt = summary.finishedAt
    try journal.put(record)
    return (record, summary)
  }
}
