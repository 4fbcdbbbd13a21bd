import FerryCore
import FerryMapping
import FerryRecords
import FerryStores

// What should agree on both sides.
extension Planner {
  func writeControls(
    _ planners: [EntityPlanner], _ writer: PlanWriter
  ) async throws -> [ControlTotal] {
    var controls: [ControlTotal] = []
    var position = 0
    for planner in planners {
      for tally in planner.tallies {
        let names = try await GroupNames.names(of: tally, in: store)
        let totals = tally.totals(names: names)
        try writer.addControl(position, tally.definition, totals: totals)
        position += 1
        controls += totals.map {
          ControlTotal(
            name: ControlTally.name(tally.definition.text, group: $0.group), source: $0.total,
            store: nil, isEqual: true)
        }
      }
    }
    return controls
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
