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
  /// How many rows a row may meet on the way to its candidates; sets the largest group.
  var visits = 20.0
  /// Two rows that share one group of this size alone are compared.
  var chancePartners = 5.0
  /// Whether all pairs are compared, whatever they share.
  var isFull = false
}

/// Finds the candidate pairs of a table.
struct CandidateSearch: Sendable {
  let rowCount: Int
  /// Rows from here on belong to the other table; 0 where there is one table.
  let otherSideStart: Int
  private let indexes: [FieldIndex]
  private let leastBits: UInt16
  private let isFull: Bool
  private let equal: EqualRows

  init(
    _ fieldIndexes: [FieldIndex], rowCount: Int, otherSideStart: Int, limits: SearchLimits,
    without equal: EqualRows
  ) {
    self.equal = equal
    self.rowCount = rowCount
    self.otherSideStart = otherSideStart
    isFull = limits.isFull
    let largest = Self.largestGroup(fieldIndexes, most: limits.visits * Double(rowCount))
    var indexes = fieldIndexes
    for index in indexes.indices { indexes[index].fillMembers(largestGroup: largest) }
    if indexes.count > 1 {
      var composite = CompositeIndex(indexes, rowCount: rowCount, without: equal).index
      composite.fillMembers(
        largestGroup: Self.largestGroup([composite], most: limits.visits * Double(rowCount)))
      indexes.append(composite)
    }
    self.indexes = indexes
    leastBits = UInt16(FieldIndex.eighths(Double(rowCount) / limits.chancePartners))
  }

  /// The power of two up to which groups can be gone through.
  private static func largestGroup(_ indexes: [FieldIndex], most: Double) -> Int {
    var visits = [Double](repeating: 0, count: 33)
    for index in indexes { index.countVisits(&visits) }
    var total = 0.0
    for power in visits.indices {
      total += visits[power]
      if total > most { return 1 << max(2, power - 1) }
    }
    return .max
  }

  /// Where a search keeps what it knows of each row; one for each thread.
  struct Memory {
    /// Row that met it last (32 bits), bits so far (16), bits of the last field (8), field (8).
    fileprivate var states: ContiguousArray<UInt64>
    /// The fields that have counted.
    fileprivate var masks: ContiguousArray<UInt32>
    fileprivate var met = ContiguousArray<UInt32>()
    fileprivate var large = ContiguousArray<LargeGroup>()

    init(rowCount: Int) {
      states = ContiguousArray(repeating: .max, count: rowCount)
      masks = ContiguousArray(repeating: 0, count: rowCount)
    }
  }

  /// A group of the row at hand that is too large to be gone through.
  fileprivate struct LargeGroup {
    let field: Int
    let group: UInt32
    let worth: UInt8
  }

  /// Appends the partners of `row` that come after it, in a fixed order.
  func appendPartners(
    of row: Int, memory: inout Memory, to pairs: inout ContiguousArray<RowPair>
  ) {
    let first = max(row + 1, otherSideStart)
    guard otherSideStart == 0 || row < otherSideStart, !equal.isLeftOut(row) else { return }
    if isFull {
      for partner in first..<max(first, rowCount) where !equal.isLeftOut(partner) {
        pairs.append(RowPair(left: UInt32(row), right: UInt32(partner)))
      }
      return
    }
    memory.met.removeAll(keepingCapacity: true)
    memory.large.removeAll(keepingCapacity: true)
    for field in indexes.indices {
      meet(row, field: field, from: first, memory: &memory)
    }
    let most = mostLargeBits(memory.large)
    for partner in memory.met {
      var total = UInt16(truncatingIfNeeded: memory.states[Int(partner)] >> 16)
      if total < leastBits, total + most >= leastBits {
        total += largeBits(memory.large, Int(partner), counted: memory.masks[Int(partner)])
      }
      if total >= leastBits { pairs.append(RowPair(left: UInt32(row), right: partner)) }
    }
  }

  private func meet(_ row: Int, field: Int, from first: Int, memory: inout Memory) {
    let index = indexes[field]
    for place in index.rows.range(row) {
      for slot in index.groupRange(index.rows.values[place]) {
        let group = Int(index.groups[slot])
        let worth = index.worths[group]
        guard index.sizes[group] <= index.largestGroup else {
          memory.large.append(LargeGroup(field: field, group: UInt32(group), worth: worth))
          continue
        }
        let members = index.memberRange(group)
        var position = members.upperBound - 1
        while position >= members.lowerBound, index.members[position] >= UInt32(first) {
          memory.meet(index.members[position], row, UInt8(truncatingIfNeeded: field), worth)
          position -= 1
        }
      }
    }
  }

  /// The most that large groups can add, the best of each field.
  private func mostLargeBits(_ groups: ContiguousArray<LargeGroup>) -> UInt16 {
    var total: UInt16 = 0
    var best: UInt8 = 0
    for index in groups.indices {
      best = max(best, groups[index].worth)
      if index + 1 == groups.count || groups[index + 1].field != groups[index].field {
        total += UInt16(best)
        best = 0
      }
    }
    return total
  }

  /// What the large groups that the partner is in add, the best of each field not yet counted.
  private func largeBits(
    _ groups: ContiguousArray<LargeGroup>, _ partner: Int, counted: UInt32
  ) -> UInt16 {
    var total: UInt16 = 0
    var best: UInt8 = 0
    for index in groups.indices {
      let group = groups[index]
      if counted >> group.field & 1 == 0, group.worth > best,
        Self.holds(indexes[group.field], partner, group.group)
      {
        best = group.worth
      }
      if index + 1 == groups.count || groups[index + 1].field != group.field {
        total += UInt16(best)
        best = 0
      }
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
}

extension CandidateSearch.Memory {
  @inline(__always)
  fileprivate mutating func meet(_ partner: UInt32, _ row: Int, _ field: UInt8, _ worth: UInt8) {
    let state = states[Int(partner)]
    let stamp = UInt64(UInt32(truncatingIfNeeded: row)) << 32
    guard state >> 32 == stamp >> 32 else {
      met.append(partner)
      masks[Int(partner)] = 1 << UInt32(field)
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
      masks[Int(partner)] |= 1 << UInt32(field)
    }
    states[Int(partner)] =
      stamp | UInt64(total) << 16 | UInt64(worth) << 8 | UInt64(field)
  }
}
