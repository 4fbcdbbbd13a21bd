import FerryCore

/// The groups of rows that share a blocking key of one field, by value.
///
/// A key that one row holds makes no group, nor does one whose rows are all of one table where two
/// are linked.
final class FieldIndex: Sendable {
  let rows: RowValues
  /// Where each value's groups start in ``groups``, and an end; value 0 has none.
  private let starts: ContiguousArray<UInt32>
  /// The groups of each value, rising; none of them has the rows of another.
  let groups: ContiguousArray<GroupMark>
  /// How many groups there are of each size.
  let sizes: GroupSizes
  let worths: GroupWorths

  init(
    rows: RowValues, starts: ContiguousArray<UInt32>, groups: ContiguousArray<GroupMark>,
    sizes: GroupSizes, worths: GroupWorths
  ) {
    self.rows = rows
    self.starts = starts
    self.groups = groups
    self.sizes = sizes
    self.worths = worths
  }

  /// Where the groups of the values of some rows lie in ``groups``, value after value.
  ///
  /// Loads that do not wait for each other are made together: the values lie anywhere.
  func appendRanges(of values: Range<Int>, to ranges: inout ContiguousArray<Range<Int>>) -> UInt64 {
    let first = ranges.count
    for place in values {
      let value = Int(rows.values[place])
      ranges.append(Int(starts[value])..<Int(starts[value + 1]))
    }
    var sum: UInt64 = 0
    for range in ranges[first...] where !range.isEmpty { sum &+= groups[range.lowerBound].bits }
    return sum
  }
}

/// What gives each value of a field its blocking keys; values are numbered from 1.
protocol BlockingKeySource: Sendable {
  /// How many values there are.
  var count: Int { get }

  /// Appends the keys by which rows that may be the same find each other; the
  /// same slots and hashes in every run.
  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>)

  /// The slots of keys by which values meet that agree in a part of them: half a phone number, a
  /// family name, a trade.
  ///
  /// Rows of many fields find each other without, see ``SearchContext/usesParts``.
  static var partSlots: [UInt8] { get }
}

extension BlockingKeySource {
  static var partSlots: [UInt8] { [] }
}

/// How many groups there are of each size.
struct GroupSizes: Sendable {
  /// By size, up to ``GroupMark/mostRows``.
  private var counts = ContiguousArray<UInt32>(
    repeating: 0, count: Int(GroupMark.mostRows) + 1)
  /// The sizes of larger groups.
  private var large = ContiguousArray<UInt32>()

  mutating func add(_ size: UInt32) {
    if size <= GroupMark.mostRows { counts[Int(size)] += 1 } else { large.append(size) }
  }

  mutating func add(_ other: GroupSizes) {
    for size in counts.indices { counts[size] += other.counts[size] }
    large += other.large
  }

  /// How many groups of more than `size` rows there are.
  func count(above size: Int) -> Int {
    counts.dropFirst(size + 1).reduce(0) { $0 + Int($1) } + large.count { Int($0) > size }
  }

  /// The size of the largest group; 0 where there is none.
  var largest: Int {
    Int(large.max() ?? UInt32(counts.lastIndex { $0 > 0 } ?? 0))
  }

  /// How many pairs the rows of groups of no more than `size` rows make.
  func pairCount(upTo size: Int) -> Double {
    zip(0..., counts.prefix(size + 1)).reduce(0) {
      $0 + Double($1.1) * Double($1.0) * Double($1.0 - 1) / 2
    }
  }
}
