import FerryRecords
public import Foundation

/// Adds up ``SalesFigures``, a row at a time.
///
/// - Complexity: Memory grows with owners, months, sources and won deals, not with all rows.
public struct SalesFiguresBuilder {
  private let time: FigureTime
  private var total = FigureSum()
  private var owners: [String?: FigureSum] = [:]
  private var months: [String?: FigureSum] = [:]
  private var sources: [String?: FigureSum] = [:]
  private var currencies: [String?: FigureSum] = [:]
  private var stages: [String?: AmountSum] = [:]
  private var forecast: [String?: AmountSum] = [:]

  /// Starts with nothing; months are those of `timeZone`.
  public init(timeZone: TimeZone) { time = FigureTime(timeZone: timeZone) }

  /// Adds a lead.
  public mutating func add(_ lead: LeadRow) {
    total.add(lead)
    owners[lead.owner, default: FigureSum()].add(lead)
    months[time.month(ofInstant: lead.createdAt), default: FigureSum()].add(lead)
    sources[lead.source, default: FigureSum()].add(lead)
  }

  /// Adds a deal.
  public mutating func add(_ deal: DealRow) {
    let isOpen = deal.stage != "won" && deal.stage != "lost"
    let closeMonth = time.month(ofDate: deal.closeDate)
    let month = isOpen ? closeMonth : time.month(ofInstant: deal.closedAt) ?? closeMonth
    let cycle = deal.stage == "won" ? cycleDays(of: deal) : nil
    total.add(deal, cycle: cycle)
    owners[deal.owner, default: FigureSum()].add(deal, cycle: cycle)
    months[month, default: FigureSum()].add(deal, cycle: cycle)
    sources[deal.source, default: FigureSum()].add(deal, cycle: cycle)
    currencies[deal.currency, default: FigureSum()].add(deal, cycle: cycle)
    stages[deal.stage, default: AmountSum()].add(deal)
    if isOpen { forecast[closeMonth, default: AmountSum()].add(deal) }
  }

  /// Adds a payment.
  public mutating func add(_ payment: PaymentRow) {
    total.add(payment)
    owners[payment.owner, default: FigureSum()].add(payment)
    months[time.month(ofDate: payment.date), default: FigureSum()].add(payment)
    currencies[payment.currency, default: FigureSum()].add(payment)
  }

  /// The figures of all rows so far.
  public var figures: SalesFigures {
    var figures = SalesFigures()
    figures.total = total.figures
    figures.byOwner = Self.ranked(owners) { $0.wonDeals }
    figures.bySource = Self.ranked(sources) { $0.deals }
    figures.byCurrency = Self.ranked(currencies) { $0.deals }
    figures.byMonth = Self.inOrder(months).map {
      FigureGroup(name: $0.key, figures: $0.value.figures)
    }
    figures.forecast = Self.inOrder(forecast).map {
      ForecastMonth(
        month: $0.key, count: $0.value.count, amounts: $0.value.total, weighted: $0.value.weighted)
    }
    if total.figures.deals > 0 { figures.funnel = funnel }
    return figures
  }

  // All stages of the process, empty ones too; then what is in none of them.
  private var funnel: [FunnelStage] {
    let known = ValueSet.dealStage.options.map(\.value)
    let others = Self.inOrder(stages).map(\.key).filter { stage in
      stage.map { !known.contains($0) } ?? true
    }
    return (known.map(Optional.some) + others).map { stage in
      let sum = stages[stage] ?? AmountSum()
      return FunnelStage(stage: stage, count: sum.count, amounts: sum.total)
    }
  }

  private func cycleDays(of deal: DealRow) -> Double? {
    guard let created = time.seconds(ofInstant: deal.createdAt) else { return nil }
    if let closed = time.seconds(ofInstant: deal.closedAt) {
      return closed >= created ? (closed - created) / 86_400 : nil
    }
    guard let closed = time.dayNumber(of: deal.closeDate),
      let createdDay = time.localDay(ofInstant: deal.createdAt), closed >= createdDay
    else { return nil }
    return Double(closed - createdDay)
  }

  private static func ranked(
    _ sums: [String?: FigureSum], by rank: (FigureSet) -> Int
  ) -> [FigureGroup] {
    inOrder(sums).map { FigureGroup(name: $0.key, figures: $0.value.figures) }
      .sorted { left, right in
        // Nobody's records come last, however many they are; those that tie stay in order.
        guard (left.name == nil) == (right.name == nil) else { return left.name != nil }
        let (first, second) = (rank(left.figures), rank(right.figures))
        return first == second
          ? (left.name ?? "") < (right.name ?? "") : first > second
      }
  }

  private static func inOrder<Sum>(_ sums: [String?: Sum]) -> [(key: String?, value: Sum)] {
    sums.sorted { left, right in
      switch (left.key, right.key) {
      case (let first?, let second?): first < second
      case (nil, _): false
      case (_, nil): true
      }
    }
  }
}
