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
  /// Where the currency of what is summed stands; sums of several currencies are told apart.
  let currencyIndex: Int?
  /// Whether each record is a group of its own, named by its id.
  let isByRecord: Bool
  private var groups = ByteSet()
  /// By number: the group and the currency that make it.
  private(set) var parts: [(group: String, currency: String)] = []
  private var key = Bytes()
  /// By number: what the group's amounts come to.
  private(set) var sums: [DecimalSum] = []
  private var counts: [Int] = []
  // Where records without group, amount and currency are counted.
  private var plainNumber: Int?

  /// A tally over `fields`; `nil` where the control is about another entity.
  ///
  /// A field that the run does not touch is absent in all its records.
  init?(_ definition: ControlDefinition, entity: Entity, fields: [Field]) {
    guard definition.entity == entity.name else { return nil }
    self.definition = definition
    self.entity = entity
    isByRecord = false
    sumIndex = definition.sumField.flatMap { name in fields.firstIndex { $0.name == name } }
    groupIndex = definition.groupField.flatMap { name in fields.firstIndex { $0.name == name } }
    let isAmount = sumIndex.map { fields[$0].type == .amount } ?? false
    currencyIndex =
      isAmount && definition.groupField != "currency"
      ? fields.firstIndex { $0.name == "currency" } : nil
  }

  /// A tally of what the sums of `definition` are held against, record by record; `nil` where that is
  /// another entity.
  init?(against definition: ControlDefinition, entity: Entity, fields: [Field]) {
    guard let name = definition.against, definition.againstEntity == entity.name else { return nil }
    self.definition = definition
    self.entity = entity
    isByRecord = true
    groupIndex = nil
    sumIndex = fields.firstIndex { $0.name == name }
    currencyIndex = fields.firstIndex { $0.name == "currency" }
  }

  /// The controls of an entity: its record count, which every run has, and those of the mapping.
  static func controls(_ definitions: [ControlDefinition], of entity: Entity) -> [ControlDefinition]
  {
    var count = ControlDefinition(
      entity: entity.name, sumField: nil, groupField: nil, period: nil, text: "count \(entity.name)"
    )
    let own = definitions.filter { $0.entity == entity.name }
    let isGiven = { (control: ControlDefinition) in
      control.sumField == nil && control.groupField == nil
    }
    count.expected = own.filter(isGiven).flatMap(\.expected)
    return [count] + own.filter { !isGiven($0) }
  }

  /// Counts a record where that is all there is to do; false where values are needed.
  mutating func addPlain() -> Bool {
    guard sumIndex == nil, groupIndex == nil, !isByRecord else { return false }
    if let plainNumber {
      counts[plainNumber] += 1
    } else {
      add(group: Span(), amount: Span(), currency: Span())
      plainNumber = counts.count - 1
    }
    return true
  }

  /// Adds a record; an absent group, amount or currency is empty.
  ///
  /// Without an amount there is nothing that a currency could tell.
  mutating func add(group: Span<UInt8>, amount: Span<UInt8>, currency: Span<UInt8>) {
    // A record without an amount is held against nothing.
    if isByRecord, amount.isEmpty { return }
    let group = group.extracting(0..<min(group.count, longestGroup))
    let currency = currency.extracting(0..<(amount.isEmpty ? 0 : currency.count))
    // Out of the property while it is read: its memory is used for every record.
    var key = Bytes()
    swap(&key, &self.key)
    key.removeAll(keepingCapacity: true)
    key.append(copying: group)
    key.append(0x1F)
    key.append(copying: currency)
    let number = groups.insert(key.span)
    swap(&key, &self.key)
    if number == sums.count {
      sums.append(DecimalSum())
      counts.append(0)
      parts.append((group.text, currency.text))
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
  var groupKeys: [String] { parts.map(\.group) }

  /// The totals by group, sorted; a group `nil` where there are no groups.
  ///
  /// `names` gives what people call a group; groups of one name become one. Where there are sums of
  /// several currencies, each currency is a group of its own: `won, USD`.
  func totals(names: [String: String] = [:]) -> [(group: String?, total: String)] {
    let hasSeveral = Set(parts.map(\.currency)).subtracting([""]).count > 1
    let isGrouped = definition.groupField != nil
    var byName: [String: (sum: DecimalSum, count: Int)] = [:]
    for (number, part) in parts.enumerated() {
      let group = names[part.group] ?? part.group
      let currency = hasSeveral && !part.currency.isEmpty ? [part.currency] : []
      let shown = isGrouped ? [group.isEmpty && !currency.isEmpty ? "-" : group] : []
      let name = (shown + currency).joined(separator: ", ")
      var total = byName[name] ?? (DecimalSum(), 0)
      total.sum.add(sums[number])
      total.count += counts[number]
      byName[name] = total
    }
    if !isGrouped, byName.isEmpty { byName[""] = (DecimalSum(), 0) }
    return byName.sorted { $0.key < $1.key }.map { name, total in
      let text = definition.sumField == nil ? String(total.count) : total.sum.text
      return (isGrouped || !name.isEmpty ? name : nil, text)
    }
  }

  /// What people call a group's total.
  static func name(_ control: String, group: String?) -> String {
    guard let group else { return control }
    return "\(control): \(group.isEmpty ? "-" : group)"
  }
}
