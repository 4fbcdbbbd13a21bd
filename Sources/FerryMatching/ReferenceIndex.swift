import FerryCore
public import FerryRecords

/// Finds what a reference points to within the input: the record that survives.
public struct ReferenceIndex: Sendable {
  /// What a reference points to.
  public enum Resolution: Hashable, Sendable {
    /// One identity, which survives.
    case one(Int)
    /// Nothing in the input; a store may hold it.
    case none
    /// Two or more identities, rising: never guess.
    case several([Int])
  }

  private var golden: [String: GoldenRecords] = [:]
  private var lookups: [ReferenceTarget: Lookup] = [:]

  /// Indexes every field that a reference of these records names.
  public init(_ golden: [String: GoldenRecords]) {
    let targets = Self.targets(of: golden.values.map(\.table))
    for records in golden.values { add(records, targets: targets) }
  }

  /// Makes an index to which entities are added one by one.
  init() {}

  static func targets(of tables: some Sequence<RecordTable>) -> Set<ReferenceTarget> {
    Set(tables.flatMap { $0.targets.compactMap { $0 } })
  }

  mutating func add(_ records: GoldenRecords, targets: Set<ReferenceTarget>) {
    let entity = records.table.entity.name
    golden[entity] = records
    lookups[ReferenceTarget(entity: entity, field: nil)] = Lookup(records)
    for target in targets where target.entity == entity {
      guard let name = target.field else { continue }
      if name == "key" { lookups[target] = Lookup(records) }
      guard let field = records.table.fieldIndex(name) else { continue }
      lookups[target] = Lookup(records, FieldLookup(records, field: field))
    }
  }

  /// How many identities an entity has.
  func count(of entity: String) -> Int { golden[entity]?.count ?? 0 }

  /// What `value` points to: an external id, or the value of the target's field.
  ///
  /// A field is searched for the same text first, then for one that differs in width, case and
  /// blanks alone. A record whose rows were all rejected is found by its external id, not by
  /// its fields.
  public func resolve(_ target: ReferenceTarget, _ value: Span<UInt8>) -> Resolution {
    prepared(target).resolve(value)
  }

  /// A target that is looked into again and again: found by its name once.
  public struct PreparedTarget: Sendable {
    fileprivate let lookup: Lookup?

    /// What `value` points to, see ``ReferenceIndex/resolve(_:_:)-(_,Span<UInt8>)``.
    public func resolve(_ value: Span<UInt8>) -> Resolution {
      guard let lookup else { return .none }
      return ReferenceIndex.resolve(value, in: lookup)
    }

    /// What a reference points to that is the external id of a record, see
    /// `RecordTable.linkedRecords`; `nil` where the target is looked up otherwise.
    public func identity(ofRecord record: Int) -> Int? {
      guard let lookup, lookup.field == nil else { return nil }
      return Int(lookup.survivor[Int(lookup.identities.ofRecord[record])])
    }
  }

  /// The references of one table, whose targets are found by their names once.
  struct TableReferences: Sendable {
    private let table: RecordTable
    private let targets: [PreparedTarget?]

    init(_ table: RecordTable, _ index: ReferenceIndex) {
      self.table = table
      targets = table.targets.map { $0.map { index.prepared($0) } }
    }

    /// What a reference field of a record points to; `nil` where the field is absent or plain.
    func resolve(field: Int, of record: Int) -> Resolution? {
      let value = table.values[field][record]
      guard value.isPresent, !table.links[field].isEmpty,
        let target = targets[Int(table.links[field][record])]
      else { return nil }
      let linked = table.linkedRecords[field][record]
      if linked >= 0, let identity = target.identity(ofRecord: Int(linked)) {
        return .one(identity)
      }
      return table.arena.withBytes(of: value) { target.resolve($0) }
    }
  }

  /// Prepares for many references of a table.
  func references(of table: RecordTable) -> TableReferences { TableReferences(table, self) }

  /// Looks a target up for many values.
  public func prepared(_ target: ReferenceTarget) -> PreparedTarget {
    PreparedTarget(lookup: lookups[target])
  }

  private static func resolve(_ value: Span<UInt8>, in lookup: Lookup) -> Resolution {
    if let field = lookup.field { return field.resolve(value, in: lookup) }
    guard let identity = lookup.identities.identity(withExternalID: value) else { return .none }
    return .one(Int(lookup.survivor[identity]))
  }

  /// What `value` points to, for a value at hand as a string.
  public func resolve(_ target: ReferenceTarget, _ value: String) -> Resolution {
    let bytes = ContiguousArray(value.utf8)
    return resolve(target, bytes.span)
  }

  /// What a reference field of a record points to; `nil` where the field is absent or plain.
  public func resolve(field: Int, of record: Int, in table: RecordTable) -> Resolution? {
    guard table.fields[field].referenced != nil, table.values[field][record].isPresent,
      let target = table.targets[Int(table.links[field][record])]
    else { return nil }
    return table.arena.withBytes(of: table.values[field][record]) { resolve(target, $0) }
  }

  /// The account that a record of `entity` belongs to; `nil` where it names none or several.
  func account(of identity: Int, entity: String) -> Int32? {
    guard let records = golden[entity], let field = records.table.fieldIndex("account"),
      let record = records.supplier(ofField: field, identity: identity),
      case .one(let account)? = resolve(field: field, of: record, in: records.table)
    else { return nil }
    return Int32(account)
  }

  /// Appends a field of the record that a reference points to; where the input does not hold it,
  /// the reference's own text if it names the record by that field.
  func append(
    _ name: String, ofTarget field: Int, of record: Int, in table: RecordTable,
    to bytes: inout ContiguousArray<UInt8>
  ) {
    guard let target = table.targets[Int(table.links[field][record])] else { return }
    switch resolve(field: field, of: record, in: table) {
    case .one(let identity):
      guard let records = golden[target.entity], let index = records.table.fieldIndex(name) else {
        return
      }
      records.table.arena.withBytes(of: records.value(ofField: index, identity: identity)) {
        bytes.append(copying: $0)
      }
    case .some(.none), .several:
      guard target.field == name else { return }
      table.arena.withBytes(of: table.values[field][record]) { bytes.append(copying: $0) }
    case nil: return
    }
  }

  /// The parent of a line by external id, where other papers went into it or it into another.
  func mergedParent(
    field: Int, of record: Int, in table: RecordTable
  ) -> (own: Int, survivor: Int)? {
    guard let target = table.targets[Int(table.links[field][record])],
      target.field == nil || target.field == "key", let parents = golden[target.entity]
    else { return nil }
    let own = table.arena.withBytes(of: table.values[field][record]) {
      parents.identity(withExternalID: $0)
    }
    guard let own else { return nil }
    let survivor = Int(parents.survivor[own])
    guard survivor != own || parents.hasMerged(own) else { return nil }
    return (own, survivor)
  }
}

/// How one target is searched: by external id, or by a field.
private final class Lookup: Sendable {
  let identities: Identities
  let survivor: ContiguousArray<Int32>
  let field: FieldLookup?

  init(_ records: GoldenRecords, _ field: FieldLookup? = nil) {
    identities = records.identities
    survivor = records.survivor
    self.field = field
  }
}

/// The records of one entity by the folded value of one field.
private struct FieldLookup: Sendable {
  private let field: Int
  private var index: KeyIndex
  /// Number → its first record.
  private var first = ContiguousArray<Int32>()
  /// Record → the next record with the same folded value, or -1.
  private var next: ContiguousArray<Int32>

  init(_ records: GoldenRecords, field: Int) {
    let table = records.table
    var index = KeyIndex(capacity: records.count)
    var first = ContiguousArray<Int32>()
    var last = ContiguousArray<Int32>()
    var next = ContiguousArray<Int32>(repeating: -1, count: table.count)
    var (key, other) = (ContiguousArray<UInt8>(), ContiguousArray<UInt8>())
    for record in 0..<table.count where table.values[field][record].isPresent {
      guard records.identities.isSound(record) else { continue }
      Self.fold(table, field, record, into: &key)
      let (number, isNew) = index.number(hash: key.span.keyHash) { number in
        Self.fold(table, field, Int(first[number]), into: &other)
        return other == key
      }
      if isNew {
        first.append(Int32(record))
        last.append(Int32(record))
      } else {
        next[Int(last[number])] = Int32(record)
        last[number] = Int32(record)
      }
    }
    self.field = field
    self.index = index
    self.first = first
    self.next = next
  }

  private static func fold(
    _ table: RecordTable, _ field: Int, _ record: Int, into key: inout ContiguousArray<UInt8>
  ) {
    key.removeAll(keepingCapacity: true)
    table.arena.withBytes(of: table.values[field][record]) { NameFolding.fold($0, into: &key) }
  }

  func resolve(_ value: Span<UInt8>, in lookup: Lookup) -> ReferenceIndex.Resolution {
    let table = lookup.identities.table
    var (key, other) = (ContiguousArray<UInt8>(), ContiguousArray<UInt8>())
    NameFolding.fold(value, into: &key)
    let number = index.find(hash: key.span.keyHash) { number in
      Self.fold(table, field, Int(first[number]), into: &other)
      return other == key
    }
    guard let number else { return .none }
    var (exact, folded) = (Set<Int>(), Set<Int>())
    var record = Int(first[number])
    while record >= 0 {
      let identity = Int(lookup.survivor[Int(lookup.identities.ofRecord[record])])
      folded.insert(identity)
      let isExact = table.arena.withBytes(of: table.values[field][record]) {
        $0.hasSameBytes(as: value)
      }
      if isExact { exact.insert(identity) }
      record = Int(next[record])
    }
    return Self.resolution(of: exact.isEmpty ? folded : exact)
  }

  private static func resolution(of identities: Set<Int>) -> ReferenceIndex.Resolution {
    guard let first = identities.first else { return .none }
    return identities.count == 1 ? .one(first) : .several(identities.sorted())
  }
}
