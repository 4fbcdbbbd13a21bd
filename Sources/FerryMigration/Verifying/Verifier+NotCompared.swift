import FerryCore

// What a proof leaves out, and why.
extension Verifier {
  /// What was not compared, with counts; at most one line for each entity and reason.
  func notCompared() throws -> [Finding] {
    var found: [Finding] = []
    func note(_ rule: Rule, _ entity: String, _ count: Int) {
      if count > 0 { found.append(Finding(rule, arguments: [entity, String(count)])) }
    }
    for counts in try plan.entityCounts() where isRead(counts.entity) {
      note(.verifyNotLoaded, counts.entity, counts.rejected + counts.skipped)
      note(.verifyMerged, counts.entity, counts.merged)
      note(.verifyKept, counts.entity, counts.conflicted + keptCounts[counts.entity, default: 0])
      note(.verifyGone, counts.entity, counts.goneKept)
      note(.verifyOpenLinks, counts.entity, openLinks[counts.entity, default: 0])
    }
    return found + (try notRead())
  }

  /// One line for all entities that were not read again; none where nothing was written at all.
  func notRead() throws -> [Finding] {
    let names = try plan.entityNames()
    let unread = names.filter { !isRead($0) }
    guard !unread.isEmpty, unread.count < names.count else { return [] }
    return [Finding(.verifyNotRead, arguments: [unread.joined(separator: ", ")])]
  }
}
