import FerryCore
import FerryRecords
import FerryStores

// What became of a batch, for the journal.
extension BatchWork {
  /// Takes in what the store says of the records that were sent, in order.
  mutating func take(_ results: [WriteResult]) throws {
    guard results.count == page.count else {
      throw MigrationError(
        .brokenEquation, .recordEquation, batch.shape.entity.name, String(page.count), "apply",
        String(results.count), "store")
    }
    for entry in fates.indices {
      guard case .sent(let number) = fates[entry] else { continue }
      switch results[number] {
      case .written(let storeID): fates[entry] = .present(presentIDs.append(storeID))
      case .refused(let finding):
        fates[entry] = .kept
        record.rejected += 1
        kept.append(
          KeptRecord(
            entity: batch.shape.entity.name, externalID: batch.externalID(entry), storeID: nil,
            finding: finding, fields: batch.writtenFields(entry).text))
      }
    }
  }

  /// Writes the outcome into the journal and remembers the store ids.
  mutating func finish(in journal: Journal, ids: inout AppliedIDs) throws {
    var block = WrittenBlock()
    var before = BeforeBlock(fieldNames: hasImages ? batch.shape.fields.map(\.name) : [])
    for entry in fates.indices {
      if batch.kind == .delete {
        finishRemoval(entry, &block, &before)
        continue
      }
      let (id, isWritten): (ValueRef, Bool)
      switch fates[entry] {
      case .present(let present): (id, isWritten) = (present, true)
      case .left(let present): (id, isWritten) = (present, false)
      case .kept, .gone, .sent:
        try forgetImage(entry, journal)
        continue
      }
      if isWritten { record.written += 1 }
      presentIDs.withBytes(of: id) { storeID in
        ids.set(storeID, of: batch.seqs[entry])
        batch.withExternalID(entry) {
          block.append(seq: batch.seqs[entry], externalID: $0, storeID: storeID)
        }
      }
      let first = entry * fields.count
      block.append(hashes: hashes.span.extracting(first..<first + fields.count))
      guard hasImages else { continue }
      try presentIDs.withBytes(of: id) { storeID in
        if !isWritten {
          try forgetImage(entry, journal)
        } else if images[entry] != nil {
          try keepBeforeImage(entry, storeID, journal)
        } else {
          addImage(of: entry, storeID, to: &before)
        }
      }
    }
    if before.count > 0 { try journal.add(before, of: record.id) }
    try journal.finish(record, records: block.bytes.span, kept: kept)
  }

  /// The record is gone; what it held is kept, so that it can be made again.
  private mutating func finishRemoval(
    _ entry: Int, _ block: inout WrittenBlock, _ before: inout BeforeBlock
  ) {
    switch fates[entry] {
    case .present, .gone: break
    case .kept, .left, .sent: return
    }
    record.written += 1
    let none = Bytes()
    batch.withExternalID(entry) {
      block.append(seq: batch.seqs[entry], externalID: $0, storeID: none.span)
    }
    batch.withStoreID(entry) { addImage(of: entry, $0, to: &before) }
  }

  private func addImage(
    of entry: Int, _ storeID: Span<UInt8>, to before: inout BeforeBlock
  ) {
    let image = plannedImages[entry]
    batch.withExternalID(entry) { externalID in
      before.append(
        seq: batch.seqs[entry], externalID: externalID, storeID: storeID,
        fieldCount: image.fieldCount, fields: imageBytes.span.extracting(image.fields))
    }
  }

  /// Keeps what a record held in truth where that is not what the plan says.
  func keepBeforeImage(_ entry: Int, _ storeID: Span<UInt8>, _ journal: Journal) throws {
    guard let image = images[entry] else { return }
    try batch.withExternalID(entry) { externalID in
      try journal.addBeforeImage(
        batch: record.id, seq: batch.seqs[entry], externalID: externalID, storeID: storeID,
        fields: image.span)
    }
  }

  /// What an earlier process was about to write over was not written over after all.
  private func forgetImage(_ entry: Int, _ journal: Journal) throws {
    guard earlier[batch.seqs[entry]] != nil || images[entry] != nil else { return }
    try journal.removeBeforeImage(batch: record.id, seq: batch.seqs[entry])
  }
}
