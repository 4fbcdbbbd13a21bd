import FerryCore
import FerryMigration

// What changes: counts by entity, examples old → new, merges with their reason.
extension HTMLReport {
  func changes(_ summary: RunSummary, _ listed: ReportChanges? = nil) -> HTML {
    guard !summary.entities.isEmpty else { return .empty }
    let merges = summary.changes.filter { $0.kind == "merge" }
    return note(PageWords.changesNote) + counts(summary) + explorer(listed)
      + examples(summary.changes.filter { $0.kind != "merge" }) + self.merges(merges)
  }

  private func counts(_ summary: RunSummary) -> HTML {
    let columns = CountColumn.columns(for: summary)
    let heads: [Head] =
      [Head(title: ReportWords.entity)] + columns.map { Head(title: $0.title, isNumber: true) }
    let rows: [[HTML]] = summary.entities.map { counts in
      let share = bar(columns.dropFirst().map { ($0.style, $0.value(counts)) })
      return ["<b>\(ReportWords.entityName(counts.entity, in: language))</b>\(share)"]
        + columns.map { column in
          let number = column.value(counts)
          return number == 0 ? "<span class=\"none\">0</span>" : "\(number)"
        }
    }
    let lines: [HTML] = ReportWords.besideCounts(summary, in: language).map { "<p>\($0)</p>\n" }
    return table(heads, rows, kind: "counts") + lines.joined
  }

  // MARK: - Examples

  private func examples(_ changes: [ChangeSummary]) -> HTML {
    struct Group {
      let entity: String
      let kind: String
      var changes: [ChangeSummary]
    }
    var groups: [Group] = []
    for change in changes {
      let index = groups.firstIndex { $0.entity == change.entity && $0.kind == change.kind }
      if let index {
        groups[index].changes.append(change)
      } else {
        groups.append(Group(entity: change.entity, kind: change.kind, changes: [change]))
      }
    }
    let parts: [HTML] = groups.map { group in
      let title = PageWords.examples.filled(
        with: [
          ReportWords.entityName(group.entity, in: language),
          ReportWords.change(group.kind)[language],
        ], in: language)
      // What a person must look at stands open.
      let isOpen = ["update", "delete", "mark", "conflict", "reject"].contains(group.kind)
      let open: HTML = isOpen ? " open" : ""
      return """
        <details\(open)><summary>\(title)</summary>
        \(group.changes.map(self.change))</details>

        """
    }
    return parts.joined
  }

  func change(_ change: ChangeSummary) -> HTML {
    let reason: HTML = change.rule.map { " <code>\($0)</code>" } ?? ""
    let head: HTML = """
      <p><b class="value">\(change.externalID)</b> \(place(change.provenance))\(reason)</p>

      """
    guard !change.fields.isEmpty else { return "<div class=\"change\">\(head)</div>\n" }
    let isNew = change.kind == "create"
    let heads =
      [Head(title: PageWords.field)] + (isNew ? [] : [Head(title: PageWords.old)])
      + [Head(title: PageWords.new), Head(title: PageWords.place)]
    let rows: [[HTML]] = change.fields.map { field in
      let name = ReportWords.fieldName(field.field, of: change.entity, in: language)
      let cell: HTML = "<span class=\"place\">\(cellAddress(field.provenance))</span>"
      return ["\(name)"] + (isNew ? [] : ["<del>\(value(field.old))</del>"])
        + ["<ins>\(value(field.new))</ins>", cell]
    }
    return "<div class=\"change\">\(head)\(table(heads, rows))</div>\n"
  }

  // The record's row names file and sheet already; here the cell is enough.
  private func cellAddress(_ provenance: Provenance?) -> String {
    guard let provenance, let row = provenance.rowNumber, let column = provenance.columnIndex
    else { return provenance?.description ?? "" }
    return CellAddress(columnIndex: column, rowNumber: row).description
  }

  private func merges(_ merges: [ChangeSummary]) -> HTML {
    guard !merges.isEmpty else { return .empty }
    let heads = [
      Head(title: ReportWords.entity), Head(title: PageWords.record), Head(title: PageWords.into),
      Head(title: PageWords.reason), Head(title: PageWords.place),
    ]
    let rows: [[HTML]] = merges.map { merge in
      [
        "\(ReportWords.entityName(merge.entity, in: language))", value(merge.externalID),
        value(merge.survivorID), merge.rule.map { "<code>\($0)</code>" } ?? "",
        place(merge.provenance),
      ]
    }
    return "<h3>\(PageWords.merges[language])</h3>\n" + note(PageWords.mergesNote)
      + table(heads, rows)
  }
}
