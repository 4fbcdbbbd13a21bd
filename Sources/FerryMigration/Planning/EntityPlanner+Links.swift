import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores

// MARK: - Records that go into one of the store under another id

extension EntityPlanner {
  /// Plans the records that matching brought to a record of the store.
  mutating func planLinked(_ store: any CRMStore, _ shape: EntityFields) async throws {
    let links = state.golden.storeLinks.sorted { $0.key < $1.key }
    for start in stride(from: 0, to: links.count, by: Self.lookupSize) {
      let part = links[start..<min(start + Self.lookupSize, links.count)]
      let ids = part.map(\.value.record.storeID)
      let page = try await store.records(of: shape, withStoreIDs: ids)
      var places: [String: Int] = [:]
      for record in 0..<page.count { places[page.storeID(of: record) ?? ""] = record }
      for (identity, link) in part {
        if let record = places[link.record.storeID] {
          try planLinked(Int(identity), link, record, page)
        } else {
          // Gone since it was matched: the record is made anew.
          state.forgetLink(of: Int(identity))
        }
      }
    }
  }

  private mutating func planLinked(
    _ identity: Int, _ link: StoreLink, _ record: Int, _ page: RecordPage
  ) throws {
    begin(identity)
    if let finding = rejection(identity) { return try writeRejection(identity, finding) }
    line.survivor = link.record.label
    line.rule = link.rule
    try compare(identity, record, page)
    claimStored(identity, record, page)
  }

  /// Says that a record which goes into another one of the store has a record of its own there.
  mutating func reportSecond(_ identity: Int, _ link: StoreLink) {
    let row = state.firstRecord(of: identity)
    findings.add(
      Finding(
        .mergedAlreadyLoaded, at: state.table.provenance(of: row),
        arguments: [
          state.entity.name, state.withExternalID(identity) { $0.text }, link.record.label,
        ]))
  }

  /// What becomes of a field that both a record and the one it went into tell, and that no run has
  /// loaded from this record: the store's record was there first, `keep` decides like among
  /// records of the input, and `on_conflict` goes before both.
  func linkedFate(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ page: RecordPage, _ record: Int
  ) -> FieldFate {
    guard stored.byteCount > 0 else { return .write }
    if let isOurs = state.link(of: identity)?.picks[state.fields[fieldIndex].name] {
      return isOurs ? .write : .keep
    }
    switch conflictRules[fieldIndex] {
    case .ask: return .conflict
    case .source: return .write
    case .store: return .keep
    case nil: break
    }
    // Custom fields of both are kept: the source's are laid over the store's.
    if fieldIndex == state.customIndex { return .write }
    guard fieldIndex < state.table.fields.count,
      let (_, value) = supply(fieldIndex, identity), value.byteCount > 0
    else { return .keep }
    switch state.golden.keepRule(ofField: fieldIndex) {
    case .first, .frequent: return .keep
    case .fullest: return value.byteCount > stored.byteCount ? .write : .keep
    case .newest: return isNewer(identity, than: record, of: page) ? .write : .keep
    }
  }

  // A record without a date is older than any that has one; instants are ISO 8601 in UTC.
  private func isNewer(_ identity: Int, than record: Int, of page: RecordPage) -> Bool {
    let names = ["updated_at", "created_at"]
    let own = names.compactMap { name in
      state.table.fieldIndex(name).flatMap { field in
        supply(field, identity).flatMap { state.table.arena.string($0.value) }
      }
    }
    let stored = names.compactMap { name in
      page.shape.fields.firstIndex { $0.name == name }.flatMap {
        page.string(field: $0, of: record)
      }
    }
    return (own.first ?? "") > (stored.first ?? "")
  }

  // MARK: - Records that are taken apart

  /// The identities that stand alone again, by the one that they had gone into.
  static func splits(
    _ earlier: [String: EarlierMerge], _ state: EntityState
  ) -> [Int: [Int]] {
    var found: [Int: [Int]] = [:]
    for (id, merge) in earlier {
      guard let part = state.golden.identity(withExternalID: Bytes(id.utf8).span),
        state.survives(part), state.link(of: part) == nil,
        let whole = state.golden.identity(withExternalID: Bytes(merge.survivor.utf8).span),
        state.survives(whole)
      else { continue }
      found[whole, default: []].append(part)
    }
    return found
  }

  /// What becomes of a field that the source says nothing of: where an earlier run filled it from a
  /// record that stands alone again, and nobody changed it since, it is cleared.
  func splitFate(
    _ fieldIndex: Int, _ identity: Int, _ stored: ValueRef, _ arena: ByteArena
  ) -> FieldFate {
    guard let parts = splits[identity], stored.byteCount > 0 else { return .keep }
    let field = state.fields[fieldIndex]
    return arena.withBytes(of: stored) { held in
      let last = loaded.hash(fieldIndex, identity)
      guard last != ValueHash.unknown, last == field.hash(of: held) else { return .keep }
      let isTheirs = parts.contains { part in
        guard let (_, value) = supply(fieldIndex, part) else { return false }
        return state.table.arena.withBytes(of: value) { field.isSame($0, held) }
      }
      return isTheirs ? .write : .keep
    }
  }

  // MARK: - Events

  private mutating func reportSplit(_ identity: Int, _ last: EarlierMerge) {
    let row = state.firstRecord(of: identity)
    findings.add(
      Finding(
        .mergeTakenApart, at: state.table.provenance(of: row),
        arguments: [
          state.entity.name, state.withExternalID(identity) { $0.text }, last.survivor,
        ]))
  }

  /// Notes in the plan where a record went into another one, or stands alone again, since the last
  /// run.
  mutating func noteEvent(_ identity: Int) throws {
    guard line.survivor != nil || earlierHashes.contains(line.externalID.span.contentHash) else {
      return
    }
    let id = state.withExternalID(identity) { $0.text }
    let last = earlier[id]
    switch line.kind {
    case .reject, .skip, .undecided: return
    default: break
    }
    guard let survivor = line.survivor else {
      guard let last else { return }
      if last.storeID != nil { reportSplit(identity, last) }
      return try writer.add(
        IdentityEvent(
          kind: .split, externalID: id, survivor: last.survivor, storeID: last.storeID, rule: nil),
        of: state.entity.name)
    }
    guard last?.survivor != survivor else { return }
    let link = line.kind == .merge ? nil : state.link(of: identity)
    try writer.add(
      IdentityEvent(
        kind: .merge, externalID: id, survivor: survivor, storeID: link?.record.storeID,
        rule: link?.rule ?? line.rule), of: state.entity.name)
  }
}
