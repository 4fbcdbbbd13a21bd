import FerryCore
import FerryMigration
import Foundation

// Sales figures: headlines, charts, and the same numbers as tables.
extension HTMLReport {
  func figures(_ figures: SalesFigures, before: SalesFigures?) -> HTML {
    guard !figures.isEmpty || before.map({ !$0.isEmpty }) ?? false else { return .empty }
    // Marks that stand where the bars end, or nowhere, say nothing.
    let marked = before.flatMap { $0.isEmpty || $0 == figures ? nil : $0 }
    let money = (figures.total.money + (marked?.total.money ?? []))
    let charted = money.max { $0.won + $0.open + $0.lost < $1.won + $1.open + $1.lost }
    let currency = charted?.currency ?? ""
    let others: HTML =
      Set(money.map(\.currency)).count > 1
      ? note(PageWords.charted, name(ofCurrency: currency)) : .empty
    let charts = FigureCharts(
      figures: figures, before: marked, currency: currency, language: language)
    return """
      \(note(PageWords.figuresNote))\(comparison(figures, before))\
      \(facts(figures.total))\(unweighted(figures.total))
      \(others)<div class="charts">
      \(charts.all)</div>
      \(tables(of: figures))
      <details><summary>\(PageWords.formulas[language])</summary><ul class="plain">
      \(PageWords.formulaList.map { "<li>\($0[language])</li>\n" as HTML })</ul></details>

      """
  }

  private func comparison(_ figures: SalesFigures, _ before: SalesFigures?) -> HTML {
    guard let before else { return .empty }
    guard !before.isEmpty else { return note(PageWords.nothingBefore) }
    return note(before == figures ? PageWords.sameAsBefore : PageWords.marks)
  }

  private func facts(_ total: FigureSet) -> HTML {
    let tiles: [HTML] = FigureFacts(total, language: language).rows.map { row in
      """
      <div class="fact"><span>\(row.label)</span><b>\(row.value)</b><small>\(row.note)</small></div>

      """
    }
    return "<div class=\"facts-grid\">\n\(tiles)</div>\n"
  }

  private func unweighted(_ total: FigureSet) -> HTML {
    guard total.openWithoutProbability > 0 else { return .empty }
    return
      "<p class=\"note\">\(words(ReportWords.withoutProbability, total.openWithoutProbability))</p>\n"
  }

  private func name(ofCurrency currency: String) -> String {
    currency.isEmpty ? ReportWords.noCurrency[language] : currency
  }

  // MARK: - Tables

  private func tables(of figures: SalesFigures) -> HTML {
    let groups = [
      (ReportWords.ownersHead, ReportWords.owner, figures.byOwner, ReportWords.nobody),
      (ReportWords.monthsHead, ReportWords.month, figures.byMonth, ReportWords.noDate),
      (ReportWords.bySource, ReportWords.sourceOf, figures.bySource, ReportWords.noSource),
      (ReportWords.byCurrency, ReportWords.currency, figures.byCurrency, ReportWords.noCurrency),
    ]
    let parts: [HTML] = groups.filter { !$0.2.isEmpty }.map { title, head, groups, none in
      """
      <details><summary>\(title[language])</summary>
      \(table(of: groups, head: head, none: none))</details>

      """
    }
    return parts.joined
  }

  private func table(of groups: [FigureGroup], head: Words, none: Words) -> HTML {
    let heads =
      [Head(title: head)]
      + [
        ReportWords.leads, ReportWords.conversion, ReportWords.openDeals, ReportWords.won,
        ReportWords.lost, ReportWords.winRate, ReportWords.cycle, ReportWords.wonAmount,
        ReportWords.weighted,
      ].map { Head(title: $0, isNumber: true) }
    let rows: [[HTML]] = groups.map { group in
      let figures = group.figures
      let days = figures.cycleDays.map {
        ReportWords.cycleDays.filled(with: [NumberText.days($0)], in: language)
      }
      return [
        "<b>\(group.name ?? none[language])</b>", "\(figures.leads)",
        "\(NumberText.percent(figures.conversion))", "\(figures.openDeals)", "\(figures.wonDeals)",
        "\(figures.lostDeals)", "\(NumberText.percent(figures.winRate))", "\(days ?? "–")",
        amounts(figures.money.map { ($0.currency, $0.won) }),
        amounts(figures.money.map { ($0.currency, $0.weighted) }),
      ]
    }
    return table(heads, rows, kind: "counts")
  }

  private func amounts(_ amounts: [(String, Decimal)]) -> HTML {
    let lines: [HTML] = amounts.filter { $0.1 != 0 }.map { currency, amount in
      "<span class=\"amount\">\(NumberText.amount(amount, currency: currency))</span>"
    }
    return lines.isEmpty ? "<span class=\"none\">–</span>" : lines.joined
  }
}
