/// Numbers from 1 for things that are known by 64 bits of hash, in the order they were first seen.
///
/// Two things of one hash would be taken for one; among a million things the chance is below one in
/// thirty million.
struct NumberTable: Sendable {
  private struct Entry {
    var hash: UInt64 = 0
    /// 0 for a free place.
    var number: UInt32 = 0
  }

  /// Open addressing by hash.
  private var entries = ContiguousArray<Entry>(repeating: Entry(), count: 1024)
  /// How many things there are.
  private(set) var count = 0

  /// The number of what has `hash`, new or known, and whether it is new.
  mutating func add(_ hash: UInt64) -> (number: UInt32, isNew: Bool) {
    let place = place(of: hash)
    if entries[place].number != 0 { return (entries[place].number, false) }
    count += 1
    entries[place] = Entry(hash: hash, number: UInt32(count))
    if count * 3 > entries.count * 2 { grow() }
    return (UInt32(count), true)
  }

  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (entries.count - 1)
    while entries[place].number != 0, entries[place].hash != hash {
      place = (place + 1) & (entries.count - 1)
    }
    return place
  }

  private mutating func grow() {
    let old = entries
    entries = ContiguousArray(repeating: Entry(), count: old.count * 2)
    for entry in old where entry.number != 0 { entries[place(of: entry.hash)] = entry }
  }
}
