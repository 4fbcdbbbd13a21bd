import FerryCore
import FerryRecords
import FerryStores

// Records that the run removed are made again, parents first.
extension UndoPlanner {
  /// A reference to a record that is made again later than the one that holds it.
  private struct Late {
    let change: Int
    let entity: Entity
    let field: String
    let target: (entity: String, storeID: String)
    let label: String
  }

  func makeAgain() async throws {
    for entity in SalesChain.entities {
      for batch in effects.batches(of: entity.name, .delete) { try await note(batch, entity) }
    }
    guard !madeAgain.isEmpty else { return }
    var late: [Late] = []
    for entity in SalesChain.entities {
      for batch in effects.batches(of: entity.name, .delete) {
        late += try await makeAgain(batch, entity)
      }
    }
    for link in late {
      try writer.addLink(
        change: link.change, entity: link.entity.name, field: link.field,
        target: madeAgain[link.target.entity]?[link.target.storeID], targetID: nil,
        targetExternalID: link.label)
    }
  }

  /// Notes which records of a batch are to be made again: those that nobody made since.
  private func note(_ batch: BatchRecord, _ entity: Entity) async throws {
    let images = try effects.images(of: batch)
    let page = try await store.records(
      of: EntityFields(entity, []), withExternalIDs: images.map(\.externalID))
    let present = Set((0..<page.count).compactMap { page.externalID(of: $0) })
    for image in images where !present.contains(image.externalID) {
      madeAgain[entity.name, default: [:]][image.storeID] = 0
    }
  }

  private func makeAgain(_ batch: BatchRecord, _ entity: Entity) async throws -> [Late] {
    let images = try effects.images(of: batch)
    var ids: [String: Set<String>] = [:]
    for image in images {
      for field in image.fields where !field.old.isEmpty {
        guard let other = entity.field(field.name)?.referenced else { continue }
        ids[other, default: []].insert(field.old)
      }
    }
    let targets = try await find(ids)
    var late: [Late] = []
    for image in images {
      let (externalID, storeID) = (image.externalID, image.storeID)
      guard madeAgain[entity.name]?[storeID] != nil else {
        try keep(entity, externalID, storeID, .undoMadeSince, [])
        try writeKept(entity, externalID, "", .undoMadeSince, [])
        continue
      }
      begin(.create, externalID: externalID, storeID: "")
      let later = try append(image, of: entity, targets)
      let seq = try write(entity)
      madeAgain[entity.name]?[storeID] = seq
      late += later.map { field, target, label in
        Late(change: seq, entity: entity, field: field, target: target, label: label)
      }
    }
    return late
  }

  private typealias LaterField = (
    field: String, target: (entity: String, storeID: String), label: String
  )

  /// Adds the fields that a record held; gives the references that wait for later records.
  private func append(
    _ image: RunEffects.Image, of entity: Entity, _ targets: Targets
  ) throws -> [LaterField] {
    var later: [LaterField] = []
    for field in image.fields where !field.old.isEmpty {
      guard let shapeField = entity.field(field.name) else { continue }
      name(shapeField, of: entity)
      guard let other = shapeField.referenced else {
        line.fields.beginField(field.name)
        line.fields.member("new", field.old)
        line.fields.endField()
        continue
      }
      let label = field.oldLabel ?? "#\(field.old)"
      if let seq = madeAgain[other]?[field.old] {
        // Records of one entity may go to the store together, so that none has an id before.
        let isLater = seq == 0 || other == entity.name
        append(field.name, label) { isLater ? $0.flag("later") : $0.member("at", number: seq) }
        if isLater { later.append((field.name, (other, field.old), label)) }
      } else if let target = targets[other]?[field.old] {
        append(field.name, target.label) { $0.member("id", target.storeID) }
      } else {
        let arguments = [entity.name, image.externalID, field.name]
        findings.add(Finding(.undoTargetGone, arguments: arguments))
      }
    }
    return later
  }

  private func append(_ field: String, _ label: String, _ end: (inout FieldsWriter) -> Void) {
    line.fields.beginField(field)
    line.fields.member("new", label)
    end(&line.fields)
    line.fields.endField()
  }
}
