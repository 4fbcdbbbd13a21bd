import FerryCore
public import FerryMigration
import Foundation

extension JSONReport {
  /// Sales figures as a document: rates from 0 to 1, amounts as numbers with all their digits.
  public func document(of figures: SalesFigures) -> JSONValue {
    [
      "total": set(figures.total),
      "by_owner": .array(figures.byOwner.map { group($0, "owner") }),
      "by_month": .array(figures.byMonth.map { group($0, "month") }),
      "by_source": .array(figures.bySource.map { group($0, "source") }),
      "by_currency": .array(figures.byCurrency.map { group($0, "currency") }),
      "funnel": .array(
        figures.funnel.map { stage in
          [
            "stage": .string(orNull: stage.stage), "count": .integer(stage.count),
            "amounts": amounts(stage.amounts),
          ]
        }),
      "forecast": .array(
        figures.forecast.map { month in
          [
            "month": .string(orNull: month.month), "count": .integer(month.count),
            "amounts": amounts(month.amounts), "weighted": amounts(month.weighted),
          ]
        }),
    ]
  }

  private func group(_ group: FigureGroup, _ key: String) -> JSONValue {
    guard case .object(let members) = set(group.figures) else { return .null }
    return .object([.init(key, .string(orNull: group.name))] + members)
  }

  private func set(_ set: FigureSet) -> JSONValue {
    [
      "leads": .integer(set.leads),
      "converted_leads": .integer(set.convertedLeads),
      "lead_conversion": ratio(set.conversion),
      "deals": .integer(set.deals),
      "open_deals": .integer(set.openDeals),
      "open_without_probability": .integer(set.openWithoutProbability),
      "won_deals": .integer(set.wonDeals),
      "lost_deals": .integer(set.lostDeals),
      "win_rate": ratio(set.winRate),
      "sales_cycle_days": ratio(set.cycleDays),
      "sales_cycle_deals": .integer(set.cycleCount),
      "payments": .integer(set.payments),
      "money": .array(set.money.map(money)),
    ]
  }

  private func money(_ money: MoneyFigures) -> JSONValue {
    func amount(_ value: Decimal) -> JSONValue {
      .number(NumberText.plainAmount(value, currency: money.currency))
    }
    return [
      "currency": .string(orNull: money.currency.isEmpty ? nil : money.currency),
      "won": amount(money.won),
      "lost": amount(money.lost),
      "win_rate": ratio(money.winRate),
      "average_deal": money.average.map(amount) ?? .null,
      "open": amount(money.open),
      "forecast": amount(money.weighted),
      "received": amount(money.received),
      "refunded": amount(money.refunded),
    ]
  }

  private func amounts(_ amounts: [CurrencyAmount]) -> JSONValue {
    .array(
      amounts.map { item in
        [
          "currency": .string(orNull: item.currency.isEmpty ? nil : item.currency),
          "amount": .number(NumberText.plainAmount(item.amount, currency: item.currency)),
        ]
      })
  }

  // Six digits: enough to compare, few enough to be the same on every machine.
  private func ratio(_ value: Double?) -> JSONValue {
    value.map { .number(NumberText.fixed(Decimal($0), digits: 6)) } ?? .null
  }
}
