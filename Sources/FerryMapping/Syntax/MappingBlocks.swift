import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables
import FerryYAML

// The mapping file as values: names are checked against what Ferry knows, constants are
// normalized, columns and sheets are names still. `TableCompiler` holds them against a table.

/// The whole file.
struct MappingBlocks {
  var settings = MappingSettings()
  var sources: [SourceBlock] = []
  var match: [String: MatchSettings] = [:]
  var rules: [RecordRule] = []
  var gates: [Gate] = []
  /// Whether a person must have signed off a plan before it is applied.
  var requiresSignOff = false
  var controls: [ControlDefinition] = []
  var gone: [String: GonePolicy] = [:]
  var layout = StoreLayout()
  var owners: [OwnerMap.Line] = []
  /// The file that holds the lines instead.
  var ownersFile: NamedPlace?
}

/// A name of a column or sheet, and where the mapping says it.
struct NamedPlace: Hashable {
  let name: String
  let mark: YAMLMark
}

/// One item of `sources:`.
struct SourceBlock {
  /// A path or a pattern, relative to the mapping.
  let file: NamedPlace
  /// Names or patterns; empty means the only sheet.
  var sheets: [NamedPlace] = []
  var system: String?
  /// Whether there need not be a file; its records then stay as they are.
  var isOptional = false
  var encoding: String?
  var delimiter: Character?
  /// The environment variable that holds the password of an encrypted workbook.
  var passwordVariable: NamedPlace?
  /// Where the table lies, and what becomes of its odd rows, as far as the mapping says.
  var table = TableOptions()
  /// Where the mapping says where the table lies; `nil` where it leaves that to the finder.
  var tableMark: YAMLMark?
  var records: [RecordBlock] = []
}

/// A condition and the names in it, each with its place.
struct ConditionBlock {
  let condition: Condition
  let names: [NamedPlace]
}

/// One `entity:` block, or the `lines:` of one.
struct RecordBlock {
  let entity: Entity
  let mark: YAMLMark
  var key: [NamedPlace] = []
  var when: ConditionBlock?
  var fields: [FieldBlock] = []
  var custom: [FieldBlock] = []
  /// At most one.
  var lines: [RecordBlock] = []
  /// The year of notes that name none.
  var notesYear: Int?
  /// The fields that the block names, faulty ones too.
  var named: Set<String> = []

  func field(_ name: String) -> FieldBlock? { fields.first { $0.field.name == name } }
}

/// How a record's reference is found in another table or in the store.
struct FindBlock: Hashable {
  let entity: String
  /// `nil` for the external id.
  let field: Field?
}

/// What becomes of a value that no line of a `map` covers.
enum Uncovered: Hashable {
  case reject
  /// The value goes on as it stands.
  case keep
  case blank
  case constant(ContiguousArray<UInt8>)
}

/// One field of a block.
struct FieldBlock {
  enum Content {
    /// The first column that is not blank; all of them where there is a `join`.
    case columns([NamedPlace], join: String?)
    case constant(ContiguousArray<UInt8>)
    /// The record that the same row makes.
    case link(NamedPlace)
    /// A part of each note of a free-form cell.
    case note(NamedPlace, NotePart)
  }

  /// The field; for a custom field one of its own name.
  let field: Field
  let mark: YAMLMark
  var content: Content
  /// Separator and part; parts count from 1, and from the end where negative.
  var split: (separator: String, part: Int)?
  var map: ValueMap?
  var uncovered = Uncovered.reject
  var find: FindBlock?
  /// The `otherwise:` of a lookup.
  var unresolved: String?
  /// The system that the key of a lookup belongs to; `nil` is the source's own.
  var system: String?
  var options: NormalizationOptions
  /// A currency in a column of its own.
  var currencyColumn: NamedPlace?
  /// A currency that this field names itself.
  var currency: NamedPlace?
  var defaultValue: ContiguousArray<UInt8>?
  var clearsWhenBlank = false
  var conflict: NamedConflict?
  /// `nil` leaves it to the field's type.
  var rejectsInvalid: Bool?
  var when: ConditionBlock?

  struct NamedConflict {
    let rule: ConflictRule
    let mark: YAMLMark
  }
}
