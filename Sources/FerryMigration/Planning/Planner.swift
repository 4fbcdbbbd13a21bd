public import FerryCore
public import FerryMapping
public import FerryMatching
import FerryRecords
import FerrySQLite
import FerryStores
import FerryValidation

/// What a plan is made from.
public struct PlanRequest: Sendable {
  /// The mapping's path, kept in the plan.
  public var mappingPath: String
  /// What the sources gave; its records are not looked at, `golden` holds them.
  public var input: MappedInput
  /// The records after matching, by entity.
  public var golden: [String: GoldenRecords]
  /// Who wins, what must not be exceeded, what must agree.
  public var policies: MigrationPolicies
  /// The source files with a fingerprint of what was read of each.
  public var inputs: [(file: String, fingerprint: String)]
  /// What other stages found, beside the findings of `input` and `golden`.
  public var findings: [Finding]

  /// Gathers them.
  public init(
    mappingPath: String, input: MappedInput, golden: [String: GoldenRecords],
    policies: MigrationPolicies = .init(), inputs: [(file: String, fingerprint: String)] = [],
    findings: [Finding] = []
  ) {
    self.mappingPath = mappingPath
    self.input = input
    self.golden = golden
    self.policies = policies
    self.inputs = inputs
    self.findings = findings
  }
}

/// Makes a plan: reads the store, decides on every record, and writes the plan file.
struct Planner {
  let request: PlanRequest
  let store: any CRMStore
  let journal: Journal
  let context: MigrationContext

  /// Writes the plan of `run` and gives its summary.
  func plan(_ run: RunRecord, path: String) async throws -> RunSummary {
    var summary = RunSummary(planned: run, path: path)
    summary.mappingPath = request.mappingPath
    summary.timeZone = request.policies.timeZone
    summary.tables = request.input.tables
    summary.unmappedValues = request.input.unmappedValues
    try Equations.check(summary.tables)
    let writer = try PlanWriter(path: path, key: context.workspace.key)
    writer.layout = request.policies.layout
    if request.policies.requiresSignOff { try writer.note("signoff", "required") }
    do {
      try await write(with: writer, into: &summary)
      try writer.name(request.input.corrections)
      summary.finishedAt = context.timestamp
      try writer.finish(summary, inputs: request.inputs)
    } catch {
      writer.discard()
      throw error
    }
    return summary
  }

  private func write(with writer: PlanWriter, into summary: inout RunSummary) async throws {
    var log = FindingLog()
    log.add(request.input.findings)
    log.add(unlisted: request.input.unlistedFindings)
    log.add(request.findings)
    let states = PlanStates(request.golden)
    for state in states.ordered {
      state.holdsCustom = request.policies.layout.holds("custom", of: state.entity.name)
    }
    for state in states.ordered { log.add(state.golden.findings) }
    var fit = StoreFit(try await store.description(of: states.ordered.map(\.entity)))
    log.add(fit.apply(to: states.ordered))
    if !request.policies.removesLoaded.isEmpty { states.released = [] }
    let index = ReferenceIndex(
      request.golden.filter { states.byName[$0.key]?.isLookedUpOnly != true })
    let early = states.entitiesNeededEarly
    for state in states.ordered where early.contains(state.entity.name) {
      try await EntityPlanner.loadStoreIDs(state, from: store)
    }
    var planners: [EntityPlanner] = []
    let total = states.ordered.reduce(0) { $0 + $1.count }
    for state in states.ordered {
      planners.append(try await plan(state, states, index, writer, total: total, &log))
    }
    let (limits, moved) = try await planOthers(states, writer, &log)
    for entity in SalesChain.entities {
      let (state, named) = (states.byName[entity.name], moved[entity.name] ?? [])
      guard state != nil || !named.isEmpty else { continue }
      try writer.begin(entity.name)
      let own = state?.fields ?? []
      let fields = own + entity.fields.filter { named.contains($0.name) && !own.contains($0) }
      let counts = try writer.end(
        position: summary.entities.count, fields: fields,
        conflictRules: request.policies.conflictRules[entity.name] ?? [:])
      try Equations.check(counts, identities: state?.count ?? 0)
      summary.entities.append(counts)
    }
    for state in states.ordered where state.golden.reviewCounts.hasAny {
      summary.reviews.append(state.golden.reviewCounts)
    }
    summary.matching = try writeReview(states, writer)
    for planner in planners { try writeLinks(planner, states, writer, &log) }
    let controls = try await writeControls(planners, writer)
    summary.controls = controls.totals
    log.add(controls.findings)
    log.add(try await SideEffectFindings.findings(of: summary.entities, in: store))
    log.add(fit.findings(for: summary.entities))
    summary.owners = try await owners(states, &log)
    let facts = try gateFacts(planners, summary)
    summary.gates = GateCheck.results(request.policies.gates, summary, facts) + limits
    log.add(facts.findings(request.policies.gates))
    log.add(GateCheck.findings(summary.gates))
    summary.gates += summary.controls.gates
    summary.findings = log.findings
  }

  /// Writes what a person should or may decide, and how it was found.
  private func writeReview(
    _ states: PlanStates, _ writer: PlanWriter
  ) throws -> [EntityMatching] {
    var found: [EntityMatching] = []
    for state in states.ordered {
      let items = ReviewItem.items(of: state.golden)
      try writer.addReview(items)
      guard let overview = state.golden.overview else { continue }
      let matching = EntityMatching(state.golden.reviewCounts, overview, items)
      try writer.add(matching)
      found.append(matching)
    }
    return found
  }

  private func plan(
    _ state: EntityState, _ states: PlanStates, _ index: ReferenceIndex, _ writer: PlanWriter,
    total: Int, _ log: inout FindingLog
  ) async throws -> EntityPlanner {
    log.add(validate(state))
    log.add(refuseKeys(state))
    var resolver = ReferenceResolver(state, index, request.policies.owners)
    try await resolver.resolve(in: store)
    log.add(resolver.findings)
    let loaded = try LoadedValues(state, journal: journal, store: context.storeURL)
    try writer.begin(state.entity.name)
    var planner = try EntityPlanner(
      state, states: states, loaded: loaded, policies: request.policies,
      earlier: try journal.earlierMerges(of: state.entity.name, store: context.storeURL),
      writer: writer)
    let before = writer.seq
    let progress = context.progress
    try await planner.plan(store) { done in progress(.plan, before + done, total) }
    log.add(planner.findings)
    // Only tallies and links are needed from here on.
    planner.findings = FindingLog()
    planner.loaded = LoadedValues()
    return planner
  }

  /// Holds the records against the mapping's rules; those that break one are rejected.
  ///
  /// What must be there and where references lead is checked later, when the store is known.
  private func validate(_ state: EntityState) -> [Finding] {
    let golden = state.golden
    let sound = (0..<state.count).lazy.filter {
      state.survives($0) && golden.isRejected($0) == nil
    }
    let subject = RecordsToCheck(
      sound, supplier: { golden.supplier(ofField: $0, identity: $1) },
      firstRow: { Int(golden.firstRecord[$0]) }, asksForRequired: false)
    let result = Validator(state.entity, rules: request.policies.rules).check(state.table, subject)
    for (identity, finding) in result.rejections { state.rejections[Int32(identity)] = finding }
    return result.findings
  }

  /// Rejects records whose external id the store has no place for.
  private func refuseKeys(_ state: EntityState) -> [Finding] {
    guard let check = store.keyCheck(of: state.entity) else { return [] }
    var findings: [Finding] = []
    for identity in 0..<state.count
    where state.survives(identity) && state.rejections[Int32(identity)] == nil {
      guard let found = check(state.withExternalID(identity) { $0.text }) else { continue }
      let row = Int(state.golden.firstRecord[identity])
      let finding = Finding(
        found.rule, at: state.table.provenance(of: row), arguments: found.arguments)
      state.rejections[Int32(identity)] = finding
      findings.append(finding)
    }
    return findings
  }

  /// Writes the references that wait for later records.
  private func writeLinks(
    _ planner: EntityPlanner, _ states: PlanStates, _ writer: PlanWriter, _ log: inout FindingLog
  ) throws {
    let state = planner.state
    var late = planner
    for link in planner.links {
      let (field, identity) = (Int(link.field), Int(link.identity))
      var target: Int?
      var targetID: String?
      switch states.target(state, field, identity) {
      case .created(let change): target = change
      case .stored(let id): targetID = id.withBytes { $0.text }
      case .rejected(let other, let lost):
        late.reportRejectedTarget(field, identity, other, lost)
        continue
      case .absent, .clear, .later: continue
      }
      try writer.addLink(
        change: Int(link.change), entity: state.entity.name, field: state.fields[field].name,
        target: target, targetID: targetID,
        targetExternalID: states.label(state, field, identity).text)
    }
    log.add(late.findings)
  }
}
