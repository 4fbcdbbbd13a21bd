import FerryCore
import FerryRecords

/// Accounts with one name and different ids: likely the same, but a person decides.
struct LikelyAccounts: ReviewStage {
  let rule = Rule.likelyAccount

  func pairs(in golden: GoldenRecords, _ context: MatchContext) -> [(left: Int, right: Int)] {
    guard let field = context.table.fieldIndex("name") else { return [] }
    let contradiction = CodeContradiction()
    let groups = context.groups { identity, key in
      let value = context.identities.value(ofField: field, identity: identity)
      context.table.arena.withBytes(of: value) { NameFolding.fold($0, into: &key) }
      return true
    }
    var pairs: [(left: Int, right: Int)] = []
    for group in groups {
      let first = group[0]
      var seen: Set<Int32> = [golden.survivor[first]]
      for identity in group.dropFirst() where seen.insert(golden.survivor[identity]).inserted {
        let (one, other) = (Int(golden.survivor[first]), Int(golden.survivor[identity]))
        if contradiction.holds(one, other, in: context) { continue }
        pairs.append((first, identity))
      }
    }
    return pairs
  }
}
