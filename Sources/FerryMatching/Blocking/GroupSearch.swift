import Dispatch
import FerryCore
import Foundation
import Synchronization

/// Goes through the groups of all fields for the pairs of rows that share enough.
struct GroupSearch: Sendable {
  /// Groups that a thread takes at a time.
  private static let chunkSize = 1 << 15

  let groups: RowGroups
  let rowCount: Int
  let otherSideStart: Int
  /// What two rows must share at least, in eighths of a bit.
  let leastBits: UInt16
  /// Rows of the largest groups that are gone through, and that are split.
  private let largestSmall: Int
  private let largestSplit: Int
  /// Groups up to here are gone through.
  let smallEnd: Int
  /// Groups from ``smallEnd`` to here are split.
  let splitEnd: Int
  /// A pair of large groups that more rows should share by chance tells nothing.
  let mostExpected: Double
  /// The largest part of a split group that is gone through.
  let mostShared: Int
  /// The rows of the groups that are gone through or split, one group after the other.
  let members: ContiguousArray<UInt32>
  /// Where each group's rows end in ``members``.
  let memberEnds: ContiguousArray<UInt32>

  init(
    _ indexes: [FieldIndex], rowCount: Int, otherSideStart: Int, limits: SearchLimits,
    without equal: EqualRows
  ) {
    self.rowCount = rowCount
    self.otherSideStart = otherSideStart
    groups = RowGroups(indexes, rowCount: rowCount, without: equal)
    leastBits =
      limits.hasRules ? 0 : UInt16(FieldIndex.eighths(Double(rowCount) / limits.chancePartners))
    let largest = Self.largestGroup(groups, most: limits.visits * Double(rowCount))
    largestSmall = largest
    smallEnd = groups.end(ofSize: largest)
    mostExpected = limits.mostExpected
    let isSplit = indexes.count > 1 && !limits.hasRules
    let split = isSplit ? Int((mostExpected * Double(rowCount)).squareRoot()) : 0
    largestSplit = max(largest, split)
    splitEnd = groups.end(ofSize: largestSplit)
    mostShared = limits.mostShared
    (members, memberEnds) = Self.members(groups, rowCount: rowCount, end: splitEnd)
  }

  /// The power of two up to which groups can be gone through.
  private static func largestGroup(_ groups: RowGroups, most: Double) -> Int {
    var visits = [Double](repeating: 0, count: 33)
    for size in groups.sizes where size > 1 {
      let power = UInt32.bitWidth - (size - 1).leadingZeroBitCount
      visits[power] += Double(size) * Double(size - 1) / 2
    }
    var total = 0.0
    for power in visits.indices {
      total += visits[power]
      if total > most { return 1 << max(2, power - 1) }
    }
    return .max
  }

  private static func members(
    _ groups: RowGroups, rowCount: Int, end: Int
  ) -> (rows: ContiguousArray<UInt32>, ends: ContiguousArray<UInt32>) {
    var ends = ContiguousArray<UInt32>(repeating: 0, count: end)
    for joined in groups.groups where GroupField.group(joined) < end {
      ends[GroupField.group(joined)] += 1
    }
    var total: UInt32 = 0
    for group in ends.indices {
      total += ends[group]
      ends[group] = total - ends[group]
    }
    var rows = ContiguousArray<UInt32>(repeating: 0, count: Int(total))
    for row in 0..<rowCount {
      for place in groups.range(row) {
        let group = GroupField.group(groups.groups[place])
        guard group < end else { break }
        rows[Int(ends[group])] = UInt32(row)
        ends[group] += 1
      }
    }
    return (rows, ends)
  }

  /// The rows of a group, rising.
  func memberRange(_ group: Int) -> Range<Int> {
    (group == 0 ? 0 : Int(memberEnds[group - 1]))..<Int(memberEnds[group])
  }

  /// The pairs in lists, in the same order whatever the threads; a pair may come twice.
  func pairs() -> [ContiguousArray<RowPair>] {
    let chunks = chunks()
    let found = Mutex([ContiguousArray<RowPair>](repeating: [], count: chunks.count))
    let next = Atomic(0)
    let threads = max(1, min(ProcessInfo.processInfo.activeProcessorCount, chunks.count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var visitor = GroupVisitor(self)
      while true {
        let chunk = next.add(1, ordering: .relaxed).oldValue
        guard chunk < chunks.count else { return }
        for group in chunks[chunk] { visitor.visit(group) }
        let pairs = visitor.takePairs()
        found.withLock { $0[chunk] = pairs }
      }
    }
    return found.withLock { $0 }
  }

  /// Groups that hold some thousands of rows together.
  private func chunks() -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    var rows = 0
    for group in 0..<splitEnd {
      rows += memberRange(group).count
      if rows >= Self.chunkSize || group + 1 == splitEnd {
        chunks.append(start..<group + 1)
        start = group + 1
        rows = 0
      }
    }
    return chunks
  }

  /// What was not gone through, of the fields that the search was made of.
  func largeGroups(_ indexes: [FieldIndex]) -> LargeGroups? {
    LargeGroups(indexes, limit: largestSmall, passedLimit: largestSplit)
  }
}
