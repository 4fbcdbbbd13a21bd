public import FerryCore
public import FerryRecords

/// The records that a store holds, and what a workspace remembers of them, for new records to be
/// matched against.
public protocol KnownRecords: Sendable {
  /// The store's name as people may see it, never with a secret: decisions are kept by it.
  var storeName: String { get }

  /// Calls `body` with external ids that the store holds a record under, those of `externalID` for
  /// 0..<`count` among them.
  func forEachHeld(
    _ entity: Entity, count: Int, externalID: (Int) -> String, _ body: (Span<UInt8>) -> Void
  ) async throws

  /// What became of records of earlier runs that went into others, by external id.
  func earlierMerges(of entity: Entity) async throws -> [String: EarlierMerge]

  /// All records of an entity, page by page; references come as the text of the field that
  /// ``KnownField/through`` names.
  func page(
    of entity: Entity, fields: [KnownField], after cursor: String?
  ) async throws -> (page: KnownPage, next: String?)

  /// The records with these store ids, or external ids; those that are gone are left out.
  func records(
    of entity: Entity, fields: [KnownField], keys: [String], areStoreIDs: Bool
  ) async throws -> KnownPage
}

/// A field of the store's records that new records are compared by.
public struct KnownField: Hashable, Sendable {
  /// The field's name.
  public let name: String
  /// For a reference, the other record's field that is meant.
  public let through: String?
}

/// A record of an earlier run that went into another one.
public struct EarlierMerge: Hashable, Sendable {
  /// The record it went into: its external id, or `#ID` where it has none.
  public let survivor: String
  /// Where that record is not known by an external id of the input: its id in the store.
  public let storeID: String?
  /// What decided, such as `match.model 0.987`.
  public let rule: String

  /// States it.
  public init(survivor: String, storeID: String?, rule: String) {
    self.survivor = survivor
    self.storeID = storeID
    self.rule = rule
  }
}

/// Some records of a store, column by column.
public struct KnownPage: Sendable {
  /// The ids in the store.
  public let storeIDs: ContiguousArray<ValueRef>
  /// External ids; absent in a record that no run loaded.
  public let externalIDs: ContiguousArray<ValueRef>
  /// By field, then by record; absent means null.
  public let values: [ContiguousArray<ValueRef>]
  /// The values.
  public let arena: ByteArena

  /// Gathers them.
  public init(
    storeIDs: ContiguousArray<ValueRef>, externalIDs: ContiguousArray<ValueRef>,
    values: [ContiguousArray<ValueRef>], arena: ByteArena
  ) {
    self.storeIDs = storeIDs
    self.externalIDs = externalIDs
    self.values = values
    self.arena = arena
  }

  /// How many records it holds.
  public var count: Int { storeIDs.count }

  /// The ids of its records.
  var records: [KnownRecord] { storeIDs.indices.map(record) }

  /// The ids of one record.
  func record(_ index: Int) -> KnownRecord {
    KnownRecord(
      storeID: arena.string(storeIDs[index]) ?? "", externalID: arena.string(externalIDs[index]))
  }
}

extension KnownRecords {
  /// Where a record is, as people read it: `crm.db account #17 (A1)`.
  func place(of record: KnownRecord, _ entity: Entity) -> String {
    let id = record.externalID.map { " (\($0))" } ?? ""
    let name = storeName.split(separator: "/").last.map { String($0) } ?? storeName
    return "\(name) \(entity.name) #\(record.storeID)\(id)"
  }
}

/// A record of the store that records of the input are, or may be.
public struct KnownRecord: Hashable, Sendable {
  /// Its id in the store.
  public let storeID: String
  /// Ferry's id; `nil` in a record that no run loaded.
  public let externalID: String?

  /// What people call it: its external id, or `#ID`.
  public var label: String { externalID ?? "#\(storeID)" }

  /// What decisions about it are remembered by: ids in a store never change, contents do.
  func digest(in store: String) -> String {
    var digest = ContentDigest()
    digest.add(ContiguousArray(store.utf8).span)
    let id = storeID.addingPercentEncoding()
    return "#\(digest.text.prefix(8))/\(id)"
  }

  /// The store id that a digest of this store names; `nil` for any other digest.
  static func storeID(ofDigest digest: String, in store: String) -> String? {
    let prefix = KnownRecord(storeID: "", externalID: nil).digest(in: store)
    guard digest.hasPrefix(prefix) else { return nil }
    return String(digest.dropFirst(prefix.count)).removingPercentEncoding()
  }

  /// Whether a digest names a record of a store.
  static func isDigest(_ digest: String) -> Bool { digest.hasPrefix("#") }
}

extension String {
  /// Blanks and percent signs as `%20` and `%25`, so that the text holds no blank.
  fileprivate func addingPercentEncoding() -> String {
    var text = ""
    for character in self {
      switch character {
      case "%": text += "%25"
      case " ": text += "%20"
      default: text.append(character)
      }
    }
    return text
  }

  fileprivate func removingPercentEncoding() -> String {
    split(separator: "%20", omittingEmptySubsequences: false).joined(separator: " ")
      .split(separator: "%25", omittingEmptySubsequences: false).joined(separator: "%")
  }
}

/// That a record of the input goes into a record of the store.
public struct StoreLink: Hashable, Sendable {
  /// The store's record.
  public let record: KnownRecord
  /// What decided: `match.model 0.987`, `decision.same`, or what an earlier run said.
  public let rule: String
  /// By field: whether a person picked the input's value, and not the store's.
  public var picks: [String: Bool] = [:]
}
