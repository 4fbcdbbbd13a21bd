import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores

/// Takes a run back, last batch first: what it created is removed, what it updated gets its old
/// values again, and whatever people changed since is kept and named.
///
/// Each batch of the run becomes one batch of the undo, with intent and outcome like any other;
/// doing one twice changes nothing, so an undo can be cut off anywhere and resumed.
struct UndoSession {
  let undo: RunRecord
  let run: RunRecord
  let journal: Journal
  let context: MigrationContext

  /// The undo of `run` that is to be done: a new one, or the one that was begun and not finished.
  static func record(
    _ id: String, of run: RunRecord, in journal: Journal, context: MigrationContext
  ) throws -> RunRecord {
    guard run.command != "undo" else {
      throw MigrationError(.unsuitableRun, .undoOfUndo, run.run)
    }
    if let begun = try journal.undo(of: run.run), begun.state != .partial { return begun }
    let batches = try journal.batches(of: run.run)
    guard !batches.contains(where: { $0.state == .intent }) else {
      throw MigrationError(.unsuitableRun, .runHalfWritten, run.run)
    }
    guard !batches.isEmpty || run.state.isFinished else {
      throw MigrationError(.unsuitableRun, .runNotApplied, run.run, run.state.rawValue)
    }
    let record = RunRecord(
      run: id, command: "undo", state: .planned, mapping: run.mapping, store: run.store, plan: nil,
      ofRun: run.run, batchSize: run.batchSize, startedAt: context.timestamp,
      layout: run.layout)
    try journal.put(record)
    return record
  }

  init(_ undo: RunRecord, _ journal: Journal, _ context: MigrationContext) throws {
    guard let run = try journal.run(undo.ofRun ?? "") else {
      throw MigrationError(
        .unknownRun, .runUnknown, undo.ofRun ?? "-", context.workspace.path, "-")
    }
    self.undo = undo
    self.run = run
    self.journal = journal
    self.context = context
    guard run.store == context.storeURL else {
      throw MigrationError(.otherStore, .planOtherStore, run.store, context.storeURL)
    }
  }

  /// Takes back what is left to take back.
  func undo(in store: any CRMStore) async throws -> RunSummary {
    var summary = RunSummary(
      run: undo.run, command: "undo", store: undo.store, outcome: .applied,
      startedAt: undo.startedAt)
    summary.mappingPath = undo.mapping
    var record = undo
    if undo.state.isFinished {
      summary.findings = [Finding(.runNothingToDo, arguments: [undo.run])]
    } else {
      record.state = .applying
      try journal.put(record)
      let failure = try await attempt(store, &record)
      record.finishedAt = context.timestamp
      do { try journal.put(record) } catch { record.state = .failed }
      summary.findings = failure?.findings ?? []
    }
    summary.outcome = record.state.outcome
    summary.finishedAt = record.finishedAt
    try fill(&summary, record)
    return summary
  }

  private func attempt(
    _ store: any CRMStore, _ record: inout RunRecord
  ) async throws -> (any Failure)? {
    let undoer = try Undoer(undo: undo, run: run, store: store, journal: journal, context: context)
    do {
      let isDone = try await undoer.undo()
      let kept = try journal.kept(by: undo.run)
      record.state = isDone ? (kept.isEmpty ? .applied : .partial) : .stopped
      return nil
    } catch {
      record.state = .failed
      let failure: any Failure
      switch error {
      case let error as StoreError: failure = error
      case let error as SQLiteError: failure = MigrationError(journal: error)
      default: throw error
      }
      do { try journal.commitPending() } catch { journal.database.rollback() }
      return failure
    }
  }

  /// Fills in counts, what was kept, and where a stopped undo stands.
  private func fill(_ summary: inout RunSummary, _ record: RunRecord) throws {
    let originals = try journal.batches(of: run.run)
    let undone = try journal.batches(of: undo.run)
    for entity in SalesChain.entities {
      let own = originals.filter { $0.entity == entity.name && $0.kind != "link" }
      guard !own.isEmpty else { continue }
      var counts = EntityCounts(entity: entity.name)
      counts.records = own.reduce(0) { $0 + $1.written }
      let ids = Set(own.map { Int($0.id) })
      for batch in undone where ids.contains(batch.first) && batch.state == .done {
        if batch.kind == "remove" {
          counts.removed += batch.written
        } else {
          counts.updated += batch.written
        }
        counts.conflicted += batch.conflicted
        counts.rejected += batch.rejected
      }
      let rest = counts.records - counts.sum
      if record.state.isFinished { counts.same = rest } else { counts.skipped = rest }
      summary.entities.append(counts)
    }
    if record.state == .stopped {
      let arguments = [undo.run, String(undone.count), String(originals.count)]
      summary.findings.insert(Finding(.runStopped, arguments: arguments), at: 0)
    }
    let kept = try journal.kept(by: undo.run)
    var log = FindingLog()
    log.add(summary.findings)
    log.add(kept.map(\.finding))
    summary.findings = log.findings
    summary.differences = kept.map(\.summary)
  }
}
