import FerryCore
import FerryMapping
import FerryRecords
import FerryStores

// What should agree on both sides.
extension Planner {
  /// Writes what both sides should come to.
  ///
  /// - Returns: The totals, and what is to be said of them.
  func writeControls(
    _ planners: [EntityPlanner], _ writer: PlanWriter
  ) async throws -> (totals: [ControlTotal], findings: FindingLog) {
    var controls: [ControlTotal] = []
    var log = FindingLog()
    var position = 0
    for tally in planners.flatMap(\.tallies) where !tally.isByRecord {
      let definition = tally.definition
      let totals: [(group: String?, total: String)]
      if definition.against == nil {
        totals = tally.totals(names: try await GroupNames.names(of: tally, in: store))
      } else {
        let amounts = planners.flatMap(\.tallies).first { other in
          other.isByRecord && other.definition == definition
        }
        let found = AgainstTotals(tally, amounts)
        totals = found.totals
        for record in found.exceeded { log.add(exceeded(definition, record)) }
      }
      let rows = ExpectedTotals.rows(tally, totals)
      try writer.addControl(position, definition, totals: rows)
      position += 1
      controls += rows.map { row in
        ControlTotal(
          name: ControlTally.name(definition.text, group: row.group), source: row.total,
          store: nil, isEqual: row.expected.isEqual(to: row.total),
          expected: row.expected)
      }
    }
    log.add(controls.unexpected)
    return (controls, log)
  }

  private func exceeded(
    _ control: ControlDefinition, _ record: (group: String, sum: String, amount: String)
  ) -> Finding {
    let names = [control.entity, control.sumField ?? ""].joined(separator: ".")
    return Finding(
      .controlExceeded,
      arguments: [
        control.againstEntity ?? "", record.group, names, record.sum, control.against ?? "",
        record.amount,
      ])
  }
}

/// Gives groups that are records of the store the names that people know.
enum GroupNames {
  /// For groups `#ID` whose record has an external id: that id.
  static func names(
    of tally: ControlTally, in store: any CRMStore
  ) async throws -> [String: String] {
    guard let name = tally.definition.groupField,
      let other = tally.entity.field(name)?.referenced, let entity = SalesChain.entity(other)
    else { return [:] }
    let ids = tally.groupKeys.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    guard !ids.isEmpty else { return [:] }
    let page = try await store.records(of: EntityFields(entity, []), withStoreIDs: ids)
    var names: [String: String] = [:]
    for record in 0..<page.count {
      guard let id = page.storeID(of: record), let externalID = page.externalID(of: record) else {
        continue
      }
      names["#\(id)"] = externalID
    }
    return names
  }
}
