import FerryTestSupport
import Testing

@testable import FerryMatching

@Suite struct CandidateSearchTests {
  private func candidates(_ rows: [[String]], limits: SearchLimits = SearchLimits()) -> [RowPair] {
    let fields = matchTable(CustomerFixture.columns, rows).fields()
    let equal = EqualRows(fields, rowCount: rows.count, otherSideStart: 0)
    let search = CandidateSearch(
      fields.map { $0.makeIndex(without: equal) }, rowCount: rows.count, otherSideStart: 0,
      limits: limits, without: equal)
    var memory = CandidateSearch.Memory(search)
    var pairs = ContiguousArray<RowPair>()
    for row in rows.indices { search.appendPartners(of: row, memory: &memory, to: &pairs) }
    return Array(pairs)
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

  @Test func comparesASmallTableInFull() {
    var limits = SearchLimits()
    limits.isFull = true
    let fixture = CustomerFixture(customers: 30, seed: 5)
    #expect(
      candidates(fixture.rows, limits: limits).count
        == fixture.rows.count * (fixture.rows.count - 1) / 2)
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
      candidates(rows).contains(RowPair(left: UInt32(twin), right: UInt32(rows.count - 1))))
  }
}
