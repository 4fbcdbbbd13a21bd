import FerryCore
import FerryMatching
import FerryRecords
import FerrySQLite
import FerryStores

/// The records of an entity that runs have loaded and that the input does not hold.
struct GoneRecords {
  /// Their external ids, sorted.
  let externalIDs: [String]
  /// How many records runs have loaded, and not taken out again.
  let loadedCount: Int
  // By external id: what was loaded last, by field of the entity; see ``ValueHash``.
  private let hashes: [String: [UInt64]]

  /// Reads the journal; `merged` are ids that went into other records, which never had their own.
  init(
    _ state: EntityState, merged: Set<String>, journal: Journal, store: String
  ) throws(SQLiteError) {
    try self.init(state.entity, merged: merged, journal: journal, store: store) { id in
      state.golden.identity(withExternalID: id) == nil
    }
  }

  /// Reads the journal for the records that `isWanted` names.
  init(
    _ entity: Entity, merged: Set<String> = [], journal: Journal, store: String,
    isWanted: (Span<UInt8>) -> Bool
  ) throws(SQLiteError) {
    let fields = entity.fields
    var hashes: [String: [UInt64]] = [:]
    var loaded = ByteSet()
    var isLoaded: [Bool] = []
    try journal.forEachBatch(entity: entity.name, store: store) { batch, bytes in
      let places = batch.fields.map { name in fields.firstIndex { $0.name == name } }
      var reader = WrittenBlockReader(fieldCount: places.count)
      while reader.next(in: bytes) {
        let id = bytes.extracting(reader.externalID)
        let number = loaded.insert(id)
        if number == isLoaded.count { isLoaded.append(true) }
        isLoaded[number] = !reader.storeID.isEmpty
        guard isWanted(id) else { continue }
        guard isLoaded[number] else {
          hashes[id.text] = nil
          continue
        }
        var known =
          hashes[id.text] ?? Array(repeating: ValueHash.unknown, count: fields.count)
        for (index, place) in places.enumerated() {
          let hash = reader.hash(index, in: bytes)
          if let place, hash != ValueHash.unknown { known[place] = hash }
        }
        hashes[id.text] = known
      }
    }
    for id in merged { hashes[id] = nil }
    self.hashes = hashes
    externalIDs = hashes.keys.sorted()
    loadedCount = isLoaded.count { $0 }
  }

  /// The fields of a record of the store that hold something else than was loaded last.
  func changedFields(of record: Int, in page: RecordPage) -> [String] {
    let externalID = page.externalID(of: record) ?? ""
    return page.shape.fields.enumerated().compactMap { index, field in
      let expected = ValueHash.nullIfUnknown(hash(of: externalID, index))
      return page.hash(field: index, of: record) == expected ? nil : field.name
    }
  }

  /// What was loaded last into a field of the entity, or ``ValueHash/unknown``.
  func hash(of externalID: String, _ fieldIndex: Int) -> UInt64 {
    hashes[externalID]?[fieldIndex] ?? ValueHash.unknown
  }
}
