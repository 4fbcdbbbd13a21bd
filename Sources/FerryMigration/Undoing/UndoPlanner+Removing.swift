import FerryCore
import FerryRecords
import FerryStores

// Records that the run created go, children first.
extension UndoPlanner {
  func remove() async throws {
    for entity in SalesChain.entities.reversed() {
      let batches = effects.batches(of: entity.name, .create)
      guard !batches.isEmpty else { continue }
      var scan = try await linkScan(entity, batches)
      let blocked = scope.isForced ? try await clearLinks(entity, batches, scan) : []
      for batch in batches.reversed() {
        let written = try await created(by: batch, entity)
        try await remove(written, &scan, blocked)
      }
    }
  }

  /// What a batch created; what the store itself fills in is no change of a person.
  private func created(by batch: BatchRecord, _ entity: Entity) async throws -> CreatedRecords {
    let description = try await store.description(of: [entity])
    return try CreatedRecords(
      try effects.records(of: batch), batch, entity,
      filledByStore: description.entities[entity.name]?.filledByStore ?? [])
  }

  /// Who links to the records that the run created, those links aside that the plan takes away.
  private func linkScan(_ entity: Entity, _ batches: [BatchRecord]) async throws -> LinkScan {
    var created = ByteSet()
    for batch in batches {
      for record in try effects.records(of: batch) {
        created.insert(Bytes(record.storeID.utf8).span)
      }
    }
    let (released, leaving, late) = (released, leaving, effects.lateReferences)
    return try await LinkScan(entity, to: created, in: store) { other, id, field, value in
      if leaving[other.name]?.number(of: id) != nil { return true }
      guard !released.isEmpty || late[other.name] != nil else { return false }
      let storeID = id.text
      let reference = Reference(entity: other.name, storeID: storeID, field: field.name)
      if released.contains(reference) { return true }
      return late[other.name]?[storeID]?.contains {
        $0.field == field.name && $0.hash == field.hash(of: value)
      } ?? false
    }
  }

  private func remove(
    _ created: CreatedRecords, _ scan: inout LinkScan, _ blocked: Set<String>
  ) async throws {
    let page = try await store.records(of: created.shape, withStoreIDs: created.storeIDs)
    let index = StoredIndex(page, byExternalID: false)
    let found = try await find(UndoTargets.references(in: page))
    for record in created.records.reversed() {
      guard let place = index.find(Bytes(record.storeID.utf8).span) else {
        scan.markRemoved(record.storeID)
        begin(.same, externalID: record.externalID, storeID: record.storeID)
        try write(created.shape.entity)
        continue
      }
      let late = effects.lateReferences[created.shape.entity.name]?[record.storeID] ?? []
      let changed = created.changes(record, late, page, place)
      let isLinked =
        scope.isForced
        ? blocked.contains(record.storeID) || scan.isLinkedByOwn(record.storeID)
        : scan.isLinked(record.storeID)
      if changed.isEmpty, !isLinked {
        scan.markRemoved(record.storeID)
        try writeRemoval(record, page, place, found)
      } else {
        let rule: Rule = changed.isEmpty ? .undoLinked : .undoChanged
        try writeStaying(record, rule, changed, late, page, place, found)
      }
    }
  }

  private func writeRemoval(
    _ record: WrittenRecord, _ page: RecordPage, _ place: Int, _ targets: Targets
  ) throws {
    let entity = page.shape.entity
    leaving[entity.name, default: ByteSet()].insert(Bytes(record.storeID.utf8).span)
    begin(.delete, externalID: record.externalID, storeID: record.storeID)
    line.appendRemoval(of: place, in: page, targets)
    try write(entity)
  }

  /// A record that stays: only the references that the run filled afterwards are taken back.
  private func writeStaying(
    _ record: WrittenRecord, _ rule: Rule, _ changed: [KeptField], _ late: [LateReference],
    _ page: RecordPage, _ place: Int, _ targets: Targets
  ) throws {
    let entity = page.shape.entity
    try keep(entity, record.externalID, record.storeID, rule, changed)
    let back = late.compactMap { reference in
      page.shape.fields.firstIndex { $0.name == reference.field }.flatMap { index in
        page.hash(field: index, of: place) == reference.hash ? index : nil
      }
    }
    guard !back.isEmpty else {
      return try writeKept(entity, record.externalID, record.storeID, rule, changed)
    }
    begin(.update, externalID: record.externalID, storeID: record.storeID)
    line.rule = rule.id
    for index in back {
      let field = page.shape.fields[index]
      name(field, of: entity)
      line.fields.beginField(field.name)
      line.appendOld(field, page.string(field: index, of: place), targets)
      line.fields.null("new")
      line.fields.endField()
    }
    try write(entity)
  }

  // MARK: - With force

  /// Plans to clear the links to records that go all the same.
  ///
  /// - Returns: The store ids of records that must stay, since a link to them can't be cleared.
  private func clearLinks(
    _ entity: Entity, _ batches: [BatchRecord], _ scan: LinkScan
  ) async throws -> Set<String> {
    guard !scan.links.isEmpty else { return [] }
    var labels: [String: String] = [:]
    for batch in batches {
      let created = try await created(by: batch, entity)
      for record in try await unchanged(created) { labels[record.storeID] = record.externalID }
    }
    var blocked: Set<String> = []
    for link in scan.links where isRequired(link) { blocked.insert(link.target) }
    let links = scan.links.filter { labels[$0.target] != nil && !blocked.contains($0.target) }
    for other in SalesChain.entities {
      let own = Dictionary(grouping: links.filter { $0.entity == other.name }, by: \.storeID)
      for (storeID, links) in own.sorted(by: { $0.key < $1.key }) {
        try clear(links, of: other, storeID, labels)
      }
    }
    return blocked
  }

  private func isRequired(_ link: LinkScan.Link) -> Bool {
    SalesChain.entity(link.entity)?.field(link.field)?.isRequired ?? true
  }

  private func unchanged(_ created: CreatedRecords) async throws -> [WrittenRecord] {
    let page = try await store.records(of: created.shape, withStoreIDs: created.storeIDs)
    let index = StoredIndex(page, byExternalID: false)
    return created.records.filter { record in
      guard let place = index.find(Bytes(record.storeID.utf8).span) else { return false }
      let late = effects.lateReferences[created.shape.entity.name]?[record.storeID] ?? []
      return created.changes(record, late, page, place).isEmpty
    }
  }

  private func clear(
    _ links: [LinkScan.Link], of entity: Entity, _ storeID: String, _ labels: [String: String]
  ) throws {
    begin(.update, externalID: links.first?.externalID ?? "", storeID: storeID)
    line.rule = Rule.undoLinkCleared.id
    for field in entity.fields {
      guard let link = links.first(where: { $0.field == field.name }) else { continue }
      name(field, of: entity)
      line.fields.beginField(field.name)
      line.fields.member("old", labels[link.target] ?? "#\(link.target)")
      line.fields.member("oldId", link.target)
      line.fields.null("new")
      line.fields.endField()
      findings.add(
        Finding(
          .undoLinkCleared,
          arguments: [entity.name, link.externalID, link.field, labels[link.target] ?? ""]))
    }
    try write(entity)
  }
}

/// The records of one batch that created them, and what each field should hold.
private struct CreatedRecords {
  let records: [WrittenRecord]
  let shape: EntityFields
  private let places: [Int?]
  private let filledByStore: Set<String>

  init(
    _ records: [WrittenRecord], _ batch: BatchRecord, _ entity: Entity, filledByStore: Set<String>
  ) throws {
    self.records = records
    self.filledByStore = filledByStore
    shape = EntityFields(entity, entity.fields)
    places = entity.fields.map { batch.fields.firstIndex(of: $0.name) }
  }

  var storeIDs: [String] { records.map(\.storeID) }

  /// The fields that hold something else than the run wrote.
  func changes(
    _ record: WrittenRecord, _ late: [LateReference], _ page: RecordPage, _ place: Int
  ) -> [UndoPlanner.KeptField] {
    var changed: [UndoPlanner.KeptField] = []
    for (index, field) in shape.fields.enumerated() {
      let filled = late.last { $0.field == field.name }
      let wrote = filled?.hash ?? places[index].map { record.hashes[$0] } ?? ValueHash.unknown
      if wrote == ValueHash.unknown, filledByStore.contains(field.name) { continue }
      let expected = ValueHash.nullIfUnknown(wrote)
      let now = page.hash(field: index, of: place)
      // An earlier undo that kept the record has taken its late references already.
      let isTaken = filled.map { now == field.hash(of: Bytes($0.old.utf8).span) } ?? false
      if now == expected || isTaken { continue }
      changed.append((field.name, page.arena.string(page.values[index][place]), nil))
    }
    return changed
  }
}
