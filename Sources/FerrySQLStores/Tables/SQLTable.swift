import FerryCore
import FerryRecords
import FerryStores

/// Where an entity's records stand: a table that Ferry makes, or one that a layout names.
struct SQLTable {
  /// What an id is, which decides what text can be one.
  enum IDKind {
    case whole
    case uuid
    case text
  }

  /// Who gives a new record its id.
  enum IDSource {
    /// The database, when the row is inserted.
    case store
    /// It is the external id: both stand in one column.
    case key
    /// Ferry, out of the external id: the same one each time.
    case ferry
  }

  /// The table's name as people spell it.
  let name: String
  /// Its schema; `nil` for the one that the connection is in.
  var schema: String?
  /// The column of the store's own id.
  var id = "id"
  var idKind = IDKind.whole
  var idSource = IDSource.store
  /// The column of the external id.
  var key = "ferry_id"
  /// Whether that column holds whole numbers: external ids that are none have no place there.
  var isKeyWhole = false
  /// The columns that no two rows share the values of: the key, and constants where need be.
  var keyIndex = ["ferry_id"]
  /// By field; `nil` for a table of Ferry's own, where the column follows from the field.
  var layout: [String: ColumnLayout]?
  /// What new rows get and others are not looked at without.
  var constants: [ColumnConstant] = []
  /// By field, the digits behind the point that its column keeps; others are kept or refused whole.
  var scales: [String: Int] = [:]
  /// The codecs of ``layout``, by field; columns without one hold canonical text.
  var codecs: [String: ColumnCodec] = [:]

  /// The table that Ferry makes for an entity.
  init(_ entity: Entity) { name = entity.plural }

  init(_ layout: TableLayout, timeZone: String) {
    name = layout.table.text
    schema = layout.schema
    self.layout = layout.columns
    constants = layout.constants
    key = layout.key?.text ?? key
    keyIndex = [key]
    for (field, column) in layout.columns {
      codecs[field] = ColumnCodec(column, timeZone: timeZone)
    }
  }

  /// Whether it is one that Ferry may change.
  var isOwn: Bool { layout == nil }

  /// The column of a field; `nil` where the table has none for it.
  func column(of field: Field) -> String? {
    guard let layout else { return field.columnName }
    return layout[field.name]?.column.text
  }

  /// Whether a text can be an id; others find nothing.
  func canBeID(_ text: String) -> Bool {
    switch idKind {
    case .whole: Int64(text) != nil
    case .uuid: text.utf8.count == 36 && UUIDText.isUUID(text)
    case .text: !text.isEmpty
    }
  }

  /// Whether a text can be an external id; a whole number only as the database writes it.
  func canBeKey(_ text: String) -> Bool { !isKeyWhole || Int64(text).map(String.init) == text }

  /// The id that a new record gets; `nil` where the database gives it.
  func newID(for externalID: String?) -> String? {
    switch idSource {
    case .store: nil
    case .key: externalID
    case .ferry: externalID.map { UUIDText.made(from: $0, in: name) }
    }
  }

  /// The field of a record that its column would round, and the digits that are kept; values are as
  /// the columns hold them.
  func tooFine(_ record: Int, of page: RecordPage) -> (field: Int, scale: Int)? {
    guard !scales.isEmpty else { return nil }
    for (index, field) in page.shape.fields.enumerated() {
      guard let scale = scales[field.name], page.values[index][record].byteCount > 0 else {
        continue
      }
      let digits = page.arena.withBytes(of: page.values[index][record]) { text in
        Self.digitsBehindPoint(text)
      }
      if digits > scale { return (index, scale) }
    }
    return nil
  }

  private static func digitsBehindPoint(_ text: Span<UInt8>) -> Int {
    guard let point = text.indices.first(where: { text[$0] == UInt8(ascii: ".") }) else { return 0 }
    var end = text.count
    while end > point + 1, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
    return end - point - 1
  }

  /// Takes over what a database says of the columns.
  mutating func take(_ facts: TableFacts) {
    for (field, column) in layout ?? [:] {
      guard let fact = facts.columns.first(where: { $0.name == column.column.text }) else {
        continue
      }
      if column.words.isEmpty { scales[field] = fact.scale }
      guard fact.isTime, column.form == .plain,
        SalesChain.entities.contains(where: { $0.field(field)?.type == .instant })
      else { continue }
      var column = column
      column.form = .datetime
      codecs[field] = ColumnCodec(column, timeZone: "UTC")
    }
  }

  /// The fields that a table of Ferry's own must have: the entity's, then others asked for.
  static func fields(_ request: EntityFields) -> [Field] {
    var names = Set(request.entity.fields.map(\.columnName))
    return request.entity.fields
      + request.fields.filter { names.insert($0.columnName).inserted }
  }
}

/// The tables of one store, and how its dialect quotes their names.
struct SQLTables {
  /// By entity; others are Ferry's own.
  var layouts: [String: SQLTable] = [:]
  /// What stands around a name: `"` or `` ` ``.
  var quote = "\""

  func table(_ entity: Entity) -> SQLTable { layouts[entity.name] ?? SQLTable(entity) }

  /// A name between quotes, safe whatever it holds.
  func quoted(_ name: String) -> String {
    "\(quote)\(name.replacing(quote, with: quote + quote))\(quote)"
  }

  func quoted(_ table: SQLTable) -> String {
    (table.schema.map { "\(quoted($0))." } ?? "") + quoted(table.name)
  }

  /// A text between single quotes; each dialect's session reads `\` as itself.
  static func literal(_ text: String) -> String {
    "'\(text.replacing("'", with: "''").filter { $0 != "\0" })'"
  }

  /// ` AND …` for the rows that count; empty where all do.
  func condition(_ table: SQLTable, cast: (String) -> String = { $0 }) -> String {
    table.constants.map { constant in
      " AND \(cast(quoted(constant.column.text))) = \(Self.literal(constant.value))"
    }.joined()
  }
}

/// Ids in the form of RFC 9562.
enum UUIDText {
  /// FNV-1a with 128 bits; source: see `StableHash` of the mapping room.
  private static let offsetBasis: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
  private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B

  /// A UUID of version 8 that follows from an external id and a table alone.
  static func made(from externalID: String, in table: String) -> String {
    var state = offsetBasis
    for byte in Array(table.utf8) + [0] + Array(externalID.utf8) {
      state = (state ^ UInt128(byte)) &* prime
    }
    // FNV leaves near texts near each other; steps that can be undone spread them and lose nothing.
    for _ in 0..<3 { state = (state ^ state >> 61) &* prime }
    let version: UInt128 = 0xF << 76
    let variant: UInt128 = 0b11 << 62
    state = state & ~version & ~variant | 8 << 76 | 0b10 << 62
    let hex = String(state, radix: 16)
    let digits = Array(String(repeating: "0", count: 32 - hex.count) + hex)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }

  static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }
}
