import FerryCore
import FerryRecords
import FerrySQLite

/// A record that a run wrote, as its batch says.
struct WrittenRecord {
  let externalID: String
  let storeID: String
  /// By field of the batch, see ``ValueHash``.
  let hashes: [UInt64]
}

/// A reference that a run filled once both records were there.
struct LateReference {
  let field: String
  /// What it held before, in the store's words; empty for nothing.
  let old: String
  /// What people call that.
  let oldLabel: String?
  /// What the run wrote.
  let hash: UInt64
}

/// What the journal knows of a run: which records it created, updated and removed, batch by batch.
struct RunEffects {
  private let journal: Journal
  private let journalPath: String
  private let scope: UndoScope
  private let batches: [BatchRecord]
  /// By entity, then by store id.
  private(set) var lateReferences: [String: [String: [LateReference]]] = [:]

  /// Reads what of a run lies in `scope`.
  init(_ run: RunRecord, _ scope: UndoScope, _ journal: Journal, _ workspace: Workspace) throws {
    self.journal = journal
    self.scope = scope
    journalPath = workspace.journalPath
    batches = try journal.batches(of: run.run).filter {
      $0.state == .done && scope.contains($0.entity)
    }
    for batch in batches where batch.kind == ChangeBatch.Kind.link.rawValue {
      for image in try images(of: batch) {
        let found = image.fields.map { field in
          LateReference(
            field: field.name, old: field.old, oldLabel: field.oldLabel,
            hash: image.hashes[field.name] ?? ValueHash.unknown)
        }
        lateReferences[batch.entity, default: [:]][image.storeID, default: []] += found
      }
    }
  }

  /// The batches of an entity and kind, in the order in which they were done.
  func batches(of entity: String, _ kind: ChangeBatch.Kind) -> [BatchRecord] {
    batches.filter { $0.entity == entity && $0.kind == kind.rawValue }
  }

  /// What a batch wrote.
  func records(of batch: BatchRecord) throws -> [WrittenRecord] {
    var found: [WrittenRecord] = []
    _ = try journal.withRecords(of: batch.id) { bytes in
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      while reader.next(in: bytes) {
        let id = bytes.extracting(reader.externalID).text
        guard scope.contains(externalID: id) else { continue }
        found.append(
          WrittenRecord(
            externalID: id,
            storeID: bytes.extracting(reader.storeID).text,
            hashes: batch.fields.indices.map { reader.hash($0, in: bytes) }))
      }
    }
    return found
  }

  /// What a record held before, and by field name what was written.
  struct Image {
    let before: BeforeImage
    let hashes: [String: UInt64]

    var externalID: String { before.externalID }
    var storeID: String { before.storeID }
    var fields: [BeforeImage.Field] { before.fields }
  }

  /// What the records of a batch held before.
  func images(of batch: BatchRecord) throws -> [Image] {
    var written: [Int: [String: UInt64]] = [:]
    _ = try journal.withRecords(of: batch.id) { bytes in
      var reader = WrittenBlockReader(fieldCount: batch.fields.count)
      while !batch.fields.isEmpty, reader.next(in: bytes) {
        written[reader.seq] = Dictionary(
          batch.fields.enumerated().map { ($0.element, reader.hash($0.offset, in: bytes)) },
          uniquingKeysWith: { first, _ in first })
      }
    }
    guard let images = try journal.beforeImages(of: batch.id) else {
      throw MigrationError(.journalFailed, .journalDamaged, journalPath, "before_blocks")
    }
    return images.filter { scope.contains(externalID: $0.externalID) }
      .map { Image(before: $0, hashes: written[$0.seq] ?? [:]) }
  }
}
