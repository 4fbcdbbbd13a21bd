/// The rows of the small groups of a part, group after group in the order of their first rows.
struct GroupMembers {
  private var marks: ContiguousArray<GroupMark>
  private var rows: ContiguousArray<UInt32>

  /// `firstRows` is a power of two.
  init(_ dealt: KeyedParts, part: Int, firstRows: Int) {
    let count = dealt.count(part)
    let mask = firstRows - 1
    var ends = ContiguousArray<UInt32>(repeating: 0, count: firstRows)
    dealt.forEach(in: part) { bits, _ in ends[GroupMark(bits: bits).firstRow & mask] += 1 }
    ends.makeStarts()
    var marks = ContiguousArray<GroupMark>(repeating: GroupMark(bits: 0), count: count)
    var rows = ContiguousArray<UInt32>(repeating: 0, count: count)
    dealt.forEach(in: part) { bits, row in
      let first = GroupMark(bits: bits).firstRow & mask
      marks[Int(ends[first])] = GroupMark(bits: bits)
      rows[Int(ends[first])] = row
      ends[first] += 1
    }
    (self.marks, self.rows) = (marks, rows)
    var start = 0
    for end in ends {
      sort(start..<Int(end))
      start = Int(end)
    }
  }

  /// Calls `body` with each group and its rows, which rise.
  func eachGroup(_ body: (GroupMark, Span<UInt32>) -> Void) {
    var start = 0
    while start < marks.count {
      let mark = marks[start]
      var end = start + 1
      while end < marks.count, marks[end].identity == mark.identity { end += 1 }
      body(mark, rows.span.extracting(start..<end))
      start = end
    }
  }

  /// Sorts by group; the rows of a group keep their order.
  private mutating func sort(_ range: Range<Int>) {
    guard range.count <= 64 else {
      let order = range.sorted { (marks[$0].identity, rows[$0]) < (marks[$1].identity, rows[$1]) }
      let sorted = (order.map { marks[$0] }, order.map { rows[$0] })
      marks.replaceSubrange(range, with: sorted.0)
      rows.replaceSubrange(range, with: sorted.1)
      return
    }
    for place in range {
      let (mark, row) = (marks[place], rows[place])
      var position = place
      while position > range.lowerBound, marks[position - 1].identity > mark.identity {
        marks[position] = marks[position - 1]
        rows[position] = rows[position - 1]
        position -= 1
      }
      marks[position] = mark
      rows[position] = row
    }
  }
}
