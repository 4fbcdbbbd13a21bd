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

  /// What the gates need to know beside the counts.
  func gateFacts(_ planners: [EntityPlanner], _ summary: RunSummary) throws -> GateFacts {
    var facts = GateFacts()
    for planner in planners { facts.ownerChanges[planner.state.entity.name] = planner.ownerChanges }
    facts.owners = summary.owners
    if request.policies.gates.contains(where: \.count.needsBaseline) {
      facts.baseline = try baseline(of: summary)?.without(request.policies.absent)
    }
    return facts
  }

  /// The plan of this mapping and store that was applied last.
  private func baseline(of summary: RunSummary) throws -> RunBaseline? {
    let store = try journal.storeName(of: summary.store)
    let earlier = try journal.runs().reversed().filter { run in
      guard !["undo", RunRecord.handover].contains(run.command), run.state.isFinished,
        run.run != summary.run
      else { return false }
      return try journal.storeName(of: run.store) == store
    }
    for run in earlier {
      // One that was removed, or that another version wrote, tells nothing.
      guard let path = context.workspace.plan(of: run),
        let plan = try? PlanFile(path: path, key: context.workspace.key)
      else {
        continue
      }
      return RunBaseline(
        run: run.run, tables: try plan.tables(), controls: try plan.plannedControls())
    }
    return nil
  }
}

/// What the last run that was applied had read and come to.
struct RunBaseline {
  let run: String
  let tables: [TableSummary]
  let controls: [ControlTotal]
}

extension RunBaseline {
  /// The same without what sources brought that have no file this time.
  fileprivate func without(_ absent: AbsentSources) -> RunBaseline {
    RunBaseline(
      run: run, tables: tables.filter { !absent.include(file: $0.file) },
      controls: controls.filter { control in
        // `sum deal.amount by stage: won`, `count contact`.
        let subject = control.name.split(separator: " ").dropFirst().first ?? ""
        let entity = subject.prefix { $0 != "." && $0 != ":" }
        return !absent.entities.contains(String(entity))
      })
  }
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
