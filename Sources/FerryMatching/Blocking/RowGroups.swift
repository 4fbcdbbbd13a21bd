import FerryCore

/// The groups of all fields, by row: each row's list is short and lies in one place.
///
/// How it works: groups are numbered anew, small ones first, those of one size in the order of
/// their first rows. So a row's list begins with what tells most; the smallest group that two rows
/// share is the first number that their lists share; the groups of one pair of rows stand together.
struct RowGroups: Sendable {
  /// A group of more rows tells next to nothing, and is left out.
  private static let mostRows = 20_000
  /// As many groups can be told apart; the largest beyond that are left out.
  private static let mostGroups: UInt32 = (1 << 27) - 1
  private static let leftOut = UInt32.max - 1

  /// How many rows each group holds, by number; 0 for one that is not used.
  private(set) var sizes: ContiguousArray<UInt32>
  /// What it is worth that two rows share a group, in eighths of a bit, by number.
  private(set) var worths: ContiguousArray<UInt8>
  /// The first group of each size, by size; of sizes that none has, the next one's.
  private let firstOfSize: ContiguousArray<UInt32>
  /// Where each row's groups start in ``groups``, and an end.
  private(set) var starts: ContiguousArray<UInt32> = [0]
  /// The groups of each row, rising: number and field in one, see ``GroupField``.
  private(set) var groups = ContiguousArray<UInt32>()

  /// Takes the groups of fields that all have `rowCount` rows.
  init(_ indexes: [FieldIndex], rowCount: Int, without equal: EqualRows) {
    var next = Self.firstOfSize(indexes, rowCount: rowCount)
    firstOfSize = next
    sizes = ContiguousArray(repeating: 0, count: Int(next[rowCount + 1]))
    worths = ContiguousArray(repeating: 0, count: sizes.count)
    var offsets: [Int] = []
    var total = 0
    for index in indexes {
      offsets.append(total)
      total += index.sizes.count
    }
    var numbers = ContiguousArray<UInt32>(repeating: .max, count: total)
    var ofField = ContiguousArray<UInt32>()
    starts.reserveCapacity(rowCount + 1)
    groups.reserveCapacity(rowCount * indexes.count)
    for row in 0..<rowCount {
      if !equal.isLeftOut(row) {
        let start = groups.count
        for (field, index) in indexes.enumerated() {
          ofField.removeAll(keepingCapacity: true)
          index.appendGroups(of: row, to: &ofField)
          for group in ofField {
            let place = offsets[field] + Int(group)
            if numbers[place] == .max {
              numbers[place] = number(Int(group), field, index, &next)
            }
            if numbers[place] != Self.leftOut { groups.append(numbers[place]) }
          }
        }
        sort(from: start)
      }
      starts.append(UInt32(groups.count))
    }
  }

  /// One more than the largest number of a group of no more than `size` rows.
  func end(ofSize size: Int) -> Int {
    Int(firstOfSize[min(max(0, size), firstOfSize.count - 2) + 1])
  }

  func range(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }

  private static func firstOfSize(_ indexes: [FieldIndex], rowCount: Int)
    -> ContiguousArray<UInt32>
  {
    var first = ContiguousArray<UInt32>(repeating: 0, count: rowCount + 2)
    for index in indexes {
      for size in index.sizes { first[min(Int(size), rowCount) + 1] += 1 }
    }
    for size in 1..<first.count { first[size] += first[size - 1] }
    return first
  }

  /// The number and field of a group that is met for the first time.
  private mutating func number(
    _ group: Int, _ field: Int, _ index: FieldIndex, _ next: inout ContiguousArray<UInt32>
  ) -> UInt32 {
    let size = min(Int(index.sizes[group]), firstOfSize.count - 2)
    let number = next[size]
    guard size <= Self.mostRows, number < Self.mostGroups else { return Self.leftOut }
    next[size] += 1
    sizes[Int(number)] = UInt32(size)
    worths[Int(number)] = index.worths[group]
    return GroupField.join(number, field)
  }

  /// Sorts the list that is being made; a group that came twice stays once.
  private mutating func sort(from start: Int) {
    var end = start
    for place in start..<groups.count {
      let group = groups[place]
      var position = end
      while position > start, groups[position - 1] > group { position -= 1 }
      if position > start, groups[position - 1] == group { continue }
      var hole = end
      while hole > position {
        groups[hole] = groups[hole - 1]
        hole -= 1
      }
      groups[position] = group
      end += 1
    }
    groups.removeLast(groups.count - end)
  }
}

/// A group's number and its field in one number that sorts as groups do.
enum GroupField {
  private static let bits: UInt32 = 5

  static func join(_ group: UInt32, _ field: Int) -> UInt32 {
    group << bits | UInt32(truncatingIfNeeded: field) & 31
  }

  @inline(__always)
  static func group(_ joined: UInt32) -> Int { Int(joined >> bits) }

  @inline(__always)
  static func field(_ joined: UInt32) -> UInt32 { joined & 31 }

  /// Less than this is every number of a group below `group`.
  @inline(__always)
  static func start(_ group: Int) -> UInt32 { UInt32(truncatingIfNeeded: group) << bits }
}
