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
    if let record = state.golden.supplier(ofField: fieldIndex, identity: identity) {
      appendCell(fieldIndex, record, identity)
    }
    line.fields.endField()
    return true
  }

  mutating func reportRejectedTarget(
    _ fieldIndex: Int, _ identity: Int, _ other: EntityState, _ lost: Int
  ) {
    let record =
      state.golden.supplier(ofField: fieldIndex, identity: identity)
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
    let kept = supply(fieldIndex, Int(state.golden.survivor[identity]))
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
      let record = state.golden.supplier(ofField: fieldIndex, identity: identity)
    else { return nil }
    let value = table.values[fieldIndex][record]
    return value.isPresent ? (record, value) : nil
  }

  mutating func appendCell(_ fieldIndex: Int, _ record: Int, _ identity: Int) {
    let row = state.firstRecord(of: identity)
    places.appendCell(record, field: fieldIndex, inSheetOf: row, to: &line.fields)
  }
}

// MARK: - Fields of records that the store has

extension EntityPlanner {
  /// What becomes of one field of a record that the store has.
  enum FieldFate {
    /// Nothing is written: both agree, the source says nothing, or the store's value is kept.
    case keep
    /// The source's value is written.
    case write
    /// Both sides changed, and nobody said who wins.
    case conflict
  }

  /// Holds a record of the store against the source, field by field, and writes its line.
  mutating func compare(_ identity: Int, _ record: Int, _ page: RecordPage) throws {
    fates.removeAll(keepingCapacity: true)
    agreed.removeAll(keepingCapacity: true)
    let row = state.firstRecord(of: identity)
    // Where one record alone tells of it, that one supplies all fields.
    let sole = state.golden.isShared(identity) ? nil : row
    let isLinked = state.link(of: identity) != nil
    var (hasChange, conflicted) = (false, [String]())
    for fieldIndex in state.parts.indices {
      if let sole, holdEqual(fieldIndex, identity, sole, record, page) {
        fates.append(.keep)
        continue
      }
      var fate = fate(fieldIndex, identity, page.values[fieldIndex][record], page.arena)
      if fate != .keep, isLinked, loaded.hash(fieldIndex, identity) == ValueHash.unknown {
        fate = linkedFate(
          fieldIndex, identity, page.values[fieldIndex][record], page, record)
      }
      fates.append(fate)
      hold(fieldIndex, identity, record, page, fate)
      if fate == .write { hasChange = true }
      if fate == .conflict { conflicted.append(state.fields[fieldIndex].name) }
    }
    line.kind = conflicted.isEmpty ? (hasChange ? .update : .same) : .conflict
    let wanted: FieldFate = conflicted.isEmpty ? .write : .conflict
    if line.kind == .update, let owner = ownerIndex, fates[owner] == .write,
      page.values[owner][record].isPresent
    {
      ownerChanges += 1
    }
    if !conflicted.isEmpty || isLinked { agreed.removeAll(keepingCapacity: true) }
    let seq = writer.seq + 1
    for fieldIndex in fates.indices
    where fates[fieldIndex] == wanted || agreed.contains(fieldIndex) {
      appendChange(fieldIndex, identity, seq: seq, page.values[fieldIndex][record], page.arena)
    }
    if !conflicted.isEmpty { reportConflict(identity, conflicted) }
    if line.kind == .same, !agreed.isEmpty { writer.noteAgreed() }
    try write(identity)
    tallyStored(identity, record, page)
  }

  private var ownerIndex: Int? { state.fields.firstIndex { $0.name == "owner" } }

  /// Notes what a field holds where its only record says the very same: the common case, at once.
  ///
  /// - Returns: False where more has to be looked at.
  private mutating func holdEqual(
    _ fieldIndex: Int, _ identity: Int, _ sole: Int, _ record: Int, _ page: RecordPage
  ) -> Bool {
    guard fieldIndex < table.fields.count, fieldIndex != state.customIndex,
      !state.parts[fieldIndex].isReference, !state.leavesOut(fieldIndex)
    else { return false }
    let (value, stored) = (table.values[fieldIndex][sole], page.values[fieldIndex][record])
    guard value.byteCount > 0, value.byteCount == stored.byteCount else { return false }
    let form = state.parts[fieldIndex].form
    let hash = page.arena.withBytes(of: stored) { present in
      table.arena.withBytes(of: value) {
        $0.hasSameBytes(as: present) ? form.hash(of: present) : nil
      }
    }
    guard let hash else { return false }
    line.held.append(hash)
    if loaded.hash(fieldIndex, identity) != hash { agreed.append(fieldIndex) }
    return true
  }

  /// Notes what a field holds where the source speaks of it and the run leaves it alone.
  private mutating func hold(
    _ fieldIndex: Int, _ identity: Int, _ record: Int, _ page: RecordPage, _ fate: FieldFate
  ) {
    let stored = page.values[fieldIndex][record]
    guard fate == .keep, isSaid(fieldIndex, identity, stored) else { return line.held.append(nil) }
    let form = state.parts[fieldIndex].form
    let hash = page.arena.withBytes(of: stored) { form.hash(of: $0) }
    line.held.append(hash)
    // Both sides came to the same without this journal: from now on it knows that.
    if loaded.hash(fieldIndex, identity) != hash,
      agrees(fieldIndex, identity, stored, page.arena)
    {
      agreed.append(fieldIndex)
    }
  }

  /// Whether source and store say the same of a field.
  private func agrees(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ arena: ByteArena
  ) -> Bool {
    let field = state.fields[fieldIndex]
    if state.parts[fieldIndex].isReference {
      guard case .stored(let id) = states.target(state, fieldIndex, identity) else { return false }
      return arena.withBytes(of: stored) { old in id.withBytes { old.hasSameBytes(as: $0) } }
    }
    if fieldIndex == state.customIndex {
      guard let custom = CustomFields.text(state, identity) else { return false }
      return arena.withBytes(of: stored) { $0.hasSameBytes(as: custom.span) }
    }
    guard let (_, value) = supply(fieldIndex, identity), value.byteCount > 0 else { return false }
    return state.table.arena.withBytes(of: value) { new in
      arena.withBytes(of: stored) { field.isSame(new, $0) }
    }
  }

  private func isSaid(_ fieldIndex: Int, _ identity: Int, _ stored: ValueRef) -> Bool {
    if state.parts[fieldIndex].isReference {
      let target = state.references[fieldIndex][identity]
      return target != ReferenceCode.absent && target != ReferenceCode.unresolved
    }
    // Custom fields are kept by a person too: those that were there are held.
    if fieldIndex == state.customIndex { return stored.isPresent }
    return (supply(fieldIndex, identity)?.value.byteCount ?? 0) > 0
  }

  private mutating func reportConflict(_ identity: Int, _ fields: [String]) {
    line.rule = Rule.recordConflict.id
    let row = state.firstRecord(of: identity)
    findings.add(
      Finding(
        .recordConflict, at: state.table.provenance(of: row),
        arguments: [
          state.entity.name, state.withExternalID(identity) { $0.text },
          fields.joined(separator: ", "),
        ]))
  }

  private mutating func fate(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ arena: ByteArena
  ) -> FieldFate {
    if state.parts[fieldIndex].isReference {
      return referenceFate(fieldIndex, identity, stored, arena)
    }
    if fieldIndex == state.customIndex { return customFate(fieldIndex, identity, stored, arena) }
    guard let (_, value) = supply(fieldIndex, identity) else {
      return splitFate(fieldIndex, identity, stored, arena)
    }
    guard value.byteCount > 0 else {
      return stored.isPresent
        ? settle(fieldIndex, identity, new: ValueHash.null, stored, arena) : .keep
    }
    let field = state.fields[fieldIndex]
    let (isSame, hash) = state.table.arena.withBytes(of: value) { new in
      let isSame = arena.withBytes(of: stored) { field.isSame(new, $0) }
      return (isSame, isSame ? ValueHash.unknown : field.hash(of: new))
    }
    return isSame ? .keep : settle(fieldIndex, identity, new: hash, stored, arena)
  }

  private func customFate(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ arena: ByteArena
  ) -> FieldFate {
    guard let custom = CustomFields.text(state, identity) else { return .keep }
    if let old = arena.string(stored), CustomFields.overlay(custom, on: old) == nil { return .keep }
    return settle(fieldIndex, identity, new: custom.span.contentHash, stored, arena)
  }

  private mutating func referenceFate(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ arena: ByteArena
  ) -> FieldFate {
    switch states.target(state, fieldIndex, identity) {
    case .absent: return .keep
    case .clear:
      return stored.isPresent
        ? settle(fieldIndex, identity, new: ValueHash.null, stored, arena) : .keep
    case .stored(let id):
      let (isSame, hash) = id.withBytes { new in
        let isSame = arena.withBytes(of: stored) { $0.hasSameBytes(as: new) }
        return (isSame, isSame ? ValueHash.unknown : new.contentHash)
      }
      return isSame ? .keep : settle(fieldIndex, identity, new: hash, stored, arena)
    case .rejected(let other, let lost):
      reportRejectedTarget(fieldIndex, identity, other, lost)
      return .keep
    case .created, .later:
      return settle(fieldIndex, identity, new: ValueHash.unknown, stored, arena)
    }
  }

  /// Decides on a field where source and store differ, by what was loaded last.
  private func settle(
    _ fieldIndex: Int, _ identity: Int, new: UInt64, _ stored: ValueRef, _ arena: ByteArena
  ) -> FieldFate {
    let last = loaded.hash(fieldIndex, identity)
    let rule = conflictRules[fieldIndex]
    guard last != ValueHash.unknown else {
      // Nobody knows who changed it: the source is what the run is for.
      switch rule {
      case .ask: return .conflict
      case .store: return stored.isPresent ? .keep : .write
      case .source, nil: return .write
      }
    }
    // The source says what it said last time: a person changed the store, and keeps that.
    if last == new { return .keep }
    let present =
      arena.withBytes(of: stored) { state.fields[fieldIndex].hash(of: $0) }
    if last == present { return .write }
    switch rule {
    case .source: return .write
    case .store: return .keep
    case .ask, nil: return .conflict
    }
  }

  /// Adds a field of a record that the store has: what it holds, and what the source says.
  private mutating func appendChange(
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
