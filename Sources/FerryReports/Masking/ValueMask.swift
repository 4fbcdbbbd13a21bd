public import FerryCore
import FerryMapping
public import FerryMigration
import Foundation

/// Takes every value of a cell out of a run's account, so that it can be shown to anyone.
///
/// Equal values get the same mark, ‹1›, ‹2› …, numbered as they come, so that a record can be
/// followed through the report. Entities, fields, places, rules, counts and totals stay. What is
/// not known to be harmless is masked: a new kind of finding can't tell what nobody thought of.
public struct ValueMask {
  private var marks: [String: Int] = [:]
  private var known = KnownWords()
  /// The folder that the run's files lie in.
  private var workspace: String?

  /// Starts counting at 1.
  public init() {}

  /// The same account without a value.
  public mutating func masked(_ summary: RunSummary) -> RunSummary {
    known = KnownWords(Self.names(in: summary))
    workspace = summary.planPath.map { plan in
      (((plan as NSString).deletingLastPathComponent) as NSString).deletingLastPathComponent
    }
    var masked = summary
    masked.approvals = summary.approvals.map { RunApproval(name: mask($0.name), at: $0.at) }
    masked.findings = summary.findings.map { mask($0) }
    for index in masked.tables.indices {
      masked.tables[index].notes = summary.tables[index].notes.map { mask($0) }
    }
    masked.unmappedValues = summary.unmappedValues.map { mask($0) }
    masked.owners = summary.owners.map { mask($0) }
    masked.changes = summary.changes.map { mask($0) }
    masked.differences = summary.differences.map { mask($0) }
    masked.matching = summary.matching.map { matching in
      matching.mapping { mask($0) }
    }
    masked.controls = summary.controls.map { control in
      ControlTotal(
        name: controlName(control.name), source: control.source, store: control.store,
        isEqual: control.isEqual)
    }
    masked.gates = summary.gates.map { gate in
      // What stands behind the number may be a group's name.
      let number = gate.actual.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
      return GateResult(name: gate.name, limit: gate.limit, actual: number, isMet: gate.isMet)
    }
    masked.figures = summary.figures.map { self.masked($0) }
    masked.figuresBefore = summary.figuresBefore.map { self.masked($0) }
    return masked
  }

  /// A finding without the value that it is about.
  public mutating func mask(_ finding: Finding) -> Finding {
    Finding(
      finding.rule, at: finding.provenance,
      arguments: finding.arguments.map { argument in
        known.contains(argument) || known.containsAll(argument) || isOwnFile(argument)
          ? argument : mask(argument)
      }, severity: finding.severity)
  }

  /// The mark of a value.
  mutating func mask(_ text: String) -> String {
    guard !text.isEmpty else { return text }
    let number = marks[text] ?? marks.count + 1
    marks[text] = number
    return "‹\(number)›"
  }

  private mutating func mask(_ text: String?) -> String? { text.map { mask($0) as String } }

  // Such as the copy of the store that an undo tells of.
  private func isOwnFile(_ text: String) -> Bool {
    guard let workspace, !workspace.isEmpty else { return false }
    return text.hasPrefix(workspace + "/") || text == workspace
  }

  private static func names(in summary: RunSummary) -> Set<String> {
    var names = Set(summary.gates.flatMap { [$0.name, $0.limit, $0.actual] })
    for table in summary.tables {
      names.formUnion([table.file, table.sheet] + table.columns.map(\.name))
    }
    names.formUnion([summary.run, summary.undoneRun ?? ""])
    return names
  }
}

// MARK: - Parts

extension ValueMask {
  private mutating func mask(_ value: UnmappedValue) -> UnmappedValue {
    UnmappedValue(
      field: value.field, value: mask(value.value), provenance: value.provenance,
      count: value.count)
  }

  private mutating func mask(_ owner: OwnerTotal) -> OwnerTotal {
    OwnerTotal(
      entity: owner.entity, name: mask(owner.name), user: mask(owner.user), state: owner.state,
      records: owner.records, stored: owner.stored)
  }

  private mutating func mask(_ change: ChangeSummary) -> ChangeSummary {
    ChangeSummary(
      entity: change.entity, kind: change.kind, externalID: mask(change.externalID),
      survivorID: mask(change.survivorID), rule: change.rule, provenance: change.provenance,
      fields: change.fields.map { field in
        ChangeSummary.FieldChange(
          field: field.field, old: mask(field.old), new: mask(field.new),
          provenance: field.provenance)
      })
  }

  /// `sum deal.amount by stage: won` stays; `count deal by owner: 张伟` loses the name.
  private mutating func controlName(_ name: String) -> String {
    guard let colon = name.range(of: ": ") else { return name }
    let parts = name[colon.upperBound...].components(separatedBy: ", ").map { part in
      known.contains(part) || Self.isYear(part) ? part : mask(part)
    }
    return name[..<colon.upperBound] + parts.joined(separator: ", ")
  }

  private static func isYear(_ text: String) -> Bool {
    text.utf8.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20")) && Int(text) != nil
  }
}
