import FerryRecords
import FerrySQLStores
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// The figures of a store against SQL written by hand, over some thousand records.
@Suite struct SalesFiguresStoreTests {
  @Test("every figure of a SQLite store is what SQL says")
  func agreesWithSQL() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("figures-\(UUID().uuidString).db").path
    defer {
      // A file that stays in the temporary folder harms nobody.
      try? FileManager.default.removeItem(atPath: path)
    }
    let writing = try SQLiteStore.open(path: path, access: .readWrite)
    try await SalesData(seed: 11).write(to: writing)
    await writing.close()

    let reading = try SQLiteStore.open(path: path, access: .readOnly)
    let figures = try await SalesFigures.reading(reading, timeZone: .gmt)
    await reading.close()
    let database = try Database(path: path, access: .readOnly)
    try expectTotals(figures, equal: database)
    try expectGroups(figures, equal: database)
  }

  @Test("a store that is not there has empty figures")
  func emptyStore() async throws {
    let figures = try await SalesFigures.reading(
      InMemoryStore(InMemoryRecords()), timeZone: .gmt)
    #expect(figures.isEmpty)
  }

  private func expectTotals(_ figures: SalesFigures, equal database: Database) throws {
    let total = figures.total
    #expect(total.leads == (try number("SELECT count(*) FROM leads", database)))
    #expect(
      total.convertedLeads
        == (try number("SELECT count(*) FROM leads WHERE status = 'converted'", database)))
    for (stage, found) in [("won", total.wonDeals), ("lost", total.lostDeals)] {
      #expect(
        found == (try number("SELECT count(*) FROM deals WHERE stage = '\(stage)'", database)))
    }
    let cny = try #require(total.money.first { $0.currency == "CNY" })
    let cents = "sum(cast(round(amount * 100) AS integer))"
    let ofCNY = "FROM deals WHERE currency = 'CNY' AND"
    #expect(cny.won * 100 == (try decimal("SELECT \(cents) \(ofCNY) stage = 'won'", database)))
    #expect(cny.lost * 100 == (try decimal("SELECT \(cents) \(ofCNY) stage = 'lost'", database)))
    #expect(
      cny.weighted * 10_000
        == (try decimal(
          """
          SELECT sum(cast(round(amount * 100) AS integer) * cast(probability AS integer))
          \(ofCNY) ifnull(stage, '') NOT IN ('won', 'lost')
          """, database)))
    let average = try #require(cny.average)
    #expect(
      abs(
        NSDecimalNumber(decimal: average).doubleValue
          - (try double("SELECT avg(amount) \(ofCNY) stage = 'won'", database))) < 0.000_001)
    // The median without a window function: the middle one or two of the ordered days.
    let median = try double(
      """
      SELECT avg(days) FROM (
        SELECT julianday(closed_at) - julianday(created_at) AS days FROM deals
        WHERE stage = 'won' AND closed_at IS NOT NULL ORDER BY days
        LIMIT 2 - (SELECT count(*) FROM deals WHERE stage = 'won' AND closed_at IS NOT NULL) % 2
        OFFSET (SELECT (count(*) - 1) / 2 FROM deals
                WHERE stage = 'won' AND closed_at IS NOT NULL))
      """, database)
    #expect(abs((total.cycleDays ?? 0) - median) < 0.000_01)
  }

  private func expectGroups(_ figures: SalesFigures, equal database: Database) throws {
    for owner in figures.byOwner {
      let condition = owner.name.map { "users.name = '\($0)'" } ?? "deals.owner_id IS NULL"
      let from = "FROM deals LEFT JOIN users ON users.id = deals.owner_id WHERE \(condition)"
      #expect(owner.figures.deals == (try number("SELECT count(*) \(from)", database)))
    }
    #expect(figures.byOwner.count == SalesData.owners.count + 1)
    for stage in figures.funnel {
      let condition = stage.stage.map { "= '\($0)'" } ?? "IS NULL"
      #expect(
        stage.count
          == (try number("SELECT count(*) FROM deals WHERE stage \(condition)", database)))
    }
    for month in figures.forecast {
      let condition = month.month.map { "= '\($0)'" } ?? "IS NULL"
      #expect(
        month.count
          == (try number(
            """
            SELECT count(*) FROM deals WHERE substr(close_date, 1, 7) \(condition)
            AND ifnull(stage, '') NOT IN ('won', 'lost')
            """, database)))
    }
    for group in figures.byMonth {
      let condition = group.name.map { "= '\($0)'" } ?? "IS NULL"
      #expect(
        group.figures.wonDeals
          == (try number(
            """
            SELECT count(*) FROM deals WHERE stage = 'won'
            AND substr(ifnull(closed_at, close_date), 1, 7) \(condition)
            """, database)))
    }
    #expect(figures.bySource.reduce(0) { $0 + $1.figures.deals } == figures.total.deals)
    #expect(figures.byCurrency.reduce(0) { $0 + $1.figures.deals } == figures.total.deals)
  }

  private func number(_ sql: String, _ database: Database) throws -> Int {
    let statement = try database.prepare(sql)
    _ = try statement.step()
    return Int(statement.integer(at: 0))
  }

  private func decimal(_ sql: String, _ database: Database) throws -> Decimal {
    Decimal(try number(sql, database))
  }

  private func double(_ sql: String, _ database: Database) throws -> Double {
    let statement = try database.prepare(sql)
    _ = try statement.step()
    return statement.double(at: 0)
  }
}
