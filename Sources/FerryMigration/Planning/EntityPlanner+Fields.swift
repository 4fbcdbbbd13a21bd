import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores

// MARK: - Fields in full

extension EntityPlanner {
  /// Adds a reference that is not yet as it should be; `old` adds what the store holds.
  ///
  /// - Returns: False where there is nothing to write.
  @discardableResult
  mutating func appendReference(
    _ fieldIndex: Int, _ identity: Int, seq: Int, old: (inout FieldsWriter) -> Void
  ) -> Bool {
    let target = states.target(state, fieldIndex, identity)
    switch target {
    case .absent: return false
    case .rejected(let other, let lost):
      reportRejectedTarget(fieldIndex, identity, other, lost)
      return false
    default: break
    }
    line.fields.beginField(opening: state.parts[fieldIndex].opening)
    old(&line.fields)
    if case .clear = target {
      line.fields.null("new")
    } else {
      states.withLabel(state, fieldIndex, identity) { line.fields.member("new", $0) }
    }
    switch target {
    case .stored(let id): id.withBytes { line.fields.member("id", $0) }
    case .created(let change): line.fields.member("at", number: change)
    case .later:
      line.fields.flag("later")
      links.append((Int32(seq), Int32(fieldIndex), Int32(identity)))
    case .absent, .clear, .rejected: break
    }
    if let record = golden.supplier(ofField: fieldIndex, identity: identity) {
      appendCell(fieldIndex, record, identity)
    }
    line.fields.endField()
    return true
  }

  mutating func reportRejectedTarget(
    _ fieldIndex: Int, _ identity: Int, _ other: EntityState, _ lost: Int
  ) {
    let record =
      golden.supplier(ofField: fieldIndex, identity: identity)
      ?? state.firstRecord(of: identity)
    findings.add(
      Finding(
        .linkToRejected, at: state.table.provenance(of: record, field: fieldIndex),
        arguments: [
          state.entity.name, state.withExternalID(identity) { $0.text }, other.entity.name,
          state.fields[fieldIndex].name, other.withExternalID(lost) { $0.text },
        ]))
  }

  /// Adds a field of a record that goes into another, where the survivor keeps another value: `old`
  /// is what is not kept.
  mutating func appendLost(_ fieldIndex: Int, _ identity: Int) {
    let table = state.table
    guard let (record, value) = supply(fieldIndex, identity), value.byteCount > 0 else { return }
    let kept = supply(fieldIndex, Int(golden.survivor[identity]))
    if let kept, table.arena.equals(kept.value, value, in: table.arena) { return }
    line.fields.beginField(opening: state.parts[fieldIndex].opening)
    table.arena.withBytes(of: value) { line.fields.member("old", $0) }
    if let kept {
      table.arena.withBytes(of: kept.value) { line.fields.member("new", $0) }
    } else {
      line.fields.null("new")
    }
    appendCell(fieldIndex, record, identity)
    line.fields.endField()
  }

  /// The record that supplies a field, and its value.
  func supply(_ fieldIndex: Int, _ identity: Int) -> (record: Int, value: ValueRef)? {
    guard fieldIndex < table.fields.count, !state.leavesOut(fieldIndex),
      let record = golden.supplier(ofField: fieldIndex, identity: identity)
    else { return nil }
    let value = table.values[fieldIndex][record]
    return value.isPresent ? (record, value) : nil
  }

  mutating func appendCell(_ fieldIndex: Int, _ record: Int, _ identity: Int) {
    let row = state.firstRecord(of: identity)
    places.appendCell(record, field: fieldIndex, inSheetOf: row, to: &line.fields)
  }

  /// Adds a field of a record that the store has: what it holds, and what the source says.
  mutating func appendChange(
    _ fieldIndex: Int, _ identity: Int, seq: Int, _ stored: ValueRef, _ arena: ByteArena
  ) {
    let field = state.fields[fieldIndex]
    if let other = field.referenced {
      let oldLabel =
        stored.isPresent
        ? arena.withBytes(of: stored) { states.label(ofStoreID: $0, entity: other) } : nil
      if stored.isPresent, line.kind == .update {
        states.released?.insert(
          UndoPlanner.Reference(
            entity: state.entity.name, storeID: line.storeID.text, field: field.name))
      }
      appendReference(fieldIndex, identity, seq: seq) { fields in
        guard let oldLabel else { return fields.null("old") }
        fields.member("old", oldLabel.span)
        arena.withBytes(of: stored) { fields.member("oldId", $0) }
      }
      return
    }
    line.fields.beginField(field.name)
    if stored.isPresent {
      arena.withBytes(of: stored) { line.fields.member("old", $0) }
    } else {
      line.fields.null("old")
    }
    if fieldIndex == state.customIndex {
      let ours = CustomFields.text(state, identity) ?? []
      let new = arena.string(stored).flatMap { CustomFields.overlay(ours, on: $0) } ?? ours
      line.fields.member("new", new.span)
    } else if let (record, value) = supply(fieldIndex, identity) {
      if value.byteCount > 0 {
        state.table.arena.withBytes(of: value) { line.fields.member("new", $0) }
      } else {
        line.fields.null("new")
      }
      appendCell(fieldIndex, record, identity)
    } else {
      line.fields.null("new")
    }
    line.fields.endField()
  }
}
