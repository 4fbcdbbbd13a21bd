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
  var record: BatchRecord
  /// What goes to the store.
  private(set) var page: RecordPage
  var fates = ContiguousArray<Fate>()
  // By change, then by field of the shape.
  var hashes = ContiguousArray<UInt64>()
  var kept: [KeptRecord] = []
  var presentIDs = ByteArena()
  private(set) var fields: FieldPlaces
  private let required: ContiguousArray<Bool>
  // Of the change at hand, where its line is plain.
  private var plain = PlainFields()
  // The fields of the change at hand: place in the shape, place in the parsed fields.
  private(set) var places = ContiguousArray<(field: Int, parsed: Int)>()
  /// By entry: the fields with what the store held in truth, where the plan says something else.
  var images: [Int: Bytes] = [:]
  // By entry: what its fields held as the plan says, as ``BeforeBlock`` has it.
  var plannedImages = ContiguousArray<(fieldCount: Int, fields: Range<Int>)>()
  var imageBytes = Bytes()

  init(_ batch: ChangeBatch, record: BatchRecord, isRedone: Bool) {
    self.batch = batch
    self.record = record
    self.isRedone = isRedone
    page = RecordPage(batch.shape)
    fields = FieldPlaces(batch.shape)
    required = ContiguousArray(batch.shape.fields.map(\.isRequired))
    fates.reserveCapacity(batch.count)
    hashes.reserveCapacity(batch.kind == .delete ? 0 : batch.count * fields.count)
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
    let mayBePlain = stored == nil && batch.kind == .create
    if mayBePlain { page.reserveCapacity(batch.count) }
    for entry in 0..<batch.count {
      if mayBePlain, sendPlain(entry, ids) { continue }
      guard batch.withFields(entry, { parsed.parse($0) }), place(parsed) else {
        throw MigrationError(
          .unreadablePlan, .planUnreadable, "changes", "fields of seq \(batch.seqs[entry])")
      }
      let found =
        batch.kind == .create
        ? batch.withExternalID(entry) { index?.find($0) }
        : batch.withStoreID(entry) { index?.find($0) }
      addHashes()
      addImage(parsed)
      if let place = missingLink(parsed, ids) { noteMissing(entry, place, parsed) }
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
      addHashes()
      setHashes(entry, parsed, ids)
      fates.append(.present(batch.withStoreID(entry) { presentIDs.append($0) }))
    }
  }

  /// Finds the fields' places in the shape; late ones are left for their links.
  private mutating func place(_ parsed: ParsedFields) -> Bool {
    places.removeAll(keepingCapacity: true)
    fields.begin()
    for number in parsed.fields.indices {
      let field = parsed.fields[number]
      guard let place = fields.place(of: field, in: parsed.text) else { return false }
      if !field.isLater { places.append((place, number)) }
    }
    return true
  }

  /// Whether the batch changes or removes what is there.
  var hasImages: Bool { batch.kind != .create && batch.kind != .agree }

  private mutating func addImage(_ parsed: ParsedFields) {
    guard hasImages else { return }
    let start = imageBytes.count
    for place in places {
      BeforeBlock.append(parsed.fields[place.parsed], place: place.field, parsed, to: &imageBytes)
    }
    plannedImages.append((places.count, start..<imageBytes.count))
  }

  private mutating func addHashes() {
    guard batch.kind != .delete else { return }
    for _ in 0..<fields.count { hashes.append(ValueHash.unknown) }
  }

  // MARK: - Creates

  private mutating func create(
    _ entry: Int, _ found: Int?, _ stored: RecordPage?, _ parsed: ParsedFields, _ ids: AppliedIDs
  ) -> Fate {
    if let missing = places.first(where: { place in
      required[place.field] && isMissing(parsed.fields[place.parsed], ids)
    }) {
      reject(entry, field: batch.shape.fields[missing.field].name)
      return .kept
    }
    guard let found, let stored else { return sendNew(entry, parsed, ids) }
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
    var planned = [Int?](repeating: nil, count: fields.count)
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
    return .sent(addRecord(entry, storeID: true, externalID: true))
  }

  // MARK: - Steps

  private mutating func send(
    _ entry: Int, _ parsed: ParsedFields, _ ids: AppliedIDs, without left: [Int] = [],
    _ isWanted: (Int) -> Bool
  ) -> Fate {
    let number = addRecord(
      entry, storeID: batch.kind != .create, externalID: batch.givesID(entry))
    for place in places where isWanted(place.field) {
      let field = parsed.fields[place.parsed]
      guard !isMissing(field, ids) else { continue }
      withNew(field, parsed, ids) { page.set($0, field: place.field, of: number) }
    }
    setHashes(entry, parsed, ids, without: left)
    return .sent(number)
  }

  /// Sends a record that can meet none: a single pass over its fields.
  private mutating func sendNew(
    _ entry: Int, _ parsed: ParsedFields, _ ids: AppliedIDs
  ) -> Fate {
    let number = addRecord(entry, storeID: false, externalID: batch.givesID(entry))
    for place in places {
      let field = parsed.fields[place.parsed]
      if field.at > 0, !ids.hasID(field.at) { continue }
      parsed.withNew(field, ids) { set($0, place.field, of: number, entry) }
    }
    return .sent(number)
  }

  /// Sends a new record whose line is read in place, if all that it refers to was written.
  private mutating func sendPlain(_ entry: Int, _ ids: AppliedIDs) -> Bool {
    guard batch.withFields(entry, { plain.parse($0) }) else { return false }
    for field in plain.fields {
      guard field.place < fields.count, field.at == 0 || ids.hasID(field.at) else { return false }
    }
    addHashes()
    let number = addRecord(entry, storeID: false, externalID: batch.givesID(entry))
    batch.withFields(entry) { json in
      for field in plain.fields {
        if field.at > 0 {
          ids.withID(field.at) { set($0, field.place, of: number, entry) }
        } else {
          set(json.extracting(field.text), field.place, of: number, entry)
        }
      }
    }
    fates.append(.sent(number))
    return true
  }

  private mutating func set(_ new: Span<UInt8>, _ place: Int, of number: Int, _ entry: Int) {
    page.set(new, field: place, of: number)
    hashes[entry * fields.count + place] = fields.forms[place].hash(of: new)
  }

  private mutating func addRecord(_ entry: Int, storeID: Bool, externalID: Bool) -> Int {
    let number = page.append(storeID: nil, externalID: nil)
    if storeID { batch.withStoreID(entry) { page.setStoreID($0, of: number) } }
    if externalID { batch.withExternalID(entry) { page.setExternalID($0, of: number) } }
    return number
  }

  private mutating func setHashes(
    _ entry: Int, _ parsed: ParsedFields, _ ids: AppliedIDs, without left: [Int] = []
  ) {
    for place in places where !left.contains(place.field) {
      let field = parsed.fields[place.parsed]
      guard !isMissing(field, ids) else { continue }
      let hash = withNew(field, parsed, ids) { fields.forms[place.field].hash(of: $0) }
      hashes[entry * fields.count + place.field] = hash
    }
  }

  private mutating func conflict(
    _ entry: Int, _ fields: [Int], _ parsed: ParsedFields, _ present: [Int: String]
  ) -> Fate {
    var parsed = parsed
    if batch.kind == .create { _ = parsed.parse(batch.writtenFields(entry).span) }
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

  private mutating func noteMissing(
    _ entry: Int, _ place: (field: Int, parsed: Int), _ parsed: ParsedFields
  ) {
    let new = parsed.string(parsed.fields[place.parsed].new) ?? ""
    let arguments = [batch.shape.fields[place.field].name, new]
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
        fields: fields ?? batch.writtenFields(entry).text))
  }

  private mutating func copy(_ id: ValueRef, _ stored: RecordPage) -> ValueRef {
    stored.arena.withBytes(of: id) { presentIDs.append($0) }
  }
}
