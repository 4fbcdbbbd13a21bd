public import FerryCore

/// One line of a mapping's `rules:` section: what must hold for every record of an entity.
public struct RecordRule: Hashable, Sendable {
  /// The entity's name.
  public let entity: String
  /// What must hold, over field names.
  public let condition: Condition
  /// The condition as the mapping spells it, for messages.
  public let text: String
  /// What a record that breaks it gets; an error rejects the record.
  public let severity: Severity

  /// States a rule.
  public init(entity: String, condition: Condition, text: String, severity: Severity = .error) {
    self.entity = entity
    self.condition = condition
    self.text = text
    self.severity = severity
  }
}
