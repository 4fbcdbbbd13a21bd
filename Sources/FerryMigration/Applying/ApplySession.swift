import FerryCore
import FerrySQLite
import FerryStores

/// One process's work on a planned run: applies what is left, verifies, and says how it stands.
struct ApplySession {
  let plan: PlanFile
  let run: RunRecord
  let journal: Journal
  let context: MigrationContext
  /// The plan's findings where they need not be read from its file.
  var knownFindings: [Finding]?

  init(_ plan: PlanFile, _ run: RunRecord, _ journal: Journal, _ context: MigrationContext) throws {
    self.plan = plan
    self.run = run
    self.journal = journal
    journal.layout = plan.layout
    self.context = context
    guard run.store == context.storeURL else {
      throw MigrationError(.otherStore, .planOtherStore, run.store, context.storeURL)
    }
  }

  /// Applies what is left and, where asked, verifies it.
  func apply(to store: any CRMStore, verifying: Bool) async throws -> RunSummary {
    var summary = try startSummary(command: run.command == "plan" ? "apply" : run.command)
    guard !run.state.isFinished else {
      summary.outcome = run.state.outcome
      summary.findings = [Finding(.runNothingToDo, arguments: [run.run])]
      try fillCounts(&summary)
      return summary
    }
    var record = run
    record.state = .applying
    try journal.put(record)
    let applier = try Applier(plan, run: run, store: store, journal: journal, context: context)
    let failure = try await attempt(applier, &record)
    try finish(applier, &record, &summary)
    if let failure { summary.findings = failure.findings + summary.findings }
    guard verifying, record.state.isFinished else { return summary }
    do {
      try await verify(
        in: store, untouched: applier.isResumed ? nil : applier.wroteEntities, &summary)
    } catch let error as StoreError {
      // All is written; only the proof is missing, and `ferry verify` can bring it.
      summary.outcome = .failed
      summary.findings = error.findings + summary.findings
    }
    return summary
  }

  /// Runs the applier; what the store could not do is kept for the summary.
  private func attempt(
    _ applier: Applier, _ record: inout RunRecord
  ) async throws -> (any Failure)? {
    do {
      let isDone = try await applier.apply()
      let hasKept = try applier.hasKept || !plan.kept().isEmpty
      record.state = isDone ? (hasKept ? .partial : .applied) : .stopped
      return nil
    } catch {
      record.state = .failed
      let failure: any Failure
      switch error {
      case let error as StoreError: failure = error
      case let error as SQLiteError: failure = MigrationError(journal: error)
      case let error as MigrationError where error.kind == .journalFailed: failure = error
      default: throw error
      }
      // The outcome of the batch before may still wait for its commit; a full disk refuses that
      // too, and then the batch is done again.
      do { try journal.commitPending() } catch { journal.database.rollback() }
      return failure
    }
  }

  private func finish(
    _ applier: Applier, _ record: inout RunRecord, _ summary: inout RunSummary
  ) throws {
    let planned = summary.entities
    summary.entities = applier.entityCounts(planned: planned)
    if record.state.isFinished {
      for (done, plan) in zip(summary.entities, planned) {
        try Equations.check(done: done, planned: plan)
      }
    }
    if record.state == .stopped {
      let stop = Finding(
        .runStopped,
        arguments: [run.run, String(applier.doneCount), String(plan.changeCount)])
      summary.findings.insert(stop, at: 0)
    }
    if record.state == .failed, applier.openCount > 0 {
      let broken = Finding(.runBroken, arguments: [run.run, String(applier.openCount)])
      summary.findings.insert(broken, at: 0)
    }
    record.finishedAt = context.timestamp
    // Where even this can't be written, the run stays `applying` and is resumed like any other.
    do { try journal.put(record) } catch { record.state = .failed }
    summary.outcome = record.state.outcome
    summary.finishedAt = record.finishedAt
    try addKept(to: &summary)
  }

  private func startSummary(command: String) throws -> RunSummary {
    var summary = try plan.summary(findings: knownFindings)
    summary.command = command
    summary.approvals = try journal.approvals(of: run.run)
    summary.differences = try plan.kept().map(\.summary)
    return summary
  }

  private func addKept(to summary: inout RunSummary) throws {
    let kept = try journal.kept(by: run.run)
    count(kept, in: &summary)
    var log = FindingLog()
    log.add(summary.findings)
    log.add(kept.map(\.finding))
    summary.findings = log.findings
    summary.differences += kept.map { $0.summary }
  }

  /// Counts the records that moved between plan and apply.
  private func count(_ kept: [KeptRecord], in summary: inout RunSummary) {
    for index in summary.entities.indices {
      let own = kept.filter { $0.entity == summary.entities[index].entity }
      func ids(_ rules: [Rule]) -> Set<String> {
        let ids = rules.map(\.id)
        return Set(own.filter { ids.contains($0.finding.rule.id) }.map(\.externalID))
      }
      let (over, stay) = (ids([.recordMovedOverruled]), ids([.recordMovedKept]))
      let left = ids([.recordMoved, .recordGone])
      summary.entities[index].moved.overruled = over.count
      summary.entities[index].moved.kept = stay.count
      summary.entities[index].moved.left = left.count
      summary.entities[index].moved.records = over.union(stay).union(left).count
    }
  }

  /// How many of a batch's records are in the store as they were, since the store's values win.
  private func leftCount(_ batch: BatchRecord) throws -> Int {
    var reader = WrittenBlockReader(fieldCount: batch.fields.count)
    var count = 0
    _ = try journal.withRecords(of: batch.id) { while reader.next(in: $0) { count += 1 } }
    return count - batch.written
  }

  /// Fills in what a run that ended has done, from its batches.
  private func fillCounts(_ summary: inout RunSummary) throws {
    count(try journal.kept(by: run.run), in: &summary)
    let batches = try journal.batches(of: run.run).filter { $0.kind != "link" }
    for index in summary.entities.indices {
      let own = batches.filter { $0.entity == summary.entities[index].entity }
      let counted = own.filter { plan.undoneRun != nil || !["delete", "mark"].contains($0.kind) }
      summary.entities[index].created = own.filter { $0.kind == "create" }.total(\.written)
      let removed = own.filter { $0.kind == "delete" }.total(\.written)
      if plan.undoneRun == nil {
        summary.entities[index].goneRemoved = removed
      } else {
        summary.entities[index].removed = removed
      }
      summary.entities[index].goneMarked = own.filter { $0.kind == "mark" }.total(\.written)
      let updates = own.filter { $0.kind == "update" }
      summary.entities[index].updated = updates.total(\.written)
      if summary.entities[index].moved.kept > 0 {
        summary.entities[index].same += try updates.reduce(0) { $0 + (try leftCount($1)) }
      }
      summary.entities[index].conflicted += counted.total(\.conflicted)
      summary.entities[index].rejected += counted.total(\.rejected)
      summary.entities[index].skipped +=
        summary.entities[index].records - summary.entities[index].sum
    }
    summary.finishedAt = run.finishedAt
  }

  // MARK: - Verify

  /// Re-reads what the run wrote.
  func verify(in store: any CRMStore) async throws -> RunSummary {
    var summary = try startSummary(command: "verify")
    summary.outcome = run.state.outcome
    summary.findings = []
    try fillCounts(&summary)
    try await verify(in: store, untouched: nil, &summary)
    summary.finishedAt = context.timestamp
    return summary
  }

  // `written` are the entities that were written just now; the others are as the plan read them
  // moments ago. Without it all are read again.
  private func verify(
    in store: any CRMStore, untouched written: Set<String>?, _ summary: inout RunSummary
  ) async throws {
    let verifier = try Verifier(
      plan, run: run, store: store, journal: journal, context: context, only: written)
    try await verifier.verify()
    summary.controls = try await verifier.controls()
    if plan.command == RunRecord.handover {
      try await StoredOwners(store: store).fill(&summary.owners)
    }
    for index in summary.owners.indices where plan.command != RunRecord.handover {
      let owner = summary.owners[index]
      let counts = verifier.ownerCounts[owner.entity]
      if let user = owner.user { summary.owners[index].stored = counts.map { $0[user] ?? 0 } }
    }
    summary.differences += verifier.differences
    var log = FindingLog()
    log.add(summary.findings)
    log.add(verifier.findings)
    // The counts of an import tell the rest already.
    log.add(written == nil ? try verifier.notCompared() : try verifier.notRead())
    log.add(summary.controls.unexpected)
    for control in summary.controls
    where !DecimalSum.areEqual(control.source, control.store ?? control.source) {
      log.add(
        Finding(
          .controlDiffers, arguments: [control.name, control.source, control.store ?? "-"]))
    }
    summary.findings = log.findings
  }
}

extension [BatchRecord] {
  fileprivate func total(_ count: KeyPath<BatchRecord, Int>) -> Int {
    reduce(0) { $0 + $1[keyPath: count] }
  }
}

extension KeptRecord {
  /// The record as reports show it.
  var summary: ChangeSummary {
    var parsed = ParsedFields()
    _ = parsed.parse(Bytes(fields.utf8).span)
    return ChangeSummary(
      entity: entity, kind: "conflict", externalID: externalID, survivorID: nil,
      rule: finding.rule.id, provenance: finding.provenance,
      fields: ChangeSummary.fields(parsed, in: finding.provenance))
  }
}
