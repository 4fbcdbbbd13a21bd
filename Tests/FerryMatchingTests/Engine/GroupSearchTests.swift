import FerryTestSupport
import Testing

@testable import FerryMatching

@Suite struct GroupSearchTests {
  @Test(arguments: [1, 2, 3, 1000] as [Int], [1, 16] as [Int])
  func bringsItemsOfOneKeyTogether(_ count: Int, _ parts: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let keys = (0..<count).map { _ in UInt64.random(in: 0..<50, using: &random) &* 0x9E37_79B9 }
    let chunks = [0..<count / 3, count / 3..<count].map { range in
      KeyedParts.Chunk(
        ContiguousArray(keys[range]), ContiguousArray(range.map(UInt32.init)), parts: parts
      ) { key, _ in Int(key % UInt64(parts)) }
    }
    let dealt = KeyedParts(chunks: chunks)
    var found: [UInt64: [UInt32]] = [:]
    for part in 0..<parts {
      let groups = KeyGroups(dealt, part: part)
      for group in groups.keys.indices {
        #expect(found[groups.keys[group]] == nil, "a key stands in two groups")
        found[groups.keys[group]] = Array(groups.items[groups.range(group)])
      }
    }
    let expected = Dictionary(grouping: (0..<UInt32(count))) { keys[Int($0)] }
    #expect(found == expected, "items keep the order they came in")
  }

  private func mark(_ size: UInt32, _ first: UInt32, hash: UInt32 = 0, slot: UInt8 = 0) -> GroupMark
  {
    GroupMark(size: size, firstRow: first, rowHash: hash, field: 3, slot: slot)
  }

  @Test func marksTellWhatTheyAreMadeOf() {
    let made = GroupMark(
      size: 20_000, firstRow: 12_345_678, rowHash: 0xAB00_0000, field: 17, slot: 9)
    #expect(made.size == 20_000)
    #expect(made.firstRow == 12_345_678)
    #expect(made.field == 17)
    #expect(made.slot == 9)
    #expect(made.bits < GroupMark.end(ofSize: 20_000))
    #expect(made.bits >= GroupMark.end(ofSize: 19_999))
  }

  @Test func ofGroupsWithTheSameRowsTheFirstSlotStays() {
    let marks = [
      mark(7, 2, slot: 4), mark(2, 5), mark(7, 2, slot: 1), mark(7, 2, hash: .max, slot: 0),
      mark(2, 1), mark(7, 2, slot: 6),
    ]
    for turn in marks.indices {
      var list = ContiguousArray(marks[turn...] + marks[..<turn])
      var span = list.mutableSpan
      let end = span.sortMarks(marks.indices)
      #expect(
        Array(list[..<end]) == [
          mark(2, 1), mark(2, 5), mark(7, 2, slot: 1), mark(7, 2, hash: .max, slot: 0),
        ])
    }
  }

  /// Colleagues whose names are common: name and company bring the matches, year of birth and
  /// company bring none.
  @Test func choosesTheRulesThatBringMatchesCheaply() {
    let name = mark(50, 1)
    let company = GroupMark(size: 60, firstRow: 2, rowHash: 0, field: 1, slot: 2)
    let year = GroupMark(size: 400, firstRow: 3, rowHash: 0, field: 2, slot: 1)
    var sample = SplitSample()
    for row in 0..<1000 {
      sample.add(row: row.isMultiple(of: 9) ? [name, company] : [company, year]) { _, _ in true }
    }
    for number in 0..<100 {
      sample.add(match: number < 90 ? [name, company, year] : [name, company]) { _, _ in true }
    }
    let rules = SplitRules(sample)
    #expect(rules.isPartner(company, in: rules.partners(name)))
    #expect(rules.isPartner(name, in: rules.partners(company)))
    #expect(!rules.isPartner(company, in: rules.partners(company)))
    #expect(sample.lookCount == 1000)
    #expect(sample.lookCount(rules) == 1000, "a second rule brings nine in ten of the matches too")
  }

  @Test func knowsNoSlotThatNoRuleHas() {
    let rules = SplitRules(SplitSample())
    #expect(rules.partners(mark(50, 1)) == 0)
    #expect(!rules.isPartner(mark(50, 1), in: .max))
  }

  @Test(arguments: [0, 1, 5, 1000] as [Int])
  func keepsTheOrderWhateverTheThreads(_ count: Int) {
    #expect(Parallel.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
    let ranges = Parallel.map(count, by: 7) { $0 }
    #expect(ranges.flatMap(Array.init) == Array(0..<count))
  }
}
