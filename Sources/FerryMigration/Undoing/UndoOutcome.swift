import FerryCore
import FerryRecords
import FerryStores

/// One batch of an undo: what is sent to the store, what is kept, what came of it.
struct UndoOutcome {
  /// A field, what it holds now, and what it would go back to.
  typealias FieldValue = (field: String, now: String?, before: String?)

  /// What goes to the store.
  private(set) var page: RecordPage
  private(set) var kept: [KeptRecord] = []
  /// What is so afterwards, for the crosswalk.
  private(set) var block = WrittenBlock()
  private(set) var writtenCount = 0
  private(set) var refusedCount = 0
  private var sent: [UndoneRecord] = []
  private var keptIDs = Set<String>()
  private let isRemoval: Bool

  init(_ shape: EntityFields) {
    page = RecordPage(shape)
    isRemoval = shape.fields.count == shape.entity.fields.count
  }

  /// How many records were kept, whole or in part.
  var keptCount: Int { keptIDs.count }

  /// Sends a record to be removed.
  mutating func send(_ record: UndoneRecord) {
    page.append(storeID: record.storeID, externalID: record.externalID)
    sent.append(record)
  }

  /// Sends a record whose fields get their old values back.
  mutating func send(_ record: UndoneRecord, _ fields: [(place: Int, old: String)]) {
    // The record has an external id of its own, or none: taking back gives it no other.
    let number = page.append(storeID: record.storeID, externalID: nil)
    for field in fields { page.set(field.old, field: field.place, of: number) }
    sent.append(record)
  }

  /// Notes a record that is not in the store any more.
  mutating func forget(_ record: UndoneRecord) { addToBlock(record, storeID: "", number: nil) }

  /// Names a record that stays as it is.
  mutating func keep(_ record: UndoneRecord, _ rule: Rule, fields: [FieldValue]) {
    keptIDs.insert(record.storeID)
    let names = fields.map(\.field).joined(separator: ", ")
    let entity = page.shape.entity.name
    var writer = FieldsWriter()
    for field in fields {
      writer.beginField(field.field)
      if let now = field.now { writer.member("old", now) } else { writer.null("old") }
      if let before = field.before { writer.member("new", before) } else { writer.null("new") }
      writer.endField()
    }
    writer.end()
    kept.append(
      KeptRecord(
        entity: entity, externalID: record.externalID, storeID: record.storeID,
        finding: Finding(rule, arguments: [entity, record.externalID, names]),
        fields: writer.bytes.text))
  }

  /// Takes in what the store says of what was sent, in order.
  mutating func take(_ results: [WriteResult]) {
    for (number, result) in results.enumerated() where sent.indices.contains(number) {
      let record = sent[number]
      switch result {
      case .written:
        if !keptIDs.contains(record.storeID) { writtenCount += 1 }
        addToBlock(record, storeID: isRemoval ? "" : record.storeID, number: number)
      case .refused(let finding):
        refusedCount += 1
        kept.append(
          KeptRecord(
            entity: page.shape.entity.name, externalID: record.externalID,
            storeID: record.storeID, finding: finding, fields: "[]"))
      }
    }
  }

  private mutating func addToBlock(_ record: UndoneRecord, storeID: String, number: Int?) {
    let (externalID, id) = (Bytes(record.externalID.utf8), Bytes(storeID.utf8))
    block.append(seq: record.seq, externalID: externalID.span, storeID: id.span)
    guard !isRemoval else { return }
    for (place, field) in page.shape.fields.enumerated() {
      let value = number.map { page.values[place][$0] } ?? .absent
      let hash =
        value.isPresent
        ? page.arena.withBytes(of: value) { field.hash(of: $0) } : ValueHash.unknown
      block.append(hash: hash)
    }
  }
}
