import FerryTestSupport
import Testing

@testable import FerryMatching

@Suite struct CandidateSearchTests {
  private func candidates(
    _ rows: [[String]], limits: SearchLimits = SearchLimits(), usesParts: Bool = true
  ) -> [RowPair] {
    let fields = matchTable(CustomerFixture.columns, rows).fields()
    var context = context(fields, rows.count)
    context.usesParts = usesParts
    let search = CandidateSearch(context, limits: limits) {
      indexes(fields, context)
    } areLikely: {
      $0.map { _ in true }
    }
    var pairs = ContiguousArray<RowPair>()
    for row in rows.indices { search.appendPartners(of: row, to: &pairs) }
    return Array(pairs)
  }

  private func context(_ fields: [any ComparedField], _ rowCount: Int) -> SearchContext {
    SearchContext(
      rowCount: rowCount, otherSideStart: 0,
      equal: EqualRows(fields, rowCount: rowCount, otherSideStart: 0))
  }

  private func indexes(_ fields: [any ComparedField], _ context: SearchContext) -> [FieldIndex] {
    fields.enumerated().map { $1.makeIndex(place: $0, in: context) }
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func findsTheTruePairsAmongFewCandidates(_ seed: UInt64) {
    let fixture = CustomerFixture(customers: 3000, seed: seed)
    let found = candidates(fixture.rows)
    let right = found.count { fixture.truth[Int($0.left)] == fixture.truth[Int($0.right)] }
    #expect(Set(found).count == found.count, "a pair comes twice, seed \(seed)")
    #expect(found.allSatisfy { $0.left < $0.right })
    #expect(Double(right) >= 0.99 * Double(fixture.pairCount), "seed \(seed)")
    // All pairs would be 8 million.
    #expect(found.count < 60 * fixture.rows.count, "seed \(seed)")
  }

  /// Rows of many fields agree in something whole, so that few are lost where parts have no keys.
  @Test(arguments: [11, 12, 13] as [UInt64])
  func findsTheTruePairsWithoutKeysForParts(_ seed: UInt64) {
    let fixture = CustomerFixture(customers: 3000, seed: seed)
    let found = candidates(fixture.rows, usesParts: false)
    let right = found.count { fixture.truth[Int($0.left)] == fixture.truth[Int($0.right)] }
    #expect(Double(right) >= 0.97 * Double(fixture.pairCount), "seed \(seed)")
  }

  @Test func makesNoKeysForPartsWhereNoneAreUsed() {
    let fixture = CustomerFixture(customers: 500, seed: 17)
    let fields = matchTable(CustomerFixture.columns, fixture.rows).fields()
    var context = context(fields, fixture.rows.count)
    let all = slots(RowGroups(indexes(fields, context), in: context))
    context.usesParts = false
    let whole = slots(RowGroups(indexes(fields, context), in: context))
    let phone = CustomerFixture.columns.firstIndex { $0.1 == .phone }
    #expect(whole.isStrictSubset(of: all))
    #expect(Phones.partSlots == [2, 3])
    #expect(phone.map { place in all.contains(UInt32(place) << 8 | 2) } == true)
    #expect(phone.map { place in whole.contains(UInt32(place) << 8 | 2) } == false)
    #expect(phone.map { place in whole.contains(UInt32(place) << 8) } == true)
  }

  /// Fields and slots of all groups.
  private func slots(_ groups: RowGroups) -> Set<UInt32> {
    Set(groups.groups.map { $0.field << 8 | UInt32($0.slot) })
  }

  @Test(arguments: [
    (199_999, 5.0, true), (200_000, 5.0, false), (200_000, 3.5, false), (1_000_000, 3.4, true),
  ])
  func usesPartsUnlessRowsAreManyAndFull(_ rows: Int, _ known: Double, _ uses: Bool) {
    let limits = SearchLimits(rowCount: rows)
    #expect(limits.usesParts(rowCount: rows, knownValues: Int(known * Double(rows))) == uses)
  }

  @Test func comparesASmallTableInFull() {
    var limits = SearchLimits()
    limits.isFull = true
    let fixture = CustomerFixture(customers: 30, seed: 5)
    #expect(
      candidates(fixture.rows, limits: limits).count
        == fixture.rows.count * (fixture.rows.count - 1) / 2)
  }

  /// All pairs that share enough, found by looking at all pairs.
  @Test func findsWhatAFullSearchFinds() {
    let fixture = CustomerFixture(customers: 800, seed: 14)
    let fields = matchTable(CustomerFixture.columns, fixture.rows).fields()
    let context = context(fields, fixture.rows.count)
    let limits = SearchLimits(rowCount: fixture.rows.count)
    let groups = RowGroups(indexes(fields, context), in: context)
    let least = Double(
      GroupWorths.eighths(Double(fixture.rows.count) / limits.chancePartners))
    let lists = fixture.rows.indices.map { Set(groups.groups[groups.range($0)]) }
    var expected = Set<RowPair>()
    for left in lists.indices {
      for right in left + 1..<lists.count {
        var bits: [UInt32: Double] = [:]
        for group in lists[left].intersection(lists[right]).sorted() {
          if bits[group.field] == nil { bits[group.field] = Double(groups.worths[group]) }
        }
        if !bits.isEmpty, bits.values.reduce(0, +) >= least {
          expected.insert(RowPair(left: UInt32(left), right: UInt32(right)))
        }
      }
    }
    let found = Set(candidates(fixture.rows, limits: limits))
    #expect(found.isSubset(of: expected))
    #expect(Double(found.count) >= 0.95 * Double(expected.count))
  }

  @Test func goesThroughNoGroupThatIsTooLarge() {
    // One name for all, half of them with one mail box: neither brings two rows together.
    let rows = (0..<4000).map { row in
      ["Chen Anna", "", row.isMultiple(of: 2) ? "info@mail.example" : "", "row \(row)"]
    }
    #expect(candidates(rows).isEmpty)
  }

  @Test func splitsLargeGroupsByASecondField() {
    var rows = (0..<4000).map { row in
      ["Name \(row % 40)", "", "", "\(1950 + row / 40 % 100)-03-11"]
    }
    rows.append(["Name 7", "", "", "1953-03-11"])
    let twin = 3 * 40 + 7
    #expect(
      candidates(rows, limits: SearchLimits(rowCount: rows.count)).contains(
        RowPair(left: UInt32(twin), right: UInt32(rows.count - 1))))
  }
}
