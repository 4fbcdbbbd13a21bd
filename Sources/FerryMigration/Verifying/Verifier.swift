import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
import FerryStores

/// Reads again what a run wrote, field by field, and adds up the control totals of the store.
final class Verifier {
  private static let differenceLimit = 1_000

  let plan: PlanFile
  let store: any CRMStore
  let journal: Journal
  private let context: MigrationContext
  private let batchSize: Int
  let planned: [PlannedControl]
  let shapes: [String: EntityFields]
  private let batches: [BatchRecord]
  /// By entity: the batches that made its records, see ``verifyMade(before:)``.
  var made: [String: [BatchRecord]] = [:]
  private let entitiesToRead: Set<String>?
  var tallies: [String: [ControlTally]] = [:]
  private var ids: AppliedIDs
  private var hasIDs = false
  private var parsed = ParsedFields()
  private let keptIDs: Set<String>
  // By entity and external id: fields that stay as people changed them between plan and apply.
  let movedFields: [String: Set<String>]
  // By entity: references that were left out, and records that the run kept back.
  private(set) var openLinks: [String: Int] = [:]
  private(set) var keptCounts: [String: Int] = [:]
  private var doneCount = 0
  // The batch whose records the store is asked for.
  private var reading: (batch: CheckedBatch, page: Task<RecordPage, any Error>)?
  /// By entity, then by user: how many records the store holds; only what ``controls()`` read.
  var ownerCounts: [String: [String: Int]] = [:]
  /// Fields and records that are not as the run wrote them.
  private(set) var differences: [ChangeSummary] = []
  /// The same in words.
  private(set) var findings = FindingLog()

  /// Prepares to read; `only` names the entities that are worth reading again.
  init(
    _ plan: PlanFile, run: RunRecord, store: any CRMStore, journal: Journal,
    context: MigrationContext, only: Set<String>?
  ) throws {
    self.plan = plan
    self.store = store
    self.journal = journal
    self.context = context
    batchSize = run.batchSize
    planned = try plan.controls()
    entitiesToRead = only
    shapes = Dictionary(
      uniqueKeysWithValues: try plan.shapes().map {
        ($0.entity.name, EntityFields($0.entity, $0.fields))
      })
    ids = AppliedIDs(changeCount: plan.changeCount)
    let kept = try journal.kept(by: run.run)
    keptIDs = Set(kept.map(\.name))
    movedFields = kept.fieldsKept
    let counted = [Rule.linkNotLoaded, .recordMovedOverruled, .recordMovedKept].map(\.id)
    for record in kept where !counted.contains(record.finding.rule.id) {
      keptCounts[record.entity, default: 0] += 1
    }
    batches = try journal.batches(of: run.run).filter { $0.state == .done }
    for batch in batches { try Self.checkWhole(batch, journal) }
    if kept.isEmpty { made = try Self.made(by: batches, plan, shapes) }
    for control in planned {
      guard let shape = shapes[control.definition.entity],
        let tally = ControlTally(control.definition, entity: shape.entity, fields: shape.fields)
      else { continue }
      tallies[shape.entity.name, default: []].append(tally)
    }
    for definition in planned.map(\.definition) {
      guard let shape = definition.againstEntity.flatMap({ shapes[$0] }),
        let tally = ControlTally(against: definition, entity: shape.entity, fields: shape.fields)
      else { continue }
      tallies[shape.entity.name, default: []].append(tally)
    }
  }

  func isRead(_ entity: String) -> Bool { entitiesToRead?.contains(entity) ?? true }

  /// Reads everything again.
  func verify() async throws {
    if try plan.entityNames().contains(where: isRead) { try await verifyChanges() }
    try await verifyLinks()
    try await verifyRemovals()
  }

  /// Remembers the ids of the records that the run wrote; only asked for where someone needs them.
  func loadIDs() throws {
    guard !hasIDs else { return }
    hasIDs = true
    for batch in batches { try ids.add(batch, from: journal) }
  }

  private func verifyChanges() async throws {
    guard let query = try linesToRead() else { return try await verifyMade(before: .max) }
    try loadIDs()
    var number = Int64(-1)
    var batch: CheckedBatch?
    defer { reading?.page.cancel() }
    while try query.step() {
      if query.integer(at: 1) != number {
        if let last = batch { try await read(last) }
        let next = query.integer(at: 1)
        // Those that are gone come once more, after all others.
        try await verifyMade(before: next > number ? next : .max)
        number = next
        let entity = plan.forms.name(ofEntity: Int(number))
        batch = shapes[entity].flatMap { isRead(entity) ? CheckedBatch($0, plan.forms) : nil }
      }
      guard batch != nil else { continue }
      if let full = batch, full.changes.count == batchSize {
        try await read(full)
        batch = CheckedBatch(full.shape, plan.forms)
      }
      let kind = ChangeKind(number: query.integer(at: 2))
      let seq = Int(query.integer(at: 0))
      // What was kept back is named by the run itself, and is as it was.
      let writes = ids.hasID(seq) && (kind == .create || kind == .update || kind == .mark)
      guard writes || kind != .create else { continue }
      batch?.isWritten.append(writes)
      // What is gone from the sources is in no total.
      batch?.isTallied.append(kind != .mark)
      append(query, seq: seq, writes: writes, to: &batch)
    }
    if let last = batch { try await read(last) }
    try await verifyMade(before: .max)
  }

  /// Asks the store for the records of a batch, and compares those of the batch before meanwhile.
  private func read(_ batch: CheckedBatch) async throws {
    let (store, shape) = (store, batch.changes.shape)
    let ids = (0..<batch.changes.count).map { batch.changes.storeID($0) }
    let page = Task { try await store.records(of: shape, withStoreIDs: ids) }
    do {
      try await checkRead()
      reading = (batch, page)
    } catch {
      page.cancel()
      throw error
    }
  }

  /// Compares the records that were asked for last.
  func checkRead() async throws {
    guard let (batch, page) = reading else { return }
    reading = nil
    try check(batch, try await page.value)
  }

  private func verifyRemovals() async throws {
    for shape in shapes.values.sorted(by: { $0.entity.name < $1.entity.name }) {
      guard isRead(shape.entity.name) else { continue }
      let query = try plan.database.prepare(
        """
        SELECT external_id FROM lines
        WHERE entity = ? AND kind = \(ChangeKind.delete.rawValue) ORDER BY seq
        """)
      try query.bind(plan.forms.number(ofEntity: shape.entity.name), at: 1)
      var ids: [String] = []
      while try query.step() {
        ids.append(query.string(at: 0) ?? "")
        guard ids.count == batchSize else { continue }
        try await checkAbsence(of: ids, shape.entity)
        ids.removeAll(keepingCapacity: true)
      }
      if !ids.isEmpty { try await checkAbsence(of: ids, shape.entity) }
    }
  }

  private func checkAbsence(of ids: [String], _ entity: Entity) async throws {
    let page = try await store.records(of: EntityFields(entity, []), withExternalIDs: ids)
    for record in 0..<page.count {
      let id = page.externalID(of: record) ?? ""
      // What was kept back is named by the run itself.
      guard !keptIDs.contains("\(entity.name) \(id)") else { continue }
      report(.verifyStillThere, entity.name, id, [])
    }
  }

  private func append(_ query: Statement, seq: Int, writes: Bool, to batch: inout CheckedBatch?) {
    query.withText(at: 3) { externalID in
      query.withText(at: 5) { fields in
        if writes {
          ids.withID(seq) { storeID in
            batch?.changes.append(
              seq: seq, externalID: externalID, storeID: storeID, fields: fields)
          }
        } else {
          query.withText(at: 4) { storeID in
            batch?.changes.append(
              seq: seq, externalID: externalID, storeID: storeID, fields: fields)
          }
        }
      }
    }
    query.withBlob(at: 6) { batch?.addHeld($0) }
  }

  private func verifyLinks() async throws {
    guard plan.linkCount > 0 else { return }
    try loadIDs()
    var reader = try LinkReader(plan)
    var batch: ChangeBatch?
    while let link = try reader.next() {
      guard isRead(link.entity), ids.hasID(link.change), let shape = shapes[link.entity] else {
        continue
      }
      if let full = batch, full.shape != shape || full.count == batchSize {
        try await checkFields(full)
        batch = nil
      }
      if batch == nil { batch = ChangeBatch(.link, shape, plan.forms) }
      ids.withID(link.change) { id in
        batch?.append(
          seq: link.change, externalID: link.externalID.span, storeID: id,
          fields: link.fields.span)
      }
    }
    if let last = batch { try await checkFields(last) }
  }

  // MARK: - Comparing

  private func check(_ checked: CheckedBatch, _ page: RecordPage) throws {
    let batch = checked.changes
    var finder = StoredFinder(page)
    var fields = FieldPlaces(batch.shape)
    // Out of the dictionary while they are added to.
    var own = tallies.removeValue(forKey: batch.shape.entity.name)
    defer { tallies[batch.shape.entity.name] = own }
    for entry in 0..<batch.count {
      guard let record = batch.withStoreID(entry, { finder.find($0) }) else {
        report(.verifyMissing, batch.shape.entity.name, batch.externalID(entry), [])
        continue
      }
      if checked.isTallied[entry] { tally(&own, page, record) }
      if checked.isWritten[entry] { try compare(batch, entry, page, record, &fields) }
      compare(checked.held, batch, entry, page, record)
    }
    count(batch.count)
  }

  /// Counts records that were compared.
  func count(_ compared: Int) {
    doneCount += compared
    context.progress(.verify, doneCount, plan.changeCount)
  }

  private func checkFields(_ batch: ChangeBatch) async throws {
    let (page, index) = try await read(batch)
    var fields = FieldPlaces(batch.shape)
    for entry in 0..<batch.count {
      guard let record = batch.withStoreID(entry, { index.find($0) }) else { continue }
      try compare(batch, entry, page, record, &fields)
    }
  }

  private func read(_ batch: ChangeBatch) async throws -> (RecordPage, StoredIndex) {
    let page = try await store.records(
      of: batch.shape, withStoreIDs: (0..<batch.count).map { batch.storeID($0) })
    return (page, StoredIndex(page, byExternalID: false))
  }

  func tally(_ tallies: inout [ControlTally]?, _ page: RecordPage, _ record: Int) {
    guard var own = tallies else { return }
    tallies = nil
    for index in own.indices where !own[index].addPlain() {
      let group =
        own[index].isByRecord
        ? Bytes("#\(page.storeID(of: record) ?? "")".utf8)
        : own[index].groupIndex.map { groupKey($0, page, record) } ?? []
      let amount = own[index].sumIndex.map { page.values[$0][record] } ?? .absent
      let currency = own[index].currencyIndex.map { page.values[$0][record] } ?? .absent
      page.arena.withBytes(of: amount) { amount in
        page.arena.withBytes(of: currency) { currency in
          own[index].add(group: group.span, amount: amount, currency: currency)
        }
      }
    }
    tallies = own
  }

  private func groupKey(_ fieldIndex: Int, _ page: RecordPage, _ record: Int) -> Bytes {
    let value = page.values[fieldIndex][record]
    guard value.byteCount > 0 else { return [] }
    var key = Bytes()
    if page.shape.fields[fieldIndex].referenced != nil { key.append(UInt8(ascii: "#")) }
    page.arena.withBytes(of: value) { key.append(copying: $0) }
    return key
  }

  func compare(
    _ batch: ChangeBatch, _ entry: Int, _ page: RecordPage, _ record: Int,
    _ places: inout FieldPlaces
  ) throws {
    guard batch.withFields(entry, { parsed.parse($0) }) else {
      throw MigrationError(
        .unreadablePlan, .planUnreadable, plan.path, "fields of seq \(batch.seqs[entry])")
    }
    var changes: [ChangeSummary.FieldChange] = []
    let left =
      movedFields.isEmpty
      ? [] : movedFields["\(batch.shape.entity.name) \(batch.externalID(entry))"] ?? []
    places.begin()
    for number in parsed.fields.indices where !parsed.fields[number].isLater {
      let field = parsed.fields[number]
      guard let place = places.place(of: field, in: parsed.text) else { continue }
      if !left.isEmpty, left.contains(batch.shape.fields[place].name) { continue }
      // A link to a record that was not loaded is said by the run itself.
      if field.at > 0, !ids.hasID(field.at) {
        openLinks[batch.shape.entity.name, default: 0] += 1
        continue
      }
      let present = page.values[place][record]
      let isEqual = page.arena.withBytes(of: present) {
        isPlanned($0, field, places.forms[place])
      }
      guard !isEqual else { continue }
      changes.append(
        ChangeSummary.FieldChange(
          field: batch.shape.fields[place].name, old: page.arena.string(present),
          new: parsed.string(field.new), provenance: nil))
    }
    if !changes.isEmpty { report(.verifyDiffers, batch, entry, changes) }
  }

  /// Tells of fields that the run left alone and that are not as they were.
  private func compare(
    _ held: HeldFields, _ batch: ChangeBatch, _ entry: Int, _ page: RecordPage, _ record: Int
  ) {
    guard held.holdsAny else { return }
    var changes: [ChangeSummary.FieldChange] = []
    for (place, field) in batch.shape.fields.enumerated() {
      let present = page.values[place][record]
      let differs = held.differs(
        at: entry * batch.shape.fields.count + place,
        from: page.hash(field: place, of: record))
      guard differs else { continue }
      changes.append(
        ChangeSummary.FieldChange(
          field: field.name, old: page.arena.string(present), new: nil, provenance: nil))
    }
    if !changes.isEmpty { report(.verifyMoved, batch, entry, changes) }
  }

  private func isPlanned(
    _ present: Span<UInt8>, _ field: ParsedField, _ form: FieldForm
  ) -> Bool {
    if field.at > 0 { return ids.withID(field.at) { $0.hasSameBytes(as: present) } }
    let wanted = field.id == .absent ? field.new : field.id
    guard case .text(let range) = wanted else { return present.isEmpty }
    let text = parsed.text
    return form.isSame(text.span.extracting(range), present)
  }

  private func report(
    _ rule: Rule, _ batch: ChangeBatch, _ entry: Int, _ changes: [ChangeSummary.FieldChange]
  ) {
    report(rule, batch.shape.entity.name, batch.externalID(entry), changes)
  }

  func report(
    _ rule: Rule, _ entity: String, _ id: String, _ changes: [ChangeSummary.FieldChange]
  ) {
    let names = changes.map(\.field).joined(separator: ", ")
    findings.add(Finding(rule, arguments: [entity, id, names]))
    guard differences.count < Self.differenceLimit else { return }
    differences.append(
      ChangeSummary(
        entity: entity, kind: "update", externalID: id, survivorID: nil, rule: rule.id,
        provenance: nil, fields: changes))
  }
}
