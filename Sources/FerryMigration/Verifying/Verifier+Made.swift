import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores

// Records that the run made. The journal has a hash of each value that went to the store, so that neither
// their lines in the plan nor the JSON of these are read again: what the store holds is hashed in the same
// way. A record that is found to differ is held against its line, which says how.
extension Verifier {
  /// By entity: the batches that made its records, where the journal tells of all of them.
  static func made(
    by batches: [BatchRecord], _ plan: PlanFile, _ shapes: [String: EntityFields]
  ) throws -> [String: [BatchRecord]] {
    guard plan.undoneRun == nil else { return [:] }
    let creating = ChangeBatch.Kind.create.rawValue
    var found: [String: [BatchRecord]] = [:]
    for counts in try plan.entityCounts() where counts.created > 0 {
      let own = batches.filter { $0.entity == counts.entity && $0.kind == creating }
      let names = shapes[counts.entity]?.fields.map(\.name)
      guard own.reduce(0, { $0 + $1.written }) == counts.created,
        own.allSatisfy({ $0.fields == names })
      else { continue }
      found[counts.entity] = own
    }
    return found
  }

  /// Makes sure that the journal tells of all that a batch wrote: of what it lost nothing could be told.
  static func checkWhole(_ batch: BatchRecord, _ journal: Journal) throws {
    let isWhole = try journal.withRecords(of: batch.id) { bytes in
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      var count = 0
      while reader.next(in: bytes) { count += 1 }
      // Records that were left as the store has them stand there, too.
      return count >= batch.written && reader.isAtEnd(of: bytes)
    }
    guard isWhole == true else {
      throw MigrationError(
        .journalFailed, .journalDamaged, journal.database.path, "batch \(batch.number)")
    }
  }

  /// The lines of all other records that are compared; `nil` where there are none.
  func linesToRead() throws -> Statement? {
    // What an undo leaves alone is what people did; nothing is expected of it.
    let isUndo = plan.undoneRun != nil
    let hasLines = try plan.entityCounts().contains { counts in
      let kept = isUndo ? 0 : counts.same + counts.conflicted
      let created = made[counts.entity] == nil ? counts.created : 0
      return isRead(counts.entity) && created + counts.updated + counts.goneMarked + kept > 0
    }
    guard hasLines else { return nil }
    let kinds: [ChangeKind] = [.update, .mark] + (isUndo ? [] : [.same, .conflict])
    let list = kinds.map { String($0.rawValue) }.joined(separator: ",")
    let numbers = made.keys.compactMap { plan.forms.number(ofEntity: $0) }.sorted()
    let known = numbers.map { String($0) }.joined(separator: ",")
    return try plan.database.prepare(
      """
      SELECT seq, entity, kind, external_id, store_id, fields, held FROM lines
      WHERE kind IN (\(list)) OR kind = \(ChangeKind.create.rawValue) AND entity NOT IN (\(known))
      ORDER BY seq
      """)
  }

  /// Holds the records that the run made against the journal, of entities whose number is lower.
  ///
  /// They come after their entity's other records, as in the plan.
  func verifyMade(before number: Int64) async throws {
    try await checkRead()
    let numbered = made.keys.compactMap { name in
      plan.forms.number(ofEntity: name).map { (number: Int64($0), name: name) }
    }
    let due = numbered.filter { $0.number < number }.sorted { $0.number < $1.number }
    for (_, name) in due {
      guard let batches = made.removeValue(forKey: name), isRead(name), let shape = shapes[name]
      else { continue }
      try await verifyMade(batches, shape)
    }
  }

  // While the store looks for the records of one batch, those of the batch before are compared.
  private func verifyMade(_ batches: [BatchRecord], _ shape: EntityFields) async throws {
    var asked: (made: MadeBatch, page: Task<RecordPage, any Error>)?
    defer { asked?.page.cancel() }
    let store = store
    for record in batches {
      guard let batch = try MadeBatch(record, shape, journal) else { continue }
      let ids = batch.storeIDs
      let last = asked
      asked = (batch, Task { try await store.records(of: shape, withStoreIDs: ids) })
      if let last { try check(last.made, try await last.page.value) }
    }
    if let last = asked { try check(last.made, try await last.page.value) }
  }

  private func check(_ made: MadeBatch, _ page: RecordPage) throws {
    let name = made.shape.entity.name
    var finder = StoredFinder(page)
    var reader = WrittenBlockReader(fieldCount: made.shape.fields.count)
    let bytes = made.bytes.span
    // Out of the dictionary while they are added to.
    var own = tallies.removeValue(forKey: name)
    defer { tallies[name] = own }
    var count = 0
    while reader.next(in: bytes) {
      count += 1
      guard let record = finder.find(bytes.extracting(reader.storeID)) else {
        report(.verifyMissing, name, bytes.extracting(reader.externalID).text, [])
        continue
      }
      tally(&own, page, record)
      if !made.isAsWritten(reader, page, record) {
        try compareLine(reader.seq, bytes.extracting(reader.storeID), page, record)
      }
    }
    self.count(count)
  }

  /// Holds a record against its line in the plan.
  private func compareLine(
    _ seq: Int, _ storeID: Span<UInt8>, _ page: RecordPage, _ record: Int
  ) throws {
    try loadIDs()
    let query = try plan.database.cached("SELECT external_id, fields FROM lines WHERE seq = ?")
    try query.bind(seq, at: 1)
    defer { query.reset() }
    guard try query.step() else {
      throw MigrationError(.unreadablePlan, .planUnreadable, plan.path, "seq \(seq)")
    }
    var line = ChangeBatch(.create, page.shape, plan.forms)
    query.withText(at: 0) { externalID in
      query.withText(at: 1) { fields in
        line.append(seq: seq, externalID: externalID, storeID: storeID, fields: fields)
      }
    }
    var places = FieldPlaces(page.shape)
    try compare(line, 0, page, record, &places)
  }
}

/// What the journal says of the records that one batch made.
private struct MadeBatch {
  let shape: EntityFields
  /// See ``WrittenBlock``.
  let bytes: Bytes
  private let forms: ContiguousArray<FieldForm>

  /// `nil` where the journal has nothing of it.
  init?(_ batch: BatchRecord, _ shape: EntityFields, _ journal: Journal) throws {
    guard let bytes = try journal.withRecords(of: batch.id, { Bytes(copying: $0) }) else {
      return nil
    }
    self.bytes = bytes
    self.shape = shape
    forms = ContiguousArray(shape.fields.map { FieldForm($0) })
  }

  /// The ids that the store gave them.
  var storeIDs: [String] {
    var reader = WrittenBlockReader(fieldCount: forms.count)
    var ids: [String] = []
    while reader.next(in: bytes.span) { ids.append(bytes.span.extracting(reader.storeID).text) }
    return ids
  }

  /// Whether the store holds what the record at hand was given; what waits for a link is left out.
  func isAsWritten(_ reader: WrittenBlockReader, _ page: RecordPage, _ record: Int) -> Bool {
    for (index, form) in forms.enumerated() {
      let written = reader.hash(index, in: bytes.span)
      guard written != ValueHash.unknown else { continue }
      let present = page.arena.withBytes(of: page.values[index][record]) { form.hash(of: $0) }
      if present != written { return false }
    }
    return true
  }
}
