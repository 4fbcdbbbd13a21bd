import FerryCore
import Foundation

/// The groups of rows that share a blocking key of one field.
///
/// A key that one row holds is dropped, and so is one whose rows are those of another key of the
/// same value.
final class FieldIndex: Sendable {
  let rows: RowValues
  /// Where each value's groups start in ``groups``, and an end; value 0 has none.
  let groupStarts: ContiguousArray<UInt32>
  /// The groups of each value.
  let groups: ContiguousArray<UInt32>
  /// How many rows each group holds.
  let sizes: ContiguousArray<UInt32>
  /// What it is worth that two rows share a group, in eighths of a bit.
  let worths: ContiguousArray<UInt8>

  fileprivate init(
    rows: RowValues, groupStarts: ContiguousArray<UInt32>, groups: ContiguousArray<UInt32>,
    sizes: ContiguousArray<UInt32>, worths: ContiguousArray<UInt8>
  ) {
    self.rows = rows
    self.groupStarts = groupStarts
    self.groups = groups
    self.sizes = sizes
    self.worths = worths
  }

  /// Bits of a chance of one in `rarity`, as they are counted here.
  static func eighths(_ rarity: Double) -> UInt8 {
    UInt8(min(255, max(0, (log2(rarity) * 8).rounded(.down))))
  }

  /// Appends the groups of a row's values.
  func appendGroups(of row: Int, to list: inout ContiguousArray<UInt32>) {
    for place in rows.range(row) {
      let value = Int(rows.values[place])
      for slot in Int(groupStarts[value])..<Int(groupStarts[value + 1]) {
        list.append(groups[slot])
      }
    }
  }
}

// How it works: most keys are one row's alone. So the keys of all values are written down first,
// two bits for each tell which come twice, and only those are looked up in a table, which can then
// be made as large as it has to be. Whether two keys have the same rows is told by their number and
// by a sum over their rows' hashes.

/// Groups the values of a field by their keys.
struct FieldIndexBuilder {
  /// Where each value's keys start, and an end; value 0 has none.
  private var starts: ContiguousArray<UInt32> = [0, 0]
  private var keys = ContiguousArray<UInt64>()
  private var slots = ContiguousArray<UInt8>()

  init(valueCount: Int) { starts.reserveCapacity(valueCount + 2) }

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
    for key in valueKeys {
      keys.append(ByteHash.join(key.hash, UInt64(key.slot)))
      slots.append(key.slot)
    }
    starts.append(UInt32(keys.count))
  }

  /// Makes the index of the rows that hold the values.
  consuming func finish(rows: RowValues, without equal: EqualRows) -> FieldIndex {
    let values = RowTally.ofValues(rows, valueCount: starts.count - 1, without: equal)
    var means = SlotMeans()
    dropSingleKeys(values, &means)
    var groups = numberKeys()
    keys = []
    var tallies = ContiguousArray<RowTally>(repeating: RowTally(), count: groups.count)
    var kinds = ContiguousArray<UInt8>(repeating: 0, count: groups.count)
    var groupCount = 0
    for value in values.indices {
      for place in range(value) {
        let group = Int(groups[place])
        tallies[group].add(values[value])
        kinds[group] = slots[place]
        groupCount = max(groupCount, group + 1)
      }
    }
    for group in 0..<groupCount { means.add(kinds[group], rows: tallies[group].rowCount) }
    slots = []
    var numbers = ContiguousArray<UInt32>(repeating: .max, count: groupCount)
    var sizes = ContiguousArray<UInt32>()
    var worths = ContiguousArray<UInt8>()
    for group in 0..<groupCount where tallies[group].rowCount > 1 {
      numbers[group] = UInt32(sizes.count)
      sizes.append(tallies[group].rowCount)
      worths.append(
        FieldIndex.eighths(
          Double(rows.rowCount) / means.expected(kinds[group], rows: tallies[group].rowCount)))
    }
    keepDistinct(&groups, tallies)
    for place in groups.indices { groups[place] = numbers[Int(groups[place])] }
    return FieldIndex(
      rows: rows, groupStarts: starts, groups: groups, sizes: sizes, worths: worths)
  }

  private func range(_ value: Int) -> Range<Int> { Int(starts[value])..<Int(starts[value + 1]) }

  /// Drops keys that one row holds, as far as two bits a key can tell.
  private mutating func dropSingleKeys(
    _ values: ContiguousArray<RowTally>, _ means: inout SlotMeans
  ) {
    var seen = TwiceSeen(expected: keys.count)
    for value in values.indices where values[value].rowCount > 0 {
      for place in range(value) {
        seen.insert(keys[place])
        if values[value].rowCount > 1 { seen.insert(keys[place]) }
      }
    }
    var end = 0
    var start = 0
    for value in values.indices {
      let valueEnd = Int(starts[value + 1])
      if values[value].rowCount > 0 {
        for place in start..<valueEnd {
          guard seen.holds(keys[place]) else {
            means.add(slots[place], rows: 1)
            continue
          }
          keys[end] = keys[place]
          slots[end] = slots[place]
          end += 1
        }
      }
      start = valueEnd
      starts[value + 1] = UInt32(end)
    }
    keys.removeLast(keys.count - end)
    slots.removeLast(slots.count - end)
  }

  /// The number of each key, equal keys having one, in the order they come.
  ///
  /// Half of a hash stands for a key, beside its place; two that fall together cost a comparison.
  private func numberKeys() -> ContiguousArray<UInt32> {
    var numbers = ContiguousArray<UInt32>()
    numbers.reserveCapacity(keys.count)
    var size = 16
    while size < keys.count * 2 { size <<= 1 }
    /// Half of the hash (32 bits), one more than the number (32); 0 is a free place.
    var table = ContiguousArray<UInt64>(repeating: 0, count: size)
    var count: UInt64 = 0
    for key in keys {
      let half = key & 0xFFFF_FFFF_0000_0000
      var place = Int(truncatingIfNeeded: key) & (size - 1)
      while table[place] != 0, (table[place] ^ half) >> 32 != 0 { place = (place + 1) & (size - 1) }
      if table[place] == 0 {
        count += 1
        table[place] = half | count
      }
      numbers.append(UInt32(truncatingIfNeeded: table[place]) - 1)
    }
    return numbers
  }

  /// Leaves each value the groups of two and more rows, one of those that have the same rows.
  private mutating func keepDistinct(
    _ groups: inout ContiguousArray<UInt32>, _ tallies: ContiguousArray<RowTally>
  ) {
    var end = 0
    var start = 0
    for value in 1..<starts.count - 1 {
      let valueEnd = Int(starts[value + 1])
      let first = end
      for place in start..<valueEnd {
        let tally = tallies[Int(groups[place])]
        guard tally.rowCount > 1 else { continue }
        var other = first
        while other < end, tallies[Int(groups[other])] != tally { other += 1 }
        if other < end { continue }
        groups[end] = groups[place]
        end += 1
      }
      start = valueEnd
      starts[value + 1] = UInt32(end)
    }
    groups.removeLast(groups.count - end)
  }
}

/// How many rows hold something, and a sum by which to tell one set of rows from another.
private struct RowTally: Equatable {
  private(set) var rowCount: UInt32 = 0
  private var sum: UInt32 = 0

  mutating func add(_ row: Int) {
    rowCount += 1
    sum &+= UInt32(truncatingIfNeeded: ByteHash.join(UInt64(row), 0))
  }

  mutating func add(_ other: RowTally) {
    rowCount += other.rowCount
    sum &+= other.sum
  }

  /// The rows of each value; value 0 is none.
  static func ofValues(
    _ rows: RowValues, valueCount: Int, without equal: EqualRows
  ) -> ContiguousArray<RowTally> {
    var tallies = ContiguousArray<RowTally>(repeating: RowTally(), count: valueCount)
    for row in 0..<rows.rowCount where !equal.isLeftOut(row) {
      for place in rows.range(row) { tallies[Int(rows.values[place])].add(row) }
    }
    tallies[0] = RowTally()
    return tallies
  }
}

/// How many rows hold a key of each slot on average.
///
/// Two rows that share half a phone number share what others come by as well, even where no third
/// row is there to show it.
private struct SlotMeans {
  private var rows = [Double](repeating: 0, count: 256)
  private var keys = [Double](repeating: 0, count: 256)

  mutating func add(_ slot: UInt8, rows count: UInt32) {
    rows[Int(slot)] += Double(count)
    keys[Int(slot)] += 1
  }

  /// How many rows are expected to share a key that so many rows hold.
  func expected(_ slot: UInt8, rows count: UInt32) -> Double {
    Double(count) + rows[Int(slot)] / max(keys[Int(slot)], 1) - 1
  }
}
