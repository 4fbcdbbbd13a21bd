import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores

/// Does the batches of an undo.
final class Undoer {
  let undo: RunRecord
  let run: RunRecord
  let store: any CRMStore
  let journal: Journal
  let context: MigrationContext
  private var past: [Int: BatchRecord] = [:]
  private var scan: LinkScan?

  init(
    undo: RunRecord, run: RunRecord, store: any CRMStore, journal: Journal,
    context: MigrationContext
  ) throws {
    self.undo = undo
    self.run = run
    self.store = store
    self.journal = journal
    self.context = context
    for batch in try journal.batches(of: undo.run) { past[batch.number] = batch }
  }

  /// Takes back all batches that are left, last first.
  ///
  /// - Returns: False where it was stopped at a checkpoint.
  func undo() async throws -> Bool {
    let batches = try journal.batches(of: run.run)
    for (number, batch) in batches.reversed().enumerated() {
      guard try await takeBack(batch, number: number + 1, all: batches) else { return false }
      context.progress(.undo, number + 1, batches.count)
    }
    try journal.commitPending()
    try journal.undoEvents(of: run.run, by: undo.run)
    return true
  }

  private func takeBack(
    _ batch: BatchRecord, number: Int, all: [BatchRecord]
  ) async throws -> Bool {
    let before = past[number]
    if before?.state == .done { return true }
    guard !context.isStopped() else {
      try journal.commitPending()
      return false
    }
    guard let entity = SalesChain.entity(batch.entity) else { return true }
    let isRemoval = batch.kind == ChangeBatch.Kind.create.rawValue
    var record =
      before
      ?? BatchRecord(
        run: undo.run, number: number, store: undo.store, entity: batch.entity,
        kind: isRemoval ? "remove" : "restore", first: Int(batch.id), last: Int(batch.id))
    if before == nil { try journal.begin(&record) }
    try context.checkpoint("intent")
    if isRemoval {
      try await remove(batch, entity, &record, all)
    } else {
      try await restore(batch, entity, &record)
    }
    try context.checkpoint("outcome")
    return true
  }

  /// What a batch wrote, as its block says.
  private func written(_ batch: BatchRecord, _ entity: Entity) throws -> [UndoneRecord] {
    var found: [UndoneRecord] = []
    _ = try journal.withRecords(of: batch.id) { bytes in
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      while reader.next(in: bytes) {
        found.append(
          UndoneRecord(
            seq: reader.seq, externalID: bytes.extracting(reader.externalID).text,
            storeID: bytes.extracting(reader.storeID).text,
            hashes: batch.fields.indices.map { reader.hash($0, in: bytes) }))
      }
    }
    return found
  }

  // MARK: - Created records

  private func remove(
    _ batch: BatchRecord, _ entity: Entity, _ record: inout BatchRecord, _ all: [BatchRecord]
  ) async throws {
    let records = try written(batch, entity)
    let shape = EntityFields(entity, entity.fields)
    if scan?.entity != entity {
      let created = try createdIDs(of: entity, all)
      scan = try await LinkScan(entity, created: created, in: store)
    }
    guard var scan else { return }
    let page = try await store.records(of: shape, withStoreIDs: records.map(\.storeID))
    let index = StoredIndex(page, byExternalID: false)
    let places = entity.fields.map { batch.fields.firstIndex(of: $0.name) }
    var outcome = UndoOutcome(shape)
    for undone in records.reversed() {
      guard let present = index.find(Bytes(undone.storeID.utf8).span) else {
        scan.markRemoved(undone.storeID)
        outcome.forget(undone)
        continue
      }
      let changed = changedFields(undone, places, page, present)
      if !changed.isEmpty {
        outcome.keep(undone, .undoChanged, fields: changed)
        scan.keep(page, present)
      } else if scan.isLinked(undone.storeID) {
        outcome.keep(undone, .undoLinked, fields: [])
        scan.keep(page, present)
      } else {
        scan.markRemoved(undone.storeID)
        outcome.send(undone)
      }
    }
    self.scan = scan
    try await write(.delete, &outcome, &record)
  }

  /// The fields that hold something else than the run wrote.
  private func changedFields(
    _ undone: UndoneRecord, _ places: [Int?], _ page: RecordPage, _ present: Int
  ) -> [UndoOutcome.FieldValue] {
    var changed: [UndoOutcome.FieldValue] = []
    for (field, place) in places.enumerated() {
      let wrote = place.map { undone.hashes[$0] } ?? ValueHash.unknown
      let expected = wrote == ValueHash.unknown ? ValueHash.null : wrote
      let value = page.values[field][present]
      let shapeField = page.shape.fields[field]
      guard page.arena.withBytes(of: value, { shapeField.hash(of: $0) }) != expected else {
        continue
      }
      changed.append((shapeField.name, page.arena.string(value), nil))
    }
    return changed
  }

  private func createdIDs(of entity: Entity, _ batches: [BatchRecord]) throws -> ByteSet {
    var ids = ByteSet()
    for batch in batches where batch.entity == entity.name && batch.kind == "create" {
      _ = try journal.withRecords(of: batch.id) { bytes in
        var reader = WrittenBlockReader(fieldCount: batch.fields.count)
        while reader.next(in: bytes) { ids.insert(bytes.extracting(reader.storeID)) }
      }
    }
    return ids
  }

  // MARK: - Updated records

  private func restore(
    _ batch: BatchRecord, _ entity: Entity, _ record: inout BatchRecord
  ) async throws {
    let images = try journal.beforeImages(of: batch.id)
    let shape = EntityFields(entity, batch.fields.compactMap { entity.field($0) })
    let hashes = Dictionary(
      try written(batch, entity).map { ($0.seq, $0.hashes) }, uniquingKeysWith: { _, new in new })
    let page = try await store.records(of: shape, withStoreIDs: images.map(\.storeID))
    let index = StoredIndex(page, byExternalID: false)
    var outcome = UndoOutcome(shape)
    var parsed = ParsedFields()
    for image in images {
      let undone = UndoneRecord(
        seq: image.seq, externalID: image.externalID, storeID: image.storeID,
        hashes: hashes[image.seq] ?? [])
      guard let present = index.find(Bytes(image.storeID.utf8).span) else {
        // A late link of a created record that is gone needs nothing.
        if batch.kind != ChangeBatch.Kind.link.rawValue {
          outcome.keep(undone, .recordGone, fields: [])
        }
        continue
      }
      guard parsed.parse(image.fields.span) else {
        throw MigrationError(
          .journalFailed, .journalDamaged, context.workspace.journalPath, "before_images")
      }
      restore(undone, parsed, shape, page, present, &outcome)
    }
    try await write(.update, &outcome, &record)
  }

  /// Three-way, field by field: before, written, now.
  private func restore(
    _ undone: UndoneRecord, _ parsed: ParsedFields, _ shape: EntityFields, _ page: RecordPage,
    _ present: Int, _ outcome: inout UndoOutcome
  ) {
    var (kept, back) = ([UndoOutcome.FieldValue](), [(Int, String)]())
    for field in parsed.fields where !field.isLater {
      let name = parsed.string(field.name)
      guard let place = shape.fields.firstIndex(where: { $0.name == name }),
        undone.hashes.indices.contains(place), undone.hashes[place] != ValueHash.unknown
      else { continue }
      let old = parsed.string(field.oldID == .absent ? field.old : field.oldID) ?? ""
      let value = page.values[place][present]
      let (now, isOld) = page.arena.withBytes(of: value) { now in
        let shapeField = shape.fields[place]
        return (shapeField.hash(of: now), shapeField.isSame(now, Bytes(old.utf8).span))
      }
      if isOld { continue }
      if now == undone.hashes[place] {
        back.append((place, old))
      } else {
        kept.append((name, page.arena.string(value), old))
      }
    }
    if !back.isEmpty { outcome.send(undone, back) }
    if !kept.isEmpty { outcome.keep(undone, .undoChanged, fields: kept) }
  }

  // MARK: - Writing

  private func write(
    _ kind: WriteBatch.Kind, _ outcome: inout UndoOutcome, _ record: inout BatchRecord
  ) async throws {
    if outcome.page.count > 0 {
      let results = try await store.write(WriteBatch(kind, outcome.page))
      try context.checkpoint("write")
      outcome.take(results)
    }
    record.fields = kind == .delete ? [] : outcome.page.shape.fields.map(\.name)
    record.written = outcome.writtenCount
    record.conflicted = outcome.keptCount
    record.rejected = outcome.refusedCount
    try journal.finish(record, records: outcome.block.bytes.span, kept: outcome.kept)
  }
}

/// A record that a run wrote and an undo looks at.
struct UndoneRecord {
  let seq: Int
  let externalID: String
  let storeID: String
  /// What the run wrote, by field of its batch.
  let hashes: [UInt64]
}
