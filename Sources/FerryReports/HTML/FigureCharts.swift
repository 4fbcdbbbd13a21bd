import FerryCore
import FerryMigration
import Foundation

/// The charts of sales figures, amounts in one currency, each with its numbers as a table.
struct FigureCharts {
  let figures: SalesFigures
  /// The store's before the run; marks in the charts.
  let before: SalesFigures?
  let currency: String
  let language: Language

  var all: [HTML] {
    let list = FigureSeriesList(
      figures: figures, before: before, currency: currency, language: language)
    return [
      headline, bars(list.funnel), columns(list.months), bars(list.owners), columns(list.forecast),
    ]
  }

  // MARK: - Before and after

  private var headline: HTML {
    guard let before else { return .empty }
    let measures = FigureHeadline(
      before: before.total, after: figures.total, currency: currency, language: language
    ).measures
    guard !measures.isEmpty else { return .empty }
    let rows = measures.map { measure in
      BarChart.Row(
        label: measure.label, value: measure.value,
        segments: measure.after.map { [("stage", $0)] } ?? [], mark: measure.before,
        scale: measure.scale)
    }
    let title = PageWords.beforeAndAfter[language]
    let cells: [[HTML]] = measures.map { measure in
      [
        "\(measure.label)", "\(measure.beforeText)", "\(measure.afterText)",
        "\(measure.difference)",
      ]
    }
    let heads = [FigureWords.figure, PageWords.before, PageWords.after, FigureWords.difference]
    return frame(
      title, PageWords.beforeAndAfterNote[language], BarChart(title: title, rows: rows).drawing,
      legend: [key("dot stage", PageWords.after[language]), mark(nil)], numbers(heads, cells),
      kind: "wide")
  }

  // MARK: - Each chart

  private func bars(_ series: FigureSeries) -> HTML {
    guard !series.isEmpty else { return .empty }
    let drawn = series.bars.indices.filter { series.bars[$0].isDrawn }
    let rows = series.rows.map { row in
      BarChart.Row(
        label: row.label, value: value(of: row, in: series),
        segments: drawn.map { (kind(of: row, series.bars[$0]), number(row.values[$0])) },
        mark: before == nil ? nil : number(row.before[0]))
    }
    return frame(series, BarChart(title: series.title[language], rows: rows).drawing)
  }

  private func value(of row: FigureSeries.Row, in series: FigureSeries) -> String {
    series.told.map { text(row.values[$0], series.bars[$0]) }.joined(separator: " · ")
  }

  private func kind(of row: FigureSeries.Row, _ bar: FigureSeries.Bar) -> String {
    guard bar.kind == "stage" else { return bar.kind }
    let ends = ["won", "lost"]
    let closed = ends.first { (end: String) in ReportWords.stageName(end, in: language) == row.label
    }
    return closed ?? bar.kind
  }

  private func columns(_ series: FigureSeries) -> HTML {
    guard !series.isEmpty else { return .empty }
    // The narrower amount stands in front of the one that it is a part of.
    let isLayered = series.bars[0].kind == "weighted"
    let order = isLayered ? [1, 0] : [0, 1]
    let columns = series.rows.map { row in
      ColumnChart.Column(
        month: row.label,
        bars: order.map { index in
          .init(
            kind: series.bars[index].kind, value: number(row.values[index]),
            mark: before == nil || (index > 0 && !series.marksAll)
              ? nil : number(row.before[index]))
        })
    }
    let chart = ColumnChart(
      title: series.title[language], columns: columns, isLayered: isLayered, language: language)
    return frame(series, chart.drawing)
  }

  // MARK: - Around a chart

  private func frame(_ series: FigureSeries, _ drawing: HTML) -> HTML {
    var heads = [series.head]
    for bar in series.bars {
      if before != nil {
        heads.append(
          Words(
            en: "\(bar.title.english), \(PageWords.before.english)",
            zh: "\(PageWords.before.chinese)\(bar.title.chinese)"))
      }
      heads.append(bar.title)
    }
    let cells: [[HTML]] = series.rows.map { row in
      var cells: [HTML] = ["\(row.label)"]
      for (index, bar) in series.bars.enumerated() {
        if before != nil { cells.append("\(text(row.before[index], bar, short: true))") }
        cells.append("\(text(row.values[index], bar, short: true))")
      }
      return cells
    }
    return frame(
      series.title[language], series.note[language], drawing, legend: legend(of: series),
      numbers(heads, cells))
  }

  private func frame(
    _ title: String, _ note: String, _ drawing: HTML, legend: [HTML], _ numbers: HTML,
    kind: String = ""
  ) -> HTML {
    """
    <div class="chart \(kind)"><figure>
    <figcaption><b>\(title)</b><small>\(note)</small>\
    <span class="legend">\(legend)</span></figcaption>
    \(drawing)
    </figure>
    \(numbers)</div>

    """
  }

  private func legend(of series: FigureSeries) -> [HTML] {
    let drawn = series.bars.filter(\.isDrawn)
    // Bars that are all of one kind need no key.
    var keys = drawn.count > 1 ? drawn.map { key("dot \($0.kind)", $0.title[language]) } : []
    if before != nil {
      keys.append(mark(drawn.count > 1 && !series.marksAll ? drawn[0].title : nil))
    }
    return keys
  }

  private func mark(_ title: Words?) -> HTML {
    let before = PageWords.before[language]
    return key("mark", title.map { "\(before)\(language.colon)\($0[language])" } ?? before)
  }

  private func key(_ kind: String, _ text: String) -> HTML {
    "<span><i class=\"\(kind)\"></i>\(text)</span> "
  }

  /// The numbers of a drawing, for those who do not see it or want to know exactly.
  private func numbers(_ heads: [Words], _ rows: [[HTML]]) -> HTML {
    let table = HTMLReport(language: language).table(
      heads.enumerated().map { .init(title: $0.element, isNumber: $0.offset > 0) }, rows,
      kind: "numbers")
    return "<details><summary>\(PageWords.numbers[language])</summary>\n\(table)</details>\n"
  }

  private func text(_ value: Decimal, _ bar: FigureSeries.Bar, short: Bool = false) -> String {
    guard bar.isAmount else { return NumberText.grouped(value.description) }
    let text = NumberText.plainAmount(value, currency: currency)
    return short ? NumberText.grouped(text) : NumberText.amount(value, currency: currency)
  }
}

private func number(_ amount: Decimal) -> Double { NSDecimalNumber(decimal: amount).doubleValue }

/// The few figures that everybody asks for, before and after.
struct FigureHeadline {
  struct Measure {
    let label: String
    let before: Double?
    let after: Double?
    /// What the whole width of a bar stands for.
    let scale: Double
    let beforeText: String
    let afterText: String
    let difference: String

    /// Both in one line.
    var value: String { "\(beforeText) → \(afterText)" }
  }

  let before: FigureSet
  let after: FigureSet
  let currency: String
  let language: Language

  /// Those of which one side at least knows something.
  var measures: [Measure] {
    [
      share(ReportWords.conversion, \.conversion), share(ReportWords.winRate, \.winRate),
      amount(ReportWords.average) { $0?.average }, days,
      amount(PageWords.wonAmount) { $0?.won },
      amount(ReportWords.forecastTotal) { $0?.weighted },
    ].compactMap { $0 }
  }

  private func share(_ label: Words, _ value: (FigureSet) -> Double?) -> Measure? {
    measure(label, value(before), value(after), scale: 1, text: NumberText.percent) { change in
      PageWords.points.filled(
        with: [NumberText.fixed(Decimal(change * 100), digits: 1)], in: language)
    }
  }

  private var days: Measure? {
    func text(_ days: Double?) -> String {
      days.map { ReportWords.cycleDays.filled(with: [NumberText.days($0)], in: language) } ?? "–"
    }
    return measure(ReportWords.cycle, before.cycleDays, after.cycleDays, text: text) { text($0) }
  }

  private func amount(_ label: Words, _ value: (MoneyFigures?) -> Decimal?) -> Measure? {
    func of(_ set: FigureSet) -> Double? {
      value(set.money.first { $0.currency == currency }).map(number)
    }
    func text(_ amount: Double?) -> String {
      amount.map { NumberText.amount(Decimal($0), currency: currency) } ?? "–"
    }
    return measure(label, of(before), of(after), text: text) { text($0) }
  }

  private func measure(
    _ label: Words, _ before: Double?, _ after: Double?, scale: Double? = nil,
    text: (Double?) -> String, difference: (Double) -> String
  ) -> Measure? {
    guard before != nil || after != nil else { return nil }
    let change = before.flatMap { before in after.map { $0 - before } }
    let told = change.map { ($0 > 0 ? "+" : "") + difference($0) }
    return Measure(
      label: label[language], before: before, after: after,
      scale: scale ?? max(before ?? 0, after ?? 0, 1e-9), beforeText: text(before),
      afterText: text(after), difference: change == 0 ? "=" : told ?? "–")
  }
}
