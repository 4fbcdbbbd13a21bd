import FerryCore

// Splits groups that are too large to be gone through: rows that share two of them, of different
// fields, are a group of their own. Most pairs of groups are one row's alone, so a first pass
// only notes which keys come twice, in two bits each, and the second takes those.

/// The groups of rows that share two large groups.
struct CompositeIndex {
  /// The smallest large groups of a field that a row takes part with.
  private static let mostOfField = 3
  /// The most pairs of groups that a row takes part in.
  private static let mostOfRow = 12
  /// A pair of groups that so many rows share by chance tells nothing.
  private static let mostExpected = 32.0

  private struct Part {
    let field: Int
    let group: UInt32
    let size: UInt32
  }

  let index: FieldIndex

  init(_ indexes: [FieldIndex], rowCount: Int, without equal: EqualRows) {
    var rowKeys = RowKeys(indexes, rowCount)
    var seen = TwiceSeen(expected: rowCount * Self.mostOfRow)
    var keys = ContiguousArray<UInt64>()
    var ends = ContiguousArray<UInt32>()
    ends.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      if !equal.isLeftOut(row) {
        rowKeys.collect(row)
        for pair in rowKeys.joined {
          keys.append(pair.key)
          seen.insert(pair.key)
        }
      }
      ends.append(UInt32(keys.count))
    }
    var builder = FieldIndexBuilder(valueCount: rowCount)
    var start = 0
    for end in ends {
      for key in keys[start..<Int(end)] where seen.holds(key) {
        builder.append(BlockingKey(slot: 0, hash: key))
      }
      builder.endValue()
      start = Int(end)
    }
    keys = []
    index = builder.finish(
      rows: RowValues(values: ContiguousArray(1..<UInt32(rowCount + 1)), starts: nil),
      without: equal)
  }

  /// The composite keys of one row after the other.
  private struct RowKeys {
    private let indexes: [FieldIndex]
    private let rowCount: Double
    private var parts = ContiguousArray<Part>()
    /// The pairs of groups that the fewest rows should share, those first.
    private(set) var joined = ContiguousArray<(expected: Double, key: UInt64)>()

    init(_ indexes: [FieldIndex], _ rowCount: Int) {
      self.indexes = indexes
      self.rowCount = Double(rowCount)
    }

    mutating func collect(_ row: Int) {
      parts.removeAll(keepingCapacity: true)
      joined.removeAll(keepingCapacity: true)
      for field in indexes.indices { appendParts(row, field) }
      for one in parts.indices {
        for other in one + 1..<parts.endIndex where parts[other].field != parts[one].field {
          join(parts[one], parts[other])
        }
      }
    }

    private mutating func join(_ one: Part, _ other: Part) {
      let expected = Double(one.size) * Double(other.size) / rowCount
      guard expected <= mostExpected else { return }
      var place = joined.count
      while place > 0, joined[place - 1].expected > expected { place -= 1 }
      guard place < mostOfRow else { return }
      if joined.count == mostOfRow { joined.removeLast() }
      let hash = ByteHash.join(
        UInt64(one.field) << 32 | UInt64(one.group),
        UInt64(other.field) << 32 | UInt64(other.group))
      joined.insert((expected, hash), at: place)
    }

    private mutating func appendParts(_ row: Int, _ field: Int) {
      let start = parts.count
      for place in indexes[field].rows.range(row) {
        for slot in indexes[field].groupRange(indexes[field].rows.values[place]) {
          let group = indexes[field].groups[slot]
          let size = indexes[field].sizes[Int(group)]
          guard size > indexes[field].largestGroup else { continue }
          parts.append(Part(field: field, group: group, size: size))
        }
      }
      while parts.count - start > mostOfField {
        var largest = start
        for index in start + 1..<parts.count where parts[index].size > parts[largest].size {
          largest = index
        }
        parts.remove(at: largest)
      }
    }
  }
}

/// Tells, with few mistakes to the safe side, which hashes were inserted more than once.
struct TwiceSeen {
  private var once: ContiguousArray<UInt64>
  private var twice: ContiguousArray<UInt64>
  private let mask: Int

  init(expected: Int) {
    var bits = 1 << 16
    while bits < expected * 4 { bits <<= 1 }
    once = ContiguousArray(repeating: 0, count: bits / 64)
    twice = once
    mask = bits - 1
  }

  mutating func insert(_ hash: UInt64) {
    let place = Int(truncatingIfNeeded: hash >> 8) & mask
    let bit: UInt64 = 1 << UInt64(place & 63)
    if once[place >> 6] & bit == 0 {
      once[place >> 6] |= bit
    } else {
      twice[place >> 6] |= bit
    }
  }

  func holds(_ hash: UInt64) -> Bool {
    let place = Int(truncatingIfNeeded: hash >> 8) & mask
    return twice[place >> 6] >> UInt64(place & 63) & 1 == 1
  }
}
