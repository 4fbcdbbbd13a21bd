import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores

/// Writes the changes of one entity: first of records that the store has, in its order, then of
/// the others, in the order of the sources.
struct EntityPlanner {
  /// Up to so many records the store is asked by external id; beyond that its pages are read.
  private static let fewRecords = 2_000
  static let lookupSize = 500

  let state: EntityState
  let states: PlanStates
  var loaded: LoadedValues
  let conflictRules: [ConflictRule?]
  let writer: PlanWriter
  var tallies: [ControlTally]
  var findings = FindingLog()
  /// References that are filled once all records exist: change, field, identity.
  var links: [(change: Int32, field: Int32, identity: Int32)] = []
  var line = PlanLine()
  /// Whether records that go into others are taken out of the store, which is planned later.
  let removesLoaded: Bool
  /// How many new records bring no owner, where the store gives them one.
  var ownerlessCount = 0
  /// How many records get another owner.
  var ownerChanges = 0
  /// The fields of the record at hand that are equal on both sides, and that the journal does not
  /// know so.
  var agreed: [Int] = []
  /// What becomes of the fields of the record at hand.
  var fates = ContiguousArray<FieldFate>()
  /// What earlier runs merged, by external id.
  let earlier: [String: EarlierMerge]
  /// Hashes of its external ids: few records are among them, and no text is made for the others.
  let earlierHashes: Set<UInt64>
  /// By identity: those that an earlier run brought into it and that stand alone again.
  let splits: [Int: [Int]]
  var places: PlaceWriter
  /// A copy, which is reached without a look at the state.
  let table: RecordTable
  /// Likewise.
  let golden: GoldenRecords
  // The number of the table's first recipe in the plan.
  private let firstOrigin: Int

  init(
    _ state: EntityState, states: PlanStates, loaded: LoadedValues, policies: MigrationPolicies,
    earlier: [String: EarlierMerge], writer: PlanWriter
  ) throws {
    self.earlier = earlier
    earlierHashes = Set(earlier.keys.map { Bytes($0.utf8).span.contentHash })
    removesLoaded = policies.removesLoaded.contains(state.entity.name)
    splits = Self.splits(earlier, state)
    self.state = state
    self.states = states
    self.loaded = loaded
    self.writer = writer
    let rules = policies.conflictRules[state.entity.name] ?? [:]
    conflictRules = state.fields.map { rules[$0.name] }
    tallies = ControlTally.controls(policies.controls, of: state.entity).compactMap {
      ControlTally($0, entity: state.entity, fields: state.fields)
    }
    tallies += policies.controls.compactMap {
      ControlTally(against: $0, entity: state.entity, fields: state.fields)
    }
    places = PlaceWriter(state.table)
    table = state.table
    golden = state.golden
    firstOrigin = try writer.addOrigins(state.table.recipes)
  }

  /// Writes all changes.
  mutating func plan(
    _ store: any CRMStore, progress: (Int) -> Void
  ) async throws {
    guard !state.isLookedUpOnly else { return try skipAll() }
    let shape = EntityFields(state.entity, state.fields)
    try await planLinked(store, shape)
    var finder = state.golden.finder
    try await Self.forEachStored(state, shape, in: store) { page in
      // In the order of the sources, whatever order the store answers in.
      let found = (0..<page.count).compactMap { record in
        page.arena.withBytes(of: page.externalIDs[record]) { id in
          finder.identity(withExternalID: id).map { (identity: $0, record: record) }
        }
      }
      for (identity, record) in found.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
        try planStored(identity, record, of: page)
      }
      progress(writer.counts.records)
    }
    state.hasStoreIDs = true
    try await noteTaken(in: store)
    for identity in 0..<state.count where state.kind(of: identity) == .undecided {
      try planMissing(identity)
      if writer.counts.records.isMultiple(of: 10_000) { progress(writer.counts.records) }
    }
    state.isPlanned = true
    reportOwnerless()
    progress(writer.counts.records)
  }

  /// Counts records that are only looked up in the store.
  private mutating func skipAll() throws {
    for identity in 0..<state.count {
      begin(identity)
      guard state.survives(identity) else {
        try writeMerge(identity)
        continue
      }
      line.kind = .skip
      try write(identity)
    }
    state.isPlanned = true
  }

  /// Reads the ids of an entity's records in the store, without any field.
  static func loadStoreIDs(_ state: EntityState, from store: any CRMStore) async throws {
    var finder = state.golden.finder
    try await forEachStored(state, EntityFields(state.entity, []), in: store) { page in
      for record in 0..<page.count {
        page.arena.withBytes(of: page.externalIDs[record]) { id in
          guard let identity = finder.identity(withExternalID: id) else { return }
          guard !state.storeID(of: identity).isPresent else { return }
          page.arena.withBytes(of: page.storeIDs[record]) { state.setStoreID($0, of: identity) }
        }
      }
    }
    state.hasStoreIDs = true
  }

  private static func forEachStored(
    _ state: EntityState, _ shape: EntityFields, in store: any CRMStore,
    _ body: (RecordPage) throws -> Void
  ) async throws {
    guard state.count > fewRecords else {
      for start in stride(from: 0, to: state.count, by: lookupSize) {
        let ids = (start..<min(start + lookupSize, state.count)).map { identity in
          state.withExternalID(identity) { $0.text }
        }
        try body(try await store.records(of: shape, withExternalIDs: ids))
      }
      return
    }
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      try body(page.records)
      cursor = page.next
    } while cursor != nil
  }

  // MARK: - Records that the store has

  private mutating func planStored(
    _ identity: Int, _ record: Int, of page: RecordPage
  ) throws {
    if let link = state.link(of: identity) { return reportSecond(identity, link) }
    guard state.kind(of: identity) == .undecided else {
      reportTwice(identity, page.storeID(of: record) ?? "")
      return
    }
    page.arena.withBytes(of: page.storeIDs[record]) { id in
      if !state.storeID(of: identity).isPresent { state.setStoreID(id, of: identity) }
    }
    begin(identity)
    if !state.survives(identity) {
      if !removesLoaded { reportAlreadyLoaded(identity) }
      return try writeMerge(identity)
    }
    if let finding = rejection(identity) { return try writeRejection(identity, finding) }
    try compare(identity, record, page)
    claimStored(identity, record, page)
  }

  private func reportAlreadyLoadedArguments(_ identity: Int) -> [String] {
    [
      state.entity.name, state.withExternalID(identity) { $0.text },
      state.withExternalID(Int(golden.survivor[identity])) { $0.text },
    ]
  }

  private mutating func reportAlreadyLoaded(_ identity: Int) {
    let row = state.firstRecord(of: identity)
    findings.add(
      Finding(
        .mergedAlreadyLoaded, at: state.table.provenance(of: row),
        arguments: reportAlreadyLoadedArguments(identity)))
  }

  private mutating func reportTwice(_ identity: Int, _ storeID: String) {
    let first = state.storeArena.string(state.storeID(of: identity)) ?? ""
    guard first != storeID else { return }
    let id = state.withExternalID(identity) { $0.text }
    findings.add(
      Finding(.externalIDTwice, arguments: [state.entity.name, id, first, storeID]))
  }

  // MARK: - Records that the store has not

  private mutating func planMissing(_ identity: Int) throws {
    begin(identity)
    if !state.survives(identity) { return try writeMerge(identity) }
    if let finding = rejection(identity) ?? missingField(identity) ?? takenValue(identity) {
      return try writeRejection(identity, finding)
    }
    line.kind = .create
    fillOwner(identity)
    let (seq, row) = (writer.seq + 1, state.firstRecord(of: identity))
    // Where one record alone tells of it, that one supplies all fields.
    let sole = golden.isShared(identity) ? nil : row
    for fieldIndex in state.parts.indices {
      appendNew(fieldIndex, identity, seq: seq, row: row, sole: sole)
    }
    try write(identity)
    tallyNew(identity)
  }

  /// Why a record is not loaded.
  mutating func rejection(_ identity: Int) -> Finding? {
    // What the mapping, a rule or a link says is among the findings already.
    if let finding = golden.isRejected(identity) { return finding }
    if let finding = state.rejections[Int32(identity)] { return finding }
    for (index, isReference) in state.requiredParts {
      guard isReference, index >= 0, index < state.references.count else { continue }
      guard case .rejected(let other, let target) = states.target(state, index, identity) else {
        continue
      }
      let finding = Finding(
        .linkRequired, at: place(identity, index),
        arguments: [
          state.entity.name, state.withExternalID(identity) { $0.text }, state.fields[index].name,
          other.withExternalID(target) { $0.text },
        ])
      findings.add(finding)
      return finding
    }
    return nil
  }

  /// Says which field is missing that a new record must have.
  private mutating func missingField(_ identity: Int) -> Finding? {
    for (number, part) in state.requiredParts.enumerated() {
      guard !isPresent(part.index, isReference: part.isReference, identity) else { continue }
      let (field, index) = state.requiredFields[number]
      let finding = Finding(
        .fieldRequired, at: place(identity, index),
        arguments: [state.entity.name, state.withExternalID(identity) { $0.text }, field.name])
      findings.add(finding)
      return finding
    }
    return nil
  }

  private func isPresent(_ index: Int, isReference: Bool, _ identity: Int) -> Bool {
    guard index >= 0 else { return false }
    guard isReference else {
      // Where one record alone tells of it, that one supplies all fields.
      guard !golden.isShared(identity), index < table.fields.count, !state.leavesOut(index)
      else { return state.value(index, identity).byteCount > 0 }
      return table.values[index][state.firstRecord(of: identity)].byteCount > 0
    }
    let code = state.references[index][identity]
    return code >= 0 || code <= ReferenceCode.foreign
  }

  func place(_ identity: Int, _ fieldIndex: Int?) -> Provenance {
    let record =
      fieldIndex.flatMap { golden.supplier(ofField: $0, identity: identity) }
      ?? state.firstRecord(of: identity)
    return state.table.provenance(of: record, field: fieldIndex)
  }

  // MARK: - Lines

  mutating func begin(_ identity: Int) {
    line.begin()
    state.withExternalID(identity) { line.externalID.append(copying: $0) }
    let id = state.storeID(of: identity)
    if id.isPresent {
      state.storeArena.withBytes(of: id) { line.storeID.append(copying: $0) }
    }
    let origin = table.origins[state.firstRecord(of: identity)]
    line.source.origin = firstOrigin + Int(origin.recipeIndex)
    line.source.row = Int(origin.rowNumber)
  }

  private mutating func writeMerge(_ identity: Int) throws {
    line.kind = .merge
    line.survivor = state.withExternalID(Int(golden.survivor[identity])) { $0.text }
    line.rule = golden.mergeRules[Int32(identity)]
    for fieldIndex in state.table.fields.indices { appendLost(fieldIndex, identity) }
    try write(identity)
  }

  mutating func writeRejection(_ identity: Int, _ finding: Finding) throws {
    line.kind = .reject
    line.rule = finding.rule.id
    try write(identity)
  }

  mutating func write(_ identity: Int) throws {
    state.decide(identity, line.kind, seq: try writer.add(&line))
    try noteEvent(identity)
  }
}
