public import FerryCore
public import FerryDrafting
public import FerryTables
import Foundation

/// What is in some files, as one page that holds all it needs: no network, no script.
///
///     let page = InspectPage(language: .chinese).page(of: profiles, insights)
public struct InspectPage: Sendable {
  /// The language of all words.
  public var language: Language
  /// Whether each column's most frequent values stand in the page; they are customers' data.
  public var showsValues: Bool

  /// Chooses how to write.
  public init(language: Language, showsValues: Bool = false) {
    self.language = language
    self.showsValues = showsValues
  }

  /// More rows of one list are left out.
  private static let mostRows = 200
  private var report: HTMLReport { HTMLReport(language: language) }

  /// The page.
  public func page(of profiles: [TableProfile], _ insights: FolderInsights) -> String {
    let names = InsightNames(profiles)
    let parts: [(String, Words, HTML)] = [
      ("tables", InsightWords.overview, overview(profiles, insights, names)),
      ("links", InsightWords.links, links(insights, names)),
      ("doubles", InsightWords.doubles, doubles(insights, profiles, names)),
      ("personal", InsightWords.personal, personal(insights, names)),
      ("damage", InsightWords.damage, damage(profiles, names)),
      ("columns", InsightWords.columnsTitle, columns(profiles, names)),
    ]
    let sections = parts.filter { !$0.2.isEmpty }.map {
      HTMLReport.Section(id: $0.0, title: $0.1[language], body: $0.2)
    }
    return report.document(
      title: InsightWords.title[language], head: head(profiles), sections: sections,
      foot: InsightWords.foot[language])
  }

  private func head(_ profiles: [TableProfile]) -> HTML {
    let files = Set(profiles.map(\.table.file)).count
    let tiles: [(Words, Int)] = [
      (InsightWords.files, files), (InsightWords.tables, profiles.count),
      (InsightWords.rows, profiles.reduce(0) { $0 + $1.dataRowCount }),
      (InsightWords.columns, profiles.reduce(0) { $0 + $1.columns.count }),
      (InsightWords.damaged, profiles.reduce(0) { $0 + $1.damages.count }),
    ]
    let cells: [HTML] = tiles.map { label, count in
      "<div class=\"tile\(count == 0 ? " zero" : "")\"><b>\(count)</b><span>\(label[language])</span></div>\n"
    }
    let hint: HTML =
      showsValues ? "" : "<p class=\"note\">\(InsightWords.hidden[language])</p>\n"
    return """
      <header>
      <p class="brand">ferry inspect</p>
      <h1>\(InsightWords.title[language])</h1>
      <div class="tiles five">
      \(cells)</div>
      \(hint)</header>

      """
  }

  private func overview(
    _ profiles: [TableProfile], _ insights: FolderInsights, _ names: InsightNames
  ) -> HTML {
    let rows: [[HTML]] = profiles.indices.map { index in
      let profile = profiles[index]
      let keys = insights.keys.filter { $0.table == index }.map(names.column)
      return [
        "<a href=\"#t\(String(index))\">\(names.table(index))</a>",
        "<span class=\"place\">\(profile.range.description)</span>", "\(profile.dataRowCount)",
        "\(profile.columns.count)", "\(keys.joined(separator: language.comma))",
      ]
    }
    return report.table(
      [
        .init(title: InsightWords.table), .init(title: InspectWords.range),
        .init(title: InsightWords.rows, isNumber: true),
        .init(title: InsightWords.columns, isNumber: true), .init(title: InsightWords.key),
      ], rows, kind: "inspect")
  }

  private func links(_ insights: FolderInsights, _ names: InsightNames) -> HTML {
    guard !insights.links.isEmpty else { return .empty }
    let rows: [[HTML]] = insights.links.prefix(Self.mostRows).map { link in
      [
        place(link.from, names), place(link.to, names),
        "\(strip([("stage", link.share)]))&#8194;\(NumberText.percent(link.share))",
      ]
    }
    return report.note(InsightWords.linksNote)
      + report.table(
        [
          .init(title: InsightWords.column), .init(title: InsightWords.refersTo),
          .init(title: InsightWords.share, isNumber: true),
        ], rows, kind: "inspect")
  }

  private func doubles(
    _ insights: FolderInsights, _ profiles: [TableProfile], _ names: InsightNames
  ) -> HTML {
    guard !insights.doubles.isEmpty else { return .empty }
    let rows: [[HTML]] = insights.doubles.prefix(Self.mostRows).map { double in
      let filled = profiles[double.place.table].columns[double.place.column].filledCount
      let share = Double(double.rowCount) / Double(max(1, filled))
      return [
        place(double.place, names),
        "\(strip([("doubt", share)]))&#8194;\(double.rowCount) <small>/ \(filled)</small>",
      ]
    }
    return report.note(InsightWords.doublesNote)
      + report.table(
        [
          .init(title: InsightWords.column), .init(title: InsightWords.repeated, isNumber: true),
        ], rows, kind: "inspect")
  }

  private func personal(_ insights: FolderInsights, _ names: InsightNames) -> HTML {
    guard !insights.personal.isEmpty else { return .empty }
    let rows: [[HTML]] = insights.personal.prefix(Self.mostRows).map { column in
      [
        place(column.place, names), "\(InsightWords.personal(column.kind)[language])",
        "\(column.count)",
      ]
    }
    return report.note(InsightWords.personalNote)
      + report.table(
        [
          .init(title: InsightWords.column), .init(title: InsightWords.holds),
          .init(title: InsightWords.cells, isNumber: true),
        ], rows, kind: "inspect")
  }

  private func damage(_ profiles: [TableProfile], _ names: InsightNames) -> HTML {
    let rows: [[HTML]] = profiles.indices.flatMap { index in
      profiles[index].damages.sorted { $0.rule.severity > $1.rule.severity }.map { damage in
        let finding = damage.finding(in: profiles[index].table)
        let severity = finding.severity.rawValue
        return [
          "<span class=\"\(severity)\"><span class=\"severity\">\(ReportWords.severity(finding.severity)[language])</span></span>",
          "\(names.table(index))",
          "\(finding.message(in: language)) <code>\(damage.rule.id)</code>",
        ]
      }
    }
    guard !rows.isEmpty else { return .empty }
    return report.table(
      [
        .init(title: Words(en: "", zh: "")), .init(title: InsightWords.table),
        .init(title: InsightWords.what),
      ], Array(rows.prefix(Self.mostRows)), kind: "inspect")
  }

  private func place(_ place: FolderInsights.Place, _ names: InsightNames) -> HTML {
    "<b>\(names.column(place))</b> <small>\(names.table(place.table))</small>"
  }
}

// MARK: - Columns

extension InspectPage {
  private func columns(_ profiles: [TableProfile], _ names: InsightNames) -> HTML {
    let cards: [HTML] = profiles.indices.map { index in
      let profile = profiles[index]
      return """
        <article class="card" id="t\(String(index))">
        <h3>\(names.table(index)) <span class="place">\(profile.range.description)</span></h3>
        \(table(of: profile))
        </article>

        """
    }
    return cards.joined
  }

  private func table(of profile: TableProfile) -> HTML {
    var heads: [HTMLReport.Head] = [
      .init(title: InspectWords.column), .init(title: InspectWords.header),
      .init(title: InspectWords.kind), .init(title: InspectWords.filled, isNumber: true),
      .init(title: InspectWords.distinct, isNumber: true), .init(title: InsightWords.shape),
      .init(title: InspectWords.range),
    ]
    if showsValues { heads.append(.init(title: InsightWords.mostFrequent)) }
    let rows: [[HTML]] = profile.columns.map { column in
      let share = Double(column.filledCount) / Double(max(1, profile.dataRowCount))
      let range = [column.minimum, column.maximum].compactMap { $0 }.joined(separator: " … ")
      let distinct = NumberText.count(column.distinctCount)
      var cells: [HTML] = [
        "\(CellAddress.columnName(column.column.columnIndex))", "<b>\(column.column.name)</b>",
        "\(InspectWords.kind(column.kind.rawValue)[language])",
        "\(strip([("stage", share)]))&#8194;\(NumberText.percent(share))",
        "\(column.isDistinctEstimated ? "≈\(distinct)" : distinct)", mix(column), "\(range)",
      ]
      if showsValues { cells.append(values(column)) }
      return cells
    }
    return report.table(heads, rows, kind: "inspect")
  }

  /// The looks of a column's cells as one strip; nothing where all look alike.
  private func mix(_ column: ColumnProfile) -> HTML {
    guard column.shapes.count > 1 else { return .empty }
    let shown = column.shapes.prefix(5).enumerated().map { index, shape in
      (
        kind: "shape\(index)", share: Double(shape.count) / Double(max(1, column.filledCount)),
        label: "\(InsightWords.shape(shape.shape)[language]) \(NumberText.count(shape.count))"
      )
    }
    let words = shown.map(\.label).joined(separator: language.comma)
    return """
      \(strip(shown.map { ($0.kind, $0.share) }, label: words, isWide: true)) <small>\(words)</small>
      """
  }

  private func values(_ column: ColumnProfile) -> HTML {
    let most = column.topValues.first?.count ?? 1
    let rows: [HTML] = column.topValues.prefix(5).map { value in
      let share = Double(value.count) / Double(max(1, most))
      return
        "<div>\(strip([("open", share)])) <span class=\"value\">\(value.value)</span> <small>×\(value.count)</small></div>"
    }
    return "<div class=\"tops\">\(rows)</div>"
  }

  /// A bar of parts, drawn as SVG; each share is of the whole width.
  private func strip(
    _ parts: [(kind: String, share: Double)], label: String? = nil, isWide: Bool = false
  ) -> HTML {
    var start = 0.0
    let segments: [HTML] = parts.map { part in
      let width = min(max(part.share, 0), 1) * 100
      defer { start += width }
      return
        "<rect class=\"\(part.kind)\" x=\"\(percent(start))\" y=\"0\" width=\"\(percent(width))\" height=\"10\"/>"
    }
    let role: HTML =
      label.map { "role=\"img\" aria-label=\"\($0)\"" as HTML } ?? "aria-hidden=\"true\""
    return """
      <svg class="strip\(isWide ? " wide" : "")" \(role)><rect class="track" width="100%" height="10" rx="2"/>\(segments)</svg>
      """
  }
}
