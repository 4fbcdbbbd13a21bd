import FerryCore
import FerryRecords

/// Accounts with one name and different ids: likely the same, but a person decides.
struct LikelyAccounts: ReviewStage {
  func findings(in golden: GoldenRecords, _ context: MatchContext) -> [Finding] {
    guard let field = context.table.fieldIndex("name") else { return [] }
    let contradiction = CodeContradiction()
    let groups = context.groups { identity, key in
      let value = context.identities.value(ofField: field, identity: identity)
      context.table.arena.withBytes(of: value) { NameFolding.fold($0, into: &key) }
      return true
    }
    var findings: [Finding] = []
    for group in groups {
      let first = group[0]
      var seen: Set<Int32> = [golden.survivor[first]]
      for identity in group.dropFirst() where seen.insert(golden.survivor[identity]).inserted {
        let (one, other) = (Int(golden.survivor[first]), Int(golden.survivor[identity]))
        if contradiction.holds(one, other, in: context) { continue }
        let value = context.identities.value(ofField: field, identity: identity)
        findings.append(
          Finding(
            .likelyAccount, at: context.place(ofField: field, identity: identity),
            value: context.table.arena.string(value),
            arguments: [context.place(ofField: field, identity: first).description]))
      }
    }
    return findings
  }
}
