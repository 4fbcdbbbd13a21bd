import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
import FerryStores

/// One batch between plan and store: what is sent, what is left alone and why, what came of it.
struct BatchWork {
  /// What became of a change.
  enum Fate {
    /// Left as it is; said in ``kept``.
    case kept
    /// Nothing of it is written, since the store's values win; the store holds it under this id.
    case left(ValueRef)
    /// Goes to the store as record number …
    case sent(Int)
    /// The store holds it already, under this id.
    case present(ValueRef)
    /// It was to be removed, and an earlier process did so.
    case gone
  }

  let batch: ChangeBatch
  /// Whether an earlier process may have sent it already.
  private let isRedone: Bool
  /// For a removal: who links to its records; those that are linked to are kept.
  var linked: LinkScan?
  /// By field of the shape: who wins where the store's value has moved since the plan was made; `nil`
  /// leaves the whole record to a person.
  var rules: [ConflictRule?] = []
  /// By seq: what records held that an earlier process was about to write over.
  var earlier: [Int: Bytes] = [:]
  private(set) var record: BatchRecord
  /// What goes to the store.
  private(set) var page: RecordPage
  private var fates = ContiguousArray<Fate>()
  // By change, then by field of the shape.
  private var hashes = ContiguousArray<UInt64>()
  private(set) var kept: [KeptRecord] = []
  private var presentIDs = ByteArena()
  private let fieldNames: [Bytes]
  // The fields of the change at hand: place in the shape, place in the parsed fields.
  private(set) var places = ContiguousArray<(field: Int, parsed: Int)>()
  /// By entry: the fields with what the store held in truth, where the plan says something else.
  var images: [Int: Bytes] = [:]

  init(_ batch: ChangeBatch, record: BatchRecord, isRedone: Bool) {
    self.batch = batch
    self.record = record
    self.isRedone = isRedone
    page = RecordPage(batch.shape)
    fieldNames = batch.shape.fields.map { Bytes($0.name.utf8) }
    self.record.fields = batch.kind == .delete ? [] : batch.shape.fields.map(\.name)
    self.record.written = 0
    self.record.conflicted = 0
    self.record.rejected = 0
  }

  /// Decides on each change, given what the store holds now; `nil` where it can hold nothing.
  mutating func sort(
    against stored: RecordPage?, ids: AppliedIDs, parsed: inout ParsedFields
  ) throws {
    let index = stored.map { StoredIndex($0, byExternalID: batch.kind == .create) }
    for entry in 0..<batch.count {
      guard batch.withFields(entry, { parsed.parse($0) }), place(parsed) else {
        throw MigrationError(
          .unreadablePlan, .planUnreadable, "changes", "fields of seq \(batch.seqs[entry])")
      }
      let found =
        batch.kind == .create
        ? batch.withExternalID(entry) { index?.find($0) }
        : batch.withStoreID(entry) { index?.find($0) }
      hashes.append(contentsOf: repeatElement(ValueHash.unknown, count: fieldNames.count))
      if let missing = missingLink(parsed, ids) { noteMissing(entry, missing, parsed) }
      switch batch.kind {
      case .create: fates.append(create(entry, found, stored, parsed, ids))
      case .delete: fates.append(delete(entry, found, stored, parsed))
      case .update, .mark, .link, .agree: fates.append(update(entry, found, stored, parsed, ids))
      }
    }
  }

  /// Takes the fields in without asking the store: source and store agreed on them in the plan.
  mutating func agree(ids: AppliedIDs, parsed: inout ParsedFields) throws {
    for entry in 0..<batch.count {
      guard batch.withFields(entry, { parsed.parse($0) }), place(parsed) else {
        throw MigrationError(
          .unreadablePlan, .planUnreadable, "changes", "fields of seq \(batch.seqs[entry])")
      }
      hashes.append(contentsOf: repeatElement(ValueHash.unknown, count: fieldNames.count))
      setHashes(entry, parsed, ids)
      fates.append(.present(batch.withStoreID(entry) { presentIDs.append($0) }))
    }
  }

  /// Finds the fields' places in the shape; late ones are left for their links.
  private mutating func place(_ parsed: ParsedFields) -> Bool {
    places.removeAll(keepingCapacity: true)
    var next = 0
    for (number, field) in parsed.fields.enumerated() {
      // Fields come in the order of the shape, so that the next one is mostly the one.
      var tried = 0
      while tried < fieldNames.count,
        !fieldNames[(next + tried) % fieldNames.count].elementsEqual(parsed.text[field.name])
      { tried += 1 }
      guard tried < fieldNames.count else { return false }
      let place = (next + tried) % fieldNames.count
      next = place + 1
      if !field.isLater { places.append((place, number)) }
    }
    return true
  }

  // MARK: - Creates

  private mutating func create(
    _ entry: Int, _ found: Int?, _ stored: RecordPage?, _ parsed: ParsedFields, _ ids: AppliedIDs
  ) -> Fate {
    if let required = places.first(where: { place in
      batch.shape.fields[place.field].isRequired && isMissing(parsed.fields[place.parsed], ids)
    }) {
      reject(entry, field: batch.shape.fields[required.field].name)
      return .kept
    }
    guard let found, let stored else { return send(entry, parsed, ids) { _ in true } }
    let different = places.filter { place in
      !isNew(parsed.fields[place.parsed], place.field, found, stored, parsed, ids)
    }
    guard different.isEmpty || isRedone else {
      let fields = different.map(\.field)
      return conflict(entry, fields, parsed, presentValues(fields, found, stored))
    }
    // Written by this very batch before it was cut off, or by hand with the same values.
    setHashes(entry, parsed, ids)
    return .present(copy(stored.storeIDs[found], stored))
  }

  // MARK: - Updates

  private mutating func update(
    _ entry: Int, _ found: Int?, _ stored: RecordPage?, _ parsed: ParsedFields, _ ids: AppliedIDs
  ) -> Fate {
    guard let found, let stored else {
      keep(entry, .recordGone, arguments: [])
      record.conflicted += 1
      return .kept
    }
    var (moved, pending, done) = ([Int](), [Int](), [Int]())
    for place in places {
      let field = parsed.fields[place.parsed]
      if isMissing(field, ids) { continue }
      if isNew(field, place.field, found, stored, parsed, ids) {
        done.append(place.field)
      } else if isOld(field, place.field, found, stored, parsed) {
        pending.append(place.field)
      } else {
        moved.append(place.field)
      }
    }
    let before = overruledBefore(entry, done, parsed)
    let fields = MovedFields(moved, by: rules, overruledBefore: before)
    guard fields.open.isEmpty else {
      return conflict(entry, moved, parsed, presentValues(moved, found, stored))
    }
    note(fields, entry, parsed, presentValues(moved, found, stored))
    pending += fields.overruled
    guard !pending.isEmpty else {
      setHashes(entry, parsed, ids, without: fields.left)
      let id = copy(stored.storeIDs[found], stored)
      return done.isEmpty && !fields.left.isEmpty ? .left(id) : .present(id)
    }
    return send(entry, parsed, ids, without: fields.left) { pending.contains($0) }
  }

  // MARK: - Removals

  private mutating func delete(
    _ entry: Int, _ found: Int?, _ stored: RecordPage?, _ parsed: ParsedFields
  ) -> Fate {
    guard let found, let stored else {
      if isRedone { return .gone }
      keep(entry, .recordGone, arguments: [])
      record.conflicted += 1
      return .kept
    }
    var planned = [Int?](repeating: nil, count: fieldNames.count)
    for place in places { planned[place.field] = place.parsed }
    let moved = planned.indices.filter { place in
      guard let number = planned[place] else { return stored.values[place][found].byteCount > 0 }
      return !isOld(parsed.fields[number], place, found, stored, parsed)
    }
    guard moved.isEmpty else {
      return conflict(entry, moved, parsed, presentValues(moved, found, stored))
    }
    guard linked?.isLinked(batch.storeID(entry)) != true else {
      keep(entry, .undoLinked, arguments: [])
      record.conflicted += 1
      return .kept
    }
    return .sent(page.append(storeID: batch.storeID(entry), externalID: batch.externalID(entry)))
  }

  // MARK: - Steps

  private mutating func send(
    _ entry: Int, _ parsed: ParsedFields, _ ids: AppliedIDs, without left: [Int] = [],
    _ isWanted: (Int) -> Bool
  ) -> Fate {
    let isCreate = batch.kind == .create
    let number = page.append(
      storeID: isCreate ? nil : batch.storeID(entry),
      externalID: batch.givesID(entry) ? batch.externalID(entry) : nil)
    for place in places where isWanted(place.field) {
      let field = parsed.fields[place.parsed]
      guard !isMissing(field, ids) else { continue }
      withNew(field, parsed, ids) { page.set($0, field: place.field, of: number) }
    }
    setHashes(entry, parsed, ids, without: left)
    return .sent(number)
  }

  private mutating func setHashes(
    _ entry: Int, _ parsed: ParsedFields, _ ids: AppliedIDs, without left: [Int] = []
  ) {
    for place in places where !left.contains(place.field) {
      let field = parsed.fields[place.parsed]
      guard !isMissing(field, ids) else { continue }
      let shapeField = batch.shape.fields[place.field]
      let hash = withNew(field, parsed, ids) { shapeField.hash(of: $0) }
      hashes[entry * fieldNames.count + place.field] = hash
    }
  }

  private mutating func conflict(
    _ entry: Int, _ fields: [Int], _ parsed: ParsedFields, _ present: [Int: String]
  ) -> Fate {
    keep(
      entry, .recordMoved, arguments: [names(fields)],
      fields: rewritten(parsed, only: fields, present).text)
    record.conflicted += 1
    return .kept
  }

  private mutating func reject(_ entry: Int, field: String) {
    record.rejected += 1
    keep(entry, .fieldRequired, arguments: [field])
  }

  private mutating func noteMissing(_ entry: Int, _ field: ParsedField, _ parsed: ParsedFields) {
    let arguments = [parsed.string(field.name), parsed.string(field.new) ?? ""]
    keep(entry, .linkNotLoaded, arguments: arguments)
  }

  /// Says what was not done as planned, and why; `fields` are the change's own where none are given.
  mutating func keep(_ entry: Int, _ rule: Rule, arguments: [String], fields: String? = nil) {
    let id = batch.externalID(entry)
    let storeID = batch.storeID(entry)
    kept.append(
      KeptRecord(
        entity: batch.shape.entity.name, externalID: id, storeID: storeID.isEmpty ? nil : storeID,
        finding: Finding(rule, arguments: [batch.shape.entity.name, id] + arguments),
        fields: fields ?? batch.withFields(entry) { $0.text }))
  }

  private mutating func copy(_ id: ValueRef, _ stored: RecordPage) -> ValueRef {
    stored.arena.withBytes(of: id) { presentIDs.append($0) }
  }
}

// MARK: - Outcome

extension BatchWork {
  /// Takes in what the store says of the records that were sent, in order.
  mutating func take(_ results: [WriteResult]) throws {
    guard results.count == page.count else {
      throw MigrationError(
        .brokenEquation, .recordEquation, batch.shape.entity.name, String(page.count), "apply",
        String(results.count), "store")
    }
    for entry in fates.indices {
      guard case .sent(let number) = fates[entry] else { continue }
      switch results[number] {
      case .written(let storeID): fates[entry] = .present(presentIDs.append(storeID))
      case .refused(let finding):
        fates[entry] = .kept
        record.rejected += 1
        kept.append(
          KeptRecord(
            entity: batch.shape.entity.name, externalID: batch.externalID(entry), storeID: nil,
            finding: finding, fields: batch.withFields(entry) { $0.text }))
      }
    }
  }

  /// Writes the outcome into the journal and remembers the store ids.
  mutating func finish(in journal: Journal, ids: inout AppliedIDs) throws {
    var block = WrittenBlock()
    for entry in fates.indices {
      if batch.kind == .delete {
        try finishRemoval(entry, &block, journal)
        continue
      }
      let id: ValueRef
      switch fates[entry] {
      case .present(let present):
        id = present
        record.written += 1
      case .left(let present): id = present
      case .kept, .gone, .sent:
        try forgetImage(entry, journal)
        continue
      }
      presentIDs.withBytes(of: id) { storeID in
        ids.set(storeID, of: batch.seqs[entry])
        batch.withExternalID(entry) {
          block.append(seq: batch.seqs[entry], externalID: $0, storeID: storeID)
        }
      }
      for hash in hashes[entry * fieldNames.count..<(entry + 1) * fieldNames.count] {
        block.append(hash: hash)
      }
      guard batch.kind != .create, batch.kind != .agree else { continue }
      guard case .present = fates[entry] else {
        try forgetImage(entry, journal)
        continue
      }
      try presentIDs.withBytes(of: id) { try keepBeforeImage(entry, $0, journal) }
    }
    try journal.finish(record, records: block.bytes.span, kept: kept)
  }

  /// The record is gone; what it held is kept, so that it can be made again.
  private mutating func finishRemoval(
    _ entry: Int, _ block: inout WrittenBlock, _ journal: Journal
  ) throws {
    switch fates[entry] {
    case .present, .gone: break
    case .kept, .left, .sent: return
    }
    record.written += 1
    let (externalID, none) = (Bytes(batch.externalID(entry).utf8), Bytes())
    block.append(seq: batch.seqs[entry], externalID: externalID.span, storeID: none.span)
    let storeID = Bytes(batch.storeID(entry).utf8)
    try keepBeforeImage(entry, storeID.span, journal)
  }

  func keepBeforeImage(_ entry: Int, _ storeID: Span<UInt8>, _ journal: Journal) throws {
    let externalID = Bytes(batch.externalID(entry).utf8)
    func add(_ fields: Span<UInt8>) throws {
      try journal.addBeforeImage(
        batch: record.id, seq: batch.seqs[entry], externalID: externalID.span,
        storeID: storeID, fields: fields)
    }
    if let image = images[entry] {
      try add(image.span)
    } else {
      try batch.withFields(entry) { try add($0) }
    }
  }

  /// What an earlier process was about to write over was not written over after all.
  private func forgetImage(_ entry: Int, _ journal: Journal) throws {
    guard earlier[batch.seqs[entry]] != nil || images[entry] != nil else { return }
    try journal.removeBeforeImage(batch: record.id, seq: batch.seqs[entry])
  }
}
