import FerryMigration
import Foundation

/// A year of sales, small enough to check by hand, with a hostile owner.
enum SampleFigures {
  private static let owners = ["林悦", "陈默", "An Ning", SampleRun.hostile]
  private static let stages = [
    "lead_in", "qualification", "qualification", "needs_analysis", "proposal", "proposal",
    "negotiation", "won", "won", "won", "lost",
  ]

  static func year() -> SalesFigures { figures(deals: 0..<88, leads: 60) }

  /// What the store may have held before the year was loaded.
  static func before() -> SalesFigures { figures(deals: 20..<70, leads: 31) }

  private static func figures(deals: Range<Int>, leads: Int) -> SalesFigures {
    var builder = SalesFiguresBuilder(timeZone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt)
    for index in deals { builder.add(deal(index)) }
    for index in 0..<leads {
      var lead = LeadRow()
      lead.owner = owners[index % 3]
      lead.source = index.isMultiple(of: 4) ? "展会" : "Website"
      lead.status = index.isMultiple(of: 5) ? "converted" : "new"
      lead.createdAt = "2024-\(twoDigits(index % 12 + 1))-10T02:00:00Z"
      builder.add(lead)
    }
    for index in 0..<30 {
      var payment = PaymentRow()
      payment.owner = owners[index % 3]
      payment.currency = "CNY"
      payment.amount = Decimal(12_500 + index * 310)
      payment.status = index.isMultiple(of: 10) ? "planned" : "received"
      payment.date = "2024-\(twoDigits(index % 12 + 1))-20"
      builder.add(payment)
    }
    return builder.figures
  }

  private static func deal(_ index: Int) -> DealRow {
    var deal = DealRow()
    deal.owner = index.isMultiple(of: 17) ? nil : owners[index % owners.count]
    deal.source = ["展会", "Website", nil][index % 3]
    deal.currency = index % 11 == 9 ? "USD" : "CNY"
    deal.amount = Decimal(8_000 + (index * 7_919) % 240_000) + Decimal(index % 2) / 2
    deal.stage = stages[index % stages.count]
    deal.probability = index.isMultiple(of: 13) ? nil : Decimal((index % 10) * 10)
    let month = index * 5 % 12 + 1
    deal.createdAt = "2024-\(twoDigits(month))-01T01:00:00Z"
    if index % stages.count >= 7 {
      deal.closedAt = "2024-\(twoDigits(min(12, month + 1)))-\(twoDigits(index % 27 + 1))T08:30:00Z"
    } else if index % 10 != 3 {
      deal.closeDate = "2025-\(twoDigits(index % 6 + 1))-15"
    }
    return deal
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
