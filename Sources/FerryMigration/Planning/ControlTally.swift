import FerryCore
import FerryMapping
import FerryRecords

/// Adds up one control by group, record by record.
struct ControlTally {
  let definition: ControlDefinition
  let entity: Entity
  /// Where the fields stand among those that values are asked for; `nil` where there is none.
  let sumIndex: Int?
  let groupIndex: Int?
  private var groups = ByteSet()
  private var sums: [DecimalSum] = []
  private var counts: [Int] = []

  /// A tally over `fields`; `nil` where the control is about another entity.
  ///
  /// A field that the run does not touch is absent in all its records.
  init?(_ definition: ControlDefinition, entity: Entity, fields: [Field]) {
    guard definition.entity == entity.name else { return nil }
    self.definition = definition
    self.entity = entity
    sumIndex = definition.sumField.flatMap { name in fields.firstIndex { $0.name == name } }
    groupIndex = definition.groupField.flatMap { name in fields.firstIndex { $0.name == name } }
  }

  /// The controls of an entity: its record count, which every run has, and those of the mapping.
  static func controls(_ definitions: [ControlDefinition], of entity: Entity) -> [ControlDefinition]
  {
    let count = ControlDefinition(
      entity: entity.name, sumField: nil, groupField: nil, period: nil, text: "count \(entity.name)"
    )
    return [count]
      + definitions.filter {
        $0.entity == entity.name && ($0.sumField != nil || $0.groupField != nil)
      }
  }

  /// Adds a record; an absent group or amount is empty.
  mutating func add(group: Span<UInt8>, amount: Span<UInt8>) {
    let number = groups.insert(group.extracting(0..<min(group.count, longestGroup)))
    if number == sums.count {
      sums.append(DecimalSum())
      counts.append(0)
    }
    counts[number] += 1
    if definition.sumField != nil, !amount.isEmpty { sums[number].add(amount) }
  }

  // Dates are ISO 8601: the first characters are the year, then the month.
  private var longestGroup: Int {
    switch definition.period {
    case .month: 7
    case .year: 4
    case nil: .max
    }
  }

  /// The groups as they were added.
  var groupKeys: [String] { (0..<groups.count).map { groups.key($0) } }

  /// The totals by group, sorted; a group `nil` where there are no groups.
  ///
  /// `names` gives what people call a group; groups of one name become one.
  func totals(names: [String: String] = [:]) -> [(group: String?, total: String)] {
    var byName: [String: (sum: DecimalSum, count: Int)] = [:]
    for (number, key) in groupKeys.enumerated() {
      var total = byName[names[key] ?? key] ?? (DecimalSum(), 0)
      total.sum.add(sums[number])
      total.count += counts[number]
      byName[names[key] ?? key] = total
    }
    let isGrouped = definition.groupField != nil
    if !isGrouped, byName.isEmpty { byName[""] = (DecimalSum(), 0) }
    return byName.sorted { $0.key < $1.key }.map { name, total in
      let text = definition.sumField == nil ? String(total.count) : total.sum.text
      return (isGrouped ? name : nil, text)
    }
  }

  /// What people call a group's total.
  static func name(_ control: String, group: String?) -> String {
    guard let group else { return control }
    return "\(control): \(group.isEmpty ? "-" : group)"
  }
}
