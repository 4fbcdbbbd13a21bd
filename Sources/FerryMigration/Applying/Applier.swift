import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
import FerryStores

/// Does exactly what a plan says, batch by batch, each with intent and outcome in the journal.
///
/// How it works: changes are read in the plan's order and cut into batches by entity and kind; the
/// cuts follow from the plan alone, so that a resumed run cuts as the first one did and passes
/// over what the journal calls done. A batch whose intent stands there without an outcome is done
/// again: creates go by external id, updates are compared with both old and new, so that nothing
/// happens twice.
final class Applier {
  let plan: PlanFile
  let store: any CRMStore
  let journal: Journal
  let context: MigrationContext
  let run: RunRecord
  let shapes: [String: EntityFields]
  private let conflictRules: [String: [ConflictRule?]]
  private let order: [String]
  private let batchSize: Int
  private var past: [Int: BatchRecord] = [:]
  /// Whether an earlier process has begun the run.
  let isResumed: Bool
  private(set) var batchNumber = 0
  /// How many records the batch has that was begun and of which nobody knows what became.
  var openCount = 0
  /// A batch that the store is writing.
  var underway: UnderwayBatch?
  var freshEntities: [String: Bool] = [:]
  private(set) var counts: [String: EntityCounts] = [:]
  // The counts of the entity at hand, while nothing of it is written.
  private var passed = EntityCounts(entity: "")
  /// How many changes are behind us.
  private(set) var doneCount = 0
  /// Whether any record was left as it is against the plan.
  private(set) var hasKept = false
  /// Whether anything was sent to the store.
  var wroteEntities = Set<String>()
  private var removals: Removals
  /// An undo gives no record that is there an external id.
  private var keepsIDs: Bool { plan.undoneRun != nil }
  var ids: AppliedIDs
  var parsed = ParsedFields()

  init(
    _ plan: PlanFile, run: RunRecord, store: any CRMStore, journal: Journal,
    context: MigrationContext
  ) throws {
    self.plan = plan
    self.run = run
    self.store = store
    self.journal = journal
    self.context = context
    let shapes = try plan.shapes()
    conflictRules = try plan.conflictRules()
    order = shapes.map(\.entity.name)
    self.shapes = Dictionary(
      uniqueKeysWithValues: shapes.map { ($0.entity.name, EntityFields($0.entity, $0.fields)) })
    batchSize = run.batchSize
    ids = AppliedIDs(changeCount: plan.changeCount)
    for batch in try journal.batches(of: run.run) { past[batch.number] = batch }
    isResumed = !past.isEmpty
    removals = try Removals(plan, kept: journal.kept(by: run.run))
  }

  /// Applies all that is left.
  ///
  /// - Returns: False where it was stopped at a checkpoint.
  func apply() async throws -> Bool {
    try await prepare()
    let isDone: Bool
    do { isDone = try await applyAll() } catch {
      // The store is not left while it writes; what became of it is found out when the run goes on.
      _ = await underway?.results.result
      throw error
    }
    let store = store
    try await retrying { () async throws(StoreError) in try await store.finishLoading() }
    return isDone
  }

  private func applyAll() async throws -> Bool {
    let planned = try plan.entityCounts()
    let writes = planned.reduce(0) { $0 + $1.created + $1.updated + $1.goneMarked }
    let removals = planned.reduce(0) { $0 + $1.removed + $1.goneRemoved }
    guard writes + removals + plan.agreedCount + plan.linkCount > 0 || plan.undoneRun != nil else {
      return try passAll(planned)
    }
    let delete = ChangeKind.delete.rawValue
    guard try await applyChanges(removals > 0 ? "WHERE kind <> \(delete)" : "") else {
      return false
    }
    try await finishUnderway()
    if plan.agreedCount > 0 { guard try await noteAgreed() else { return false } }
    try journal.commitPending()
    try journal.addEvents(of: plan, store: run.store, at: context.timestamp)
    guard try await applyLinks() else { return false }
    // What goes goes last, when nothing of the plan links to it any more.
    if removals > 0 {
      guard try await applyChanges("WHERE kind = \(delete)") else { return false }
    }
    try journal.commitPending()
    if let undone = plan.undoneRun {
      try journal.undoEvents(of: undone, by: run.run, in: plan.undoScope)
    }
    return true
  }

  /// What was done, in load order; records that were not reached are skipped.
  func entityCounts(planned: [EntityCounts]) -> [EntityCounts] {
    keepPassed()
    return planned.map { plan in
      var done = counts[plan.entity] ?? EntityCounts(entity: plan.entity)
      done.records = plan.records
      done.gone = plan.gone
      done.skipped += plan.records - done.sum
      return done
    }
  }

  private func prepare() async throws {
    let planned = try plan.entityCounts()
    let writing = planned.filter { $0.created + $0.updated + $0.goneMarked > 0 }.compactMap {
      shapes[$0.entity]
    }
    guard !writing.isEmpty else { return }
    let store = store
    try await retrying { () async throws(StoreError) in try await store.prepare(writing) }
    // A run that was cut off may send a batch a second time.
    guard !isResumed else { return }
    let loading = planned.filter { $0.created > 0 }.compactMap { shapes[$0.entity] }
    try await retrying { () async throws(StoreError) in try await store.beginLoading(loading) }
  }

  // MARK: - Changes

  private func applyChanges(_ condition: String) async throws -> Bool {
    let query = try plan.database.prepare(
      "SELECT \(Self.lineColumns) FROM lines \(condition) ORDER BY seq")
    guard let first = order.first, let shape = shapes[first] else { return true }
    var batch = ChangeBatch(.create, shape, plan.forms)
    var (entity, number) = (first, Int64(plan.forms.number(ofEntity: first) ?? -1))
    while try query.step() {
      if query.integer(at: 1) != number {
        guard try await send(&batch) else { return false }
        number = query.integer(at: 1)
        entity = plan.forms.name(ofEntity: Int(number))
        guard let shape = shapes[entity] else { continue }
        batch.begin(.create, shape)
      }
      guard let kind = ChangeKind(number: query.integer(at: 2)) else { continue }
      guard let wanted = kind.batchKind else {
        pass(kind, of: entity)
        if kind == .same || kind == .conflict {
          query.withText(at: 4) { ids.set($0, of: Int(query.integer(at: 0))) }
        }
        continue
      }
      if batch.kind != wanted || batch.count == batchSize {
        guard try await send(&batch) else { return false }
        guard let shape = shapes[entity] else { continue }
        // A record that goes must be as planned in every field.
        let entity = shape.entity
        batch.begin(wanted, wanted == .delete ? EntityFields(entity, entity.fields) : shape)
      }
      append(query, to: &batch)
    }
    return try await send(&batch)
  }

  // What ``append(_:to:)`` reads.
  private static let lineColumns =
    "seq, entity, kind, external_id, store_id, fields, survivor, origin, row"

  /// Counts the records of a plan that writes nothing.
  private func passAll(_ planned: [EntityCounts]) throws -> Bool {
    for entity in planned { counts[entity.entity] = entity }
    doneCount = plan.changeCount
    try journal.commitPending()
    try journal.addEvents(of: plan, store: run.store, at: context.timestamp)
    try journal.commitPending()
    return true
  }

  /// Counts a record of which nothing is written.
  private func pass(_ kind: ChangeKind, of entity: String) {
    if passed.entity != entity {
      keepPassed()
      passed = counts[entity] ?? EntityCounts(entity: entity)
    }
    passed.count(kind)
    doneCount += 1
  }

  private func keepPassed() {
    if !passed.entity.isEmpty { counts[passed.entity] = passed }
    passed = EntityCounts(entity: "")
  }

  private func append(_ query: Statement, to batch: inout ChangeBatch) {
    query.withText(at: 3) { externalID in
      query.withText(at: 4) { storeID in
        query.withText(at: 5) { fields in
          batch.append(
            seq: Int(query.integer(at: 0)), externalID: externalID, storeID: storeID,
            fields: fields, source: LineSource(query, at: 7),
            isLinked: !query.isNull(at: 6) || keepsIDs && batch.kind != .create)
        }
      }
    }
  }

  /// Lets the journal know of fields that source and store agree on.
  private func noteAgreed() async throws -> Bool {
    let query = try plan.database.prepare(
      """
      SELECT \(Self.lineColumns) FROM lines
      WHERE kind = \(ChangeKind.same.rawValue) AND fields <> '[]' ORDER BY seq
      """)
    guard let first = order.first, let shape = shapes[first] else { return true }
    var batch = ChangeBatch(.agree, shape, plan.forms)
    while try query.step() {
      let name = plan.forms.name(ofEntity: Int(query.integer(at: 1)))
      guard let shape = shapes[name] else { continue }
      if batch.shape != shape || batch.count == batchSize {
        guard try await send(&batch) else { return false }
        batch.begin(.agree, shape)
      }
      append(query, to: &batch)
    }
    return try await send(&batch)
  }

  // MARK: - Links

  private func applyLinks() async throws -> Bool {
    guard let first = order.first, let shape = shapes[first] else { return true }
    var batch = ChangeBatch(.link, shape, plan.forms)
    var reader = try LinkReader(plan)
    while let link = try reader.next() {
      guard ids.hasID(link.change), let shape = shapes[link.entity] else { continue }
      if batch.shape != shape || batch.count == batchSize {
        guard try await send(&batch) else { return false }
        batch.begin(.link, shape)
      }
      ids.withID(link.change) { id in
        batch.append(
          seq: link.change, externalID: link.externalID.span, storeID: id,
          fields: link.fields.span)
      }
    }
    return try await send(&batch)
  }

  // MARK: - One batch

  /// Sends a batch, or passes over it where the journal calls it done.
  ///
  /// - Returns: False where the run is to stop before it.
  private func send(_ batch: inout ChangeBatch) async throws -> Bool {
    guard let first = batch.seqs.first, let last = batch.seqs.last else { return true }
    defer { batch.begin(batch.kind, batch.shape) }
    batchNumber += 1
    let before = past[batchNumber]
    if before == nil, batch.kind == .create, freshEntities[batch.shape.entity.name] == true {
      return try await sendNew(batch, first, last)
    }
    try await finishUnderway()
    if let before, before.state == .done {
      try ids.add(before, from: journal)
      count(before, of: batch)
      return true
    }
    guard !context.isStopped() else {
      try journal.commitPending()
      return false
    }
    var record =
      before
      ?? BatchRecord(
        run: run.run, number: batchNumber, store: run.store, entity: batch.shape.entity.name,
        kind: batch.kind.rawValue, first: first, last: last)
    if before == nil { try journal.begin(&record) }
    openCount = batch.kind == .link || batch.kind == .agree ? 0 : batch.count
    try context.checkpoint("intent")
    try await write(batch, &record, isRedone: before != nil)
    try context.checkpoint("outcome")
    count(record, of: batch)
    context.progress(.apply, doneCount, plan.changeCount)
    return true
  }

  func count(_ record: BatchRecord, of batch: ChangeBatch) {
    openCount = 0
    if record.conflicted + record.rejected > 0 { hasKept = true }
    guard batch.kind != .link, batch.kind != .agree else { return }
    doneCount += batch.count
    keepPassed()
    let entity = batch.shape.entity.name
    var sums = counts[entity] ?? EntityCounts(entity: entity)
    let isGone = batch.kind == .mark || (batch.kind == .delete && plan.undoneRun == nil)
    switch batch.kind {
    case .create: sums.created += record.written
    case .mark: sums.goneMarked += record.written
    case .delete where isGone: sums.goneRemoved += record.written
    case .delete: sums.removed += record.written
    case .update, .link, .agree:
      sums.updated += record.written
      // What moved, and stays so since the store's values win.
      sums.same += batch.count - record.written - record.conflicted - record.rejected
    }
    // Of those that are gone, what is not done stays as it is.
    if !isGone {
      sums.conflicted += record.conflicted
      sums.rejected += record.rejected
    }
    counts[entity] = sums
  }

  private func write(
    _ batch: ChangeBatch, _ record: inout BatchRecord, isRedone: Bool
  ) async throws {
    var work = BatchWork(batch, record: record, isRedone: isRedone)
    if batch.kind == .update || batch.kind == .link {
      work.rules = conflictRules[batch.shape.entity.name] ?? []
      if isRedone { work.earlier = try journal.images(ofIntent: record.id) }
    }
    guard batch.kind != .agree else {
      try work.agree(ids: ids, parsed: &parsed)
      try work.finish(in: journal, ids: &ids)
      record = work.record
      return
    }
    if batch.kind == .delete {
      work.linked = try await removals.linkScan(of: batch.shape.entity, in: store)
    }
    wroteEntities.insert(batch.shape.entity.name)
    let stored = try await storedRecords(batch)
    try work.sort(against: stored, ids: ids, parsed: &parsed)
    if work.overrules { try work.keepOverruled(in: journal) }
    if work.page.count > 0 {
      let (store, kind) = (store, batch.kind.writeKind)
      let page = work.page
      let results = try await retrying { () async throws(StoreError) in
        try await store.write(WriteBatch(kind, page, isRedone: isRedone))
      }
      try context.checkpoint("write")
      try work.take(results)
    }
    try work.finish(in: journal, ids: &ids)
    if batch.kind == .delete { removals.note(work.kept) }
    record = work.record
  }

  /// Sends a call again where the store says that it may succeed later.
  func retrying<R>(
    _ call: () async throws(StoreError) -> R
  ) async throws -> R {
    for delay in context.retryDelays {
      do {
        return try await call()
      } catch {
        guard error.isTransient, !context.isStopped() else { throw error }
        try await Task.sleep(for: delay)
      }
    }
    return try await call()
  }
}
