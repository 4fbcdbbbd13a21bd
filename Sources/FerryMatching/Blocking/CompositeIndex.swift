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
    var keys = RowKeys(indexes, rowCount)
    var seen = TwiceSeen(expected: rowCount * Self.mostOfRow)
    for row in 0..<rowCount where !equal.isLeftOut(row) {
      keys.collect(row)
      for key in keys.found { seen.insert(ByteHash.join(key.hash, UInt64(key.slot))) }
    }
    var builder = FieldIndexBuilder(valueCount: rowCount)
    for row in 0..<rowCount {
      keys.collect(row)
      keys.found.removeAll { !seen.holds(ByteHash.join($0.hash, UInt64($0.slot))) }
      builder.appendValue(keys.found)
    }
    index = builder.finish(
      rows: RowValues(values: ContiguousArray(1..<UInt32(rowCount + 1)), starts: nil),
      without: equal)
  }

  /// The composite keys of one row after the other.
  private struct RowKeys {
    private let indexes: [FieldIndex]
    private let rowCount: Double
    private var parts = ContiguousArray<Part>()
    private var joined = ContiguousArray<(expected: Double, key: BlockingKey)>()
    var found = ContiguousArray<BlockingKey>()

    init(_ indexes: [FieldIndex], _ rowCount: Int) {
      self.indexes = indexes
      self.rowCount = Double(rowCount)
    }

    mutating func collect(_ row: Int) {
      parts.removeAll(keepingCapacity: true)
      joined.removeAll(keepingCapacity: true)
      found.removeAll(keepingCapacity: true)
      for field in indexes.indices { appendParts(row, field) }
      for one in parts.indices {
        for other in one + 1..<parts.endIndex where parts[other].field != parts[one].field {
          join(parts[one], parts[other])
        }
      }
      if joined.count > mostOfRow { joined.sort { $0.expected < $1.expected } }
      for pair in joined.prefix(mostOfRow) { found.append(pair.key) }
    }

    private mutating func join(_ one: Part, _ other: Part) {
      let expected = Double(one.size) * Double(other.size) / rowCount
      guard expected <= mostExpected else { return }
      let hash = ByteHash.join(
        UInt64(one.field) << 32 | UInt64(one.group), UInt64(other.field) << 32 | UInt64(other.group)
      )
      let slot = UInt8(truncatingIfNeeded: one.field * 16 + other.field)
      joined.append((expected, BlockingKey(slot: slot, hash: hash)))
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
