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
  /// Whether a person must have signed off a plan before it is applied.
  public var requiresSignOff = false
  /// What is counted and added up on both sides, beside the records of each entity.
  public var controls: [ControlDefinition]
  /// What must hold for every record.
  public var rules: [RecordRule]

  /// By entity: what becomes of records whose row is not in the sources any more.
  public var gone: [String: GonePolicy] = [:]
  /// Entities whose records are taken out of the store where they go into others.
  public var removesLoaded: Set<String> = []
  /// Sources that have no file this time: nothing is concluded from rows that are not there.
  public var absent = AbsentSources()
  /// The tables of the store that Ferry did not make.
  public var layout = StoreLayout()
  /// Who gets the records of whom.
  public var owners: OwnerMap?
  /// The time zone that sales figures count months in, an IANA name.
  public var timeZone = MappingSettings.defaultTimeZone.identifier

  /// What a mapping says.
  public init(_ mapping: Mapping) {
    self.init(
      conflictRules: mapping.conflictRules, gates: mapping.gates, controls: mapping.controls,
      rules: mapping.rules)
    requiresSignOff = mapping.requiresSignOff
    timeZone = mapping.settings.timeZone.identifier
    layout = mapping.layout
    absent = mapping.absent
    gone = mapping.gone.filter { !mapping.absent.entities.contains($0.key) }
    owners = mapping.owners
    if owners != nil { addOwnerControls(mapping.entities) }
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

  /// Counts records by owner on both sides, also where the mapping does not ask for it.
  private mutating func addOwnerControls(_ entities: [Entity]) {
    for entity in entities where entity.field("owner") != nil {
      let control = ControlDefinition(
        entity: entity.name, sumField: nil, groupField: "owner", period: nil,
        text: "count \(entity.name) by owner")
      if !controls.contains(where: { $0.isOwnerCount(of: entity.name) }) {
        controls.append(control)
      }
    }
  }
}

extension ControlDefinition {
  /// Whether it counts the records of an entity by owner.
  func isOwnerCount(of entity: String) -> Bool {
    self.entity == entity && sumField == nil && groupField == "owner"
  }
}
