import FerryCore
import FerryStores

// What a change writes, held against what the store holds.
extension BatchWork {
  /// Calls `body` with what is to be written: a store id for a reference; no bytes for null.
  @discardableResult
  func withNew<R>(
    _ field: ParsedField, _ parsed: ParsedFields, _ ids: AppliedIDs, _ body: (Span<UInt8>) -> R
  ) -> R {
    parsed.withNew(field, ids, body)
  }

  /// Whether the record that a reference points to was not written.
  func isMissing(_ field: ParsedField, _ ids: AppliedIDs) -> Bool {
    field.at > 0 && !ids.hasID(field.at)
  }

  func missingLink(_ parsed: ParsedFields, _ ids: AppliedIDs) -> (field: Int, parsed: Int)? {
    places.first { isMissing(parsed.fields[$0.parsed], ids) }
  }

  func isNew(
    _ field: ParsedField, _ place: Int, _ found: Int, _ stored: RecordPage,
    _ parsed: ParsedFields, _ ids: AppliedIDs
  ) -> Bool {
    let present = stored.values[place][found]
    if field.new == .null { return present.byteCount == 0 }
    return withNew(field, parsed, ids) { new in
      stored.arena.withBytes(of: present) { fields.forms[place].isSame($0, new) }
    }
  }

  func isOld(
    _ field: ParsedField, _ place: Int, _ found: Int, _ stored: RecordPage, _ parsed: ParsedFields
  ) -> Bool {
    let present = stored.values[place][found]
    let old = field.oldID == .absent ? field.old : field.oldID
    guard case .text(let range) = old else { return !present.isPresent }
    return stored.arena.withBytes(of: present) {
      fields.forms[place].isSame($0, parsed.text.span.extracting(range))
    }
  }
}

extension ParsedFields {
  /// Calls `body` with what is to be written: a store id for a reference; no bytes for null.
  func withNew<R>(_ field: ParsedField, _ ids: AppliedIDs, _ body: (Span<UInt8>) -> R) -> R {
    if field.at > 0 { return ids.withID(field.at, body) }
    switch (field.id, field.new) {
    case (.text(let range), _), (.absent, .text(let range)), (.null, .text(let range)):
      return body(text.span.extracting(range))
    default: return body(text.span.extracting(0..<0))
    }
  }
}
