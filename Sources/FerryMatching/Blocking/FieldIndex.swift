import FerryCore
import Foundation

/// The groups of rows that share a blocking key of one field.
///
/// A key that one row holds is dropped. A group that is too large to go through is kept by name
/// alone: that two rows share it still counts once something else has brought them together.
struct FieldIndex: Sendable {
  let rows: RowValues
  /// The rows that are no member of any group.
  let equal: EqualRows
  /// Where each value's groups start in ``groups``, and an end; value 0 has none.
  fileprivate(set) var groupStarts: ContiguousArray<UInt32>
  /// The groups of each value, strongest kind of key first.
  fileprivate(set) var groups: ContiguousArray<UInt32>
  /// How many rows each group holds.
  fileprivate(set) var sizes: ContiguousArray<UInt32>
  /// What it is worth that two rows share a group, in eighths of a bit.
  fileprivate(set) var worths: ContiguousArray<UInt8>
  /// Where each group's rows start in ``members``, and an end; a large group has none.
  fileprivate(set) var memberStarts: ContiguousArray<UInt32>
  /// The rows of each group, rising.
  fileprivate(set) var members: ContiguousArray<UInt32>
  /// Groups of more rows have no members here.
  fileprivate(set) var largestGroup = 0

  /// Bits of a chance of one in `rarity`, as they are counted here.
  static func eighths(_ rarity: Double) -> UInt8 {
    UInt8(min(255, max(0, (log2(rarity) * 8).rounded(.down))))
  }

  func groupRange(_ value: UInt32) -> Range<Int> {
    Int(groupStarts[Int(value)])..<Int(groupStarts[Int(value) + 1])
  }

  func memberRange(_ group: Int) -> Range<Int> {
    Int(memberStarts[group])..<Int(memberStarts[group + 1])
  }
}

/// Groups the values of a field by their keys.
struct FieldIndexBuilder {
  private var starts: ContiguousArray<UInt32> = [0, 0]
  private var groups = ContiguousArray<UInt32>()
  private var keys = ContiguousArray<UInt64>()
  private var slots = ContiguousArray<UInt8>()
  private var places: ContiguousArray<UInt32>

  init(valueCount: Int) {
    starts.reserveCapacity(valueCount + 2)
    places = ContiguousArray(repeating: .max, count: 1024)
  }

  /// Takes the keys of all values of a store.
  init(_ store: some ValueStore) {
    self.init(valueCount: store.count)
    var keys = ContiguousArray<BlockingKey>()
    for value in 0..<UInt32(store.count) {
      keys.removeAll(keepingCapacity: true)
      store.appendKeys(of: value + 1, to: &keys)
      appendValue(keys)
    }
  }

  /// Takes the keys of the next value.
  mutating func appendValue(_ valueKeys: ContiguousArray<BlockingKey>) {
    for key in valueKeys { append(key) }
    endValue()
  }

  /// Takes a key of the next value.
  mutating func append(_ key: BlockingKey) { groups.append(group(key)) }

  /// Goes on to the value after the next.
  mutating func endValue() { starts.append(UInt32(groups.count)) }

  private mutating func group(_ slotKey: BlockingKey) -> UInt32 {
    let key = ByteHash.join(slotKey.hash, UInt64(slotKey.slot))
    var place = Int(truncatingIfNeeded: key) & (places.count - 1)
    while places[place] != .max {
      if keys[Int(places[place])] == key { return places[place] }
      place = (place + 1) & (places.count - 1)
    }
    let number = UInt32(keys.count)
    keys.append(key)
    slots.append(slotKey.slot)
    places[place] = number
    if keys.count * 2 > places.count { grow() }
    return number
  }

  private mutating func grow() {
    places = ContiguousArray(repeating: .max, count: places.count * 2)
    for number in keys.indices {
      var place = Int(truncatingIfNeeded: keys[number]) & (places.count - 1)
      while places[place] != .max { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number)
    }
  }

  /// Makes the index of the rows that hold the values.
  consuming func finish(rows: RowValues, without equal: EqualRows) -> FieldIndex {
    let keyCount = keys.count
    keys = []
    places = []
    var sizes = ContiguousArray<UInt32>(repeating: 0, count: keyCount)
    for row in 0..<rows.rowCount where !equal.isLeftOut(row) {
      for place in rows.range(row) {
        for group in groups[range(rows.values[place])] { sizes[Int(group)] += 1 }
      }
    }
    let worths = keepShared(&sizes, rowCount: rows.rowCount)
    return FieldIndex(
      rows: rows, equal: equal, groupStarts: starts, groups: groups, sizes: sizes, worths: worths,
      memberStarts: [], members: [])
  }

  private func range(_ value: UInt32) -> Range<Int> {
    Int(starts[Int(value)])..<Int(starts[Int(value) + 1])
  }

  /// Drops groups of one row and numbers the others anew; gives what each is worth.
  private mutating func keepShared(
    _ sizes: inout ContiguousArray<UInt32>, rowCount: Int
  ) -> ContiguousArray<UInt8> {
    let means = meanSizes(sizes)
    var numbers = ContiguousArray<UInt32>(repeating: .max, count: sizes.count)
    var kept = ContiguousArray<UInt32>()
    var worths = ContiguousArray<UInt8>()
    for group in sizes.indices where sizes[group] > 1 {
      numbers[group] = UInt32(kept.count)
      kept.append(sizes[group])
      let expected = Double(sizes[group]) + means[Int(slots[group])] - 1
      worths.append(FieldIndex.eighths(Double(rowCount) / expected))
    }
    var end = 0
    var start = 0
    for value in 1..<starts.count - 1 {
      let valueEnd = Int(starts[value + 1])
      for place in start..<valueEnd where numbers[Int(groups[place])] != .max {
        groups[end] = numbers[Int(groups[place])]
        end += 1
      }
      start = valueEnd
      starts[value + 1] = UInt32(end)
    }
    groups.removeLast(groups.count - end)
    sizes = kept
    return worths
  }

  /// How many rows hold a key of each slot on average.
  ///
  /// Two rows that share half a phone number share what others come by as well, even where no
  /// third row is there to show it.
  private func meanSizes(_ sizes: ContiguousArray<UInt32>) -> [Double] {
    var rows = [Double](repeating: 0, count: 256)
    var keys = rows
    for group in sizes.indices {
      rows[Int(slots[group])] += Double(sizes[group])
      keys[Int(slots[group])] += 1
    }
    return zip(rows, keys).map { $0 / max($1, 1) }
  }
}

extension FieldIndex {
  /// Adds to `visits[k]` how often a row meets another in groups of up to 2ᵏ rows.
  func countVisits(_ visits: inout [Double]) {
    for size in sizes {
      let power = UInt32.bitWidth - (size - 1).leadingZeroBitCount
      visits[power] += Double(size) * Double(size - 1) / 2
    }
  }

  /// Lists the rows of each group of no more than `largestGroup` rows.
  mutating func fillMembers(largestGroup: Int) {
    self.largestGroup = largestGroup
    memberStarts = [0]
    memberStarts.reserveCapacity(sizes.count + 1)
    var total: UInt32 = 0
    for size in sizes {
      total += size <= largestGroup ? size : 0
      memberStarts.append(total)
    }
    members = ContiguousArray(repeating: 0, count: Int(total))
    var next = ContiguousArray(memberStarts.dropLast())
    for row in 0..<rows.rowCount where !equal.isLeftOut(row) {
      for place in rows.range(row) {
        for slot in groupRange(rows.values[place]) {
          let group = Int(groups[slot])
          guard sizes[group] <= largestGroup else { continue }
          members[Int(next[group])] = UInt32(row)
          next[group] += 1
        }
      }
    }
  }
}
