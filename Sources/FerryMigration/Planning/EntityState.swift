import FerryCore
import FerryMatching
import FerryRecords

/// Where a reference of a record points to, in four bytes; see ``EntityState/references``.
enum ReferenceCode {
  /// The field is absent.
  static let absent: Int32 = -1
  /// The source says that the field is to be null.
  static let clear: Int32 = -2
  /// Nothing was found; the field is left alone.
  static let unresolved: Int32 = -3
  /// Being looked up in the store.
  static let pending: Int32 = -4
  /// At or below: a record that only the store has, number `foreign - code`.
  static let foreign: Int32 = -16
}

/// A record of the store that the input does not hold and that a reference points to.
struct ForeignRecord {
  let storeID: Bytes
  /// Its external id, or `#ID` where Ferry never loaded it.
  let label: Bytes
}

/// What is asked of a field for every record, without a look at its words.
struct FieldPart {
  let isReference: Bool
  /// See ``FieldsWriter/opening(of:)``.
  let opening: Bytes
  /// How its values are compared.
  let form: FieldForm

  init(_ field: Field) {
    form = FieldForm(field)
    isReference = field.referenced != nil
    opening = FieldsWriter.opening(of: field.name)
  }
}

/// What is asked of the record that a reference points to.
private struct DecidedIdentity {
  let externalID: ValueRef
  /// 0 before it has a change.
  var seq: Int32 = 0
  var kind = ChangeKind.undecided
}

/// What the planner knows of one entity, in arrays of small numbers by identity.
///
/// A class, since the states of several entities refer to each other while they grow.
final class EntityState {
  let entity: Entity
  let golden: GoldenRecords
  // Copies, since `golden` makes them anew with each call.
  let table: RecordTable
  private let arena: ByteArena
  private let firstRecord: ContiguousArray<Int32>
  private let survivor: ContiguousArray<Int32>
  /// The fields that changes may name: those of the table, and `custom` where it is needed.
  private(set) var fields: [Field]
  /// By field: what is asked of it for every record.
  private(set) var parts: [FieldPart]
  /// Where `custom` stands in ``table``; `nil` where no recipe fills it.
  let customColumn: Int?
  /// Whether any row fills it.
  let hasCustomValues: Bool
  /// The fields of ``table`` that refer to users.
  let owners: [Int]
  /// Where the entity stands in load order.
  var position = 0
  /// Whether the store has a place for `custom`.
  var holdsCustom = true
  /// Fields that the store has no place for: nothing of them is planned.
  private(set) var unplaced: Set<Int> = []
  /// Fields whose values the store takes once, and the list in which each may stand once.
  var uniqueFields: [(index: Int, list: String)] = []
  /// Whom the store makes the owner of a new record that brings none; `nil` where it makes nobody.
  var usualOwner: ForeignRecord?
  /// Whether records are only looked up in the store, whose admin makes them.
  var isLookedUpOnly = false
  /// Where `custom` stands in ``fields``.
  private(set) var customIndex: Int?
  /// By field, then by identity: an identity of the other entity, or a ``ReferenceCode``; empty
  /// for plain fields.
  var references: [ContiguousArray<Int32>]
  /// Records that only the store has.
  var foreign: [ForeignRecord] = []
  // By identity, in ``storeArena``; empty as long as no identity has an id in the store.
  private var storeIDs = ContiguousArray<ValueRef>()
  private(set) var storeArena = ByteArena()
  /// By identity: what others ask of it, side by side, since they ask in any order.
  private var decided: ContiguousArray<DecidedIdentity>
  /// Records that rules or required references reject; their findings are said already.
  var rejections: [Int32: Finding] = [:]
  /// Whether all its changes are written.
  var isPlanned = false
  /// Whether ``storeIDs`` is complete.
  var hasStoreIDs = false
  /// The fields that a record must have, as indexes into ``fields``; `nil` where no source has it.
  private(set) var requiredFields: [(field: Field, index: Int?)]
  /// The same, by what is asked for every record: the index or -1, and whether it is a reference.
  private(set) var requiredParts: [(index: Int, isReference: Bool)]
  private var identityByStoreID: ByteIndex?
  private var lostLinks: Set<Int> = []

  init(_ golden: GoldenRecords) {
    self.golden = golden
    table = golden.table
    arena = table.arena
    firstRecord = golden.firstRecord
    survivor = golden.survivor
    entity = table.entity
    fields = table.fields
    parts = table.fields.map { FieldPart($0) }
    customColumn = table.fieldIndex("custom")
    customIndex = customColumn
    hasCustomValues =
      customColumn.map { [table] in table.values[$0].contains { $0.byteCount > 0 } } ?? false
    owners = table.fields.indices.filter { [table] in table.fields[$0].referenced == "user" }
    references = table.fields.map { _ in [] }
    let ids = table.externalIDs
    decided = ContiguousArray(firstRecord.lazy.map { DecidedIdentity(externalID: ids[Int($0)]) })
    let table = table
    requiredFields = entity.fields.filter(\.isRequired).map { field in
      (field, table.fields.firstIndex { $0.name == field.name })
    }
    requiredParts = requiredFields.map { ($0.index ?? -1, $0.field.referenced != nil) }
    for (identity, link) in golden.storeLinks {
      setStoreID(Bytes(link.record.storeID.utf8).span, of: Int(identity))
    }
  }

  /// How many distinct external ids there are.
  var count: Int { golden.count }

  /// Whether an identity stands for itself after matching.
  func survives(_ identity: Int) -> Bool { Int(survivor[identity]) == identity }

  /// The record that tells of an identity first.
  func firstRecord(of identity: Int) -> Int { Int(firstRecord[identity]) }

  /// Makes sure that `custom` is among the fields.
  func addCustomField() {
    guard holdsCustom, customIndex == nil, let custom = entity.field("custom") else { return }
    customIndex = fields.count
    fields.append(custom)
    parts.append(FieldPart(custom))
    references.append([])
  }

  /// Leaves out fields that the store has no place for.
  func leaveOut(_ indexes: Set<Int>) {
    unplaced = indexes
    if let custom = customIndex, indexes.contains(custom) { customIndex = nil }
  }

  /// Whether the store has no place for a field.
  func leavesOut(_ fieldIndex: Int) -> Bool { !unplaced.isEmpty && unplaced.contains(fieldIndex) }

  /// Takes in what the store itself demands of a new record.
  func require(_ field: Field) {
    guard !requiredFields.contains(where: { $0.field.name == field.name }) else { return }
    let index = table.fields.firstIndex { $0.name == field.name }
    requiredFields.append((field, index))
    requiredParts.append((index ?? -1, field.referenced != nil))
  }

  /// Calls `body` with an identity's external id.
  func withExternalID<R>(_ identity: Int, _ body: (Span<UInt8>) -> R) -> R {
    arena.withBytes(of: decided[identity].externalID, body)
  }

  /// What is done with an identity.
  func kind(of identity: Int) -> ChangeKind { decided[identity].kind }

  /// The seq of an identity's change; 0 before it has one.
  func seq(of identity: Int) -> Int { Int(decided[identity].seq) }

  /// Remembers an identity's change.
  func decide(_ identity: Int, _ kind: ChangeKind, seq: Int) {
    decided[identity].kind = kind
    decided[identity].seq = Int32(seq)
  }

  /// The surviving value of a field as it stands in the table.
  func value(_ fieldIndex: Int, _ identity: Int) -> ValueRef {
    fieldIndex < table.fields.count && !unplaced.contains(fieldIndex)
      ? golden.value(ofField: fieldIndex, identity: identity) : .absent
  }

  /// The record of the store that an identity goes into under another id.
  func link(of identity: Int) -> StoreLink? {
    golden.storeLinks.isEmpty || lostLinks.contains(identity)
      ? nil : golden.storeLinks[Int32(identity)]
  }

  /// Forgets a link whose record is gone.
  func forgetLink(of identity: Int) {
    lostLinks.insert(identity)
    if !storeIDs.isEmpty { storeIDs[identity] = .absent }
    identityByStoreID = nil
  }

  /// An identity's id in the store, in ``storeArena``; absent where the store has no such record.
  func storeID(of identity: Int) -> ValueRef {
    storeIDs.isEmpty ? .absent : storeIDs[identity]
  }

  /// Remembers an identity's id in the store.
  func setStoreID(_ id: Span<UInt8>, of identity: Int) {
    if storeIDs.isEmpty { storeIDs = ContiguousArray(repeating: .absent, count: count) }
    storeIDs[identity] = storeArena.append(id)
    identityByStoreID = nil
  }

  /// The identity that has that id in the store.
  func identity(withStoreID id: Span<UInt8>) -> Int? {
    let (storeIDs, arena) = (storeIDs, storeArena)
    if identityByStoreID == nil {
      var index = ByteIndex(capacity: storeIDs.count)
      for identity in storeIDs.indices where storeIDs[identity].isPresent {
        let hash = arena.withBytes(of: storeIDs[identity]) { $0.contentHash }
        index.insert(identity, hash: hash) { other in
          arena.withBytes(of: storeIDs[other]) { $0.contentHash }
        }
      }
      identityByStoreID = index
    }
    return identityByStoreID?.find(hash: id.contentHash) { identity in
      arena.withBytes(of: storeIDs[identity]) { $0.hasSameBytes(as: id) }
    }
  }
}
