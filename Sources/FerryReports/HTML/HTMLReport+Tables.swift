import FerryCore
import FerryMapping
import FerryMigration
import Foundation

// What was read: each table as an equation, what the finder did, each column with its use.
extension HTMLReport {
  func tables(_ tables: [TableSummary]) -> HTML {
    guard !tables.isEmpty else { return .empty }
    return note(PageWords.readNote) + tables.map(card).joined
  }

  private func card(_ table: TableSummary) -> HTML {
    """
    <article class="card">
    <h3><span class="place">\(table.file) '\(table.sheet)'</span></h3>
    \(equation(table))
    \(bar([
      ("mapped", table.mapped), ("blank", table.blank), ("filtered", table.filtered),
      ("rejected", table.rejected),
    ]))
    \(notes(table.notes))
    \(columns(table))
    </article>

    """
  }

  private func equation(_ table: TableSummary) -> HTML {
    let terms: [(Words, Int, String)] = [
      (ReportWords.mapped, table.mapped, "mapped"), (ReportWords.blank, table.blank, "blank"),
      (ReportWords.filtered, table.filtered, "filtered"),
      (ReportWords.rejected, table.rejected, "rejected"),
    ]
    let sum: [HTML] = terms.enumerated().map { index, term in
      let sign: HTML = index == 0 ? "" : " <i>+</i> "
      return
        "\(sign)<span class=\"term\"><i class=\"dot \(term.2)\"></i><b>\(term.1)</b> \(term.0[language])</span>"
    }
    let mark: HTML =
      table.isBalanced ? "<span class=\"good\">✓</span>" : "<span class=\"bad\">✗</span>"
    return """
      <p class="equation"><span class="term"><b>\(table.rows)</b> \(ReportWords.rows[language])</span> \
      <i>\(table.isBalanced ? "=" : "≠")</i> \(sum) \(mark)</p>
      """
  }

  private func notes(_ notes: [Finding]) -> HTML {
    guard !notes.isEmpty else { return .empty }
    let items: [HTML] = notes.map { finding in
      "<li>\(finding.message(in: language)) \(place(finding.provenance))</li>\n"
    }
    return "<h4>\(PageWords.finder[language])</h4>\n<ul class=\"plain\">\n\(items)</ul>\n"
  }

  private func columns(_ table: TableSummary) -> HTML {
    guard !table.columns.isEmpty else { return .empty }
    let rows: [[HTML]] = table.columns.map { column in
      [
        "\(CellAddress.columnName(column.columnIndex))", "<b>\(column.name)</b>",
        column.uses.isEmpty
          ? "<span class=\"tag\">\(PageWords.unmapped[language])</span>" : uses(column.uses),
        fill(column.filled, of: table.rows - table.blank - table.filtered),
      ]
    }
    let unmapped = table.columns.count { $0.uses.isEmpty }
    let heads = [
      Head(title: PageWords.column), Head(title: PageWords.header), Head(title: PageWords.uses),
      Head(title: PageWords.filled, isNumber: true),
    ]
    return """
      <details><summary>\(words(PageWords.columns, table.columns.count, unmapped))</summary>
      \(self.table(heads, rows))</details>
      """
  }

  // `account.name` in the words of people: 客户 · 客户名称.
  private func uses(_ uses: [String]) -> HTML {
    let names = uses.map { use in
      let parts = use.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return use }
      let entity = ReportWords.entityName(parts[0], in: language)
      let field =
        parts[1] == "key"
        ? PageWords.keyField[language]
        : ReportWords.fieldName(parts[1], of: parts[0], in: language)
      return "\(entity) · \(field)"
    }
    return "\(names.map { "<span class=\"use\">\($0)</span> " as HTML })"
  }

  func fill(_ filled: Int, of rows: Int) -> HTML {
    guard rows > 0 else { return "\(filled)" }
    let share = min(1, Double(filled) / Double(rows))
    let width = NumberText.fixed(Decimal(share * 100), digits: 1)
    return """
      <span class="fill"><i style="width:\(width)%"></i></span> \
      <span class="share">\(filled) <span class="none">\(NumberText.percent(share))</span></span>
      """
  }
}
