import FerryCore
import FerryRecords
import FerryStores

// Fields that the run changed go back, those aside that people changed since.
extension UndoPlanner {
  func restore() async throws {
    for entity in SalesChain.entities {
      let batches = [.update, .mark].flatMap { effects.batches(of: entity.name, $0) }
      for batch in batches { try await restore(try effects.images(of: batch), of: entity) }
    }
  }

  private func restore(_ images: [RunEffects.Image], of entity: Entity) async throws {
    let shape = EntityFields(entity, entity.fields)
    let page = try await records(shape, images.map(\.storeID))
    let index = StoredIndex(page.records, byExternalID: false)
    var ids = UndoTargets.references(in: page.records)
    for image in images {
      for field in image.fields + lateFields(of: image.before, entity) where !field.old.isEmpty {
        guard let other = entity.field(field.name)?.referenced else { continue }
        ids[other, default: []].insert(field.old)
      }
    }
    let targets = try await find(ids)
    for image in images {
      let storeID = page.moved[image.storeID] ?? image.storeID
      guard let place = index.find(Bytes(storeID.utf8).span) else {
        try keep(entity, image.externalID, storeID, .recordGone, [])
        begin(.skip, externalID: image.externalID, storeID: storeID)
        line.rule = Rule.recordGone.id
        try write(entity)
        continue
      }
      try restore(image, storeID, page.records, place, targets)
    }
  }

  /// The records of these ids; `moved` has the new ids of those that were made again.
  private func records(
    _ shape: EntityFields, _ ids: [String]
  ) async throws -> (records: RecordPage, moved: [String: String]) {
    let page = try await store.records(of: shape, withStoreIDs: ids)
    guard page.count < Set(ids).count else { return (page, [:]) }
    let moved = try await targets.find(Set(ids), of: shape.entity).mapValues(\.storeID)
      .filter { $0.key != $0.value }
    guard !moved.isEmpty else { return (page, [:]) }
    return (
      try await store.records(of: shape, withStoreIDs: ids.map { moved[$0] ?? $0 }), moved
    )
  }

  private func lateFields(of image: BeforeImage, _ entity: Entity) -> [BeforeImage.Field] {
    (effects.lateReferences[entity.name]?[image.storeID] ?? []).map {
      BeforeImage.Field(name: $0.field, old: $0.old, oldLabel: $0.oldLabel)
    }
  }

  /// Three-way, field by field: before, written, now.
  private func restore(
    _ image: RunEffects.Image, _ storeID: String, _ page: RecordPage, _ place: Int,
    _ targets: Targets
  ) throws {
    let entity = page.shape.entity
    let late = effects.lateReferences[entity.name]?[image.storeID] ?? []
    var (kept, back) = ([KeptField](), [(place: Int, field: BeforeImage.Field)]())
    for field in image.fields + lateFields(of: image.before, entity) {
      let written =
        late.first { $0.field == field.name }?.hash ?? image.hashes[field.name]
        ?? ValueHash.unknown
      guard written != ValueHash.unknown,
        let index = page.shape.fields.firstIndex(where: { $0.name == field.name })
      else { continue }
      let shapeField = page.shape.fields[index]
      let before = storedBefore(field, shapeField, targets)
      let value = page.values[index][place]
      let (now, isBefore) = page.arena.withBytes(of: value) { now in
        (shapeField.hash(of: now), shapeField.isSame(now, Bytes(before.utf8).span))
      }
      if isBefore { continue }
      if now == written {
        back.append((index, field))
      } else {
        kept.append((field.name, page.arena.string(value), field.oldLabel))
      }
    }
    try write(image, storeID, page, place, back: back, kept: kept, targets)
  }

  private func write(
    _ image: RunEffects.Image, _ storeID: String, _ page: RecordPage, _ record: Int,
    back: [(place: Int, field: BeforeImage.Field)], kept: [KeptField], _ targets: Targets
  ) throws {
    let (entity, externalID, rule) = (page.shape.entity, image.externalID, Rule.undoChanged)
    let lost = back.filter { !isThere($0.field, page.shape.fields[$0.place], targets) }
    let back = back.filter { isThere($0.field, page.shape.fields[$0.place], targets) }
    if !kept.isEmpty { try keep(entity, externalID, storeID, rule, kept) }
    let orphans = lost.map { (place, field) -> KeptField in
      (field.name, page.string(field: place, of: record), field.oldLabel)
    }
    if !orphans.isEmpty { try keep(entity, externalID, storeID, .undoTargetGone, orphans) }
    if back.isEmpty, !(kept + orphans).isEmpty {
      return try writeKept(entity, externalID, storeID, rule, kept + orphans)
    }
    begin(back.isEmpty ? .same : .update, externalID: externalID, storeID: storeID)
    if !kept.isEmpty { line.rule = rule.id }
    // In the order of the entity, as every line has them.
    for (index, field) in back.sorted(by: { $0.place < $1.place }) {
      let shapeField = page.shape.fields[index]
      name(shapeField, of: entity)
      if shapeField.referenced != nil {
        released.insert(Reference(entity: entity.name, storeID: storeID, field: field.name))
      }
      line.fields.beginField(field.name)
      line.appendOld(shapeField, page.string(field: index, of: record), targets)
      appendBefore(field, shapeField, targets)
      line.fields.endField()
    }
    try write(entity)
  }

  /// Whether what a field held before can be put back.
  private func isThere(
    _ image: BeforeImage.Field, _ field: Field, _ targets: Targets
  ) -> Bool {
    guard let other = field.referenced, !image.old.isEmpty else { return true }
    return madeAgain[other]?[image.old] != nil || targets[other]?[image.old] != nil
  }

  private func appendBefore(
    _ image: BeforeImage.Field, _ field: Field, _ targets: Targets
  ) {
    guard !image.old.isEmpty else { return line.fields.null("new") }
    guard let other = field.referenced else { return line.fields.member("new", image.old) }
    if let seq = madeAgain[other]?[image.old] {
      line.fields.member("new", image.oldLabel ?? "#\(image.old)")
      line.fields.member("at", number: seq)
    } else if let target = targets[other]?[image.old] {
      line.fields.member("new", target.label)
      line.fields.member("id", target.storeID)
    }
  }

  /// What a field held before, in the store's present words; a reference by the id it has now.
  private func storedBefore(
    _ image: BeforeImage.Field, _ field: Field, _ targets: Targets
  ) -> String {
    guard let other = field.referenced else { return image.old }
    return targets[other]?[image.old]?.storeID ?? image.old
  }
}
