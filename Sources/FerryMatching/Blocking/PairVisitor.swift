import FerryCore

/// Tells of pairs of rows whether they share enough.
///
/// Pairs are looked at some hundreds at a time: their lists lie anywhere in memory, and loads that do
/// not wait for each other are made together.
struct PairVisitor {
  private static let batchSize = 512

  private let search: GroupSearch
  private var pairs = ContiguousArray<RowPair>()
  private var waiting = ContiguousArray<Waiting>()
  private var lists = ContiguousArray<(left: Range<Int>, right: Range<Int>)>()
  /// Keeps loads from being left out.
  private var touched: UInt64 = 0

  private struct Waiting {
    let pair: RowPair
    /// A small group; no group's bits where there is none.
    let group: GroupMark
  }

  init(_ search: GroupSearch) { self.search = search }

  /// The pairs since the last call.
  mutating func takePairs() -> ContiguousArray<RowPair> {
    flush()
    defer { pairs = [] }
    return pairs
  }

  /// Takes all pairs of some rows, which rise, if they share enough: of a small group where it is the
  /// smallest that the two share, of none where they share no small one.
  mutating func visitAll(_ rows: Span<UInt32>, of group: GroupMark?) {
    for one in rows.indices.dropLast() {
      for other in one + 1..<rows.count {
        visit(rows[one], rows[other], group ?? GroupMark(bits: 0))
      }
    }
  }

  @inline(__always)
  private mutating func visit(_ left: UInt32, _ right: UInt32, _ group: GroupMark) {
    if search.context.otherSideStart > 0 {
      guard left < search.context.otherSideStart, right >= search.context.otherSideStart else {
        return
      }
    }
    if waiting.count == Self.batchSize { flush() }
    waiting.append(Waiting(pair: RowPair(left: left, right: right), group: group))
  }

  private mutating func flush() {
    lists.removeAll(keepingCapacity: true)
    for next in waiting {
      lists.append(
        (search.groups.range(Int(next.pair.left)), search.groups.range(Int(next.pair.right))))
    }
    let marks = search.groups.groups
    var sum: UInt64 = 0
    for (left, right) in lists {
      sum &+= marks[left.lowerBound].bits &+ marks[left.lowerBound + left.count / 2].bits
      sum &+= marks[right.lowerBound].bits &+ marks[right.lowerBound + right.count / 2].bits
    }
    touched = sum
    for index in waiting.indices
    where sharesEnough(lists[index].left, lists[index].right, waiting[index].group) {
      pairs.append(waiting[index].pair)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private func sharesEnough(_ left: Range<Int>, _ right: Range<Int>, _ group: GroupMark) -> Bool {
    let lists = search.groups.groups
    var (one, other) = (left.lowerBound, right.lowerBound)
    var bits: UInt16 = 0
    var fields: UInt32 = 0
    while one < left.upperBound, other < right.upperBound {
      let (mark, partner) = (lists[one], lists[other])
      if mark.identity == partner.identity {
        if fields == 0 {
          guard group.bits > 0 ? mark.identity == group.identity : mark.size > search.largestSmall
          else {
            return false
          }
        }
        let field: UInt32 = 1 << mark.field
        if fields & field == 0 {
          fields |= field
          bits += UInt16(search.groups.worths[mark])
          if bits >= search.leastBits { return true }
        }
        one += 1
        other += 1
      } else {
        one += mark.identity < partner.identity ? 1 : 0
        other += partner.identity < mark.identity ? 1 : 0
      }
    }
    return false
  }
}
