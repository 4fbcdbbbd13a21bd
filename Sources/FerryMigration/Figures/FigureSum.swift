import Foundation

/// What is added up for one ``FigureSet``.
struct FigureSum {
  private var set = FigureSet()
  private var money: [String: MoneySums] = [:]
  private var cycles: [Double] = []

  mutating func add(_ lead: LeadRow) {
    set.leads += 1
    if lead.isConverted { set.convertedLeads += 1 }
  }

  /// Adds a deal; `cycle` is its sales cycle in days, where it is won and tells.
  mutating func add(_ deal: DealRow, cycle: Double?) {
    switch deal.stage {
    case "won":
      set.wonDeals += 1
      if let cycle { cycles.append(cycle) }
    case "lost": set.lostDeals += 1
    default:
      set.openDeals += 1
      if deal.probability == nil { set.openWithoutProbability += 1 }
    }
    money[deal.currency ?? "", default: MoneySums()].add(deal)
  }

  mutating func add(_ payment: PaymentRow) {
    set.payments += 1
    money[payment.currency ?? "", default: MoneySums()].add(payment)
  }

  /// The figures so far.
  var figures: FigureSet {
    var figures = set
    figures.money = money.sorted { $0.key < $1.key }.map { $0.value.figures(in: $0.key) }
    figures.cycleCount = cycles.count
    figures.cycleDays = Self.median(cycles)
    return figures
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
  private var amounts: [String: ExactTotal] = [:]
  private var weightedAmounts: [String: Decimal] = [:]

  mutating func add(_ deal: DealRow) {
    count += 1
    guard deal.hasAmount else { return }
    amounts[deal.currency ?? "", default: ExactTotal()].add(deal)
    guard let probability = deal.probability, let amount = deal.amount else { return }
    weightedAmounts[deal.currency ?? "", default: 0] += amount * probability / 100
  }

  var total: [CurrencyAmount] { Self.sorted(amounts.mapValues(\.decimal)) }
  var weighted: [CurrencyAmount] { Self.sorted(weightedAmounts) }

  private static func sorted(_ sums: [String: Decimal]) -> [CurrencyAmount] {
    sums.sorted { $0.key < $1.key }.map { CurrencyAmount(currency: $0.key, amount: $0.value) }
  }
}

/// Adds amounts exactly; whole trillionths are ten times as fast to add as decimals.
struct ExactTotal {
  private var units: Int128 = 0
  private var rest = Decimal()

  /// Adds a deal's amount, as ``DecimalSum`` counts where it can be.
  mutating func add(_ deal: DealRow) {
    if let other = deal.amountUnits {
      let (sum, overflow) = units.addingReportingOverflow(other)
      if !overflow {
        units = sum
        return
      }
    }
    rest += deal.amount ?? 0
  }

  var decimal: Decimal { units == 0 ? rest : DecimalSum.decimal(units) + rest }
}

/// What is added up in one currency.
private struct MoneySums {
  private var (open, won, lost) = (ExactTotal(), ExactTotal(), ExactTotal())
  private var (weighted, received, refunded) = (Decimal(), Decimal(), Decimal())
  private var wonCount = 0

  mutating func add(_ deal: DealRow) {
    guard deal.hasAmount else { return }
    switch deal.stage {
    case "won":
      won.add(deal)
      wonCount += 1
    case "lost": lost.add(deal)
    default:
      open.add(deal)
      if let probability = deal.probability, let amount = deal.amount {
        weighted += amount * probability / 100
      }
    }
  }

  mutating func add(_ payment: PaymentRow) {
    switch payment.status {
    case "received", nil: received += payment.amount ?? 0
    case "refunded": refunded += payment.amount ?? 0
    default: break
    }
  }

  func figures(in currency: String) -> MoneyFigures {
    var figures = MoneyFigures(currency: currency)
    (figures.open, figures.won, figures.lost) = (open.decimal, won.decimal, lost.decimal)
    (figures.weighted, figures.received, figures.refunded) = (weighted, received, refunded)
    figures.wonCount = wonCount
    return figures
  }
}
