import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables

// What is left of the mapping once it is held against the tables: indexes and prepared values,
// nothing that has to be looked up by name for a row.

/// An entity of the input and the fields that any block fills.
struct EntityPlan: Sendable {
  let entity: Entity
  var fields: [Field] = []
  /// How references may be given; index 0 is "no reference".
  var targets: [ReferenceTarget?] = [nil]

  func slot(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }

  mutating func target(_ target: ReferenceTarget) -> UInt8 {
    if let known = targets.firstIndex(of: target) { return UInt8(truncatingIfNeeded: known) }
    targets.append(target)
    precondition(targets.count <= 255, "more kinds of references than a link can number")
    return UInt8(truncatingIfNeeded: targets.count - 1)
  }
}

/// One table and the blocks it is read with.
struct TablePlan: Sendable {
  let path: String
  let options: SourceOptions
  let table: Table
  var records: [RecordRecipe] = []
  /// For each column of the table, the fields it fills.
  var uses: [[String]]
}

/// One block over one table.
struct RecordRecipe: Sendable {
  let entityIndex: Int
  let entityName: String
  let system: String?
  /// Index into the table's recipes of the record whose lines these are.
  var parent: Int?
  var keyColumns: [Int32] = []
  /// An activity without `key`.
  var hasHashedKey = false
  /// Slots are columns.
  var when: BoundCondition?
  var fields: [FieldRecipe] = []
  /// The code that the record's amounts are in where no cell says otherwise.
  var currency: ContiguousArray<UInt8> = []
  /// Whether the block itself names a currency; lines are in their parent's otherwise.
  var namesCurrency = false
  /// Where the record's currency goes; `nil` where it has no such field.
  var currencySlot: Int?
  /// Where the parts of a person's name go that the mapping maps to no column.
  var familySlot: Int?
  var givenSlot: Int?
  /// Where the parts of an address go that the mapping maps to no column.
  var addressSlots: [Int?] = []
  /// Slots that the id of an activity is made of.
  var parentSlots: [Int] = []
  var timeSlot: Int?
  var textSlots: [Int] = []
  /// Where the parent record of a line goes, and its number.
  var parentSlot: Int?
  var parentTarget: UInt8 = 0
  var positionSlot: Int?
  var customSlot: Int?
  /// The free-form column whose notes are a record each.
  var notesColumn: Int32?
  var notesYear: Int?
  /// For each field of the entity's table, the first column that fills it.
  var columnIndexes: [Int32?]

  /// Whether any field's column is known only once a row is read.
  var choosesColumns: Bool { fields.contains { $0.choosesColumn } }
}

/// One field of a block over one table.
struct FieldRecipe: Sendable {
  enum Content: Sendable {
    case constant(ContiguousArray<UInt8>)
    /// Recipes of the same table, the first that made a record wins.
    case link([Int])
    case column(Int32)
    case firstOf([Int32])
    case joined([Int32], ContiguousArray<UInt8>)
    /// The parts of another record's key.
    case keyParts([Int32])
    /// A part of the note at hand.
    case note(NotePart)
  }

  /// A normalizer for amounts in one currency.
  struct Normalizer: Sendable {
    let currency: ContiguousArray<UInt8>
    var normalizer: FieldNormalizer
  }

  /// What becomes of the value.
  enum Purpose: Sendable {
    /// Index into the record table's fields.
    case field(Int)
    /// The key in `custom`.
    case custom(ContiguousArray<UInt8>)
    /// Only to read the record's amounts by.
    case currencyOnly
  }

  /// The entity and field, such as `deal.amount`.
  let name: String
  let type: FieldType
  let isAmount: Bool
  let isCurrency: Bool
  let isChoice: Bool
  /// Whether one cell may hold several values.
  let holdsSeveral: Bool
  let purpose: Purpose
  var content: Content
  /// The entity that a link names, until the recipes are linked.
  var linkedEntity: String?
  var separator: ContiguousArray<UInt8> = []
  /// Which part of a split value; 0 where it is not split.
  var part = 0
  var choices: ChoiceMap?
  var uncovered = Uncovered.reject
  /// Index into the table's targets.
  var target: UInt8 = 0
  /// Whether the value is another record's external id.
  var isKeyLookup = false
  /// `system:` of the external id.
  var keyPrefix: ContiguousArray<UInt8> = []
  var normalizers: [Normalizer]
  var defaultValue: ContiguousArray<UInt8>?
  var clearsWhenBlank = false
  var rejectsInvalid = false
  var when: BoundCondition?
  /// The first column, for messages.
  var column: Int32?
  /// Its header: what a raw value is kept under in `custom`.
  var columnName: ContiguousArray<UInt8> = []
  /// Whether this is the field that a person's name, or an address, is taken apart from.
  var isTakenApart = false
  init(
    name: String, type: FieldType, purpose: Purpose, content: Content, normalizer: Normalizer
  ) {
    self.name = name
    self.type = type
    isAmount = type == .amount
    isCurrency = type == .currency
    if case .choice = type { isChoice = true } else { isChoice = false }
    holdsSeveral = type == .phone || type == .email
    self.purpose = purpose
    self.content = content
    normalizers = [normalizer]
  }

  /// Whether the row decides which of several columns the value comes from.
  var choosesColumn: Bool {
    switch content {
    case .firstOf, .joined: true
    case .constant, .link, .column, .keyParts, .note: false
    }
  }
}
