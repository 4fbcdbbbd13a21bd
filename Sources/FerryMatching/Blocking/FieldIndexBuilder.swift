import FerryCore
import Foundation

/// Groups the rows of a field by the blocking keys of their values.
///
/// How it works: the keys of all values are dealt out by hash; in each part, keys that two rows and
/// more hold become groups, and each group's mark is dealt out to the values that hold the key.
struct FieldIndexBuilder {
  /// Values whose keys are made at a time.
  private static let chunkSize = 1 << 16
  /// About so many keys make a part.
  private static let partSize = 1 << 13
  private static let mostParts = 1 << 10

  private let rows: RowValues
  private let field: Int
  private let tallies: ContiguousArray<RowTally>
  private let otherSideStart: Int
  private let usesParts: Bool
  /// Keys go by so many of their highest bits.
  private var keyBits = 0
  /// Values go by their number without so many of its lowest bits.
  private var valueShift = 0

  init(_ rows: RowValues, valueCount: Int, of field: Int, in context: SearchContext) {
    self.rows = rows
    self.field = field
    otherSideStart = context.otherSideStart
    usesParts = context.usesParts
    tallies = RowTally.ofValues(rows, valueCount: valueCount + 1, without: context.equal)
  }

  /// Makes the index.
  consuming func index(_ source: some BlockingKeySource) -> FieldIndex {
    keyBits = Self.bits(min(tallies.count * 3 / Self.partSize, Self.mostParts))
    valueShift = max(0, Self.bits(tallies.count) - keyBits)
    let partCount = 1 << keyBits
    let builder = self
    let keys = KeyedParts(
      chunks: Parallel.map(tallies.count, by: Self.chunkSize) { builder.keys($0, source) })
    let found = Parallel.map(partCount) { builder.groups(keys, part: $0) }
    var means = SlotMeans()
    var sizes = GroupSizes()
    for part in found {
      means.add(part.means)
      for size in part.sizes { sizes.add(size) }
    }
    let marks = KeyedParts(chunks: found.map(\.marks))
    let lists = Parallel.map(partCount) { builder.lists(marks, part: $0) }
    return index(lists, sizes, GroupWorths(means, rowCount: rows.rowCount))
  }

  /// The least power of two, as an exponent, that is no less than `count`.
  private static func bits(_ count: Int) -> Int {
    Int.bitWidth - max(0, count - 1).leadingZeroBitCount
  }

  /// The keys of some values by their hash; an item is a value, the lowest bit whether several rows
  /// have it.
  private func keys<Source: BlockingKeySource>(
    _ values: Range<Int>, _ source: Source
  ) -> KeyedParts.Chunk {
    var (keys, items) = (ContiguousArray<UInt64>(), ContiguousArray<UInt32>())
    var ofValue = ContiguousArray<BlockingKey>()
    let leftOut = usesParts ? [] : Source.partSlots
    for value in values where tallies[value].rowCount > 0 {
      ofValue.removeAll(keepingCapacity: true)
      source.appendKeys(of: UInt32(value), to: &ofValue)
      for key in ofValue where !leftOut.contains(key.slot) {
        keys.append(ByteHash.join(key.hash, UInt64(key.slot)) & ~0xFF | UInt64(key.slot))
        items.append(UInt32(value) << 1 | (tallies[value].rowCount > 1 ? 1 : 0))
      }
    }
    let shift = UInt64(UInt64.bitWidth - keyBits)
    return KeyedParts.Chunk(keys, items, parts: 1 << keyBits) { key, _ in
      keyBits == 0 ? 0 : Int(truncatingIfNeeded: key >> shift)
    }
  }

  private struct PartGroups: Sendable {
    /// Groups by value.
    let marks: KeyedParts.Chunk
    let means: SlotMeans
    let sizes: ContiguousArray<UInt32>
  }

  /// The groups that the keys of a part make.
  private func groups(_ keys: KeyedParts, part: Int) -> PartGroups {
    let groups = KeyGroups(keys, part: part)
    var means = SlotMeans()
    /// How many keys of each slot one row holds.
    var singles = ContiguousArray<UInt32>(repeating: 0, count: 256)
    var counts = singles.mutableSpan
    var sizes = ContiguousArray<UInt32>()
    var (marks, values) = (ContiguousArray<UInt64>(), ContiguousArray<UInt32>())
    for group in groups.keys.indices {
      let slot = UInt8(truncatingIfNeeded: groups.keys[group])
      let range = groups.range(group)
      if range.count == 1, groups.items[range.lowerBound] & 1 == 0 {
        counts[Int(slot)] += 1
        continue
      }
      var tally = RowTally()
      var last: UInt32 = 0
      for place in range where groups.items[place] >> 1 != last {
        last = groups.items[place] >> 1
        tally.add(tallies[Int(last)])
      }
      means.add(slot, rows: tally.rowCount)
      guard tally.rowCount > 1, tally.isAcross(otherSideStart) else { continue }
      sizes.append(tally.rowCount)
      guard tally.rowCount <= GroupMark.mostRows else { continue }
      let mark = GroupMark(
        size: tally.rowCount, firstRow: tally.firstRow, rowHash: tally.sum, field: field,
        slot: slot)
      last = 0
      for place in range where groups.items[place] >> 1 != last {
        last = groups.items[place] >> 1
        marks.append(mark.bits)
        values.append(last)
      }
    }
    means.add(singles: singles)
    return PartGroups(
      marks: KeyedParts.Chunk(marks, values, parts: 1 << keyBits) { Int($1) >> valueShift },
      means: means, sizes: sizes)
  }

  private struct PartLists: Sendable {
    var groups = ContiguousArray<GroupMark>()
    /// How many groups each value of the part has.
    var counts: ContiguousArray<UInt32>
  }

  /// The groups of each value of a part.
  private func lists(_ marks: KeyedParts, part: Int) -> PartLists {
    let first = part << valueShift
    let count = max(0, min(tallies.count - first, 1 << valueShift))
    var ends = ContiguousArray<UInt32>(repeating: 0, count: count)
    marks.forEach(in: part) { _, value in ends[Int(value) - first] += 1 }
    var all = ContiguousArray<GroupMark>(
      repeating: GroupMark(bits: 0), count: ends.makeStarts())
    var sorted = all.mutableSpan
    marks.forEach(in: part) { bits, value in
      sorted[Int(ends[Int(value) - first])] = GroupMark(bits: bits)
      ends[Int(value) - first] += 1
    }
    var lists = PartLists(counts: ends)
    lists.groups.reserveCapacity(sorted.count)
    var start = 0
    for index in ends.indices {
      let kept = sorted.sortMarks(start..<Int(ends[index]))
      for place in start..<kept { lists.groups.append(sorted[place]) }
      lists.counts[index] = UInt32(kept - start)
      start = Int(ends[index])
    }
    return lists
  }

  private func index(
    _ lists: [PartLists], _ sizes: GroupSizes, _ worths: GroupWorths
  ) -> FieldIndex {
    var starts = ContiguousArray<UInt32>()
    starts.reserveCapacity(tallies.count + 1)
    var groups = ContiguousArray<GroupMark>()
    groups.reserveCapacity(lists.reduce(0) { $0 + $1.groups.count })
    var total: UInt32 = 0
    for list in lists {
      groups.append(contentsOf: list.groups)
      for count in list.counts {
        starts.append(total)
        total += count
      }
    }
    starts.append(total)
    return FieldIndex(
      rows: rows, starts: starts, groups: groups, sizes: sizes, worths: worths)
  }
}

/// What the search knows of the table as a whole.
struct SearchContext: Sendable {
  let rowCount: Int
  /// Rows from here on belong to the other table; 0 where there is one table.
  let otherSideStart: Int
  let equal: EqualRows
  /// Whether values have keys for their parts as well.
  var usesParts = true
}

/// How many rows hold something, which come first and last, and a sum by which to tell one set of
/// rows from another.
private struct RowTally: Sendable {
  private(set) var rowCount: UInt32 = 0
  private(set) var sum: UInt32 = 0
  private(set) var firstRow = UInt32.max
  private var lastRow: UInt32 = 0

  private mutating func add(row: Int) {
    rowCount += 1
    sum &+= UInt32(truncatingIfNeeded: ByteHash.join(UInt64(row), 0))
    firstRow = min(firstRow, UInt32(row))
    lastRow = UInt32(row)
  }

  mutating func add(_ other: RowTally) {
    rowCount += other.rowCount
    sum &+= other.sum
    firstRow = min(firstRow, other.firstRow)
    lastRow = max(lastRow, other.lastRow)
  }

  /// Whether both tables have such rows, where there are two.
  func isAcross(_ otherSideStart: Int) -> Bool {
    otherSideStart == 0 || (firstRow < otherSideStart && lastRow >= otherSideStart)
  }

  /// The rows of each value; value 0 is none.
  static func ofValues(
    _ rows: RowValues, valueCount: Int, without equal: EqualRows
  ) -> ContiguousArray<RowTally> {
    var tallies = ContiguousArray<RowTally>(repeating: RowTally(), count: valueCount)
    for row in 0..<rows.rowCount where !equal.isLeftOut(row) {
      let range = rows.range(row)
      // A row's values are sorted.
      for place in range
      where place == range.lowerBound || rows.values[place] != rows.values[place - 1] {
        tallies[Int(rows.values[place])].add(row: row)
      }
    }
    tallies[0] = RowTally()
    return tallies
  }
}

/// How many rows hold a key of each slot on average.
///
/// Two rows that share half a phone number share what others come by as well, even where no third
/// row is there to show it.
struct SlotMeans: Sendable {
  private var rows = ContiguousArray<Double>(repeating: 0, count: 256)
  private var keys = ContiguousArray<Double>(repeating: 0, count: 256)

  mutating func add(_ slot: UInt8, rows count: UInt32) {
    rows[Int(slot)] += Double(count)
    keys[Int(slot)] += 1
  }

  /// Takes how many keys of each slot are held by one row.
  mutating func add(singles: ContiguousArray<UInt32>) {
    for (slot, count) in singles.enumerated() {
      rows[slot] += Double(count)
      keys[slot] += Double(count)
    }
  }

  mutating func add(_ other: SlotMeans) {
    for slot in rows.indices {
      rows[slot] += other.rows[slot]
      keys[slot] += other.keys[slot]
    }
  }

  /// Whether there are keys of the slot.
  func isUsed(_ slot: UInt8) -> Bool { keys[Int(slot)] > 0 }

  /// How many rows are expected to share a key that so many rows hold.
  func expected(_ slot: UInt8, rows count: Int) -> Double {
    Double(count) + rows[Int(slot)] / max(keys[Int(slot)], 1) - 1
  }
}
