import Foundation
import Testing

@testable import FerryMigration

@Suite struct SalesFiguresTests {
  private static let shanghai = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

  private func figures(_ fill: (inout SalesFiguresBuilder) -> Void) -> SalesFigures {
    var builder = SalesFiguresBuilder(timeZone: Self.shanghai)
    fill(&builder)
    return builder.figures
  }

  private func deal(
    _ stage: String?, _ amount: Decimal?, currency: String? = "CNY", owner: String? = nil,
    probability: Decimal? = nil, created: String? = nil, closed: String? = nil,
    closeDate: String? = nil
  ) -> DealRow {
    var row = DealRow()
    row.stage = stage
    row.amount = amount
    row.currency = currency
    row.owner = owner
    row.probability = probability
    row.createdAt = created
    row.closedAt = closed
    row.closeDate = closeDate
    return row
  }

  @Test("nothing gives no rates and no funnel")
  func empty() {
    let figures = figures { _ in }
    #expect(figures.isEmpty)
    #expect(figures.total.conversion == nil)
    #expect(figures.total.winRate == nil)
    #expect(figures.total.cycleDays == nil)
    #expect(figures.funnel.isEmpty)
  }

  @Test("lead conversion is converted by created, links counting only without a status")
  func conversion() {
    let figures = figures { builder in
      for (status, isLinked) in [
        ("converted", false), ("new", true), ("qualified", false), (nil, true), (nil, false),
      ] as [(String?, Bool)] {
        var lead = LeadRow()
        lead.status = status
        lead.namesConversion = isLinked
        builder.add(lead)
      }
    }
    #expect(figures.total.leads == 5)
    #expect(figures.total.conversion == 0.4)
  }

  @Test("win rate counts closed deals only, by count and by amount of each currency")
  func winRate() {
    let figures = figures { builder in
      builder.add(deal("won", 300))
      builder.add(deal("won", nil))
      builder.add(deal("lost", 100))
      builder.add(deal("lost", 50, currency: "USD"))
      builder.add(deal("proposal", 999))
    }
    #expect(figures.total.winRate == 0.5)
    #expect(figures.total.money.map(\.currency) == ["CNY", "USD"])
    #expect(figures.total.money.map(\.winRate) == [0.75, 0])
    // The won deal without an amount is no deal of zero.
    #expect(figures.total.money.map(\.average) == [300, nil])
  }

  @Test("sums are decimal: ten dimes make a unit")
  func decimalSums() {
    let figures = figures { builder in
      for _ in 0..<10 { builder.add(deal("won", Decimal(string: "0.10"))) }
    }
    #expect(figures.total.money.first?.won == 1)
  }

  struct CycleCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Created at, closed at, close date.
    let deals: [(String?, String?, String?)]
    let days: Double?

    static let all = [
      CycleCase(
        testDescription: "an odd number has one in the middle",
        deals: [
          ("2024-01-01T00:00:00Z", "2024-01-11T00:00:00Z", nil),
          ("2024-01-01T00:00:00Z", "2024-01-02T12:00:00Z", nil),
          ("2024-02-28T00:00:00Z", "2024-03-01T00:00:00Z", nil),
        ], days: 2),
      CycleCase(
        testDescription: "an even number takes the mean of two",
        deals: [
          ("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", nil),
          ("2024-01-01T00:00:00Z", "2024-01-05T00:00:00Z", nil),
        ], days: 2.5),
      CycleCase(
        testDescription: "a close date counts from the local day of creation",
        deals: [("2024-03-31T16:30:00Z", nil, "2024-04-03")], days: 2),
      CycleCase(
        testDescription: "closed before created tells nothing",
        deals: [("2024-05-01T00:00:00Z", "2024-01-01T00:00:00Z", nil)], days: nil),
      CycleCase(
        testDescription: "no creation tells nothing", deals: [(nil, nil, "2024-04-03")], days: nil),
    ]
  }

  @Test(arguments: CycleCase.all)
  func cycle(_ item: CycleCase) {
    let figures = figures { builder in
      for (created, closed, date) in item.deals {
        builder.add(deal("won", 1, created: created, closed: closed, closeDate: date))
      }
      builder.add(
        deal("lost", 1, created: "2020-01-01T00:00:00Z", closed: "2024-01-01T00:00:00Z"))
    }
    #expect(figures.total.cycleDays == item.days)
    #expect(figures.total.cycleCount == (item.days == nil ? 0 : item.deals.count))
  }

  @Test("the forecast weighs open deals by month of close date, those without a date last")
  func forecast() {
    let figures = figures { builder in
      builder.add(deal("proposal", 1000, probability: 60, closeDate: "2024-05-31"))
      builder.add(deal("negotiation", 500, probability: 90, closeDate: "2024-05-01"))
      builder.add(deal(nil, 100, closeDate: "2024-04-30"))
      builder.add(deal("lead_in", 10, probability: 5))
      builder.add(deal("won", 9999, probability: 100, closeDate: "2024-05-02"))
    }
    #expect(figures.forecast.map(\.month) == ["2024-04", "2024-05", nil])
    #expect(figures.forecast.map(\.count) == [1, 2, 1])
    #expect(figures.forecast.map { $0.weighted.map(\.amount) } == [[], [1050], [0.5]])
    #expect(figures.total.openWithoutProbability == 1)
  }

  @Test("an instant's month is that of the day where the mapping is")
  func months() {
    let figures = figures { builder in
      builder.add(deal("won", 1, closed: "2024-03-31T15:59:59Z", closeDate: "2023-01-01"))
      builder.add(deal("won", 1, closed: "2024-03-31T16:00:00Z"))
      builder.add(deal("lost", 1, closeDate: "1969-12-31"))
    }
    #expect(figures.byMonth.map(\.name) == ["1969-12", "2024-03", "2024-04"])
  }

  @Test("the funnel has every stage of the process, then deals without one")
  func funnel() {
    let figures = figures { builder in
      builder.add(deal("proposal", 5))
      builder.add(deal("proposal", 6, currency: "USD"))
      builder.add(deal(nil, 7))
    }
    #expect(
      figures.funnel.map(\.stage) == [
        "lead_in", "qualification", "needs_analysis", "proposal", "negotiation", "won", "lost", nil,
      ])
    #expect(figures.funnel.map(\.count) == [0, 0, 0, 2, 0, 0, 0, 1])
    #expect(
      figures.funnel[3].amounts == [
        CurrencyAmount(currency: "CNY", amount: 5), CurrencyAmount(currency: "USD", amount: 6),
      ])
  }

  @Test("owners stand by won deals, nobody's records last")
  func owners() {
    let figures = figures { builder in
      for _ in 0..<3 { builder.add(deal("won", 1)) }
      builder.add(deal("won", 1, owner: "Lin Yue"))
      builder.add(deal("lost", 1, owner: "Chen Mo"))
      builder.add(deal("lost", 1, owner: "An Ning"))
    }
    #expect(figures.byOwner.map(\.name) == ["Lin Yue", "An Ning", "Chen Mo", nil])
  }

  @Test("planned payments are no money received, refunds are apart")
  func payments() {
    let figures = figures { builder in
      for (status, amount) in [
        ("received", 100), ("planned", 50), ("refunded", 30), (nil, 7),
      ] as [(String?, Decimal)] {
        var payment = PaymentRow()
        payment.status = status
        payment.amount = amount
        payment.currency = "CNY"
        builder.add(payment)
      }
    }
    #expect(figures.total.payments == 4)
    #expect(figures.total.money.first?.received == 107)
    #expect(figures.total.money.first?.refunded == 30)
  }
}
