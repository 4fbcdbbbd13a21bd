/// Numbers by 64-bit hashes; the hash stands for what was hashed.
struct HashedNumbers: Sendable {
  private struct Entry {
    /// 0 for a free place.
    var hash: UInt64 = 0
    var number: UInt32 = 0
  }

  /// Open addressing by hash.
  private var entries = ContiguousArray<Entry>(repeating: Entry(), count: 256)
  private(set) var count = 0

  /// The number of a hash, `nil` where there is none; setting is for new ones.
  subscript(hash: UInt64) -> UInt32? {
    get {
      let entry = entries[place(of: hash | 1)]
      return entry.hash == 0 ? nil : entry.number
    }
    set {
      guard let newValue else { return }
      let place = place(of: hash | 1)
      if entries[place].hash == 0 { count += 1 }
      entries[place] = Entry(hash: hash | 1, number: newValue)
      if count * 4 > entries.count * 3 { grow() }
    }
  }

  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    let mask = entries.count - 1
    var place = Int(truncatingIfNeeded: hash >> 20) & mask
    while entries[place].hash != 0, entries[place].hash != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = entries
    entries = ContiguousArray(repeating: Entry(), count: old.count * 2)
    for entry in old where entry.hash != 0 { entries[place(of: entry.hash)] = entry }
  }
}
