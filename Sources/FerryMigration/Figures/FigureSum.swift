import Foundation

/// What is added up for one ``FigureSet``.
struct FigureSum {
  private var set = FigureSet()
  private var money: [String: MoneyFigures] = [:]
  private var cycles: [Double] = []

  mutating func add(_ lead: LeadRow) {
    set.leads += 1
    if lead.isConverted { set.convertedLeads += 1 }
  }

  /// Adds a deal; `cycle` is its sales cycle in days, where it is won and tells.
  mutating func add(_ deal: DealRow, cycle: Double?) {
    var sums = money(in: deal.currency)
    let amount = deal.amount ?? 0
    switch deal.stage {
    case "won":
      set.wonDeals += 1
      sums.won += amount
      if deal.amount != nil { sums.wonCount += 1 }
      if let cycle { cycles.append(cycle) }
    case "lost":
      set.lostDeals += 1
      sums.lost += amount
    default:
      set.openDeals += 1
      sums.open += amount
      if let probability = deal.probability {
        sums.weighted += amount * probability / 100
      } else {
        set.openWithoutProbability += 1
      }
    }
    money[sums.currency] = sums
  }

  mutating func add(_ payment: PaymentRow) {
    set.payments += 1
    var sums = money(in: payment.currency)
    switch payment.status {
    case "received", nil: sums.received += payment.amount ?? 0
    case "refunded": sums.refunded += payment.amount ?? 0
    default: break
    }
    money[sums.currency] = sums
  }

  /// The figures so far.
  var figures: FigureSet {
    var figures = set
    figures.money = money.values.sorted { $0.currency < $1.currency }
    figures.cycleCount = cycles.count
    figures.cycleDays = Self.median(cycles)
    return figures
  }

  private func money(in currency: String?) -> MoneyFigures {
    let currency = currency ?? ""
    return money[currency] ?? MoneyFigures(currency: currency)
  }

  private static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

/// Σ by currency of the deals in one stage or month.
struct AmountSum {
  private(set) var count = 0
  private var amounts: [String: Decimal] = [:]
  private var weightedAmounts: [String: Decimal] = [:]

  mutating func add(_ deal: DealRow) {
    count += 1
    guard let amount = deal.amount else { return }
    amounts[deal.currency ?? "", default: 0] += amount
    guard let probability = deal.probability else { return }
    weightedAmounts[deal.currency ?? "", default: 0] += amount * probability / 100
  }

  var total: [CurrencyAmount] { Self.sorted(amounts) }
  var weighted: [CurrencyAmount] { Self.sorted(weightedAmounts) }

  private static func sorted(_ sums: [String: Decimal]) -> [CurrencyAmount] {
    sums.sorted { $0.key < $1.key }.map { CurrencyAmount(currency: $0.key, amount: $0.value) }
  }
}
