/// One line of a mapping's `controls:` section: a count or a sum by group, equal on both sides.
public struct ControlDefinition: Hashable, Sendable {
  /// How the values of the group's field are taken.
  public enum Period: String, Hashable, Sendable, CaseIterable {
    /// By year and month of a date: `2024-03`.
    case month
    /// By year of a date: `2024`.
    case year
  }

  /// What a total must come to, whatever the sources say: a figure that somebody signed.
  public struct Expected: Hashable, Sendable {
    /// The group, as totals name it; `nil` for the one total without groups.
    public let group: String?
    /// A plain decimal: `1234567.80`.
    public let total: String

    /// States it.
    public init(group: String?, total: String) {
      self.group = group
      self.total = total
    }
  }

  /// The entity's name.
  public let entity: String
  /// The field that is summed; `nil` for a count of records.
  public let sumField: String?
  /// The field that makes the groups; `nil` for one total.
  public let groupField: String?
  /// Set for `by month of close_date`.
  public let period: Period?
  /// As the mapping spells it: `sum deal.amount by stage`.
  public let text: String
  /// Figures that the totals are held against; groups that are not named may come to anything.
  public var expected: [Expected] = []
  /// For `by order against order.amount`: the field of the record that ``groupField`` names, which
  /// the sum of its group is held against.
  public var against: String?

  /// States a control.
  public init(
    entity: String, sumField: String?, groupField: String?, period: Period?, text: String
  ) {
    self.entity = entity
    self.sumField = sumField
    self.groupField = groupField
    self.period = period
    self.text = text
  }
}
