import FerryTestSupport
import Foundation
import Testing

@testable import FerryMatching

@Suite struct MatchRunTests {
  private func run(
    _ rows: [[String]], otherSideStart: Int = 0, options: MatchOptions = MatchOptions()
  ) -> MatchRun {
    MatchRun(
      matchTable(CustomerFixture.columns, rows), otherSideStart: otherSideStart, options: options)
  }

  @Test(arguments: [21, 22] as [UInt64])
  func findsWhoComesTwice(_ seed: UInt64) async {
    let fixture = CustomerFixture(customers: 3000, seed: seed)
    let result = await run(fixture.rows).result()
    var right = 0
    var found = 0
    for row in fixture.rows.indices where Int(result.clusters[row]) != row {
      found += 1
      right += fixture.truth[row] == fixture.truth[Int(result.clusters[row])] ? 1 : 0
    }
    #expect(Double(right) >= 0.97 * Double(fixture.pairCount), "seed \(seed)")
    #expect(Double(right) >= 0.99 * Double(found), "seed \(seed)")
    #expect(abs(result.figures.expectedPrecision - Double(right) / Double(found)) < 0.02)
  }

  @Test func sameInputGivesTheSameBytes() async throws {
    let fixture = CustomerFixture(customers: 2000, seed: 31)
    let one = run(fixture.rows)
    let other = run(fixture.rows)
    let (model, again) = await (one.learnedModel(), other.learnedModel())
    #expect(try model.encoded() == again.encoded())
    let (first, second) = await (one.result(by: model), other.result(by: again))
    #expect(first.pairs == second.pairs)
    #expect(first.clusters == second.clusters)
  }

  @Test func aModelOnDiskGivesTheSamePairs() async throws {
    let fixture = CustomerFixture(customers: 500, seed: 32)
    let run = run(fixture.rows)
    let model = await run.learnedModel()
    let read = try JSONDecoder().decode(MatchModel.self, from: model.encoded())
    #expect(read.fits(run))
    #expect(await run.result(by: read).pairs == run.result(by: model).pairs)
    let other = MatchRun(
      matchTable([("name", .personName)], [["Chen"]]), options: MatchOptions())
    #expect(!read.fits(other))
  }

  @Test func linksAcrossTwoTablesOnly() async {
    let fixture = CustomerFixture(customers: 300, seed: 33)
    let result = await run(fixture.rows + fixture.rows, otherSideStart: fixture.rows.count).result()
    #expect(result.pairs.allSatisfy { $0.left < fixture.rows.count })
    #expect(result.pairs.allSatisfy { $0.right >= fixture.rows.count })
    #expect(Set(result.pairs.map(\.left)).count == result.pairs.count)
    #expect(result.pairs.count >= Set(fixture.truth).count)
  }

  /// A small table teaches little about a large one: most of what it meets there is chance.
  @Test(arguments: [41, 42] as [UInt64])
  func linksFewRowsToMany(_ seed: UInt64) async {
    let fixture = CustomerFixture(customers: 10_000, seed: seed)
    var (many, place): ([[String]], [Int: Int]) = ([], [:])
    var (few, partners): ([[String]], [Int?]) = ([], [])
    for (row, customer) in zip(fixture.rows, fixture.truth) {
      if place[customer] == nil {
        place[customer] = many.count
        many.append(row)
      } else if few.count < 60 {
        few.append(row)
        partners.append(place[customer])
      }
    }
    few += CustomerFixture(customers: 40, seed: seed + 100).rows.prefix(40)
    let result = await run(few + many, otherSideStart: few.count).result()
    let right = result.pairs.count { pair in
      pair.left < partners.count && partners[pair.left] == pair.right - few.count
    }
    #expect(Double(right) >= 0.9 * Double(partners.count), "seed \(seed)")
    #expect(Double(right) >= 0.97 * Double(result.pairs.count), "seed \(seed)")
  }

  @Test func manyEqualRowsCostLittle() async {
    let one = ["Chen Anna", "13812345678", "anna@mail.example", "1980-03-11"]
    let fixture = CustomerFixture(customers: 500, seed: 34)
    let rows = fixture.rows + Array(repeating: one, count: 20_000)
    let result = await run(rows).result()
    #expect(Set(result.clusters[fixture.rows.count...]).count == 1)
    #expect(result.figures.candidateCount < 200_000)
  }

  @Test(arguments: MatchOptions.Link.allCases)
  func manyEqualRowsAreLinked(_ link: MatchOptions.Link) async {
    let one = ["Chen Anna", "13812345678", "anna@mail.example", "1980-03-11"]
    let fixture = CustomerFixture(customers: 500, seed: 37)
    let (lefts, rights) = (3000, 2000)
    let left = fixture.rows + Array(repeating: one, count: lefts)
    let right = fixture.rows + Array(repeating: one, count: rights)
    var options = MatchOptions()
    options.link = link
    let run = run(left + right, otherSideStart: left.count, options: options)
    let result = await run.result()
    #expect(result.figures.candidateCount < 200_000)
    let pairs = result.pairs.filter { $0.left >= fixture.rows.count && $0.left < left.count }
    let ofRight = Set(pairs.map(\.right)).filter { $0 >= left.count + fixture.rows.count }
    #expect(ofRight.count == rights)
    #expect(Set(pairs.map(\.left)).count == (link == .one ? rights : lefts))
    #expect(Set(result.pairs).count == result.pairs.count)
    guard link == .one else {
      #expect(Set(result.clusters[fixture.rows.count..<left.count]).count == 1)
      return
    }
    #expect(pairs.count == rights)
  }

  @Test(arguments: [0, 1, 2]) func aTableOfNextToNothingIsMatched(_ count: Int) async {
    let rows = Array(
      repeating: ["Chen Anna", "13812345678", "anna@mail.example", "1980-03-11"], count: count)
    let result = await run(rows).result()
    #expect(result.pairs.count == (count == 2 ? 1 : 0))
    #expect(result.clusters == ContiguousArray(repeating: 0, count: count))
  }

  @Test func emptyAndEqualColumnsDoNoHarm() async {
    let fixture = CustomerFixture(customers: 500, seed: 35)
    let rows = fixture.rows.map { ["Chen Anna", $0[1], $0[2], ""] }
    let result = await run(rows).result()
    #expect(!result.pairs.isEmpty)
    #expect(result.pairs.count < 2 * fixture.pairCount)
  }

  @Test func anExplanationAddsUp() async {
    let fixture = CustomerFixture(customers: 500, seed: 36)
    let run = run(fixture.rows)
    let model = await run.learnedModel()
    for pair in await run.result(by: model).pairs.prefix(20) {
      let explanation = run.explanation(left: pair.left, right: pair.right, by: model)
      let sum = explanation.steps.reduce(explanation.startBits) { $0 + $1.bits }
      #expect(abs(sum - explanation.weight) < 1e-9)
      #expect(abs(explanation.probability - pair.probability) < 1e-9)
    }
  }
}
