import FerryCore
import FerryRecords

/// Looks for fields of which the rows of one record tell different values.
struct ConflictingValues: Sendable {
  private static let identitiesPerPart = 50_000

  private let golden: GoldenRecords
  private let settings: MatchSettings
  private let references: ReferenceIndex.TableReferences
  // A copy, since `golden` makes it anew with each call.
  private let table: RecordTable

  init(_ golden: GoldenRecords, _ settings: MatchSettings, _ references: ReferenceIndex) {
    self.golden = golden
    self.settings = settings
    table = golden.table
    self.references = references.references(of: table)
  }

  /// For each field of an identity whose rows differ, one finding at the first cell that is not
  /// kept; for each identity that was merged, one finding that names the fields not kept.
  func findings() -> [Finding] {
    Parallel.map(golden.count, by: Self.identitiesPerPart) { findings(in: $0) }.flatMap { $0 }
  }

  private func findings(in identities: Range<Int>) -> [Finding] {
    var findings: [Finding] = []
    for identity in identities
    where golden.isShared(identity) && Int(golden.survivor[identity]) == identity {
      guard golden.isRejected(identity) == nil else { continue }
      let kept = table.fields.indices.map { golden.supplier(ofField: $0, identity: identity) }
      for member in golden.members(of: identity) {
        if member == identity {
          for field in table.fields.indices {
            guard let kept = kept[field] else { continue }
            if let finding = conflict(member, field, kept) { findings.append(finding) }
          }
        } else if let finding = loss(of: member, to: identity, kept) {
          findings.append(finding)
        }
      }
    }
    return findings
  }

  /// The first row of an identity that tells another value than the one kept.
  private func differing(_ identity: Int, _ field: Int, from kept: Int) -> Int? {
    let identities = golden.identities
    var record = Int(identities.firstRecord[identity])
    while record >= 0 {
      let isTold = record != kept && table.values[field][record].isPresent
      if isTold, identities.counts(record), !isSame(record, kept, field) { return record }
      record = Int(identities.nextRecord[record])
    }
    return nil
  }

  private func conflict(_ identity: Int, _ field: Int, _ kept: Int) -> Finding? {
    guard let other = differing(identity, field, from: kept) else { return nil }
    // Where the mapping says what to keep, nothing is left to chance.
    let isChosen = settings.keep[table.fields[field].name] != nil
    return Finding(
      .conflictingValues, at: table.provenance(of: other, field: field),
      value: table.string(field: field, of: other),
      arguments: [table.fields[field].name, table.provenance(of: kept, field: field).description],
      severity: isChosen ? .info : nil)
  }

  private func loss(of member: Int, to identity: Int, _ kept: [Int?]) -> Finding? {
    let fields = table.fields.indices.filter { field in
      kept[field].map { differing(member, field, from: $0) != nil } ?? false
    }
    guard !fields.isEmpty else { return nil }
    let place = table.provenance(of: Int(golden.firstRecord[identity]))
    return Finding(
      .mergedValuesDiffer, at: table.provenance(of: Int(golden.firstRecord[member])),
      arguments: [fields.map { table.fields[$0].name }.joined(separator: ", "), place.description])
  }

  /// Whether two records tell the same value: the same text, or references to the same record.
  private func isSame(_ left: Int, _ right: Int, _ field: Int) -> Bool {
    let (one, two) = (table.values[field][left], table.values[field][right])
    if one == two || table.arena.equals(one, two, in: table.arena) {
      guard table.fields[field].referenced != nil else { return true }
      if table.links[field][left] == table.links[field][right] { return true }
    }
    guard case .one(let one)? = references.resolve(field: field, of: left),
      case .one(let other)? = references.resolve(field: field, of: right)
    else { return false }
    return one == other
  }
}
