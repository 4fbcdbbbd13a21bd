import FerryMapping
import FerrySQLite

/// A control of a plan and what the store should come to.
struct PlannedControl {
  let definition: ControlDefinition
  let totals: [ExpectedTotals.Row]
}

extension PlanFile {
  /// The plan's controls, in load order.
  func controls() throws -> [PlannedControl] {
    let query = try database.prepare(
      """
      SELECT position, name, entity, sum_field, group_field, granularity, against
      FROM controls
      ORDER BY position
      """)
    var found: [PlannedControl] = []
    while try query.step() {
      var definition = ControlDefinition(
        entity: query.string(at: 2) ?? "", sumField: query.string(at: 3),
        groupField: query.string(at: 4),
        period: query.string(at: 5).flatMap { ControlDefinition.Period(rawValue: $0) },
        text: query.string(at: 1) ?? "")
      let rows = try totals(ofControl: Int(query.integer(at: 0)))
      definition.against = query.string(at: 6)
      definition.expected = rows.compactMap { row in
        row.expected.map { .init(group: row.group, total: $0) }
      }
      found.append(PlannedControl(definition: definition, totals: rows))
    }
    return found
  }

  /// The controls as reports show them before the store was read.
  func plannedControls() throws -> [ControlTotal] {
    try controls().flatMap { control in
      control.totals.map {
        ControlTotal(
          name: ControlTally.name(control.definition.text, group: $0.group), source: $0.total,
          store: nil, isEqual: $0.expected.isEqual(to: $0.total), expected: $0.expected)
      }
    }
  }

  private func totals(ofControl position: Int) throws -> [ExpectedTotals.Row] {
    let query = try database.cached(
      "SELECT group_value, total, expected FROM control_totals WHERE control = ? ORDER BY position")
    try query.bind(position, at: 1)
    var found: [ExpectedTotals.Row] = []
    while try query.step() {
      found.append((query.string(at: 0), query.string(at: 1) ?? "0", query.string(at: 2)))
    }
    return found
  }
}

extension String? {
  /// Whether an expected figure is met; true where none is expected.
  func isEqual(to total: String) -> Bool { map { DecimalSum.areEqual($0, total) } ?? true }
}
