import FerryCore
import Foundation

// Both charts are drawn without a view box: places along the width are percentages and letters
// keep their size, so that the same drawing reads well on a phone and on paper.

/// Bars lying one below the other, each under its label.
struct BarChart {
  struct Row {
    let label: String
    let value: String
    let segments: [(kind: String, value: Double)]
    /// Where a mark stands, such as what the bar was before; none where it is nil or zero.
    var mark: Double?
    /// What the whole width stands for; `nil` for the longest of all rows.
    var scale: Double?
  }

  let title: String
  let rows: [Row]

  private static let rowHeight = 42

  var drawing: HTML {
    let longest = rows.map { max($0.length, $0.mark ?? 0) }.max() ?? 0
    let parts: [HTML] = rows.enumerated().map { index, row in
      let top = index * Self.rowHeight
      return """
        <text x="0" y="\(pixels(top + 14))" class="label">\(row.label.cut(toWidth: 24))</text>\
        <text x="100%" y="\(pixels(top + 14))" class="number">\(row.value)</text>\
        <rect x="0" y="\(pixels(top + 21))" width="100%" height="10" rx="2" class="track"/>\
        \(segments(of: row, longest: row.scale ?? longest, top: top + 21))\
        \(mark(of: row, longest: row.scale ?? longest, top: top + 18))

        """
    }
    return """
      <svg role="img" aria-label="\(title)" width="100%" height="\(pixels(rows.count * Self.rowHeight))">
      \(parts)</svg>
      """
  }

  private func segments(of row: Row, longest: Double, top: Int) -> [HTML] {
    guard longest > 0 else { return [] }
    var start = 0.0
    return row.segments.filter { $0.value > 0 }.map { segment in
      let width = segment.value / longest * 100
      defer { start += width }
      return """
        <rect x="\(percent(start))" y="\(pixels(top))" width="\(percent(width))" height="10" rx="2" class="\(segment.kind)"/>
        """
    }
  }
}

extension BarChart {
  private func mark(of row: Row, longest: Double, top: Int) -> HTML {
    guard let mark = row.mark, mark > 0, longest > 0 else { return .empty }
    // At the very end it would hang over.
    let x = min(mark / longest * 100, 99.6)
    return """
      <rect x="\(percent(x))" y="\(pixels(top))" width="2" height="16" class="mark"/>
      """
  }
}

extension BarChart.Row {
  fileprivate var length: Double { segments.reduce(0) { $0 + max(0, $1.value) } }
}

/// Columns by month, side by side or one before the other, over an axis of amounts.
struct ColumnChart {
  struct Column {
    /// Such as `2024-03`.
    let month: String
    let bars: [Bar]
  }

  struct Bar {
    let kind: String
    let value: Double
    /// Where a mark stands, such as what the bar was before; none where it is nil or zero.
    let mark: Double?
  }

  let title: String
  let columns: [Column]
  /// Whether a month's bars stand before each other, the later ones in front.
  let isLayered: Bool
  let language: Language

  private static let plotHeight = 180.0
  private static let topMargin = 14.0

  var drawing: HTML {
    let highest = columns.flatMap { $0.bars.map { max($0.value, $0.mark ?? 0) } }.max() ?? 0
    let step = Self.step(for: highest)
    let ticks = (0...4).map { Double($0) * step }.filter { $0 - step < highest }
    let top = ticks.last ?? 1
    let height = pixels(Int(Self.plotHeight + Self.topMargin) + 36)
    return """
      <div class="plot"><svg class="axis" aria-hidden="true" width="52" height="\(height)">
      \(ticks.map { axisLabel($0, top: top) })</svg>\
      <svg role="img" aria-label="\(title)" width="100%" height="\(height)">
      \(ticks.map { gridLine($0, top: top) })\(columns.indices.map { column($0, top: top) })</svg></div>
      """
  }

  private func height(of value: Double, top: Double) -> Double {
    value / top * Self.plotHeight
  }

  private func axisLabel(_ value: Double, top: Double) -> HTML {
    let y = Self.topMargin + Self.plotHeight - height(of: value, top: top) + 4
    return "<text x=\"46\" y=\"\(decimal(y))\" class=\"tick\">\(compact(value))</text>\n"
  }

  private func gridLine(_ value: Double, top: Double) -> HTML {
    let y = decimal(Self.topMargin + Self.plotHeight - height(of: value, top: top))
    return "<line x1=\"0\" x2=\"100%\" y1=\"\(y)\" y2=\"\(y)\" class=\"grid\"/>\n"
  }

  private func column(_ index: Int, top: Double) -> HTML {
    let column = columns[index]
    let width = 100 / Double(max(columns.count, 6))
    let left = Double(index) * width + width * 0.14
    let inner = width * 0.72
    let barWidth = isLayered ? inner : inner / Double(max(1, column.bars.count))
    let bars: [HTML] = column.bars.enumerated().map { place, bar in
      let tall = height(of: max(0, bar.value), top: top)
      let x = isLayered ? left : left + Double(place) * barWidth
      return """
        <rect x="\(percent(x))" y="\(decimal(Self.topMargin + Self.plotHeight - tall))" \
        width="\(percent(barWidth * 0.94))" height="\(decimal(tall))" rx="2" class="\(bar.kind)">\
        <title>\(column.month)\(language.colon)\(NumberText.grouped(NumberText.fixed(Decimal(bar.value), digits: 2)))</title></rect>\
        \(mark(of: bar, x: x, width: barWidth * 0.94, top: top))
        """
    }
    return "\(bars)\(monthLabel(index, at: left + inner / 2))\n"
  }

  private func mark(of bar: Bar, x: Double, width: Double, top: Double) -> HTML {
    guard let mark = bar.mark, mark > 0 else { return .empty }
    let y = Self.topMargin + Self.plotHeight - height(of: mark, top: top) - 1
    return """
      <rect x="\(percent(x))" y="\(decimal(y))" width="\(percent(width))" height="2" class="mark"/>
      """
  }

  // The month's number below each column; the year below the first of each year.
  private func monthLabel(_ index: Int, at x: Double) -> HTML {
    let parts = columns[index].month.split(separator: "-").map(String.init)
    guard parts.count == 2 else { return .empty }
    let isFirst = index == 0 || !columns[index - 1].month.hasPrefix(parts[0])
    let y = Self.topMargin + Self.plotHeight
    let year: HTML =
      isFirst
      ? "<text x=\"\(percent(x))\" y=\"\(decimal(y + 32))\" class=\"month\">\(parts[0])</text>" : ""
    return
      "<text x=\"\(percent(x))\" y=\"\(decimal(y + 16))\" class=\"month\">\(parts[1])</text>\(year)"
  }

  /// A round step so that four of them reach `highest`.
  static func step(for highest: Double) -> Double {
    guard highest > 0 else { return 1 }
    let rough = highest / 4
    let power = pow(10, log10(rough).rounded(.down))
    let factor = [1, 2, 2.5, 5, 10].first { $0 * power >= rough } ?? 10
    return factor * power
  }

  /// An amount in few letters: `1.5M`, `20k`; in Chinese `150万`, `1.5亿`.
  private func compact(_ value: Double) -> String {
    let units: [(Double, String)] =
      language == .chinese
      ? [(1e8, "亿"), (1e4, "万")] : [(1e9, "B"), (1e6, "M"), (1e3, "k")]
    let unit = units.first { value >= $0.0 } ?? (1, "")
    var digits = NumberText.fixed(Decimal(value / unit.0), digits: 2)
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return (digits.isEmpty ? "0" : digits) + unit.1
  }
}

func percent(_ value: Double) -> String { "\(decimal(value))%" }

func decimal(_ value: Double) -> String { NumberText.fixed(Decimal(value), digits: 2) }

private func pixels(_ value: Int) -> String { String(value) }
