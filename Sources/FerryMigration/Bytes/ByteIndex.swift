import FerryCore

/// Finds the number of a key among keys that lie elsewhere: an open-addressing table of `Int32`.
///
/// How it works: slots hold key numbers + 1; the bytes stay where they are and are handed in by
/// the caller to compare. Eight bytes a key at the most, no string, no dictionary.
struct ByteIndex: Sendable {
  private var slots: ContiguousArray<Int32>
  private var count = 0

  /// Makes room for `capacity` keys; it grows where more come.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
  }

  /// The key's number, nothing where it is not there.
  ///
  /// `isKey` compares a number's key.
  func find(hash: UInt64, _ isKey: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if isKey(number) { return number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Adds a key that is not there yet.
  ///
  /// `hashOf` gives a number's hash, for growing.
  mutating func insert(_ number: Int, hash: UInt64, hashOf: (Int) -> UInt64) {
    if (count + 1) * 2 > slots.count { grow(hashOf) }
    place(number, hash)
    count += 1
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(number + 1)
  }

  private mutating func grow(_ hashOf: (Int) -> UInt64) {
    let old = slots
    slots = ContiguousArray(repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 { place(Int(entry) - 1, hashOf(Int(entry) - 1)) }
  }
}

/// Byte strings, each kept once and numbered in order of first appearance.
struct ByteSet: Sendable {
  private(set) var keys = ContiguousArray<ValueRef>()
  private(set) var arena = ByteArena()
  private var index = ByteIndex(capacity: 8)

  var count: Int { keys.count }

  /// The number of `key`; `nil` where it was never added.
  func number(of key: Span<UInt8>) -> Int? {
    index.find(hash: key.contentHash) { isKey($0, key) }
  }

  /// Adds `key` unless it is there; gives its number.
  @discardableResult
  mutating func insert(_ key: Span<UInt8>) -> Int {
    if let number = number(of: key) { return number }
    let reference = arena.append(key)
    keys.append(reference)
    let (arena, keys) = (arena, keys)
    index.insert(keys.count - 1, hash: key.contentHash) { number in
      arena.withBytes(of: keys[number]) { $0.contentHash }
    }
    return keys.count - 1
  }

  /// The key of that number.
  func key(_ number: Int) -> String { arena.string(keys[number]) ?? "" }

  private func isKey(_ number: Int, _ key: Span<UInt8>) -> Bool {
    arena.withBytes(of: keys[number]) { $0.hasSameBytes(as: key) }
  }
}
