import FerryCore
import Foundation

// Which pairs of rows are worth comparing. Every field gives each row some keys; a key that n of N
// rows share is worth log2(N/n) bits, and two rows become a candidate pair when the bits of what
// they share, one key a field, make chance partners rarer than `chancePartners` a row. So a rare
// e-mail is enough by itself, a common company needs a family name with it, and no rule has to be
// chosen by hand. Cost grows with the pairs that share a key of some rarity: a small group is gone
// through, a large one is split by what else its rows share (`GroupSearch`), and one that is too
// large for that only counts where something else has brought two rows together. When changing
// it, hold recall against a known truth.

/// Finds the candidate pairs of a table.
struct CandidateSearch: Sendable {
  private let context: SearchContext
  private let isFull: Bool
  private let partners: PartnerLists
  /// What became of groups that are too large to be gone through.
  let largeGroups: LargeGroups?

  /// Takes what gives the index of each field; none is made where all pairs are compared.
  ///
  /// `areLikely` tells of some pairs which are likely the same, as far as is known before the search.
  init(
    _ context: SearchContext, limits: SearchLimits, indexes makeIndexes: () -> [FieldIndex],
    areLikely: (ContiguousArray<RowPair>) -> [Bool]
  ) {
    self.context = context
    isFull = limits.isFull
    guard !isFull else {
      partners = PartnerLists([], rowCount: context.rowCount)
      largeGroups = nil
      return
    }
    var search = GroupSearch(makeIndexes(), limits: limits, in: context)
    search.chooseRules(areLikely)
    partners = PartnerLists(search.pairs(), rowCount: context.rowCount)
    largeGroups = search.largeGroups
  }

  /// Appends the partners of `row` that come after it, rising.
  func appendPartners(of row: Int, to pairs: inout ContiguousArray<RowPair>) {
    guard isFull else { return partners.append(of: row, to: &pairs) }
    let first = max(row + 1, context.otherSideStart)
    guard context.otherSideStart == 0 || row < context.otherSideStart,
      !context.equal.isLeftOut(row)
    else { return }
    for partner in first..<max(first, context.rowCount) where !context.equal.isLeftOut(partner) {
      pairs.append(RowPair(left: UInt32(row), right: UInt32(partner)))
    }
  }
}

/// The partners of each row that come after it.
struct PartnerLists: Sendable {
  private var starts: ContiguousArray<UInt32>
  private var partners: ContiguousArray<UInt32>

  /// Takes pairs in any order; one that comes several times counts once.
  init(_ lists: [ContiguousArray<RowPair>], rowCount: Int) {
    starts = ContiguousArray(repeating: 0, count: rowCount + 1)
    for list in lists { for pair in list { starts[Int(pair.left) + 1] += 1 } }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    partners = ContiguousArray(repeating: 0, count: Int(starts[rowCount]))
    var next = starts
    for list in lists {
      for pair in list {
        partners[Int(next[Int(pair.left)])] = pair.right
        next[Int(pair.left)] += 1
      }
    }
    var end = 0
    var start = 0
    for row in 0..<rowCount {
      let rowEnd = Int(starts[row + 1])
      if rowEnd - start > 1 { partners[start..<rowEnd].sort() }
      for place in start..<rowEnd where place == start || partners[place] != partners[place - 1] {
        partners[end] = partners[place]
        end += 1
      }
      start = rowEnd
      starts[row + 1] = UInt32(end)
    }
    partners.removeLast(partners.count - end)
  }

  func append(of row: Int, to pairs: inout ContiguousArray<RowPair>) {
    for place in Int(starts[row])..<Int(starts[row + 1]) {
      pairs.append(RowPair(left: UInt32(row), right: partners[place]))
    }
  }
}
