import FerryCore
import FerryMapping

// The small tables of a plan.
extension PlanWriter {
  /// Writes what the plan says of its run besides the lines.
  func write(_ summary: RunSummary) throws {
    let meta: [(String, String?)] = [
      ("run", summary.run), ("command", summary.command), ("store", summary.store),
      ("mapping", summary.mappingPath), ("of_run", summary.undoneRun),
      ("created_at", summary.startedAt), ("changes", String(seq)), ("links", String(linkCount)),
      ("agreed", String(agreedCount)),
      ("time_zone", summary.timeZone), ("layout", layout.storedText),
    ]
    for (name, value) in meta { try put("meta", [.text(name), .text(value)]) }
    for (position, table) in summary.tables.enumerated() { try write(table, position) }
    try addReviewCounts(summary.reviews)
    for (position, finding) in summary.findings.enumerated() {
      try put(
        "findings",
        [
          .number(position), .text(finding.rule.id), .text(finding.severity.rawValue),
          .text(finding.provenance?.description), .text(finding.message(in: .english)),
          .text(finding.suggestion(in: .english)), .text(StoredFinding.encode(finding)),
        ])
    }
    for (position, value) in summary.unmappedValues.enumerated() {
      let place = value.provenance
      try put(
        "unmapped_values",
        [
          .number(position), .text(value.field), .text(value.value), .text(place.file),
          .text(place.sheet), .number(place.rowNumber), .number(place.columnIndex),
          .number(value.count),
        ])
    }
    for (position, owner) in summary.owners.enumerated() {
      try put(
        "owners",
        [
          .number(position), .text(owner.entity), .text(owner.name), .text(owner.user),
          .text(owner.state.rawValue), .number(owner.records),
        ])
    }
    for (position, gate) in summary.gates.enumerated() {
      try put(
        "gates",
        [
          .number(position), .text(gate.name), .text(gate.limit), .text(gate.actual),
          .number(gate.isMet ? 1 : 0),
        ])
    }
  }

  private func write(_ table: TableSummary, _ position: Int) throws {
    try put(
      "tables",
      [
        .number(position), .text(table.file), .text(table.sheet), .number(table.rows),
        .number(table.mapped), .number(table.blank), .number(table.filtered),
        .number(table.rejected),
      ])
    for (index, column) in table.columns.enumerated() {
      try put(
        "columns",
        [
          .number(position), .number(index), .text(column.name), .number(column.columnIndex),
          .text(column.uses.joined(separator: " ")), .number(column.filled),
        ])
    }
    for (index, note) in table.notes.enumerated() {
      try put("notes", [.number(position), .number(index), .text(StoredFinding.encode(note))])
    }
  }

  /// Writes a control and what it should come to once all is applied.
  func addControl(
    _ position: Int, _ control: ControlDefinition, totals: [ExpectedTotals.Row]
  ) throws {
    try put(
      "controls",
      [
        .number(position), .text(control.text), .text(control.entity), .text(control.sumField),
        .text(control.groupField), .text(control.period?.rawValue), .text(control.against),
      ])
    for (index, total) in totals.enumerated() {
      try put(
        "control_totals",
        [
          .number(position), .number(index), .text(total.group), .text(total.total),
          .text(total.expected),
        ])
    }
  }
}

/// A value for one of the plan's small tables.
enum SmallValue: ExpressibleByIntegerLiteral {
  case number(Int?)
  case text(String?)

  init(integerLiteral value: Int) { self = .number(value) }
}
