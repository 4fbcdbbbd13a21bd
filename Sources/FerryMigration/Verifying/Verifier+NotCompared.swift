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
      note(.verifyMovedKept, counts.entity, fieldsLeft(of: counts.entity))
      note(.verifyOpenLinks, counts.entity, openLinks[counts.entity, default: 0])
    }
    return found + (try notRead())
  }

  private func fieldsLeft(of entity: String) -> Int {
    movedFields.reduce(0) { $0 + ($1.key.hasPrefix("\(entity) ") ? $1.value.count : 0) }
  }

  /// One line for all entities that were not read again; none where nothing was written at all.
  func notRead() throws -> [Finding] {
    let names = try plan.entityNames()
    let unread = names.filter { !isRead($0) }
    guard !unread.isEmpty, unread.count < names.count else { return [] }
    return [Finding(.verifyNotRead, arguments: [unread.joined(separator: ", ")])]
  }
}

extension KeptRecord {
  /// Entity and external id.
  var name: String { "\(entity) \(externalID)" }
}

extension [KeptRecord] {
  /// By entity and external id: fields that hold what people wrote between plan and apply.
  var fieldsKept: [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for record in self where record.finding.rule.id == Rule.recordMovedKept.id {
      found[record.name, default: []].formUnion(record.summary.fields.map(\.field))
    }
    return found
  }
}
