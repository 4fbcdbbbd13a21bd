import FerryCore
public import FerryMigration
import Foundation

extension TerminalReport {
  /// Sales figures in short, ending in a line break.
  public func text(of figures: SalesFigures) -> String {
    guard !figures.isEmpty else { return ReportWords.noFigures[language] + "\n" }
    var parts = [title(ReportWords.figures) + text(of: totals(figures.total))]
    if !figures.funnel.isEmpty {
      parts.append(title(ReportWords.funnel) + text(of: funnel(figures)))
    }
    if !figures.forecast.isEmpty {
      parts.append(title(ReportWords.forecast) + text(of: forecast(figures)))
    }
    let groups = [
      (ReportWords.ownersHead, figures.byOwner, ReportWords.nobody),
      (ReportWords.monthsHead, figures.byMonth, ReportWords.noDate),
      (ReportWords.bySource, figures.bySource, ReportWords.noSource),
    ]
    for (head, group, none) in groups where !group.isEmpty {
      parts.append(title(head) + text(of: table(of: group, none: none)))
    }
    return parts.joined(separator: "\n")
  }

  private func totals(_ total: FigureSet) -> TextTable {
    var table = TextTable([.init(""), .init("", alignment: .right), .init("")])
    for row in FigureFacts(total, language: language).rows {
      table.add([row.label, row.value, row.note])
    }
    return table
  }

  private func funnel(_ figures: SalesFigures) -> TextTable {
    var table = TextTable(
      [.init(ReportWords.stage[language])] + numbers([ReportWords.deals, ReportWords.amount]))
    for stage in figures.funnel {
      table.add([
        ReportWords.stageName(stage.stage, in: language), NumberText.count(stage.count),
        amounts(stage.amounts),
      ])
    }
    return table
  }

  private func forecast(_ figures: SalesFigures) -> TextTable {
    var table = TextTable(
      [.init(ReportWords.month[language])]
        + numbers([ReportWords.deals, ReportWords.amount, ReportWords.weighted]))
    for month in figures.forecast {
      table.add([
        month.month ?? ReportWords.noDate[language], NumberText.count(month.count),
        amounts(month.amounts), amounts(month.weighted),
      ])
    }
    return table
  }

  private func table(of groups: [FigureGroup], none: Words) -> TextTable {
    var table = TextTable(
      [.init("")]
        + numbers([
          ReportWords.leads, ReportWords.conversion, ReportWords.openDeals, ReportWords.won,
          ReportWords.lost, ReportWords.winRate, ReportWords.wonAmount,
        ]))
    for group in groups {
      let figures = group.figures
      table.add([
        group.name ?? none[language], NumberText.count(figures.leads),
        NumberText.percent(figures.conversion), NumberText.count(figures.openDeals),
        NumberText.count(figures.wonDeals), NumberText.count(figures.lostDeals),
        NumberText.percent(figures.winRate),
        figures.money.filter { $0.won != 0 }
          .map { NumberText.amount($0.won, currency: $0.currency) }.joined(separator: " + "),
      ])
    }
    return table
  }

  private func amounts(_ amounts: [CurrencyAmount]) -> String {
    amounts.map { NumberText.amount($0.amount, currency: $0.currency) }.joined(separator: " + ")
  }
}
