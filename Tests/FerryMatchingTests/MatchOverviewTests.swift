import FerryTestSupport
import Testing

@testable import FerryMatching

@Suite struct MatchOverviewTests {
  private static let names = [
    "Anna Berger", "Anna Berger", "Ben Adler", "Ben Adlr", "Carl Dorn", "Dora Engel",
  ]

  private static func overview() async -> MatchOverview {
    var table = MatchTable(columns: [
      MatchColumn(header: "name", kind: .personName), MatchColumn(header: "city", kind: .text),
    ])
    for name in names {
      let bytes = ContiguousArray((name + "Ulm").utf8)
      let split = name.utf8.count
      table.append(bytes.span, cells: [0..<split, split..<bytes.count])
    }
    let run = MatchRun(table, options: MatchOptions())
    let model = await run.learnedModel()
    return run.overview(of: await run.result(by: model), by: model)
  }

  @Test func `outcomes share out all of each class, however they are folded`() async {
    let overview = await Self.overview()
    #expect(overview.fields.map(\.name) == ["name", "city"])
    for field in overview.fields {
      for sum in [
        field.outcomes.reduce(0) { $0 + $1.match }, field.outcomes.reduce(0) { $0 + $1.other },
      ] { #expect(abs(sum - 1) < 1e-6) }
    }
  }

  @Test func `the same value speaks for a match, another against`() async throws {
    let name = try #require(await Self.overview().fields.first)
    let first = try #require(name.outcomes.first)
    let last = try #require(name.outcomes.last)
    #expect(first.leastRows == 2 && first.bits > 1)
    #expect(last.leastRows == nil && last.bits < -1)
  }

  @Test func `each compared pair is in one weight`() async {
    let figures = await Self.overview().figures
    #expect(figures.weights.reduce(0, +) == figures.candidateCount)
    #expect(figures.candidateCount == 15)
  }
}
