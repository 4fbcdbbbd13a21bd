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
  var visits = 6.0
  /// Two rows that share one group of this size alone are compared.
  var chancePartners = 5.0
  /// Whether all pairs are compared, whatever they share.
  var isFull = false
  /// Whether the indexes are blocking rules that a person gave: sharing one of them is enough.
  var hasRules = false

  /// No limits but the defaults.
  init() {}

  /// A small table can afford to look at more.
  init(rowCount: Int) {
    let rows = Double(max(1, rowCount))
    visits = max(visits, 2_000_000 / rows)
    chancePartners = max(chancePartners, 200_000 / rows)
    isFull = rows * (rows - 1) / 2 <= 300_000
  }

  /// Makes rules that a person gave the only ones, at any cost that is bounded.
  mutating func followRules() {
    hasRules = true
    isFull = false
    visits = max(visits, 200)
  }
}

/// Finds the candidate pairs of a table.
struct CandidateSearch: Sendable {
  let rowCount: Int
  /// Rows from here on belong to the other table; 0 where there is one table.
  let otherSideStart: Int
  private let indexes: [FieldIndex]
  private let leastBits: UInt16
  private let isFull: Bool
  private let signatures: ContiguousArray<UInt64>
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
    if indexes.count > 1, !limits.hasRules {
      var composite = CompositeIndex(indexes, rowCount: rowCount, without: equal).index
      composite.fillMembers(
        largestGroup: Self.largestGroup([composite], most: limits.visits * Double(rowCount)))
      indexes.append(composite)
    }
    self.indexes = indexes
    signatures = Self.makeSignatures(indexes, rowCount)
    leastBits =
      limits.hasRules ? 0 : UInt16(FieldIndex.eighths(Double(rowCount) / limits.chancePartners))
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
    fileprivate var states: ContiguousArray<RowState>
    fileprivate var met = ContiguousArray<UInt32>()
    fileprivate var large = ContiguousArray<LargeGroup>()
    /// The fields of the large groups, those that can add most first.
    fileprivate var largeFields = ContiguousArray<LargeField>()
    /// The most that all large groups can add.
    fileprivate var mostBits: UInt16 = 0

    init(_ search: CandidateSearch) {
      states = ContiguousArray(search.signatures.map { RowState(signature: $0) })
    }
  }

  /// What is known of a row while another looks for partners.
  fileprivate struct RowState {
    /// Row that met it last (32 bits), bits so far (16), bits of the last field (8), field (8).
    var met: UInt64 = .max
    /// The fields that have counted.
    var mask: UInt64 = 0
    /// A bit for each large group that it is in; several may share one.
    let signature: UInt64
  }

  /// A group of the row at hand that is too large to be gone through.
  fileprivate struct LargeGroup {
    let field: Int
    let group: UInt32
    let worth: UInt8
    let bit: UInt64
  }

  /// The large groups of one field of the row at hand.
  fileprivate struct LargeField {
    let field: Int
    let groups: Range<Int>
    let mostBits: UInt8
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
    memory.sumLargeGroups()
    for partner in memory.met {
      let state = memory.states[Int(partner)]
      var total = UInt16(truncatingIfNeeded: state.met >> 16)
      if total < leastBits, total + memory.mostBits >= leastBits {
        addLargeBits(Int(partner), state, memory, to: &total)
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
          memory.large.append(
            LargeGroup(
              field: field, group: UInt32(group), worth: worth, bit: Self.bit(field, UInt32(group)))
          )
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

  /// Adds what the large groups that the partner is in are worth, the best of each field not yet
  /// counted; stops where the rest can't decide any more.
  private func addLargeBits(
    _ partner: Int, _ state: RowState, _ memory: Memory, to total: inout UInt16
  ) {
    var rest: UInt16 = 0
    for field in memory.largeFields where state.mask >> UInt64(field.field) & 1 == 0 {
      rest += UInt16(memory.mostBits(of: field, state.signature))
    }
    for field in memory.largeFields where state.mask >> UInt64(field.field) & 1 == 0 {
      guard total < leastBits, total + rest >= leastBits else { return }
      rest -= UInt16(memory.mostBits(of: field, state.signature))
      var best: UInt8 = 0
      for index in field.groups
      where memory.large[index].worth > best && memory.large[index].bit & state.signature != 0 {
        let group = memory.large[index]
        if Self.holds(indexes[group.field], partner, group.group) { best = group.worth }
      }
      total += UInt16(best)
    }
  }

  /// The bit of a large group in the signatures of its rows.
  private static func bit(_ field: Int, _ group: UInt32) -> UInt64 {
    1 << (ByteHash.join(UInt64(field), UInt64(group)) >> 58)
  }

  private static func makeSignatures(_ indexes: [FieldIndex], _ rowCount: Int)
    -> ContiguousArray<UInt64>
  {
    var signatures = ContiguousArray<UInt64>(repeating: 0, count: rowCount)
    for (field, index) in indexes.enumerated() {
      for row in 0..<rowCount {
        for place in index.rows.range(row) {
          for slot in index.groupRange(index.rows.values[place])
          where index.sizes[Int(index.groups[slot])] > index.largestGroup {
            signatures[row] |= bit(field, index.groups[slot])
          }
        }
      }
    }
    return signatures
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
  fileprivate mutating func sumLargeGroups() {
    largeFields.removeAll(keepingCapacity: true)
    mostBits = 0
    var start = 0
    while start < large.count {
      var end = start
      var most: UInt8 = 0
      while end < large.count, large[end].field == large[start].field {
        most = max(most, large[end].worth)
        end += 1
      }
      mostBits += UInt16(most)
      largeFields.append(
        CandidateSearch.LargeField(field: large[start].field, groups: start..<end, mostBits: most))
      start = end
    }
    largeFields.sort { $0.mostBits > $1.mostBits }
  }

  /// The most that the large groups of a field can add for a row of this signature.
  @inline(__always)
  fileprivate func mostBits(of field: CandidateSearch.LargeField, _ signature: UInt64) -> UInt8 {
    var most: UInt8 = 0
    for index in field.groups where large[index].bit & signature != 0 {
      most = max(most, large[index].worth)
    }
    return most
  }

  @inline(__always)
  fileprivate mutating func meet(_ partner: UInt32, _ row: Int, _ field: UInt8, _ worth: UInt8) {
    let state = states[Int(partner)].met
    let stamp = UInt64(UInt32(truncatingIfNeeded: row)) << 32
    guard state >> 32 == stamp >> 32 else {
      met.append(partner)
      states[Int(partner)].mask = 1 << UInt64(field)
      states[Int(partner)].met =
        stamp | UInt64(worth) << 16 | UInt64(worth) << 8 | UInt64(field)
      return
    }
    var total = UInt16(truncatingIfNeeded: state >> 16)
    if UInt8(truncatingIfNeeded: state) == field {
      let last = UInt8(truncatingIfNeeded: state >> 8)
      guard worth > last else { return }
      total += UInt16(worth - last)
    } else {
      total += UInt16(worth)
      states[Int(partner)].mask |= 1 << UInt64(field)
    }
    states[Int(partner)].met =
      stamp | UInt64(total) << 16 | UInt64(worth) << 8 | UInt64(field)
  }
}
