import FerryCore

/// A hash table from short byte strings to small numbers, without an object for each.
///
/// Open addressing with linear probing; keys stand in one array. The hash is FNV-1a, 64 bits.
struct ByteIndex: Sendable {
  private struct Slot {
    var start: Int32 = -1
    var count: Int32 = 0
    var value: Int32 = 0
  }

  private var slots = ContiguousArray(repeating: Slot(), count: 64)
  private var keys = ContiguousArray<UInt8>()
  private(set) var count = 0

  /// The number of `key`; `nil` where it has none.
  func value(of key: Span<UInt8>) -> Int32? {
    let slot = slots[index(of: key)]
    return slot.start < 0 ? nil : slot.value
  }

  /// Gives `key` a number.
  mutating func set(_ value: Int32, of key: Span<UInt8>) {
    var at = index(of: key)
    if slots[at].start < 0 {
      if count * 2 >= slots.count {
        grow()
        at = index(of: key)
      }
      slots[at].start = Int32(keys.count)
      slots[at].count = Int32(key.count)
      for position in key.indices { keys.append(key[position]) }
      count += 1
    }
    slots[at].value = value
  }

  private func index(of key: Span<UInt8>) -> Int {
    var at = Int(truncatingIfNeeded: Self.hash(key)) & (slots.count - 1)
    while slots[at].start >= 0, !isKey(key, at: at) { at = (at + 1) & (slots.count - 1) }
    return at
  }

  private func isKey(_ key: Span<UInt8>, at slot: Int) -> Bool {
    guard Int(slots[slot].count) == key.count else { return false }
    let start = Int(slots[slot].start)
    for position in key.indices where keys[start + position] != key[position] { return false }
    return true
  }

  private static func hash(_ key: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for position in key.indices { hash = (hash ^ UInt64(key[position])) &* 0x100_0000_01B3 }
    return hash ^ hash >> 29
  }

  private mutating func grow() {
    let old = slots
    slots = ContiguousArray(repeating: Slot(), count: old.count * 2)
    let keys = keys
    for slot in old where slot.start >= 0 {
      let start = Int(slot.start)
      let key = keys.span.extracting(start..<start + Int(slot.count))
      slots[index(of: key)] = slot
    }
  }
}

/// A value map that remembers what each raw cell came to, so that no text is folded twice.
struct ChoiceMap: Sendable {
  /// What a cell came to.
  enum Answer: Equatable {
    /// Index into the map's values.
    case value(Int)
    case uncovered
  }

  let map: ValueMap
  private var known = ByteIndex()

  // Beyond this many different cells the column is no column of choices.
  private static let mostRemembered = 10_000

  init(_ map: ValueMap) { self.map = map }

  mutating func answer(for cell: Span<UInt8>) -> Answer {
    if let value = known.value(of: cell) { return value < 0 ? .uncovered : .value(Int(value)) }
    let index = map.index(of: cell.text)
    if known.count < Self.mostRemembered { known.set(Int32(index ?? -1), of: cell) }
    return index.map { .value($0) } ?? .uncovered
  }
}
