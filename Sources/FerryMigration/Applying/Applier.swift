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
  private var batchNumber = 0
  private var freshEntities: [String: Bool] = [:]
  private(set) var counts: [String: EntityCounts] = [:]
  /// How many changes are behind us.
  private(set) var doneCount = 0
  /// Whether any record was left as it is against the plan.
  private(set) var hasKept = false
  /// Whether anything was sent to the store.
  private(set) var wroteEntities = Set<String>()
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
    let isDone = try await applyAll()
    let store = store
    try await retrying { () async throws(StoreError) in try await store.finishLoading() }
    return isDone
  }

  private func applyAll() async throws -> Bool {
    let removals = try plan.entityCounts().reduce(0) { $0 + $1.removed + $1.goneRemoved }
    guard try await applyChanges(removals > 0 ? "WHERE kind <> 'delete'" : "") else { return false }
    if plan.agreedCount > 0 { guard try await noteAgreed() else { return false } }
    try journal.commitPending()
    try journal.addEvents(of: plan, store: run.store, at: context.timestamp)
    guard try await applyLinks() else { return false }
    // What goes goes last, when nothing of the plan links to it any more.
    if removals > 0 {
      guard try await applyChanges("WHERE kind = 'delete'") else { return false }
    }
    try journal.commitPending()
    if let undone = plan.undoneRun {
      try journal.undoEvents(of: undone, by: run.run, in: plan.undoScope)
    }
    return true
  }

  /// What was done, in load order; records that were not reached are skipped.
  func entityCounts(planned: [EntityCounts]) -> [EntityCounts] {
    planned.map { plan in
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
      """
      SELECT seq, entity, kind, external_id, store_id, fields, survivor FROM changes \(condition)
      ORDER BY seq
      """)
    guard let first = order.first, let shape = shapes[first] else { return true }
    var batch = ChangeBatch(.create, shape)
    var (entity, entityBytes) = (first, Bytes(first.utf8))
    while try query.step() {
      let isSameEntity = query.withText(at: 1) { $0.hasSameBytes(as: entityBytes.span) }
      if !isSameEntity {
        guard try await send(&batch) else { return false }
        entity = query.string(at: 1) ?? ""
        entityBytes = Bytes(entity.utf8)
        guard let shape = shapes[entity] else { continue }
        batch.begin(.create, shape)
      }
      guard let kind = query.withText(at: 2, { ChangeKind($0) }) else { continue }
      guard let wanted = kind.batchKind else {
        counts[entity, default: EntityCounts(entity: entity)].count(kind)
        doneCount += 1
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

  private func append(_ query: Statement, to batch: inout ChangeBatch) {
    query.withText(at: 3) { externalID in
      query.withText(at: 4) { storeID in
        query.withText(at: 5) { fields in
          batch.append(
            seq: Int(query.integer(at: 0)), externalID: externalID, storeID: storeID,
            fields: fields, isLinked: !query.isNull(at: 6) || keepsIDs && batch.kind != .create)
        }
      }
    }
  }

  /// Lets the journal know of fields that source and store agree on.
  private func noteAgreed() async throws -> Bool {
    let query = try plan.database.prepare(
      """
      SELECT seq, entity, kind, external_id, store_id, fields, survivor FROM changes
      WHERE kind = 'same' AND fields <> '[]' ORDER BY seq
      """)
    guard let first = order.first, let shape = shapes[first] else { return true }
    var batch = ChangeBatch(.agree, shape)
    while try query.step() {
      guard let shape = shapes[query.string(at: 1) ?? ""] else { continue }
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
    var batch = ChangeBatch(.link, shape)
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
    try context.checkpoint("intent")
    try await write(batch, &record, isRedone: before != nil)
    try context.checkpoint("outcome")
    count(record, of: batch)
    context.progress(.apply, doneCount, plan.changeCount)
    return true
  }

  private func count(_ record: BatchRecord, of batch: ChangeBatch) {
    if record.conflicted + record.rejected > 0 { hasKept = true }
    guard batch.kind != .link, batch.kind != .agree else { return }
    doneCount += batch.count
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
        try await store.write(WriteBatch(kind, page))
      }
      try context.checkpoint("write")
      try work.take(results)
    }
    try work.finish(in: journal, ids: &ids)
    if batch.kind == .delete { removals.note(work.kept) }
    record = work.record
  }

  /// What the store holds of the batch's records; `nil` where there can be none.
  private func storedRecords(_ batch: ChangeBatch) async throws -> RecordPage? {
    let (store, shape) = (store, batch.shape)
    guard batch.kind == .create else {
      let wanted = (0..<batch.count).map { batch.storeID($0) }
      return try await retrying { () async throws(StoreError) in
        try await store.records(of: shape, withStoreIDs: wanted)
      }
    }
    if try await isFresh(shape.entity) { return nil }
    let wanted = (0..<batch.count).map { batch.externalID($0) }
    return try await retrying { () async throws(StoreError) in
      try await store.records(of: shape, withExternalIDs: wanted)
    }
  }

  /// Whether the store held no record of an entity when this run began to write it: then no
  /// create can meet one that is there.
  private func isFresh(_ entity: Entity) async throws -> Bool {
    if let known = freshEntities[entity.name] { return known }
    var isFresh = false
    if !isResumed {
      let store = store
      let page = try await retrying { () async throws(StoreError) in
        try await store.page(of: EntityFields(entity, []), after: nil)
      }
      isFresh = page.records.count == 0
    }
    freshEntities[entity.name] = isFresh
    return isFresh
  }

  /// Sends a call again where the store says that it may succeed later.
  private func retrying<R>(
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

extension ChangeKind {
  /// The kind of batch that does it; `nil` where there is nothing to do.
  fileprivate var batchKind: ChangeBatch.Kind? {
    switch self {
    case .create: .create
    case .update: .update
    case .delete: .delete
    case .mark: .mark
    case .undecided, .same, .merge, .skip, .reject, .conflict: nil
    }
  }
}

extension ChangeBatch.Kind {
  /// What the store is asked to do.
  fileprivate var writeKind: WriteBatch.Kind {
    switch self {
    case .create: .create
    case .delete: .delete
    case .update, .mark, .link, .agree: .update
    }
  }
}
