public import FerryCore
import FerryRecords

/// Some records of one entity as a store holds or gets them, column by column.
public struct RecordPage: Sendable {
  /// The entity and the fields that are held.
  public let shape: EntityFields
  /// The ids in the store; absent in a record that is to be created.
  public private(set) var storeIDs = ContiguousArray<ValueRef>()
  /// Ferry's ids; absent in a record that Ferry never loaded.
  public private(set) var externalIDs = ContiguousArray<ValueRef>()
  /// The values, by field, then by record: `values[fieldIndex][recordIndex]`.
  ///
  /// Read: absent means null. Written: absent means "leave alone", an empty text "set to null".
  public private(set) var values: [ContiguousArray<ValueRef>]
  /// The values.
  public private(set) var arena = ByteArena()

  /// Makes an empty page.
  public init(_ shape: EntityFields) {
    self.shape = shape
    values = Array(repeating: [], count: shape.fields.count)
  }

  /// Makes room for so many records.
  public mutating func reserveCapacity(_ count: Int) {
    storeIDs.reserveCapacity(count)
    externalIDs.reserveCapacity(count)
    for index in values.indices { values[index].reserveCapacity(count) }
  }

  /// How many records it holds.
  public var count: Int { storeIDs.count }

  /// Adds a record with all fields absent; `nil` ids are absent.
  @discardableResult
  public mutating func append(storeID: String?, externalID: String?) -> Int {
    storeIDs.append(storeID.map { arena.append($0) } ?? .absent)
    externalIDs.append(externalID.map { arena.append($0) } ?? .absent)
    for index in values.indices { values[index].append(.absent) }
    return storeIDs.count - 1
  }

  /// Sets the id in the store.
  public mutating func setStoreID(_ id: Span<UInt8>, of recordIndex: Int) {
    storeIDs[recordIndex] = arena.append(id)
  }

  /// Sets Ferry's id.
  public mutating func setExternalID(_ id: Span<UInt8>, of recordIndex: Int) {
    externalIDs[recordIndex] = arena.append(id)
  }

  /// Sets one field of a record.
  public mutating func set(_ value: Span<UInt8>, field fieldIndex: Int, of recordIndex: Int) {
    values[fieldIndex][recordIndex] = arena.append(value)
  }

  /// Sets one field of a record; `nil` is absent.
  public mutating func set(_ value: String?, field fieldIndex: Int, of recordIndex: Int) {
    values[fieldIndex][recordIndex] = value.map { arena.append($0) } ?? .absent
  }

  /// One field of a record; `nil` where absent.
  public func string(field fieldIndex: Int, of recordIndex: Int) -> String? {
    arena.string(values[fieldIndex][recordIndex])
  }

  /// The id in the store; `nil` where it has none yet.
  public func storeID(of recordIndex: Int) -> String? { arena.string(storeIDs[recordIndex]) }

  /// Ferry's id; `nil` where Ferry never loaded the record.
  public func externalID(of recordIndex: Int) -> String? { arena.string(externalIDs[recordIndex]) }
}

/// A page and where the next one begins.
public struct StoredPage: Sendable {
  /// The records.
  public let records: RecordPage
  /// What to pass for the next page; `nil` after the last.
  public let next: String?

  /// Pairs them.
  public init(records: RecordPage, next: String?) {
    self.records = records
    self.next = next
  }
}

/// Records to write, all of one entity and one kind of write.
public struct WriteBatch: Sendable {
  /// What is done with the records.
  public enum Kind: String, Hashable, Sendable {
    /// Makes records; those whose external id is there already are updated.
    case create
    /// Changes the present fields of records named by store id.
    case update
    /// Removes records named by store id.
    case delete
  }

  /// What is done.
  public let kind: Kind
  /// With what.
  public let records: RecordPage
  /// Whether it may have been done before, by a run that was cut off: a store whose search lags looks
  /// for such records with more patience.
  public let isRedone: Bool

  /// States a batch.
  public init(_ kind: Kind, _ records: RecordPage, isRedone: Bool = false) {
    self.kind = kind
    self.records = records
    self.isRedone = isRedone
  }
}

/// What became of one record of a batch.
public enum WriteResult: Sendable {
  /// Written; the id in the store.
  case written(storeID: String)
  /// The store refused this record; the others may have been written.
  case refused(Finding)
}
