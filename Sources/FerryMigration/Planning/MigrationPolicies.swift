public import FerryMapping
public import FerryRecords
import Foundation

/// What a mapping says of a run as a whole: who wins, what must not be exceeded, what must agree.
public struct MigrationPolicies: Sendable {
  /// By entity, then by field; both sides changed since the last load and nothing here: a
  /// conflict, for a person.
  public var conflictRules: [String: [String: ConflictRule]]
  /// Limits; none unless the mapping writes them.
  public var gates: [Gate]
  /// What is counted and added up on both sides, beside the records of each entity.
  public var controls: [ControlDefinition]
  /// What must hold for every record.
  public var rules: [RecordRule]

  /// By entity: what becomes of records whose row is not in the sources any more.
  public var gone: [String: GonePolicy] = [:]
  /// Entities whose records are taken out of the store where they go into others.
  public var removesLoaded: Set<String> = []
  /// The tables of the store that Ferry did not make.
  public var layout = StoreLayout()
  /// The time zone that sales figures count months in, an IANA name.
  public var timeZone = MappingSettings.defaultTimeZone.identifier

  /// What a mapping says.
  public init(_ mapping: Mapping) {
    self.init(
      conflictRules: mapping.conflictRules, gates: mapping.gates, controls: mapping.controls,
      rules: mapping.rules)
    timeZone = mapping.settings.timeZone.identifier
    layout = mapping.layout
    gone = mapping.gone
    removesLoaded = Set(mapping.match.filter(\.value.removesLoaded).keys)
  }

  /// Gathers them.
  public init(
    conflictRules: [String: [String: ConflictRule]] = [:], gates: [Gate] = [],
    controls: [ControlDefinition] = [], rules: [RecordRule] = []
  ) {
    self.conflictRules = conflictRules
    self.gates = gates
    self.controls = controls
    self.rules = rules
  }
}
