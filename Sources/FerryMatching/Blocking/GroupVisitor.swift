import FerryCore

// How it works: all pairs of a small group are looked at, but only where it is the smallest that
// the two rows share, so each pair once. The rows of a large group are looked at by what other
// large group they share: a table that fits the cache counts, within this group, how many rows hold
// each other one, and rows of those that few hold are looked at. Whether a pair shares enough is
// then told by going through the lists of both rows.

/// Finds the pairs of one group after the other; one for each thread.
struct GroupVisitor {
  private let search: GroupSearch
  private var pairs = ContiguousArray<RowPair>()
  /// A large group of a row, and the row's place in the group that is split.
  private struct Part {
    let group: UInt32
    let row: UInt32
  }
  private var listRanges = ContiguousArray<Range<Int>>()
  /// Keeps loads from being left out.
  private var touched: UInt32 = 0
  private var parts = ContiguousArray<Part>()
  /// Open addressing by group: one more than the place of its last part; 0 is free.
  private var table = ContiguousArray<UInt32>()
  /// The place of the part before that has the same group, one more; 0 for none.
  private var previous = ContiguousArray<UInt32>()
  /// How many parts have the group, in the place of the last.
  private var counts = ContiguousArray<UInt32>()

  init(_ search: GroupSearch) { self.search = search }

  /// The pairs since the last call.
  mutating func takePairs() -> ContiguousArray<RowPair> {
    defer { pairs = [] }
    return pairs
  }

  /// Takes the next group.
  mutating func visit(_ group: Int) {
    let range = search.memberRange(group)
    guard range.count > 1, isAcross(range) else { return }
    if group < search.smallEnd {
      visitAll(range, group: group)
    } else {
      split(range, group: group)
    }
  }

  /// Whether both tables have rows in the group, where there are two.
  private func isAcross(_ range: Range<Int>) -> Bool {
    guard search.otherSideStart > 0 else { return true }
    return search.members[range.lowerBound] < search.otherSideStart
      && search.members[range.upperBound - 1] >= search.otherSideStart
  }

  private mutating func visitAll(_ range: Range<Int>, group: Int) {
    for one in range.dropLast() {
      for other in one + 1..<range.upperBound {
        visit(search.members[one], search.members[other], smallest: group)
      }
    }
  }

  /// Takes a pair if it shares enough; in a small group only if no smaller one is shared.
  private mutating func visit(_ left: UInt32, _ right: UInt32, smallest: Int?) {
    if search.otherSideStart > 0 {
      guard left < search.otherSideStart, right >= search.otherSideStart else { return }
    }
    if search.sharesEnough(Int(left), Int(right), smallest: smallest) {
      pairs.append(RowPair(left: left, right: right))
    }
  }

  private mutating func split(_ range: Range<Int>, group: Int) {
    collectParts(range, group: group)
    guard parts.count > 1 else { return }
    var size = 16
    while size < parts.count * 2 { size <<= 1 }
    table.removeAll(keepingCapacity: true)
    table.append(contentsOf: repeatElement(0, count: size))
    previous.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    var shift = UInt32.bitWidth
    while size > 1 {
      size >>= 1
      shift -= 1
    }
    for (index, part) in parts.enumerated() {
      var place = Int((part.group &* 0x9E37_79B1) >> UInt32(shift))
      while table[place] != 0, parts[Int(table[place]) - 1].group != part.group {
        place = (place + 1) & (table.count - 1)
      }
      let last = table[place]
      previous.append(last)
      counts.append(last == 0 ? 1 : counts[Int(last) - 1] + 1)
      table[place] = UInt32(index) + 1
    }
    for last in table where last != 0 { visitParts(last) }
  }

  /// Looks at all pairs of the rows that share another group.
  private mutating func visitParts(_ last: UInt32) {
    let count = Int(counts[Int(last) - 1])
    guard count > 1, count <= search.mostShared else { return }
    var other = last
    while other != 0 {
      let right = parts[Int(other) - 1].row
      var one = previous[Int(other) - 1]
      while one != 0 {
        visit(parts[Int(one) - 1].row, right, smallest: nil)
        one = previous[Int(one) - 1]
      }
      other = previous[Int(other) - 1]
    }
  }

  /// Loads the beginnings of the rows' lists, many at a time, before each is gone through.
  private mutating func touchLists(_ range: Range<Int>) {
    listRanges.removeAll(keepingCapacity: true)
    for member in search.members[range] { listRanges.append(search.groups.range(Int(member))) }
    var sum: UInt32 = 0
    for list in listRanges { sum &+= search.groups.groups[list.lowerBound] }
    for list in listRanges { sum &+= search.groups.groups[list.upperBound - 1] }
    touched = sum
  }

  /// Notes which larger groups of other fields the rows are in, as far as those tell something.
  private mutating func collectParts(_ range: Range<Int>, group: Int) {
    parts.removeAll(keepingCapacity: true)
    let largest = search.mostExpected * Double(search.rowCount) / Double(search.groups.sizes[group])
    let start = GroupField.start(group + 1)
    let end = GroupField.start(search.groups.end(ofSize: Int(largest)))
    let lists = search.groups.groups
    touchLists(range)
    var field: UInt32?
    for (index, member) in range.enumerated() {
      let member = search.members[member]
      let list = listRanges[index]
      var place = list.lowerBound
      while place < list.upperBound, lists[place] < start { place += 1 }
      // The row's list has the group itself right before.
      let own = field ?? GroupField.field(lists[place - 1])
      field = own
      while place < list.upperBound, lists[place] < end {
        if GroupField.field(lists[place]) != own {
          parts.append(Part(group: lists[place], row: member))
        }
        place += 1
      }
    }
  }
}

extension GroupSearch {
  /// Whether two rows share enough; with `smallest`, whether that is also the smallest group that
  /// they share, else whether they share no small group.
  @inline(__always)
  fileprivate func sharesEnough(_ left: Int, _ right: Int, smallest: Int?) -> Bool {
    let lists = groups.groups
    let leftRange = groups.range(left)
    let rightRange = groups.range(right)
    var (one, other) = (leftRange.lowerBound, rightRange.lowerBound)
    var bits: UInt16 = 0
    var fields: UInt32 = 0
    var isFirst = true
    while one < leftRange.upperBound, other < rightRange.upperBound {
      let (joined, otherJoined) = (lists[one], lists[other])
      if joined == otherJoined {
        if isFirst {
          let group = GroupField.group(joined)
          if let smallest {
            if group != smallest { return false }
          } else if group < smallEnd {
            return false
          }
          isFirst = false
        }
        let field: UInt32 = 1 << GroupField.field(joined)
        if fields & field == 0 {
          fields |= field
          bits += UInt16(groups.worths[GroupField.group(joined)])
          if bits >= leastBits { return true }
        }
        one += 1
        other += 1
      } else {
        one += joined < otherJoined ? 1 : 0
        other += otherJoined < joined ? 1 : 0
      }
    }
    return false
  }
}
