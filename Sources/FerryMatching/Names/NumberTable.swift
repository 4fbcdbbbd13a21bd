/// Numbers from 1 for things that are known by 64 bits of hash, in the order they were first seen.
///
/// Two things of one hash would be taken for one; among a million things the chance is below one in
/// thirty million.
struct NumberTable: Sendable {
  private var hashes: ContiguousArray<UInt64> = [0]
  /// Open addressing; 0 is a free place.
  private var places = ContiguousArray<UInt32>(repeating: 0, count: 1024)

  /// How many things there are.
  var count: Int { hashes.count - 1 }

  /// The number of what has `hash`, new or known, and whether it is new.
  mutating func add(_ hash: UInt64) -> (number: UInt32, isNew: Bool) {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      if hashes[Int(places[place])] == hash { return (places[place], false) }
      place = (place + 1) & (places.count - 1)
    }
    hashes.append(hash)
    places[place] = UInt32(count)
    if count * 2 > places.count { grow() }
    return (UInt32(count), true)
  }

  private mutating func grow() {
    places = ContiguousArray(repeating: 0, count: places.count * 2)
    for number in 1...count {
      var place = Int(truncatingIfNeeded: hashes[number]) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number)
    }
  }
}
