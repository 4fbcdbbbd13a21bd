import FerryTestSupport
import Testing

@testable import FerryMatching

@Suite struct SharedStartTests {
  private static let columns: [(String, ColumnKind)] = [
    ("name", .personName), ("phone", .phone), ("address", .address),
  ]
  private static let surnames = [
    "Novak", "Haddad", "Okafor", "Meyer", "Silva", "Ito", "Chen", "Roy",
  ]
  private static let given = [
    "Anna", "Boris", "Carla", "Dmitri", "Esther", "Felix", "Greta", "Hugo",
  ]
  private static let streets = ["Oak", "Elm", "Mill", "Lake", "Hill", "Park", "High", "Bridge"]

  private static func address(_ number: Int) -> String {
    "\(11 + number * 7) \(streets[number % 8]) Street, Springfield"
  }

  /// People of whom no two have anything in common but a name's part.
  private static func people(_ count: Int) -> [[String]] {
    (0..<count).map { number in
      let name = "\(given[number / 8 % 8]) \(surnames[(number + number / 8) % 8])"
      return [name, "1380000\(1000 + number * 13)", address(number)]
    }
  }

  private func priors(_ rows: [[String]]) -> [FieldPrior] {
    MatchRun(matchTable(Self.columns, rows), options: MatchOptions()).fields.map(FieldPrior.init)
  }

  /// The clusters of people with some more rows behind them.
  private func clusters(_ more: [[String]]) async -> ArraySlice<Int32> {
    let people = Self.people(60)
    let run = MatchRun(matchTable(Self.columns, people + more), options: MatchOptions())
    return await run.result().clusters[people.count...]
  }

  @Test func namesakesHaveNothingElseInCommon() {
    let priors = priors(Self.people(20))
    let start = SharedStart(priors)
    #expect(start.probabilities(of: 1, sharing: 0) == priors[1].chance)
    #expect(start.probabilities(of: 1, sharing: 2) != priors[1].chance)
  }

  @Test func companiesOfOneNameAreRarerThanPeople() {
    let rows = Self.people(20)
    let companies = SharedStart(
      MatchRun(
        matchTable([("name", .companyName), ("phone", .phone)], rows.map { Array($0[0..<2]) }),
        options: MatchOptions()
      ).fields.map(FieldPrior.init))
    let people = SharedStart(priors(rows))
    #expect(people.share(of: 0) == people.share(of: 1))
    #expect(companies.share(of: 0) < companies.share(of: 1) / 5)
  }

  @Test func whoSharesAHomeMayBeARelative() {
    let family = AgreementCode.level(PersonNames.Level.family)
    let homes = Self.people(20) + Self.people(20)
    let towns = Self.people(20).map { [$0[0], $0[1], "Springfield"] }
    let (home, town) = (priors(homes), priors(towns))
    #expect(SharedStart(home).probabilities(of: 0, sharing: 2)[family] > 3 * home[0].chance[family])
    let share = SharedStart(town).probabilities(of: 0, sharing: 2)[family]
    #expect(share < 1.1 * town[0].chance[family])
  }

  @Test func oneAddressIsWrittenInManyWays() {
    let shared = priors(Self.people(20))[2].shared
    let codes = AgreementCode.frequencyClasses
    #expect(shared[1...codes].reduce(0, +) < 0.7)
    #expect(shared[AgreementCode.level(1)] > 0.1)
  }

  private static let others = ["Ashworth", "Bellamy", "Crowther", "Dunmore", "Eastwick", "Fairfax"]

  @Test func relativesStayTwo() async {
    let more = Self.others.indices.flatMap { number in
      ["Ruth", "Oscar"].map { ["\($0) \(Self.others[number])", "", Self.address(200 + number)] }
    }
    let clusters = await clusters(more)
    #expect(Set(clusters).count == more.count)
  }

  @Test func oneNameAndOnePhoneAreOnePerson() async {
    let more = Self.others.indices.flatMap { number in
      [Self.address(200 + number), ""].map {
        ["Ruth \(Self.others[number])", "139\(number)4\(number)7\(number)55\(number)1", $0]
      }
    }
    let clusters = await clusters(more)
    #expect(Set(clusters).count == more.count / 2)
  }
}
