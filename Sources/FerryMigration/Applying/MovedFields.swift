import FerryCore
import FerryMapping
import FerryRecords
import FerryStores

// A field that people changed between plan and apply: `on_conflict` says who wins. Where the source
// does, what the store held goes into the journal before it is written over, so that neither a crash
// nor an undo loses it.

/// The fields of one change whose value in the store is neither what the plan saw nor what it writes.
///
/// Places in the shape.
struct MovedFields {
  /// The source's value is written.
  private(set) var overruled: [Int] = []
  /// The source's value was written by an earlier process of the run.
  let overruledBefore: [Int]
  /// The store's value is kept.
  private(set) var left: [Int] = []
  /// A person has to decide: the whole record stays as it is.
  private(set) var open: [Int] = []

  init(_ moved: [Int], by rules: [ConflictRule?], overruledBefore: [Int]) {
    self.overruledBefore = overruledBefore
    for place in moved {
      switch rules.indices.contains(place) ? rules[place] : nil {
      case .source: overruled.append(place)
      case .store: left.append(place)
      case .ask, nil: open.append(place)
      }
    }
  }
}

extension BatchWork {
  /// Whether something is written over that has to be in the journal before.
  var overrules: Bool { !images.isEmpty }

  /// Writes what the store held into the journal, before it is written over.
  func keepOverruled(in journal: Journal) throws {
    for entry in images.keys.sorted() {
      let storeID = Bytes(batch.storeID(entry).utf8)
      try keepBeforeImage(entry, storeID.span, journal)
    }
    try journal.commitPending()
  }

  /// What fields hold in the store, by place; nothing for null.
  func presentValues(_ places: [Int], _ found: Int, _ stored: RecordPage) -> [Int: String] {
    var values: [Int: String] = [:]
    for place in places { values[place] = stored.string(field: place, of: found) }
    return values
  }

  func names(_ fields: [Int]) -> String {
    fields.map { batch.shape.fields[$0].name }.joined(separator: ", ")
  }

  /// Says who won in fields that moved, and keeps what is written over.
  mutating func note(
    _ fields: MovedFields, _ entry: Int, _ parsed: ParsedFields, _ present: [Int: String]
  ) {
    if !fields.left.isEmpty {
      keep(
        entry, .recordMovedKept, arguments: [names(fields.left)],
        fields: rewritten(parsed, only: fields.left, present).text)
    }
    let overruled = (fields.overruled + fields.overruledBefore).sorted()
    guard !overruled.isEmpty else { return }
    var before = earlierValues(entry).filter { fields.overruledBefore.contains($0.key) }
    before.merge(present) { earlier, _ in earlier }
    images[entry] = rewritten(parsed, only: nil, before, overruled)
    keep(
      entry, .recordMovedOverruled, arguments: [names(overruled)],
      fields: rewritten(parsed, only: overruled, before).text)
  }

  // MARK: - What an earlier process knew

  /// Of the fields that hold what the plan writes: those that an earlier process wrote over.
  func overruledBefore(_ entry: Int, _ done: [Int], _ parsed: ParsedFields) -> [Int] {
    guard earlier[batch.seqs[entry]] != nil else { return [] }
    let values = earlierValues(entry)
    return places.filter { place in
      let field = parsed.fields[place.parsed]
      let old = parsed.string(field.oldID) ?? parsed.string(field.old)
      return done.contains(place.field) && old != values[place.field]
    }.map(\.field)
  }

  /// What the fields held as an earlier process found them, by place; nothing for null.
  private func earlierValues(_ entry: Int) -> [Int: String] {
    guard let image = earlier[batch.seqs[entry]] else { return [:] }
    var parsed = ParsedFields()
    guard parsed.parse(image.span) else { return [:] }
    var values: [Int: String] = [:]
    for field in parsed.fields {
      let name = parsed.string(field.name)
      guard let place = batch.shape.fields.firstIndex(where: { $0.name == name }) else { continue }
      values[place] = parsed.string(field.oldID) ?? parsed.string(field.old)
    }
    return values
  }

  // MARK: - Writing fields anew

  /// The fields of the change at hand, `old` being what the store holds.
  ///
  /// - Parameters:
  ///   - parsed: The fields as the plan has them.
  ///   - wanted: The places of the fields that are written; `nil` for all.
  ///   - present: What fields hold, by place; nothing for null.
  ///   - changed: The places that `present` speaks of; `nil` for `wanted`.
  /// - Returns: The fields in the plan's form.
  func rewritten(
    _ parsed: ParsedFields, only wanted: [Int]?, _ present: [Int: String], _ changed: [Int]? = nil
  ) -> Bytes {
    let spoken = changed ?? wanted ?? []
    var writer = FieldsWriter()
    for place in places where wanted?.contains(place.field) ?? true {
      let field = parsed.fields[place.parsed]
      writer.beginField(batch.shape.fields[place.field].name)
      if spoken.contains(place.field) {
        let isReference = batch.shape.fields[place.field].referenced != nil
        appendOld(present[place.field], isReference: isReference, to: &writer)
      } else {
        member("old", field.old, parsed, &writer)
        member("oldId", field.oldID, parsed, &writer)
      }
      member("new", field.new, parsed, &writer)
      member("id", field.id, parsed, &writer)
      if field.at > 0 { writer.member("at", number: field.at) }
      member("cell", field.cell, parsed, &writer)
      writer.endField()
    }
    writer.end()
    return writer.bytes
  }

  private func appendOld(_ value: String?, isReference: Bool, to writer: inout FieldsWriter) {
    guard let value, !value.isEmpty else { return writer.null("old") }
    writer.member("old", isReference ? "#\(value)" : value)
    if isReference { writer.member("oldId", value) }
  }

  private func member(
    _ name: StaticString, _ value: ParsedField.Member, _ parsed: ParsedFields,
    _ writer: inout FieldsWriter
  ) {
    switch value {
    case .absent: break
    case .null: writer.null(name)
    case .text(let range): writer.member(name, parsed.string(range))
    }
  }
}
