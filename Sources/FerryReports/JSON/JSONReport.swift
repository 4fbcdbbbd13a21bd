public import FerryCore
import FerryMapping
import FerryMatching
public import FerryMigration

/// A run as one JSON document, for scripts.
///
/// The keys are a contract; ``RunSchema`` says which there are and what they hold. Their order
/// never changes.
///
///     let report = JSONReport(language: .english)
///     print(report.document(of: summary).text())
public struct JSONReport: Sendable {
  /// The language of messages and suggestions.
  public var language: Language
  /// Whether old and new values of records, and the values that findings are about, are written.
  ///
  /// They are a client's data: on for the report beside the journal, off for standard output.
  public var showsValues: Bool
  /// How many findings of each rule are written out; all are counted.
  public var examplesPerRule: Int

  /// Chooses what a document holds.
  public init(language: Language, showsValues: Bool = false, examplesPerRule: Int = 100) {
    self.language = language
    self.showsValues = showsValues
    self.examplesPerRule = examplesPerRule
  }

  /// The document of a run.
  public func document(of summary: RunSummary) -> JSONValue {
    var document = everyRun(summary)
    if !summary.owners.isEmpty {
      document = document.adding("owners", .array(summary.owners.map(owner)))
    }
    let gone = summary.entities.filter { $0.gone > 0 }
    if !gone.isEmpty {
      document = document.adding("gone", .object(gone.map { .init($0.entity, self.gone($0)) }))
    }
    if let rehearsal = summary.rehearsal {
      document = document.adding("rehearsal", self.rehearsal(rehearsal))
    }
    if !summary.handedBackPaths.isEmpty {
      document = document.adding(
        "handed_back", .array(summary.handedBackPaths.map { .string($0) }))
    }
    let moved = summary.entities.filter { $0.moved.records > 0 }
    guard !moved.isEmpty else { return document }
    return document.adding("moved", .object(moved.map { .init($0.entity, counts($0.moved)) }))
  }

  private func everyRun(_ summary: RunSummary) -> JSONValue {
    [
      "run": .string(summary.run),
      "command": .string(summary.command),
      "plan": .string(orNull: summary.planPath),
      "mapping": .string(orNull: summary.mappingPath),
      "store": .string(summary.store),
      "outcome": .string(summary.outcome.rawValue),
      "report": .string(orNull: summary.reportPath),
      "started_at": .string(summary.startedAt),
      "finished_at": .string(orNull: summary.finishedAt),
      "approvals": .array(
        summary.approvals.map { ["name": .string($0.name), "at": .string($0.at)] }),
      "tables": .array(summary.tables.map(table)),
      "entities": .object(summary.entities.map { .init($0.entity, counts($0)) }),
      "review": .object(summary.reviews.map { .init($0.entity, counts($0)) }),
      "findings": findings(summary.findings),
      "controls": .array(summary.controls.map(control)),
      "gates": .array(summary.gates.map(gate)),
      "unmapped_columns": .array(summary.tables.flatMap(unmappedColumns)),
      "unmapped_values": .array(summary.unmappedValues.map(unmappedValue)),
      "matching": .array(summary.matching.map(matching)),
      "changes": .array(summary.changes.map(change)),
      "differences": .array(summary.differences.map(change)),
      "figures": summary.figures.map { document(of: $0) } ?? .null,
      "figures_before": summary.figuresBefore.map { document(of: $0) } ?? .null,
    ]
  }

  /// The document of a command that ended with an error: every key of the contract, nothing in
  /// most, and the faults as findings.
  public func document(
    of failure: any Failure, command: String, store: String? = nil
  ) -> JSONValue {
    [
      "run": nil, "command": .string(command), "plan": nil, "mapping": nil,
      "store": .string(orNull: store), "outcome": .string(RunOutcome.failed.rawValue),
      "report": nil, "started_at": nil, "finished_at": nil, "approvals": [], "tables": [],
      "entities": .object([]),
      "review": .object([]), "findings": findings(failure.findings),
      "controls": [], "gates": [], "unmapped_columns": [], "unmapped_values": [], "matching": [],
      "changes": [], "differences": [], "figures": nil, "figures_before": nil,
    ]
  }

  /// Findings by rule, the first of each written out.
  public func findings(_ findings: [Finding]) -> JSONValue {
    let shown = showsValues ? findings : findings.map(\.withoutValue)
    return .array(
      FindingGroup.groups(of: shown, examples: examplesPerRule).map { group in
        [
          "rule": .string(group.rule.id),
          "severity": .string(group.severity.rawValue),
          "count": .integer(group.count),
          "message": .string(group.message(in: language)),
          "suggestion": .string(group.suggestion(in: language)),
          "examples": .array(group.examples.map(finding)),
        ]
      })
  }

  /// One finding with its place and words.
  public func finding(_ finding: Finding) -> JSONValue {
    let object: JSONValue = [
      "place": .string(orNull: finding.provenance?.description),
      "message": .string(finding.message(in: language)),
      "suggestion": .string(finding.suggestion(in: language)),
    ]
    guard showsValues, let value = finding.value else { return object }
    return object.adding("value", .string(value))
  }
}

// MARK: - Parts of a run

extension JSONReport {
  private func table(_ table: TableSummary) -> JSONValue {
    [
      "file": .string(table.file),
      "sheet": .string(table.sheet),
      "rows": .integer(table.rows),
      "mapped": .integer(table.mapped),
      "blank": .integer(table.blank),
      "filtered": .integer(table.filtered),
      "rejected": .integer(table.rejected),
      "columns": .array(
        table.columns.map { column in
          [
            "name": .string(column.name),
            "column": .string(CellAddress.columnName(column.columnIndex)),
            "uses": .array(column.uses.map { .string($0) }),
            "filled": .integer(column.filled),
          ]
        }),
      "notes": findings(table.notes),
    ]
  }

  private func counts(_ counts: EntityCounts) -> JSONValue {
    let object: JSONValue = [
      "records": .integer(counts.records),
      "created": .integer(counts.created),
      "updated": .integer(counts.updated),
      "same": .integer(counts.same),
      "merged": .integer(counts.merged),
      "skipped": .integer(counts.skipped),
      "rejected": .integer(counts.rejected),
      "conflicted": .integer(counts.conflicted),
    ]
    return counts.removed == 0 ? object : object.adding("removed", .integer(counts.removed))
  }

  private func gone(_ counts: EntityCounts) -> JSONValue {
    [
      "records": .integer(counts.gone), "removed": .integer(counts.goneRemoved),
      "marked": .integer(counts.goneMarked), "kept": .integer(counts.goneKept),
    ]
  }

  private func counts(_ counts: MovedCounts) -> JSONValue {
    [
      "records": .integer(counts.records), "source": .integer(counts.overruled),
      "store": .integer(counts.kept), "left": .integer(counts.left),
    ]
  }

  private func counts(_ counts: ReviewCounts) -> JSONValue {
    [
      "open": .integer(counts.open), "decided": .integer(counts.decided),
      "merged": .integer(counts.merged), "left_out": .integer(counts.leftOut),
    ]
  }

  private func control(_ control: ControlTotal) -> JSONValue {
    let object: JSONValue = [
      "name": .string(control.name),
      "source": .string(control.source),
      "store": .string(orNull: control.store),
      "equal": .boolean(control.isEqual),
    ]
    return control.expected.map { object.adding("expected", .string($0)) } ?? object
  }

  private func owner(_ owner: OwnerTotal) -> JSONValue {
    [
      "entity": .string(owner.entity),
      "name": .string(owner.name),
      "state": .string(owner.state.rawValue),
      "user": .string(orNull: owner.user),
      "source": .integer(owner.records),
      "store": owner.stored.map { .integer($0) } ?? .null,
    ]
  }

  private func gate(_ gate: GateResult) -> JSONValue {
    [
      "name": .string(gate.name),
      "limit": .string(gate.limit),
      "actual": .string(gate.actual),
      "met": .boolean(gate.isMet),
    ]
  }

  private func unmappedColumns(of table: TableSummary) -> [JSONValue] {
    table.columns.filter(\.uses.isEmpty).map { column in
      [
        "file": .string(table.file),
        "sheet": .string(table.sheet),
        "column": .string(CellAddress.columnName(column.columnIndex)),
        "name": .string(column.name),
        "filled": .integer(column.filled),
        "rows": .integer(table.rows),
      ]
    }
  }

  private func unmappedValue(_ value: UnmappedValue) -> JSONValue {
    [
      "field": .string(value.field),
      "value": .string(value.value),
      "count": .integer(value.count),
      "place": .string(value.provenance.description),
    ]
  }

  private func change(_ change: ChangeSummary) -> JSONValue {
    [
      "entity": .string(change.entity),
      "kind": .string(change.kind),
      "external_id": .string(change.externalID),
      "survivor": .string(orNull: change.survivorID),
      "rule": .string(orNull: change.rule),
      "place": .string(orNull: change.provenance?.description),
      "fields": .array(change.fields.map(fieldChange)),
    ]
  }

  private func fieldChange(_ change: ChangeSummary.FieldChange) -> JSONValue {
    let object: JSONValue = [
      "field": .string(change.field),
      "place": .string(orNull: change.provenance?.description),
    ]
    guard showsValues else { return object }
    return object.adding("old", .string(orNull: change.old))
      .adding("new", .string(orNull: change.new))
  }
}
