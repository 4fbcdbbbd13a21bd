/// Gives equal keys one number, counting up from 0 in the order in which they first come.
///
/// How it works: open addressing with linear probing over hashes alone; the keys stay where they
/// are (an arena, a rule that writes them) and the caller compares. Hashes are the standard
/// library's, seeded anew in each process, so that no file can be made to collide; the numbers do
/// not depend on them.
struct KeyIndex: Sendable {
  private var slots: ContiguousArray<Int32>  // number + 1; 0 is free
  private var hashes = ContiguousArray<Int>()  // by number

  /// Makes an index with room for about `capacity` keys; it grows beyond.
  init(capacity: Int) {
    var size = 16
    while size * 5 < capacity * 8 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
    hashes.reserveCapacity(capacity)
  }

  /// How many distinct keys there are.
  var count: Int { hashes.count }

  /// The number of a key, a new one where `isEqual` holds for none that was numbered before.
  mutating func number(hash: Int, isEqual: (Int) -> Bool) -> (number: Int, isNew: Bool) {
    let slot = slot(of: hash, isEqual: isEqual)
    if slots[slot] != 0 { return (Int(slots[slot]) - 1, false) }
    hashes.append(hash)
    slots[slot] = Int32(hashes.count)
    if hashes.count * 8 > slots.count * 5 { grow() }
    return (hashes.count - 1, true)
  }

  /// The number of a key; `nil` where it has none.
  func find(hash: Int, isEqual: (Int) -> Bool) -> Int? {
    let number = slots[slot(of: hash, isEqual: isEqual)]
    return number == 0 ? nil : Int(number) - 1
  }

  private func slot(of hash: Int, isEqual: (Int) -> Bool) -> Int {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isEqual(number) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = ContiguousArray(repeating: 0, count: mask + 1)
    for (number, hash) in hashes.enumerated() {
      var slot = hash & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number + 1)
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

  /// Whether the other bytes are the same.
  func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
