import FerryCore
import FerryMapping
import FerryRecords
import FerryStores

extension Planner {
  /// Plans what becomes of records of the store that are none of the input's: those that went into
  /// others, and those that are gone from the sources.
  ///
  /// - Returns: How the limits stand, and which fields are named beside the input's.
  func planOthers(
    _ states: PlanStates, _ writer: PlanWriter, _ log: inout FindingLog
  ) async throws -> (limits: [GateResult], named: [String: Set<String>]) {
    var named: [String: Set<String>] = [:]
    if !request.policies.removesLoaded.isEmpty {
      var merged = MergedPlanner(
        states, request.policies.removesLoaded, store: store, journal: journal, context: context,
        writer: writer)
      try await merged.plan()
      log.add(merged.findings)
      named = merged.namedFields
    }
    guard !request.policies.gone.isEmpty else { return ([], named) }
    var gone = GonePlanner(
      states, request.policies.gone, store: store, journal: journal, context: context,
      writer: writer)
    try await gone.plan()
    log.add(gone.findings)
    return (gone.limits, named)
  }

  /// What the store will start by itself when this plan is applied.
  func sideEffects(
    of counts: [EntityCounts], _ states: PlanStates
  ) async throws -> [Finding] {
    let entities = states.ordered.map(\.entity)
    return try await store.sideEffects(of: entities).compactMap { effect in
      guard let own = counts.first(where: { $0.entity == effect.entity }) else { return nil }
      let starts = effect.events.reduce(0) { $0 + own.count(startedBy: $1) }
      guard starts > 0 else { return nil }
      let rule: Rule = effect.isHeldBack ? .sideEffectHeldBack : .sideEffect
      return Finding(rule, arguments: [effect.name, effect.entity, String(starts)])
    }
  }

  /// What the gates need to know beside the counts.
  func gateFacts(_ planners: [EntityPlanner], _ summary: RunSummary) throws -> GateFacts {
    var facts = GateFacts()
    for planner in planners { facts.ownerChanges[planner.state.entity.name] = planner.ownerChanges }
    facts.owners = summary.owners
    if request.policies.gates.contains(where: \.count.needsBaseline) {
      facts.baseline = try baseline(of: summary)
    }
    return facts
  }

  /// The plan of this mapping and store that was applied last.
  private func baseline(of summary: RunSummary) throws -> RunBaseline? {
    let earlier = try journal.runs().reversed().filter { run in
      !["undo", RunRecord.handover].contains(run.command) && run.state.isFinished
        && run.store == summary.store
        && run.run != summary.run
    }
    for run in earlier {
      // One that was removed, or that another version wrote, tells nothing.
      guard let path = context.workspace.plan(of: run), let plan = try? PlanFile(path: path) else {
        continue
      }
      return RunBaseline(
        run: run.run, tables: try plan.tables(), controls: try plan.plannedControls())
    }
    return nil
  }
}

extension EntityCounts {
  /// How many records an event of the store is about.
  fileprivate func count(startedBy event: SideEffect.Event) -> Int {
    switch event {
    case .create: created
    case .update: updated + goneMarked
    case .delete: removed + goneRemoved
    }
  }
}

/// What the last run that was applied had read and come to.
struct RunBaseline {
  let run: String
  let tables: [TableSummary]
  let controls: [ControlTotal]
}

/// What the gates need to know beside the counts of a run.
struct GateFacts {
  /// By entity: records whose owner changes.
  var ownerChanges: [String: Int] = [:]
  /// Who has the records, where the mapping asks for that.
  var owners: [OwnerTotal] = []
  /// Nothing where no run was applied before.
  var baseline: RunBaseline?

  /// Says which gates have nothing to compare with.
  func findings(_ gates: [Gate]) -> [Finding] {
    guard baseline == nil else { return [] }
    return gates.filter(\.count.needsBaseline).map {
      Finding(.gateNoBaseline, arguments: [$0.name])
    }
  }
}

extension Gate.Count {
  /// Whether it compares with the last run that was applied.
  var needsBaseline: Bool { self == .shrunk || self == .columns || self == .controls }
}
