/// Gives equal keys one number, counting up from 0 in the order in which they first come.
///
/// How it works: open addressing with linear probing; a slot holds half of the hash beside the
/// number, so that a look takes one place in memory and the keys stay where they are (an arena, a
/// rule that writes them) until the caller compares. Hashes are the standard library's, seeded
/// anew in each process, so that no file can be made to collide; the numbers do not depend on
/// them.
struct KeyIndex: Sendable {
  // The low 32 bits of the hash, then number + 1; 0 is free.
  private var slots: ContiguousArray<UInt64>
  /// How many distinct keys there are.
  private(set) var count = 0

  /// Makes an index with room for about `capacity` keys; it grows beyond.
  init(capacity: Int) {
    var size = 16
    while size * 5 < capacity * 8 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
  }

  /// The number of a key, a new one where `isEqual` holds for none that was numbered before.
  mutating func number(hash: Int, isEqual: (Int) -> Bool) -> (number: Int, isNew: Bool) {
    let slot = slot(of: hash, isEqual: isEqual)
    if slots[slot] != 0 { return (Self.number(in: slots[slot]), false) }
    count += 1
    slots[slot] = Self.tag(hash) | UInt64(count)
    if count * 8 > slots.count * 5 { grow() }
    return (count - 1, true)
  }

  /// The number of a key; `nil` where it has none.
  func find(hash: Int, isEqual: (Int) -> Bool) -> Int? {
    let entry = slots[slot(of: hash, isEqual: isEqual)]
    return entry == 0 ? nil : Self.number(in: entry)
  }

  private static func tag(_ hash: Int) -> UInt64 { UInt64(UInt32(truncatingIfNeeded: hash)) << 32 }

  private static func number(in entry: UInt64) -> Int { Int(entry & 0xFFFF_FFFF) - 1 }

  private func slot(of hash: Int, isEqual: (Int) -> Bool) -> Int {
    let mask = slots.count - 1
    let tag = Self.tag(hash)
    var slot = Int(tag >> 32) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return slot }
      if entry & ~0xFFFF_FFFF == tag, isEqual(Self.number(in: entry)) { return slot }
      slot = (slot + 1) & mask
    }
  }

  private mutating func grow() {
    let old = slots
    let mask = old.count * 2 - 1
    slots = ContiguousArray(repeating: 0, count: mask + 1)
    for entry in old where entry != 0 {
      var slot = Int(entry >> 32) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}

extension Span<UInt8> {
  /// A hash of the bytes, for this process only.
  var keyHash: Int {
    var hasher = Hasher()
    unsafe withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    return hasher.finalize()
  }
}
