import FerryCore
import FerryMapping
import FerryMigration

extension TerminalReport {
  func tables(_ tables: [TableSummary]) -> String {
    var text = TextTable(
      [.init(ReportWords.table[language])]
        + numbers([
          ReportWords.rows, ReportWords.mapped, ReportWords.blank, ReportWords.filtered,
          ReportWords.rejected,
        ]))
    for table in tables {
      text.add(
        ["\(table.file) '\(table.sheet)'"]
          + [table.rows, table.mapped, table.blank, table.filtered, table.rejected]
          .map(NumberText.count))
    }
    return title(ReportWords.tables) + self.text(of: text)
  }

  func entities(_ summary: RunSummary) -> String {
    let columns = CountColumn.columns(for: summary)
    var text = TextTable(
      [.init(ReportWords.entity[language])] + numbers(columns.map(\.title)))
    for counts in summary.entities {
      text.add(
        [ReportWords.entityName(counts.entity, in: language)]
          + columns.map { NumberText.count($0.value(counts)) })
    }
    let lines = ReportWords.besideCounts(summary, in: language).map { "  \($0)\n" }
    return title(ReportWords.recordsHead) + self.text(of: text) + lines.joined()
  }

  func unmapped(_ summary: RunSummary) -> String? {
    let columns = summary.tables.flatMap { table in
      table.columns.filter { $0.uses.isEmpty && $0.filled > 0 }.map { column in
        "\(language.quoted(column.name.safeForTerminal)) \(column.filled)/\(table.rows)"
      }
    }
    let values = summary.unmappedValues.map { value in
      "\(value.field) \(language.quoted(value.value.safeForTerminal.cut(toWidth: 24))) × \(value.count)"
    }
    let lines = [(ReportWords.unmappedColumns, columns), (ReportWords.unmappedValues, values)]
      .filter { !$0.1.isEmpty }
      .map { label, items in
        let rest = items.count - 8
        let more =
          rest > 0
          ? language.comma + ReportWords.more.filled(with: [String(rest)], in: language) : ""
        return label[language] + language.colon + items.prefix(8).joined(separator: language.comma)
          + more + "\n"
      }
    return lines.isEmpty ? nil : lines.joined()
  }

  func gates(_ gates: [GateResult]) -> String {
    var text = TextTable([
      .init(ReportWords.gate[language]), .init(ReportWords.limit[language], alignment: .right),
      .init(ReportWords.actual[language], alignment: .right), .init(""),
    ])
    for gate in gates {
      let word = gate.isMet ? ReportWords.met : ReportWords.notMet
      text.add([gate.name, gate.limit, gate.actual, word[language]])
    }
    return title(ReportWords.gates) + self.text(of: text)
  }

  /// How many owners are listed; the report has all.
  private static var ownersShown: Int { 40 }

  func owners(_ owners: [OwnerTotal]) -> String {
    var text = TextTable([
      .init(ReportWords.entity[language]), .init(ReportWords.ownerName[language]),
      .init(ReportWords.ownerUser[language]), .init(ReportWords.ownerState[language]),
      .init(ReportWords.source[language], alignment: .right),
      .init(ReportWords.store[language], alignment: .right),
    ])
    for owner in owners.prefix(Self.ownersShown) {
      text.add([
        ReportWords.entityName(owner.entity, in: language), owner.name, owner.user ?? "–",
        ReportWords.owner(owner.state)[language], NumberText.count(owner.records),
        owner.stored.map(NumberText.count) ?? "–",
      ])
    }
    let rest = owners.count - Self.ownersShown
    let more =
      rest > 0 ? "  " + ReportWords.more.filled(with: [String(rest)], in: language) + "\n" : ""
    return title(ReportWords.ownersOfRun) + self.text(of: text) + more
  }

  // Those that agree in one line; those that don't each in full.
  func controls(_ controls: [ControlTotal]) -> String? {
    guard !controls.isEmpty else { return nil }
    let different = controls.filter { !$0.isEqual }
    guard !different.isEmpty else {
      let words =
        controls.contains { $0.store == nil }
        ? ReportWords.controlsUnread : ReportWords.allControlsEqual
      return words.filled(with: [NumberText.count(controls.count)], in: language) + "\n"
    }
    var text = TextTable([
      .init(ReportWords.control[language]), .init(ReportWords.source[language], alignment: .right),
      .init(ReportWords.store[language], alignment: .right),
    ])
    for control in different {
      text.add([
        ReportWords.controlName(control), NumberText.grouped(control.source),
        control.store.map(NumberText.grouped) ?? "–",
      ])
    }
    return title(ReportWords.differentControls) + self.text(of: text)
  }

  func differences(_ summary: RunSummary) -> String {
    let words = summary.command == "undo" ? ReportWords.kept : ReportWords.differences
    let lines = summary.differences.prefix(20).map { change in
      let fields = change.fields.map { field in
        showsValues ? "\(field.field) \(field.old ?? "–") → \(field.new ?? "–")" : field.field
      }
      let id = "\(ReportWords.entityName(change.entity, in: language)) \(change.externalID)"
      let what = fields.isEmpty ? "" : ": \(fields.joined(separator: ", "))"
      return "  \(id)\(what)".safeForTerminal + "\n"
    }
    let rest = summary.differences.count - lines.count
    let more =
      rest > 0 ? "  " + ReportWords.more.filled(with: [String(rest)], in: language) + "\n" : ""
    return title(words) + lines.joined() + more
  }

  func numbers(_ titles: [Words]) -> [TextTable.Column] {
    titles.map { .init($0[language], alignment: .right) }
  }
}
