import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores

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
    let sole = golden.isShared(identity) ? nil : row
    let isLinked = state.link(of: identity) != nil
    var (hasChange, conflicted) = (false, [String]())
    for fieldIndex in state.parts.indices {
      if holdEqual(fieldIndex, identity, sole, record, page) {
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

  /// Notes what a field holds where the source says the very same, or nothing: the common case, at
  /// once.
  ///
  /// - Returns: False where more has to be looked at.
  private mutating func holdEqual(
    _ fieldIndex: Int, _ identity: Int, _ sole: Int?, _ record: Int, _ page: RecordPage
  ) -> Bool {
    let stored = page.values[fieldIndex][record]
    if state.parts[fieldIndex].isReference {
      guard isHeld(fieldIndex, identity, stored, page.arena) else { return false }
    } else {
      guard let value = plainValue(fieldIndex, identity, sole) else { return false }
      guard value.isPresent else {
        // Nothing to say, but where a record is taken apart, or custom fields are held.
        guard splits.isEmpty, fieldIndex != state.customIndex else { return false }
        line.held.append(nil)
        return true
      }
      guard value.byteCount > 0, value.byteCount == stored.byteCount else { return false }
      let isSame = page.arena.withBytes(of: stored) { present in
        table.arena.withBytes(of: value) { $0.hasSameBytes(as: present) }
      }
      guard isSame else { return false }
    }
    let form = state.parts[fieldIndex].form
    let hash = page.arena.withBytes(of: stored) { form.hash(of: $0) }
    line.held.append(hash)
    if loaded.hash(fieldIndex, identity) != hash { agreed.append(fieldIndex) }
    return true
  }

  /// What the source says of a field that is no reference, `sole` alone where there is such a record;
  /// `nil` where that is put together in another way.
  func plainValue(_ fieldIndex: Int, _ identity: Int, _ sole: Int?) -> ValueRef? {
    guard fieldIndex < table.fields.count, !state.leavesOut(fieldIndex) else { return nil }
    if fieldIndex == state.customIndex {
      guard sole != nil, !CustomFields.hasUnresolvedOwners(state, identity) else { return nil }
    }
    guard let sole else { return supply(fieldIndex, identity)?.value ?? .absent }
    return table.values[fieldIndex][sole]
  }

  /// Whether the store holds the reference that the source gives, to a record that it has.
  private func isHeld(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ arena: ByteArena
  ) -> Bool {
    guard stored.byteCount > 0 else { return false }
    return arena.withBytes(of: stored) { present in
      states.withStoreID(state, fieldIndex, identity) { $0.hasSameBytes(as: present) } ?? false
    }
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
}
