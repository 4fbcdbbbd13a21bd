import FerryCore
import FerryMatching
import FerryRecords
import FerrySQLite

/// What the journal knows to have been loaded last into each field of an entity's records.
///
/// Eight bytes for each field of each identity, only where the journal knows anything.
struct LoadedValues {
  /// `hashes[fieldIndex][identity]`, see ``ValueHash``; empty where nothing was ever loaded.
  private(set) var hashes: [ContiguousArray<UInt64>] = []

  /// Knows nothing.
  init() {}

  /// Reads the journal's batches for an entity in a store; later ones win.
  init(_ state: EntityState, journal: Journal, store: String) throws(SQLiteError) {
    var hashes: [ContiguousArray<UInt64>] = []
    var finder = state.golden.finder
    let unknown = ContiguousArray(repeating: ValueHash.unknown, count: state.count)
    try journal.forEachBatch(entity: state.entity.name, store: store) { batch, bytes in
      if hashes.isEmpty { hashes = state.fields.map { _ in unknown } }
      let places = batch.fields.map { name in state.fields.firstIndex { $0.name == name } }
      var reader = WrittenBlockReader(fieldCount: places.count)
      while reader.next(in: bytes) {
        let id = bytes.extracting(reader.externalID)
        guard let identity = finder.identity(withExternalID: id) else { continue }
        if reader.storeID.isEmpty {
          for index in hashes.indices { hashes[index][identity] = ValueHash.unknown }
          continue
        }
        for (index, place) in places.enumerated() {
          guard let place else { continue }
          let hash = reader.hash(index, in: bytes)
          if hash != ValueHash.unknown { hashes[place][identity] = hash }
        }
      }
    }
    self.hashes = hashes
  }

  /// What was loaded last, or ``ValueHash/unknown``.
  func hash(_ fieldIndex: Int, _ identity: Int) -> UInt64 {
    hashes.isEmpty ? ValueHash.unknown : hashes[fieldIndex][identity]
  }
}
