public import Foundation

/// How sales go, in numbers: for everything, and by owner, month, source and currency.
///
/// Formulas:
/// - lead conversion = converted ÷ created leads. A lead is converted by its `status`; one
///   without a status, by naming the account, contact or deal it became.
/// - win rate = won ÷ (won + lost), by count and, for each currency, by amount.
/// - average deal = mean amount of the won deals that have an amount.
/// - sales cycle = median of the days from `created_at` to `closed_at` of won deals. Where there
///   is no `closed_at`, `close_date` counts in whole days; a deal closed before it was created
///   tells nothing and is left out.
/// - forecast = Σ amount × probability of open deals, by month of `close_date`. A deal without a
///   probability adds nothing and is counted in ``FigureSet/openWithoutProbability``.
///
/// A deal is open unless its stage is `won` or `lost`. Amounts are never summed across
/// currencies. A month is that of the day in the mapping's time zone: for leads of `created_at`,
/// for closed deals of `closed_at`, else `close_date`, for open ones of `close_date`, for
/// payments of `date`.
public struct SalesFigures: Hashable, Sendable {
  /// Everything.
  public internal(set) var total = FigureSet()
  /// By owner's name, most won deals first; no name: nobody owns the records.
  public internal(set) var byOwner: [FigureGroup] = []
  /// By month, such as `2024-03`, in order of time; no name: no date.
  public internal(set) var byMonth: [FigureGroup] = []
  /// By source of leads and deals, most deals first; no name: no source.
  public internal(set) var bySource: [FigureGroup] = []
  /// By ISO 4217 code, most deals first; no name: no currency.
  public internal(set) var byCurrency: [FigureGroup] = []
  /// How many deals stand in each stage, in the order of the process.
  public internal(set) var funnel: [FunnelStage] = []
  /// The open deals by the month in which they should close, in order of time; no date last.
  public internal(set) var forecast: [ForecastMonth] = []

  /// Those of nothing.
  public init() {}

  /// Whether there is anything to show.
  public var isEmpty: Bool { total.leads == 0 && total.deals == 0 && total.payments == 0 }
}

extension SalesFigures {
  /// The same with other names of owners and sources.
  public func renamed(_ name: (String) -> String) -> SalesFigures {
    var figures = self
    for groups in [\SalesFigures.byOwner, \SalesFigures.bySource] {
      figures[keyPath: groups] = self[keyPath: groups].map {
        FigureGroup(name: $0.name.map(name), figures: $0.figures)
      }
    }
    return figures
  }
}

/// The figures of some leads, deals and payments.
public struct FigureSet: Hashable, Sendable {
  /// Leads that were created.
  public internal(set) var leads = 0
  /// Those of them that were converted.
  public internal(set) var convertedLeads = 0
  /// Deals that are neither won nor lost.
  public internal(set) var openDeals = 0
  /// Open deals whose probability nobody knows.
  public internal(set) var openWithoutProbability = 0
  /// Deals that were won.
  public internal(set) var wonDeals = 0
  /// Deals that were lost.
  public internal(set) var lostDeals = 0
  /// Payments, whatever their status.
  public internal(set) var payments = 0
  /// The median sales cycle in days; `nil` where no won deal tells.
  public internal(set) var cycleDays: Double?
  /// How many won deals told their sales cycle.
  public internal(set) var cycleCount = 0
  /// Amounts by currency, in the order of the codes.
  public internal(set) var money: [MoneyFigures] = []

  /// All deals.
  public var deals: Int { openDeals + wonDeals + lostDeals }
  /// Converted ÷ created leads, 0 to 1; `nil` without leads.
  public var conversion: Double? { ratio(convertedLeads, leads) }
  /// Won ÷ (won + lost) deals, 0 to 1; `nil` while none is closed.
  public var winRate: Double? { ratio(wonDeals, wonDeals + lostDeals) }

  private func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}

/// The amounts of one currency.
public struct MoneyFigures: Hashable, Sendable {
  /// ISO 4217; empty where the records name none.
  public let currency: String
  /// Σ amount of open deals.
  public internal(set) var open = Decimal()
  /// Σ amount × probability of open deals.
  public internal(set) var weighted = Decimal()
  /// Σ amount of won deals.
  public internal(set) var won = Decimal()
  /// Σ amount of lost deals.
  public internal(set) var lost = Decimal()
  /// Σ amount of payments that are received, or have no status.
  public internal(set) var received = Decimal()
  /// Σ amount of payments that went back.
  public internal(set) var refunded = Decimal()
  /// Won deals that have an amount.
  public internal(set) var wonCount = 0

  /// The mean amount of won deals; `nil` where none has one.
  public var average: Decimal? { wonCount == 0 ? nil : won / Decimal(wonCount) }
  /// Won ÷ (won + lost) by amount, 0 to 1; `nil` where both are zero.
  public var winRate: Double? {
    let closed = won + lost
    return closed == 0 ? nil : NSDecimalNumber(decimal: won / closed).doubleValue
  }
}

/// The figures of one owner, month, source or currency.
public struct FigureGroup: Hashable, Sendable {
  /// What they have in common; `nil` where the field is empty.
  public let name: String?
  /// Their figures.
  public let figures: FigureSet
}

/// The deals in one stage.
public struct FunnelStage: Hashable, Sendable {
  /// The stage's word, such as `proposal`; `nil` for deals without a stage.
  public let stage: String?
  /// How many deals stand there.
  public let count: Int
  /// Σ amount by currency, in the order of the codes.
  public let amounts: [CurrencyAmount]
}

/// The open deals of one month.
public struct ForecastMonth: Hashable, Sendable {
  /// The month of their close date, such as `2024-03`; `nil` without a date.
  public let month: String?
  /// How many deals.
  public let count: Int
  /// Σ amount by currency, in the order of the codes.
  public let amounts: [CurrencyAmount]
  /// Σ amount × probability by currency, in the order of the codes.
  public let weighted: [CurrencyAmount]
}

/// A sum in one currency.
public struct CurrencyAmount: Hashable, Sendable {
  /// ISO 4217; empty where the records name none.
  public let currency: String
  /// The sum.
  public let amount: Decimal
}
