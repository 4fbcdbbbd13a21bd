import FerryCore
import FerryMigration
import Foundation

/// What a chart of sales figures shows: bars by name, each as it is and as it was before.
///
/// The same numbers are drawn and listed, so that nobody has to see the drawing.
struct FigureSeries {
  /// One kind of bar.
  struct Bar {
    /// Its class in the page.
    let kind: String
    let title: Words
    let isAmount: Bool
    /// Whether it is drawn, not only listed.
    let isDrawn: Bool
  }

  /// The bars of one stage, owner or month.
  struct Row {
    let label: String
    let values: [Decimal]
    /// As many as ``values``; all zero where there was nothing.
    let before: [Decimal]
  }

  let title: Words
  let note: Words
  /// What the rows are by.
  let head: Words
  let bars: [Bar]
  /// Of which bars a row tells the numbers beside it.
  var told: [Int] = [0]
  /// Whether each bar has a mark of what it was; the first alone otherwise.
  var marksAll = false
  let rows: [Row]

  /// Whether there is anything to draw.
  var isEmpty: Bool { rows.allSatisfy { ($0.values + $0.before).allSatisfy { $0 == 0 } } }
}

/// Sales figures and, where they were read, those of the store before, as series of charts.
struct FigureSeriesList {
  let figures: SalesFigures
  let before: SalesFigures?
  let currency: String
  let language: Language

  /// How many owners and months a chart can hold and stay readable on a phone.
  private static let ownersShown = 10
  private static let monthsShown = 18

  var funnel: FigureSeries {
    let known = figures.funnel.map(\.stage)
    let others = (before?.funnel ?? []).map(\.stage).filter { !known.contains($0) }
    func values(_ stage: String?, _ figures: SalesFigures?) -> [Decimal] {
      guard let found = figures?.funnel.first(where: { $0.stage == stage }) else { return [0, 0] }
      return [Decimal(found.count), amount(found.amounts)]
    }
    let rows = (known + others).map { stage in
      FigureSeries.Row(
        label: ReportWords.stageName(stage, in: language), values: values(stage, figures),
        before: values(stage, before))
    }
    return FigureSeries(
      title: ReportWords.funnel, note: PageWords.funnelNote, head: ReportWords.stage,
      bars: [
        .init(kind: "stage", title: ReportWords.deals, isAmount: false, isDrawn: true),
        .init(kind: "stage", title: ReportWords.amount, isAmount: true, isDrawn: false),
      ], told: [0, 1], rows: rows)
  }

  /// Most won first; those behind the tenth in one row.
  var owners: FigureSeries {
    let rows = self.rows(\.byOwner, none: ReportWords.nobody) { [$0?.won ?? 0, $0?.open ?? 0] }
      .filter { ($0.values + $0.before).contains { $0 != 0 } }
      .sorted { left, right in
        if left.values[0] != right.values[0] { return left.values[0] > right.values[0] }
        return left.values[1] == right.values[1]
          ? left.label < right.label : left.values[1] > right.values[1]
      }
    var shown = Array(rows.prefix(Self.ownersShown))
    let rest = rows.dropFirst(Self.ownersShown)
    if !rest.isEmpty {
      let label = PageWords.others.filled(with: [NumberText.count(rest.count)], in: language)
      func sum(_ values: KeyPath<FigureSeries.Row, [Decimal]>) -> [Decimal] {
        [0, 1].map { index in rest.reduce(0) { $0 + $1[keyPath: values][index] } }
      }
      shown.append(.init(label: label, values: sum(\.values), before: sum(\.before)))
    }
    return FigureSeries(
      title: ReportWords.byOwner, note: PageWords.ownersNote, head: ReportWords.owner,
      bars: [
        .init(kind: "won", title: ReportWords.won, isAmount: true, isDrawn: true),
        .init(kind: "open", title: ReportWords.openDeals, isAmount: true, isDrawn: true),
      ], rows: shown)
  }

  var months: FigureSeries {
    let rows = self.rows(\.byMonth, none: nil) { [$0?.won ?? 0, $0?.lost ?? 0] }
      .filter { ($0.values + $0.before).contains { $0 != 0 } }
      .sorted { $0.label < $1.label }
    return FigureSeries(
      title: ReportWords.byMonth, note: PageWords.monthsNote, head: ReportWords.month,
      bars: [
        .init(kind: "won", title: ReportWords.won, isAmount: true, isDrawn: true),
        .init(kind: "lost", title: ReportWords.lost, isAmount: true, isDrawn: true),
      ], marksAll: true, rows: Array(rows.suffix(Self.monthsShown)))
  }

  var forecast: FigureSeries {
    let months = Set((figures.forecast + (before?.forecast ?? [])).compactMap(\.month)).sorted()
    func values(_ month: String, _ figures: SalesFigures?) -> [Decimal] {
      guard let found = figures?.forecast.first(where: { $0.month == month }) else {
        return [0, 0]
      }
      return [amount(found.weighted), amount(found.amounts)]
    }
    return FigureSeries(
      title: ReportWords.forecast, note: PageWords.forecastNote, head: ReportWords.month,
      bars: [
        .init(kind: "weighted", title: ReportWords.weighted, isAmount: true, isDrawn: true),
        .init(kind: "open", title: ReportWords.openDeals, isAmount: true, isDrawn: true),
      ],
      rows: months.prefix(Self.monthsShown).map {
        .init(label: $0, values: values($0, figures), before: values($0, before))
      })
  }

  // Groups of both sides in the order of the first, then those that only were before.
  private func rows(
    _ groups: (SalesFigures) -> [FigureGroup], none: Words?,
    _ values: (MoneyFigures?) -> [Decimal]
  ) -> [FigureSeries.Row] {
    let (now, then) = (groups(figures), before.map(groups) ?? [])
    let known = Set(now.map(\.name))
    let names = now.map(\.name) + then.map(\.name).filter { !known.contains($0) }
    func money(_ name: String?, _ groups: [FigureGroup]) -> MoneyFigures? {
      groups.first { $0.name == name }?.figures.money.first { $0.currency == currency }
    }
    return names.compactMap { name in
      guard let label = name ?? none?[language] else { return nil }
      return .init(
        label: label, values: values(money(name, now)), before: values(money(name, then)))
    }
  }

  private func amount(_ amounts: [CurrencyAmount]) -> Decimal {
    amounts.first { $0.currency == currency }?.amount ?? 0
  }
}
