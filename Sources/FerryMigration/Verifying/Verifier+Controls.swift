import FerryMapping
import FerryStores

// The control totals of both sides.
extension Verifier {
  /// The control totals of both sides; those of entities that were not read are the plan's.
  func controls() async throws -> [ControlTotal] {
    var found: [ControlTotal] = []
    var places: [String: Int] = [:]
    for control in planned {
      let entity = control.definition.entity
      let place = places[entity, default: 0]
      places[entity] = place + 1
      guard isRead(entity), isRead(control.definition.againstEntity ?? entity),
        let tally = tallies[entity]?[place]
      else {
        let totals = control.totals.map { (group: $0.group, total: $0.total) }
        noteOwners(totals, control.definition)
        found += Self.compare(control, with: totals)
        continue
      }
      let totals = try await totals(of: tally)
      noteOwners(totals, control.definition)
      found += Self.compare(control, with: totals)
    }
    return found
  }

  private func noteOwners(
    _ totals: [(group: String?, total: String)], _ control: ControlDefinition
  ) {
    guard control.isOwnerCount(of: control.entity) else { return }
    for total in totals {
      ownerCounts[control.entity, default: [:]][total.group ?? ""] = Int(total.total)
    }
  }

  private func totals(of tally: ControlTally) async throws -> [(group: String?, total: String)] {
    guard let other = tally.definition.againstEntity else {
      return tally.totals(names: try await GroupNames.names(of: tally, in: store))
    }
    let amounts = tallies[other]?.first {
      $0.isByRecord && $0.definition.text == tally.definition.text
    }
    return AgainstTotals(tally, amounts).totals
  }

  private static func compare(
    _ control: PlannedControl, with stored: [(group: String?, total: String)]
  ) -> [ControlTotal] {
    var sides: [String: (source: String, store: String, expected: String?)] = [:]
    for total in control.totals {
      sides[total.group ?? "", default: ("0", "0", nil)].source = total.total
      sides[total.group ?? "", default: ("0", "0", nil)].expected = total.expected
    }
    for total in stored { sides[total.group ?? "", default: ("0", "0", nil)].store = total.total }
    let isGrouped = control.definition.groupField != nil
    return sides.sorted { $0.key < $1.key }.map { group, totals in
      let group = isGrouped || !group.isEmpty ? group : nil
      return ControlTotal(
        name: ControlTally.name(control.definition.text, group: group),
        source: totals.source, store: totals.store,
        isEqual: DecimalSum.areEqual(totals.source, totals.store)
          && totals.expected.isEqual(to: totals.store),
        expected: totals.expected)
    }
  }
}
