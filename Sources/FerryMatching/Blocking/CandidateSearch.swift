import FerryCore
import Foundation

// Which pairs of rows are worth comparing. Every field gives each row some keys; a key that n of N
// rows share is worth log2(N/n) bits, and two rows become a candidate pair when the bits of what
// they share, one key a field, make chance partners rarer than `chancePartners` a row. So a rare
// e-mail is enough by itself, a common company needs a family name with it, and no rule has to be
// chosen by hand. Cost grows with the pairs that share a key of some rarity: a group larger than
// `largestGroup` is never gone through. When changing it, hold recall against a known truth.

/// How candidate pairs are found.
struct SearchLimits: Sendable {
  /// Groups of more rows bring no rows together.
  var largestGroup = 512
  /// How many rows may meet a given row by chance.
  var chancePartners = 4.0
}

/// Finds the candidate pairs of a table.
struct CandidateSearch: Sendable {
  let rowCount: Int
  /// Rows from here on belong to the other table; 0 where there is one table.
  let otherSideStart: Int
  private let indexes: [FieldIndex]
  /// What sharing each group is worth, in eighths of a bit.
  private let bits: [ContiguousArray<UInt8>]
  private let leastBits: UInt16

  init(_ indexes: [FieldIndex], rowCount: Int, otherSideStart: Int, limits: SearchLimits) {
    self.rowCount = rowCount
    self.otherSideStart = otherSideStart
    self.indexes = indexes
    bits = indexes.map { index in
      ContiguousArray(index.sizes.map { Self.eighths(Double(rowCount) / Double($0)) })
    }
    leastBits = UInt16(Self.eighths(Double(rowCount) / limits.chancePartners))
  }

  private static func eighths(_ rarity: Double) -> UInt8 {
    UInt8(min(255, max(0, (log2(rarity) * 8).rounded(.down))))
  }

  /// Where a search keeps what it knows of each row; one for each thread.
  struct Memory {
    /// Row that met it last (32 bits), bits so far (16), bits of the last field (8), field (8).
    fileprivate var states: ContiguousArray<UInt64>
    fileprivate var met = ContiguousArray<UInt32>()

    init(rowCount: Int) { states = ContiguousArray(repeating: .max, count: rowCount) }
  }

  /// Appends the partners of `row` that come after it, in a fixed order.
  func appendPartners(
    of row: Int, memory: inout Memory, to pairs: inout ContiguousArray<RowPair>
  ) {
    let first = max(row + 1, otherSideStart)
    guard otherSideStart == 0 || row < otherSideStart else { return }
    memory.met.removeAll(keepingCapacity: true)
    for field in indexes.indices {
      meet(row, field: field, from: first, memory: &memory)
    }
    for partner in memory.met {
      let state = memory.states[Int(partner)]
      var total = UInt16(truncatingIfNeeded: state >> 16)
      if total < leastBits { total += commonBits(row, Int(partner), state) }
      if total >= leastBits { pairs.append(RowPair(left: UInt32(row), right: partner)) }
    }
  }

  private func meet(_ row: Int, field: Int, from first: Int, memory: inout Memory) {
    let index = indexes[field]
    for place in index.rows.range(row) {
      for slot in index.groupRange(index.rows.values[place]) {
        let group = Int(index.groups[slot])
        let members = index.memberRange(group)
        var position = members.upperBound - 1
        let worth = bits[field][group]
        while position >= members.lowerBound, index.members[position] >= UInt32(first) {
          memory.meet(index.members[position], row, UInt8(truncatingIfNeeded: field), worth)
          position -= 1
        }
      }
    }
  }

  /// What two rows share in groups that are too large to be gone through.
  private func commonBits(_ row: Int, _ partner: Int, _ state: UInt64) -> UInt16 {
    var total: UInt16 = 0
    for field in indexes.indices {
      let index = indexes[field]
      var best: UInt8 = 0
      for place in index.rows.range(row) {
        for slot in index.groupRange(index.rows.values[place]) {
          let group = index.groups[slot]
          guard index.sizes[Int(group)] > index.largestGroup, bits[field][Int(group)] > best,
            Self.holds(index, partner, group)
          else { continue }
          best = bits[field][Int(group)]
        }
      }
      // A field that has counted already doesn't count again.
      if best > 0, !shares(index, row, partner) { total += UInt16(best) }
    }
    return total
  }

  private static func holds(_ index: FieldIndex, _ row: Int, _ group: UInt32) -> Bool {
    for place in index.rows.range(row) {
      for slot in index.groupRange(index.rows.values[place]) where index.groups[slot] == group {
        return true
      }
    }
    return false
  }

  /// Whether two rows share a group of the field that is gone through.
  private func shares(_ index: FieldIndex, _ row: Int, _ partner: Int) -> Bool {
    for place in index.rows.range(row) {
      for slot in index.groupRange(index.rows.values[place]) {
        let group = index.groups[slot]
        if index.sizes[Int(group)] <= index.largestGroup, Self.holds(index, partner, group) {
          return true
        }
      }
    }
    return false
  }
}

extension CandidateSearch.Memory {
  @inline(__always)
  fileprivate mutating func meet(_ partner: UInt32, _ row: Int, _ field: UInt8, _ worth: UInt8) {
    let state = states[Int(partner)]
    let stamp = UInt64(UInt32(truncatingIfNeeded: row)) << 32
    guard state >> 32 == stamp >> 32 else {
      met.append(partner)
      states[Int(partner)] = stamp | UInt64(worth) << 16 | UInt64(worth) << 8 | UInt64(field)
      return
    }
    var total = UInt16(truncatingIfNeeded: state >> 16)
    if UInt8(truncatingIfNeeded: state) == field {
      let last = UInt8(truncatingIfNeeded: state >> 8)
      guard worth > last else { return }
      total += UInt16(worth - last)
    } else {
      total += UInt16(worth)
    }
    states[Int(partner)] =
      stamp | UInt64(total) << 16 | UInt64(worth) << 8 | UInt64(field)
  }
}
