public import Foundation

/// What a mapping says once for all its sources; never taken from the machine.
public struct MappingSettings: Hashable, Sendable {
  /// The zone in which times without one are read; Asia/Shanghai unless the mapping says so.
  public var timeZone: TimeZone
  /// ISO 3166-1 alpha-2, for phones and date habits; CN unless the mapping says so.
  public var region: String
  /// ISO 4217, for amounts that name none; CNY unless the mapping says so.
  public var currency: String

  /// States the settings.
  public init(
    timeZone: TimeZone = MappingSettings.defaultTimeZone, region: String = "CN",
    currency: String = "CNY"
  ) {
    self.timeZone = timeZone
    self.region = region
    self.currency = currency
  }

  /// Asia/Shanghai; UTC+8 where the machine has no zone data.
  public static let defaultTimeZone =
    TimeZone(identifier: "Asia/Shanghai") ?? TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
}

/// Who wins where source and store both changed a field since the last load.
public enum ConflictRule: String, Hashable, Sendable, CaseIterable {
  /// The source's value is written.
  case source
  /// The store keeps its value.
  case store
  /// Nothing is written; a person decides.
  case ask
}

/// One line of a mapping's `gates:` section: a limit that stops an import.
public struct Gate: Hashable, Sendable {
  /// Which count of the run is limited.
  public enum Count: String, Hashable, Sendable, CaseIterable {
    case created
    case updated
    case same
    case merged
    case skipped
    case rejected
    case conflicted
    /// Records that an earlier run loaded and whose row is not in the sources any more.
    case gone
    /// Those of them that are taken out of the store.
    case removed
    /// Those of them that are marked.
    case marked
    /// Records whose owner changes.
    case owners
    /// Records whose owner neither a user nor a line of the owner map explains.
    case unmappedOwners = "unmapped_owners"
    /// Records whose owner has left: so says the owner map, or the user's own record.
    case inactiveOwners = "inactive_owners"
    /// Different values that no line of a `map` covers.
    case unmappedValues = "unmapped_values"
    /// How much smaller a table is than in the last run that was applied, the worst one.
    case shrunk
    /// Columns that are new or missing in comparison with that run.
    case columns
    /// How far a control total moves from that run, the worst one.
    case controls

    /// Whether it is about the whole input and can't be asked of one entity.
    public var isOfInput: Bool {
      switch self {
      case .unmappedValues, .shrunk, .columns, .controls: true
      default: false
      }
    }
  }

  /// The entity, for a gate such as `deal.rejected`; `nil` for all together.
  public let entity: String?
  /// What is counted.
  public let count: Count
  /// The most that is let through: records, or hundredths of all records.
  public let limit: Decimal
  /// Whether ``limit`` is in percent of the records.
  public let isPercent: Bool
  /// The limit as the mapping spells it, such as `1%`.
  public let text: String

  /// The gate's name as the mapping spells it: `rejected`, `deal.rejected`.
  public var name: String { entity.map { "\($0).\(count.rawValue)" } ?? count.rawValue }

  /// States a gate.
  public init(entity: String?, count: Count, limit: Decimal, isPercent: Bool, text: String) {
    self.entity = entity
    self.count = count
    self.limit = limit
    self.isPercent = isPercent
    self.text = text
  }
}

/// What becomes of records that an earlier run loaded and whose row is not in the sources any more.
public struct GonePolicy: Hashable, Sendable {
  /// What is done with them.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// They stay as they are.
    case keep
    /// Fields of theirs are set.
    case mark
    /// They are taken out of the store.
    case delete
  }

  /// What is done.
  public let action: Action
  /// For a mark: canonical values by field name.
  public let values: [String: String]
  /// The most that is let through: records, or hundredths of those that runs have loaded.
  public let limit: Gate

  /// States a policy.
  public init(_ action: Action, values: [String: String] = [:], limit: Gate) {
    self.action = action
    self.values = values
    self.limit = limit
  }

  /// The limit where the mapping writes none, for marks and removals.
  public static func defaultLimit(of entity: String) -> Gate {
    Gate(entity: entity, count: .gone, limit: 5, isPercent: true, text: "5%")
  }
}
