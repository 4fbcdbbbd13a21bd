import FerryCore
import FerryMapping
import FerryMigration

// Findings by rule, what is not mapped, gates, control totals, differences.
extension HTMLReport {
  func findings(_ findings: [Finding]) -> HTML {
    guard !findings.isEmpty else { return note(ReportWords.noFindings) }
    return FindingGroup.groups(of: findings, examples: placesPerRule).map(rule).joined
  }

  private func rule(_ group: FindingGroup) -> HTML {
    let isOpen: HTML = group.severity == .info ? "" : " open"
    let items: [HTML] = group.examples.filter { $0.provenance != nil || !group.isUniform }
      .map { "<li>\(place($0.provenance))\(detail(of: $0, in: group))</li>\n" }
    let rest = group.count - group.examples.count
    let more: HTML = rest > 0 ? "<li class=\"none\">\(words(ReportWords.more, rest))</li>\n" : ""
    return """
      <details class="rule \(group.severity.rawValue)"\(isOpen)><summary>\
      <span class="severity">\(ReportWords.severity(group.severity)[language])</span> \
      <b>\(group.count)</b> <span>\(group.message(in: language))</span></summary>
      <p class="todo">\(group.suggestion(in: language)) <code>\(group.rule.id)</code></p>
      <ul class="places">
      \(items)\(more)</ul></details>

      """
  }

  // The finding's own words where they differ, and the value where they don't tell it.
  private func detail(of finding: Finding, in group: FindingGroup) -> HTML {
    let message = finding.message(in: language)
    let shown = finding.value.flatMap { group.isUniform || !message.contains($0) ? $0 : nil }
    let quoted: HTML = shown.map { " <span class=\"value\">\(language.quoted($0))</span>" } ?? ""
    return group.isUniform ? quoted : " \(message)\(quoted)"
  }

  // MARK: - What is not mapped

  func unmapped(_ summary: RunSummary) -> HTML {
    let columns: [[HTML]] = summary.tables.flatMap { table in
      table.columns.filter { $0.uses.isEmpty }.map { column in
        [
          "<span class=\"place\">\(table.file) '\(table.sheet)'</span>",
          "\(CellAddress.columnName(column.columnIndex))", "<b>\(column.name)</b>",
          fill(column.filled, of: table.rows - table.blank - table.filtered),
        ]
      }
    }
    let values: [[HTML]] = summary.unmappedValues.prefix(rowsPerTable).map { value in
      [
        "<code>\(value.field)</code>", self.value(value.value), "\(value.count)",
        place(value.provenance),
      ]
    }
    guard !columns.isEmpty || !values.isEmpty else {
      return summary.tables.isEmpty ? .empty : note(PageWords.allMapped)
    }
    var body = note(PageWords.notMappedNote)
    if !columns.isEmpty {
      let heads = [
        Head(title: PageWords.table), Head(title: PageWords.column), Head(title: PageWords.header),
        Head(title: PageWords.filled, isNumber: true),
      ]
      body = "\(body)<h3>\(ReportWords.unmappedColumns[language])</h3>\n\(table(heads, columns))"
    }
    if !values.isEmpty {
      let heads = [
        Head(title: PageWords.field), Head(title: PageWords.value),
        Head(title: PageWords.count, isNumber: true), Head(title: PageWords.firstPlace),
      ]
      body =
        "\(body)<h3>\(ReportWords.unmappedValues[language])</h3>\n\(table(heads, values))"
        + more(summary.unmappedValues.count - values.count)
    }
    return body
  }

  // MARK: - Proof

  func proof(_ summary: RunSummary) -> HTML {
    let owners = owners(summary.owners)
    guard !summary.gates.isEmpty || !summary.controls.isEmpty else {
      return owners.isEmpty ? note(PageWords.noControls) : owners
    }
    return gates(summary.gates) + owners + controls(summary.controls)
  }

  private func owners(_ owners: [OwnerTotal]) -> HTML {
    guard !owners.isEmpty else { return .empty }
    let rows: [[HTML]] = owners.prefix(rowsPerTable).map { owner in
      let kind = owner.state == .user || owner.state == .pool ? "good" : "bad"
      return [
        "\(ReportWords.entityName(owner.entity, in: language))", value(owner.name),
        value(owner.user),
        "<span class=\"\(kind)\">\(ReportWords.owner(owner.state)[language])</span>",
        "\(NumberText.count(owner.records))", "\(owner.stored.map(NumberText.count) ?? "–")",
      ]
    }
    let heads = [
      Head(title: ReportWords.entity), Head(title: ReportWords.ownerName),
      Head(title: ReportWords.ownerUser), Head(title: ReportWords.ownerState),
      Head(title: ReportWords.source, isNumber: true),
      Head(title: ReportWords.store, isNumber: true),
    ]
    return "<h3>\(ReportWords.ownersOfRun[language])</h3>\n" + table(heads, rows)
      + more(owners.count - rows.count)
  }

  private func gates(_ gates: [GateResult]) -> HTML {
    guard !gates.isEmpty else { return .empty }
    let rows: [[HTML]] = gates.map { gate in
      let word = (gate.isMet ? ReportWords.met : ReportWords.notMet)[language]
      return [
        "<b>\(gate.name)</b>", "\(gate.limit)", "\(gate.actual)",
        "<span class=\"\(gate.isMet ? "good" : "bad")\">\(gate.isMet ? "✓" : "✗") \(word)</span>",
      ]
    }
    let heads = [
      Head(title: ReportWords.gate), Head(title: ReportWords.limit, isNumber: true),
      Head(title: ReportWords.actual, isNumber: true), Head(title: PageWords.result),
    ]
    return table(heads, rows)
  }

  private func controls(_ controls: [ControlTotal]) -> HTML {
    guard !controls.isEmpty else { return .empty }
    // Those that differ first, so that none of them is cut off.
    let sorted = controls.filter { !$0.isEqual } + controls.filter(\.isEqual)
    let rows: [[HTML]] = sorted.prefix(rowsPerTable).map { control in
      let isUnread = control.store == nil && control.isEqual
      let word =
        isUnread
        ? ReportWords.notRead : control.isEqual ? ReportWords.equal : ReportWords.different
      let kind = isUnread ? "none" : control.isEqual ? "good" : "bad"
      let sign = isUnread ? "…" : control.isEqual ? "✓" : "✗"
      return [
        "\(ReportWords.controlName(control))", "\(NumberText.grouped(control.source))",
        "\(control.store.map(NumberText.grouped) ?? "–")",
        "<span class=\"\(kind)\">\(sign) \(word[language])</span>",
      ]
    }
    let heads = [
      Head(title: ReportWords.control), Head(title: ReportWords.source, isNumber: true),
      Head(title: ReportWords.store, isNumber: true), Head(title: PageWords.result),
    ]
    return table(heads, rows) + more(controls.count - rows.count)
  }

  // MARK: - Differences

  func differences(_ summary: RunSummary) -> HTML {
    let shown: [HTML] = summary.differences.prefix(rowsPerTable).map(change)
    return shown.joined + more(summary.differences.count - shown.count)
  }
}
