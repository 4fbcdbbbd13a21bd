import FerryMapping
import FerrySQLite

/// A control of a plan and what the store should come to.
struct PlannedControl {
  let definition: ControlDefinition
  let totals: [(group: String?, total: String)]
}

extension PlanFile {
  /// The plan's controls, in load order.
  func controls() throws -> [PlannedControl] {
    let query = try database.prepare(
      """
      SELECT position, name, entity, sum_field, group_field, granularity FROM controls
      ORDER BY position
      """)
    var found: [PlannedControl] = []
    while try query.step() {
      let definition = ControlDefinition(
        entity: query.string(at: 2) ?? "", sumField: query.string(at: 3),
        groupField: query.string(at: 4),
        period: query.string(at: 5).flatMap { ControlDefinition.Period(rawValue: $0) },
        text: query.string(at: 1) ?? "")
      found.append(
        PlannedControl(
          definition: definition, totals: try totals(ofControl: Int(query.integer(at: 0)))))
    }
    return found
  }

  /// The controls as reports show them before the store was read.
  func plannedControls() throws -> [ControlTotal] {
    try controls().flatMap { control in
      control.totals.map {
        ControlTotal(
          name: ControlTally.name(control.definition.text, group: $0.group), source: $0.total,
          store: nil, isEqual: true)
      }
    }
  }

  private func totals(ofControl position: Int) throws -> [(group: String?, total: String)] {
    let query = try database.cached(
      "SELECT group_value, total FROM control_totals WHERE control = ? ORDER BY position")
    try query.bind(position, at: 1)
    var found: [(group: String?, total: String)] = []
    while try query.step() { found.append((query.string(at: 0), query.string(at: 1) ?? "0")) }
    return found
  }
}
