import FerryCore
import FerryMigration
import Foundation

/// One figure of many, named, so that the same one of other figures can be held against it.
struct FigureMeasure: Hashable {
  /// For scripts, such as `won_deals` or `by_owner.won.CNY: 李娜`.
  let key: String
  /// For people.
  let title: String
  /// As scripts read it; empty where there is nothing to measure.
  let value: String
  /// Whether it is of everything, not of a group.
  let isTotal: Bool
}

/// Takes figures apart into measures.
struct FigureMeasures {
  private(set) var all: [FigureMeasure] = []
  private let language: Language

  init(_ figures: SalesFigures, in language: Language) {
    self.language = language
    guard !figures.isEmpty else { return }
    addTotals(figures.total)
    for stage in figures.funnel {
      let name = ReportWords.stageName(stage.stage, in: language)
      let key = "funnel.\(stage.stage ?? "-")"
      add(key, [name, ReportWords.deals[language]], String(stage.count), isTotal: false)
      addAmounts(key, [name], stage.amounts)
    }
    for month in figures.forecast {
      let name = month.month ?? ReportWords.noDate[language]
      let words = [ReportWords.forecastTotal[language], name]
      addAmounts("forecast.\(month.month ?? "-")", words, month.weighted)
    }
    addGroups("by_owner", figures.byOwner, none: ReportWords.nobody)
    addGroups("by_month", figures.byMonth, none: ReportWords.noDate)
    addGroups("by_source", figures.bySource, none: ReportWords.noSource)
  }

  private mutating func addTotals(_ total: FigureSet) {
    let counts: [(String, Words, Int)] = [
      ("leads", ReportWords.leads, total.leads),
      ("converted_leads", FigureWords.converted, total.convertedLeads),
      ("deals", ReportWords.deals, total.deals),
      ("open_deals", ReportWords.openDeals, total.openDeals),
      ("won_deals", ReportWords.won, total.wonDeals),
      ("lost_deals", ReportWords.lost, total.lostDeals),
      ("payments", FigureWords.payments, total.payments),
    ]
    for (key, words, count) in counts { add(key, [words[language]], String(count), isTotal: true) }
    let rates: [(String, Words, Double?)] = [
      ("lead_conversion", ReportWords.conversion, total.conversion),
      ("win_rate", ReportWords.winRate, total.winRate),
      ("sales_cycle_days", FigureWords.cycleInDays, total.cycleDays),
    ]
    for (key, words, rate) in rates {
      let value = rate.map { NumberText.fixed(Decimal($0), digits: 6) } ?? ""
      add(key, [words[language]], value, isTotal: true)
    }
    for money in total.money { add(money) }
  }

  private mutating func add(_ money: MoneyFigures) {
    let amounts: [(String, Words, Decimal?)] = [
      ("won", ReportWords.wonAmount, money.won), ("lost", FigureWords.lostAmount, money.lost),
      ("average_deal", ReportWords.average, money.average), ("open", ReportWords.open, money.open),
      ("forecast", ReportWords.forecastTotal, money.weighted),
      ("received", ReportWords.received, money.received),
      ("refunded", FigureWords.refunded, money.refunded),
    ]
    for (key, words, amount) in amounts {
      let value = amount.map { NumberText.plainAmount($0, currency: money.currency) } ?? ""
      let name = money.currency.isEmpty ? key : "\(key).\(money.currency)"
      add(name, [words[language], money.currency], value, isTotal: true)
    }
  }

  private mutating func addGroups(_ key: String, _ groups: [FigureGroup], none: Words) {
    for group in groups {
      let name = group.name ?? none[language]
      let figures = group.figures
      let counts: [(String, Words, Int)] = [
        ("leads", ReportWords.leads, figures.leads),
        ("open_deals", ReportWords.openDeals, figures.openDeals),
        ("won_deals", ReportWords.won, figures.wonDeals),
        ("lost_deals", ReportWords.lost, figures.lostDeals),
      ]
      for (measure, words, count) in counts where count > 0 {
        add(
          "\(key).\(measure): \(group.name ?? "")", [name, words[language]], String(count),
          isTotal: false)
      }
      for money in figures.money where money.won != 0 {
        add(
          "\(key).won.\(money.currency): \(group.name ?? "")",
          [name, ReportWords.wonAmount[language], money.currency],
          NumberText.plainAmount(money.won, currency: money.currency), isTotal: false)
      }
    }
  }

  private mutating func addAmounts(_ key: String, _ words: [String], _ amounts: [CurrencyAmount]) {
    for item in amounts {
      let value = NumberText.plainAmount(item.amount, currency: item.currency)
      add("\(key).\(item.currency)", words + [item.currency], value, isTotal: false)
    }
  }

  private mutating func add(_ key: String, _ title: [String], _ value: String, isTotal: Bool) {
    let title = title.filter { !$0.isEmpty }.joined(separator: " · ")
    all.append(FigureMeasure(key: key, title: title, value: value, isTotal: isTotal))
  }
}
