import FerryCore
import FerryMigration
import Foundation

/// The charts of sales figures, amounts in one currency.
struct FigureCharts {
  let figures: SalesFigures
  let currency: String
  let language: Language

  /// How many owners and months a chart can hold and stay readable on a phone.
  private static let ownersShown = 10
  private static let monthsShown = 18

  var all: [HTML] {
    [
      figure(ReportWords.funnel, PageWords.funnelNote, funnel),
      figure(
        ReportWords.byMonth, PageWords.monthsNote, months,
        [("won", ReportWords.won), ("lost", ReportWords.lost)]),
      figure(
        ReportWords.byOwner, PageWords.ownersNote, owners,
        [("won", ReportWords.won), ("open", ReportWords.openDeals)]),
      figure(
        ReportWords.forecast, PageWords.forecastNote, forecast,
        [("weighted", ReportWords.weighted), ("open", ReportWords.openDeals)]),
    ]
  }

  private func figure(
    _ title: Words, _ note: Words, _ drawing: HTML?, _ legend: [(kind: String, label: Words)] = []
  ) -> HTML {
    guard let drawing else { return .empty }
    let keys: [HTML] = legend.map { key in
      "<span><i class=\"dot \(key.kind)\"></i>\(key.label[language])</span> "
    }
    return """
      <figure>
      <figcaption><b>\(title[language])</b><small>\(note[language])</small>\
      <span class="legend">\(keys)</span></figcaption>
      \(drawing)
      </figure>

      """
  }

  // MARK: - Each chart

  private var funnel: HTML? {
    guard !figures.funnel.isEmpty else { return nil }
    let rows = figures.funnel.map { stage in
      let amount = stage.amounts.first { $0.currency == currency }?.amount ?? 0
      let kind = ["won", "lost"].contains(stage.stage) ? stage.stage ?? "" : "stage"
      return BarChart.Row(
        label: ReportWords.stageName(stage.stage, in: language),
        value:
          "\(NumberText.count(stage.count)) · \(NumberText.amount(amount, currency: currency))",
        segments: [(kind, Double(stage.count))])
    }
    return BarChart(title: ReportWords.funnel[language], rows: rows).drawing
  }

  private var owners: HTML? {
    struct Owner {
      let name: String
      var won = Decimal()
      var open = Decimal()
    }
    let known: [Owner] = figures.byOwner.map { group in
      let money = money(group.figures)
      return Owner(
        name: group.name ?? ReportWords.nobody[language], won: money?.won ?? 0,
        open: money?.open ?? 0)
    }
    let ranked = known.filter { $0.won != 0 || $0.open != 0 }.sorted { left, right in
      if left.won != right.won { return left.won > right.won }
      return left.open == right.open ? left.name < right.name : left.open > right.open
    }
    guard !ranked.isEmpty else { return nil }
    var shown = Array(ranked.prefix(Self.ownersShown))
    let rest = ranked.dropFirst(Self.ownersShown)
    if !rest.isEmpty {
      let label = PageWords.others.filled(with: [NumberText.count(rest.count)], in: language)
      shown.append(
        Owner(
          name: label, won: rest.reduce(0) { $0 + $1.won }, open: rest.reduce(0) { $0 + $1.open }))
    }
    let rows = shown.map { owner in
      BarChart.Row(
        label: owner.name, value: NumberText.amount(owner.won, currency: currency),
        segments: [("won", number(owner.won)), ("open", number(owner.open))])
    }
    return BarChart(title: ReportWords.byOwner[language], rows: rows).drawing
  }

  private var months: HTML? {
    let columns = figures.byMonth.named { $0.figures.wonDeals + $0.figures.lostDeals > 0 }
      .suffix(Self.monthsShown).map { name, group in
        let money = money(group)
        return ColumnChart.Column(
          month: name,
          bars: [("won", number(money?.won ?? 0)), ("lost", number(money?.lost ?? 0))])
      }
    return chart(Array(columns), title: ReportWords.byMonth, isLayered: false)
  }

  private var forecast: HTML? {
    let columns = figures.forecast.compactMap { month -> ColumnChart.Column? in
      guard let name = month.month else { return nil }
      let open = month.amounts.first { $0.currency == currency }?.amount ?? 0
      let weighted = month.weighted.first { $0.currency == currency }?.amount ?? 0
      return ColumnChart.Column(
        month: name, bars: [("open", number(open)), ("weighted", number(weighted))])
    }
    return chart(
      Array(columns.prefix(Self.monthsShown)), title: ReportWords.forecast, isLayered: true)
  }

  private func chart(
    _ columns: [ColumnChart.Column], title: Words, isLayered: Bool
  ) -> HTML? {
    guard columns.contains(where: { $0.bars.contains { $0.value > 0 } }) else { return nil }
    return ColumnChart(
      title: title[language], columns: columns, isLayered: isLayered, language: language
    ).drawing
  }

  private func money(_ set: FigureSet) -> MoneyFigures? {
    set.money.first { $0.currency == currency }
  }

  private func number(_ amount: Decimal) -> Double {
    NSDecimalNumber(decimal: amount).doubleValue
  }
}

extension [FigureGroup] {
  /// The groups that have a name and hold something.
  fileprivate func named(where holds: (FigureGroup) -> Bool) -> [(name: String, figures: FigureSet)]
  {
    filter(holds).compactMap { group in group.name.map { ($0, group.figures) } }
  }
}
