import FerryCore
import FerryMigration
import Foundation

/// The headline figures as lines of label, value and what they were counted over.
struct FigureFacts {
  struct Row: Hashable {
    let label: String
    let value: String
    let note: String
  }

  let rows: [Row]

  init(_ total: FigureSet, language: Language) {
    func row(_ label: Words, _ value: String, _ note: Words, _ arguments: Int...) -> Row {
      Row(
        label: label[language], value: value,
        note: note.filled(with: arguments.map(NumberText.count), in: language))
    }
    let closed = total.wonDeals + total.lostDeals
    var rows: [Row] = []
    if total.leads > 0 {
      rows.append(
        row(
          ReportWords.conversion, NumberText.percent(total.conversion), ReportWords.conversionNote,
          total.convertedLeads, total.leads))
    }
    if total.deals > 0 {
      rows.append(
        row(
          ReportWords.winRate, NumberText.percent(total.winRate), ReportWords.winRateNote,
          total.wonDeals, closed))
      let cycle = total.cycleDays.map {
        ReportWords.cycleDays.filled(with: [NumberText.days($0)], in: language)
      }
      rows.append(row(ReportWords.cycle, cycle ?? "–", ReportWords.cycleNote, total.cycleCount))
    }
    for money in total.money {
      if money.won + money.lost != 0 {
        rows.append(
          Row(
            label: ReportWords.winRateByAmount[language],
            value: NumberText.percent(money.winRate), note: money.currency))
      }
      if let average = money.average {
        rows.append(
          row(
            ReportWords.average, NumberText.amount(average, currency: money.currency),
            ReportWords.averageNote, money.wonCount))
      }
      if money.open != 0 {
        rows.append(
          Row(
            label: ReportWords.open[language],
            value: NumberText.amount(money.open, currency: money.currency), note: ""))
        rows.append(
          row(
            ReportWords.forecastTotal, NumberText.amount(money.weighted, currency: money.currency),
            ReportWords.forecastNote))
      }
      if money.received != 0 {
        rows.append(
          row(
            ReportWords.received, NumberText.amount(money.received, currency: money.currency),
            ReportWords.payments, total.payments))
      }
    }
    self.rows = rows
  }
}
