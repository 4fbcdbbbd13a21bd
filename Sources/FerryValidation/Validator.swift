import FerryCore
public import FerryRecords

/// Holds records against the fields' own terms and the mapping's `rules:`.
///
/// Checked are required fields, references, words of value sets, percentages, signs of money,
/// dates in their order, and each rule. An error rejects the record; anything else is said.
public struct Validator: Sendable {
  private let entity: Entity
  private let rules: [RecordRule]

  /// Makes a validator for an entity; rules of other entities are passed over.
  public init(_ entity: Entity, rules: [RecordRule]) {
    self.entity = entity
    self.rules = rules.filter { $0.entity == entity.name }
  }

  /// Checks records of `table`.
  ///
  /// - Complexity: O(records × (fields + rules)); allocates for findings alone.
  public func check(_ table: RecordTable, _ subject: RecordsToCheck) -> Validation {
    var pass = ValidationPass(table: table, subject: subject, entity: entity, rules: rules)
    guard pass.hasChecks else { return pass.result }
    for record in subject.records { pass.check(record) }
    return pass.result
  }

  /// Checks each row of `table` as a record of its own, rejected rows aside.
  public func check(
    _ table: RecordTable, status: @escaping (Int, Int) -> ReferenceStatus = { _, _ in .found }
  ) -> Validation {
    let rows = (0..<table.count).lazy.filter { table.rejections[$0] == nil }
    let subject = RecordsToCheck(
      rows, supplier: { table.values[$0][$1].isPresent ? $1 : nil }, firstRow: { $0 },
      status: status)
    return check(table, subject)
  }
}

/// One run over the records of a table.
private struct ValidationPass {
  private struct BoundRule {
    let rule: RecordRule
    let condition: BoundCondition
    /// The fields it speaks of, in its order.
    let fields: [Int]
  }

  /// Stands for the external id among a condition's slots.
  private static let keySlot = -1
  /// Stands for a field that no recipe fills.
  private static let absentSlot = -2

  private let table: RecordTable
  private let subject: RecordsToCheck
  private let required: [(field: Field, index: Int?)]
  private let valueChecks: [(index: Int, check: ValueCheck)]
  private let datePairs: [(earlier: Int, later: Int)]
  private let rules: [BoundRule]
  private let references: [Int]
  private(set) var result = Validation()

  init(table: RecordTable, subject: RecordsToCheck, entity: Entity, rules: [RecordRule]) {
    self.table = table
    self.subject = subject
    required = entity.fields.filter(\.isRequired).map { ($0, table.fieldIndex($0.name)) }
    references = table.fields.indices.filter { table.fields[$0].referenced != nil }
    valueChecks = table.fields.enumerated().compactMap { index, field in
      ValueCheck(field).map { (index, $0) }
    }
    datePairs = Self.orderedDates.compactMap { earlier, later in
      guard let earlier = table.fieldIndex(earlier), let later = table.fieldIndex(later) else {
        return nil
      }
      return (earlier, later)
    }
    self.rules = rules.map { rule in
      BoundRule(
        rule: rule, condition: BoundCondition(rule.condition) { Self.slot(of: $0, in: table) },
        fields: rule.condition.names.compactMap { table.fieldIndex($0) })
    }
  }

  // Pairs of fields of which the first can't lie after the second.
  private static let orderedDates = [
    ("start_date", "end_date"), ("opened_at", "closed_at"), ("created_at", "closed_at"),
  ]

  private static func slot(of name: String, in table: RecordTable) -> Int {
    table.fieldIndex(name) ?? (name == "key" ? keySlot : absentSlot)
  }

  /// Whether there is anything to ask of a record.
  var hasChecks: Bool {
    subject.asksForRequired || subject.status != nil || !valueChecks.isEmpty || !datePairs.isEmpty
      || !rules.isEmpty
  }

  mutating func check(_ record: Int) {
    if subject.asksForRequired { checkRequired(record) }
    checkReferences(record)
    checkValues(record)
    checkDates(record)
    for rule in rules { check(rule, record) }
  }

  // MARK: - Checks

  private mutating func checkRequired(_ record: Int) {
    for (field, index) in required where index.map({ value($0, record).byteCount }) ?? 0 == 0 {
      if subject.isInStore(record) { return }
      let place = table.provenance(of: subject.firstRow(record), field: index)
      result.add(Finding(.requiredFieldAbsent, at: place, arguments: [field.name]), to: record)
    }
  }

  private mutating func checkReferences(_ record: Int) {
    guard let status = subject.status else { return }
    for field in references {
      guard let row = subject.supplier(field, record) else { continue }
      guard let finding = finding(for: status(field, row), field, row) else { continue }
      result.add(finding, to: record)
      if finding.severity != .error {
        result.cleared.append(ClearedReference(record: record, fieldIndex: field))
      }
    }
  }

  private func finding(for status: ReferenceStatus, _ field: Int, _ row: Int) -> Finding? {
    let name = table.fields[field].name
    let target = table.fields[field].referenced ?? ""
    let (rule, arguments): (Rule, [String])
    switch status {
    case .found: return nil
    case .missing: (rule, arguments) = (.linkUnresolved, [name, target])
    case .ambiguous(let count): (rule, arguments) = (.linkAmbiguous, [name, target, String(count)])
    case .rejected: (rule, arguments) = (.linkToRejected, [name, target])
    }
    return Finding(
      rule, at: table.provenance(of: row, field: field), value: table.string(field: field, of: row),
      arguments: arguments, severity: table.fields[field].isRequired ? .error : .warning)
  }

  private mutating func checkValues(_ record: Int) {
    for (field, check) in valueChecks {
      guard let row = subject.supplier(field, record) else { continue }
      let rule = table.arena.withBytes(of: table.values[field][row]) { check.brokenRule($0) }
      guard let rule else { continue }
      let finding = Finding(
        rule, at: table.provenance(of: row, field: field),
        value: table.string(field: field, of: row),
        arguments: [table.fields[field].name] + check.arguments)
      result.add(finding, to: record)
    }
  }

  private mutating func checkDates(_ record: Int) {
    for (earlier, later) in datePairs {
      guard let start = subject.supplier(earlier, record),
        let end = subject.supplier(later, record),
        let first = table.string(field: earlier, of: start),
        let last = table.string(field: later, of: end),
        !last.isEmpty, first.prefix(last.count) > last.prefix(first.count)
      else { continue }
      let finding = Finding(
        .datesReversed, at: table.provenance(of: end, field: later), value: last,
        arguments: [table.fields[later].name, table.fields[earlier].name])
      result.add(finding, to: record)
    }
  }

  private mutating func check(_ bound: BoundRule, _ record: Int) {
    let isBroken = bound.condition.isBroken { slot, body in
      switch slot {
      case Self.keySlot:
        table.arena.withBytes(of: table.externalIDs[subject.firstRow(record)], body)
      default: table.arena.withBytes(of: value(slot, record), body)
      }
    }
    guard isBroken else { return }
    let field = bound.fields.first { subject.supplier($0, record) != nil } ?? bound.fields.first
    let row = field.flatMap { subject.supplier($0, record) }
    let finding = Finding(
      .ruleBroken, at: table.provenance(of: row ?? subject.firstRow(record), field: field),
      value: row.flatMap { row in field.flatMap { table.string(field: $0, of: row) } },
      arguments: [bound.rule.text], severity: bound.rule.severity)
    result.add(finding, to: record)
  }

  private func value(_ field: Int, _ record: Int) -> ValueRef {
    guard field >= 0 else { return .absent }
    return subject.supplier(field, record).map { table.values[field][$0] } ?? .absent
  }
}
