import FerryCore

// How it works: the rows of a small group are all looked at with each other, but only where it is the
// smallest that the two share, so each pair once. Rows that share no small group are looked at where
// they share two large ones of a pair of slots that is worth it, see `SplitRules`. Whether a pair
// shares enough is told by going through the lists of both rows. To have the rows of a group
// together they are dealt out, by the first row of the group or a hash of two groups, some millions
// at a time.

/// Goes through the groups of all fields for the pairs of rows that share enough.
struct GroupSearch: Sendable {
  /// Rows whose groups are dealt out at a time.
  private static let chunkSize = 1 << 14
  /// A part has the small groups of so many first rows.
  private static let firstRowBits = 11
  /// Parts that are dealt out at a time.
  private static let partBits = 8
  /// Looks that are dealt out at a time, about.
  private static let passLooks = 3 << 22

  let groups: RowGroups
  let context: SearchContext
  /// What two rows must share at least, in eighths of a bit.
  let leastBits: UInt16
  /// Rows of the largest groups that are gone through, and that are split.
  let largestSmall: Int
  private let largestSplit: Int
  /// Two large groups of which more rows should share both by chance, times the rows, tell nothing.
  private let mostProduct: Int
  /// The most rows of two large groups that are compared with each other.
  private let mostShared: Int
  /// Which large groups are looked at together.
  private var rules = SplitRules()
  /// Looks that the rules ask for, about.
  private var lookCount = 0
  /// What was not gone through.
  let largeGroups: LargeGroups?

  init(_ indexes: consuming [FieldIndex], limits: SearchLimits, in context: SearchContext) {
    self.context = context
    let rowCount = context.rowCount
    let isSplit = indexes.count > 1 && !limits.hasRules
    let sizes = indexes.map(\.sizes)
    groups = RowGroups(indexes, in: context)
    leastBits =
      limits.hasRules ? 0 : UInt16(GroupWorths.eighths(Double(rowCount) / limits.chancePartners))
    largestSmall = Self.largestGroup(groups.sizes, most: limits.visits * Double(rowCount))
    mostProduct = Int(limits.mostExpected * Double(rowCount))
    let split = isSplit ? Int(Double(mostProduct).squareRoot()) : 0
    largestSplit = max(largestSmall, split)
    mostShared = limits.mostShared
    largeGroups = LargeGroups(sizes, limit: largestSmall, passedLimit: largestSplit)
  }

  /// The power of two up to which groups can be gone through.
  private static func largestGroup(_ sizes: GroupSizes, most: Double) -> Int {
    var power = 4
    while power <= GroupMark.mostRows, sizes.pairCount(upTo: power) <= most { power *= 2 }
    return power > GroupMark.mostRows ? Int(GroupMark.mostRows) : max(4, power / 2)
  }

  /// The pairs in lists, in the same order whatever the threads; a pair may come twice.
  func pairs() -> [ContiguousArray<RowPair>] {
    var lists: [ContiguousArray<RowPair>] = []
    let partCount = (context.rowCount >> Self.firstRowBits) + 1
    for start in stride(from: 0, to: partCount, by: 1 << Self.partBits) {
      lists += smallPairs(start..<min(start + (1 << Self.partBits), partCount))
    }
    var passBits = 0
    while lookCount >> passBits > Self.passLooks { passBits += 1 }
    // A shift by 64 gives 0.
    let shift = UInt64(UInt64.bitWidth - passBits)
    for pass in 0..<UInt64(1) << UInt64(passBits) {
      lists += splitPairs { key in key >> shift == pass }
    }
    return lists
  }

  /// Looks at the pairs of small groups; a part has those whose first rows are near each other.
  private func smallPairs(_ parts: Range<Int>) -> [ContiguousArray<RowPair>] {
    let end = GroupMark.end(ofSize: largestSmall)
    let dealt = KeyedParts(
      chunks: Parallel.map(context.rowCount, by: Self.chunkSize) { rows in
        var (marks, ofMarks) = (ContiguousArray<UInt64>(), ContiguousArray<UInt32>())
        for row in rows {
          for place in groups.range(row) {
            let mark = groups.groups[place]
            if mark.bits >= end { break }
            guard parts.contains(mark.firstRow >> Self.firstRowBits) else { continue }
            marks.append(mark.bits)
            ofMarks.append(UInt32(row))
          }
        }
        return KeyedParts.Chunk(marks, ofMarks, parts: parts.count) { bits, _ in
          GroupMark(bits: bits).firstRow >> Self.firstRowBits - parts.lowerBound
        }
      })
    return Parallel.map(parts.count) { part in
      let members = GroupMembers(dealt, part: part, firstRows: 1 << Self.firstRowBits)
      var visitor = PairVisitor(self)
      members.eachGroup { visitor.visitAll($1, of: $0) }
      return visitor.takePairs()
    }
  }

  /// Looks at the pairs of rows that share two large groups for a hash of which `isMeant` holds; with
  /// `mask` only where these bits of a hash of the smaller one are 0.
  private func splitPairs(
    mask: UInt64 = 0, where isMeant: @Sendable (UInt64) -> Bool = { _ in true }
  ) -> [ContiguousArray<RowPair>] {
    let dealt = KeyedParts(
      chunks: Parallel.map(context.rowCount, by: Self.chunkSize) {
        dealSplit($0, mask: mask, where: isMeant)
      })
    return Parallel.map(1 << Self.partBits) { part in
      let shared = KeyGroups(dealt, part: part)
      var visitor = PairVisitor(self)
      for group in shared.keys.indices {
        let range = shared.range(group)
        guard range.count > 1, range.count <= mostShared else { continue }
        visitor.visitAll(shared.items.span.extracting(range), of: nil)
      }
      return visitor.takePairs()
    }
  }

  /// Deals out some rows by each two of their large groups.
  private func dealSplit(
    _ rows: Range<Int>, mask: UInt64, where isMeant: (UInt64) -> Bool
  ) -> KeyedParts.Chunk {
    var (keys, ofKeys) = (ContiguousArray<UInt64>(), ContiguousArray<UInt32>())
    let (start, end) = (
      GroupMark.end(ofSize: largestSmall), GroupMark.end(ofSize: largestSplit)
    )
    let lists = groups.groups
    for row in rows {
      // A row's groups rise.
      let range = groups.range(row)
      for place in range {
        let mark = lists[place]
        if mark.bits >= end { break }
        let partners = rules.partners(mark)
        if mark.bits < start || partners == 0 { continue }
        if mask != 0, ByteHash.join(mark.identity, 0) & mask != 0 { continue }
        let otherEnd = GroupMark.end(ofSize: mostProduct / mark.size)
        for otherPlace in place + 1..<range.upperBound {
          let other = lists[otherPlace]
          if other.bits >= otherEnd { break }
          guard rules.isPartner(other, in: partners), other.field != mark.field else { continue }
          let key = ByteHash.join(mark.identity, other.identity)
          guard isMeant(key) else { continue }
          keys.append(key)
          ofKeys.append(UInt32(row))
        }
      }
    }
    return KeyedParts.Chunk(keys, ofKeys, parts: 1 << Self.partBits) { key, _ in
      Int(truncatingIfNeeded: key >> 32) & (1 << Self.partBits - 1)
    }
  }
}

// The choice of rules.
extension GroupSearch {
  /// A search that asks for fewer looks a row needs no choice.
  private static let fewLooks = 8
  /// Looks that a sample is made of at least, and the least share of all of them.
  private static let sampleLooks = 300_000
  private static let sampleShare = 64

  /// Finds out by which pairs of slots large groups are split; `areLikely` tells of pairs of rows
  /// which are likely the same.
  mutating func chooseRules(_ areLikely: (ContiguousArray<RowPair>) -> [Bool]) {
    let stride = max(1, context.rowCount / 20_000)
    var sample = SplitSample()
    for row in Swift.stride(from: 0, to: context.rowCount, by: stride) {
      sample.add(row: groups.groups[groups.range(row)], isRule)
    }
    lookCount = sample.lookCount * stride
    guard lookCount > Self.fewLooks * context.rowCount else { return }
    var mask: UInt64 = 0
    let enough = max(Self.sampleLooks, lookCount / Self.sampleShare)
    while lookCount >> mask.nonzeroBitCount > enough { mask = mask << 1 | 1 }
    let found = splitPairs(mask: mask)
    let pairs = ContiguousArray(
      Set(found.joined()).sorted { ($0.left, $0.right) < ($1.left, $1.right) })
    for (pair, isLikely) in zip(pairs, areLikely(pairs)) where isLikely {
      sample.add(match: sharedGroups(pair), isRule)
    }
    rules = SplitRules(sample)
    lookCount = sample.lookCount(rules) * stride
  }

  /// Whether a group can be split by a larger one of another field.
  private func isRule(_ mark: GroupMark, _ other: GroupMark) -> Bool {
    mark.size > largestSmall && mark.field != other.field && mark.size * other.size <= mostProduct
  }

  private func sharedGroups(_ pair: RowPair) -> [GroupMark] {
    let partners = Set(groups.groups[groups.range(Int(pair.right))].map(\.identity))
    return groups.groups[groups.range(Int(pair.left))].filter { partners.contains($0.identity) }
  }
}
