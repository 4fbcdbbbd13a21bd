/// What of a run is taken back; everything unless it says less.
public struct UndoScope: Hashable, Sendable, Codable {
  /// Only records of this entity; `nil` for all.
  public var entity: String?
  /// Only the record of this external id; `nil` for all.
  public var externalID: String?
  /// Whether records that a run created go also where others link to them since; those links are
  /// cleared.
  public var isForced = false

  /// Takes everything back.
  public init() {}

  /// Says what to take back.
  public init(entity: String? = nil, externalID: String? = nil, isForced: Bool = false) {
    self.entity = entity
    self.externalID = externalID
    self.isForced = isForced
  }

  /// Whether nothing of a run is left out.
  var isWhole: Bool { entity == nil && externalID == nil }

  func contains(_ entity: String) -> Bool { self.entity == nil || self.entity == entity }

  /// Whether a record of an entity that is taken back is.
  func contains(externalID id: String) -> Bool {
    externalID.map { $0.utf8.elementsEqual(id.utf8) } ?? true
  }
}
