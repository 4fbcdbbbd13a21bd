import FerryCore
import FerryRecords

/// Looks for fields of which the rows of one record tell different values.
struct ConflictingValues {
  let settings: MatchSettings

  /// At most one finding for each field of a record, at the first cell whose value is not kept.
  func findings(in golden: GoldenRecords, references: ReferenceIndex) -> [Finding] {
    var findings: [Finding] = []
    for identity in 0..<golden.count
    where golden.isShared(identity) && Int(golden.survivor[identity]) == identity {
      guard golden.isRejected(identity) == nil else { continue }
      for field in golden.table.fields.indices {
        if let finding = conflict(identity, field, golden, references) { findings.append(finding) }
      }
    }
    return findings
  }

  private func conflict(
    _ identity: Int, _ field: Int, _ golden: GoldenRecords, _ references: ReferenceIndex
  ) -> Finding? {
    let table = golden.table
    guard let kept = golden.supplier(ofField: field, identity: identity) else { return nil }
    let other = golden.suppliers(ofField: field, identity: identity).first {
      !isSame($0, kept, field, table, references)
    }
    guard let other else { return nil }
    return Finding(
      .conflictingValues, at: table.provenance(of: other, field: field),
      value: table.string(field: field, of: other),
      arguments: [table.fields[field].name, table.provenance(of: kept, field: field).description],
      severity: severity(of: field, between: kept, other, golden))
  }

  // Where the mapping says what to keep, or a merge keeps the other's record for undo, nothing
  // is left to chance.
  private func severity(
    of field: Int, between kept: Int, _ other: Int, _ golden: GoldenRecords
  ) -> Severity {
    let isMerge = golden.identityOfRecord[kept] != golden.identityOfRecord[other]
    let isChosen = settings.keep[golden.table.fields[field].name] != nil
    return isMerge || isChosen ? .info : Rule.conflictingValues.severity
  }

  /// Whether two records tell the same value: the same text, or references to the same record.
  private func isSame(
    _ left: Int, _ right: Int, _ field: Int, _ table: RecordTable, _ references: ReferenceIndex
  ) -> Bool {
    let values = table.values[field]
    if table.arena.equals(values[left], values[right], in: table.arena) {
      guard table.fields[field].referenced != nil else { return true }
      if table.links[field][left] == table.links[field][right] { return true }
    }
    guard case .one(let one)? = references.resolve(field: field, of: left, in: table),
      case .one(let other)? = references.resolve(field: field, of: right, in: table)
    else { return false }
    return one == other
  }
}
