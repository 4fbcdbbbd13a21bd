import FerryCore
import FerrySQLite

/// What the lines of a plan leave out since it is the same for many: the names of entities and
/// fields, and where in the sources the lines come from.
struct PlanForms: Hashable {
  private struct Origin: Hashable {
    var place = Bytes()
    /// By field of the entity; empty where the value comes from no cell.
    var letters: [Bytes] = []
  }

  // By the number of the entity.
  private var names: [String] = []
  // By the number of the entity, then by field: how its object begins.
  private var openings: [[Bytes]] = []
  private var origins: [Origin] = []
  private var numbers: [String: Int] = [:]

  /// Knows nothing.
  init() {}

  /// Reads the small tables of a plan.
  init(_ database: Database) throws(SQLiteError) {
    let entities = try database.prepare("SELECT number, entity FROM entities")
    while try entities.step() {
      let (number, name) = (Int(entities.integer(at: 0)), entities.string(at: 1) ?? "")
      guard number >= 0, number < 1_000 else { continue }
      while names.count <= number { names.append("") }
      names[number] = name
      numbers[name] = number
    }
    openings = names.map { _ in [] }
    let fields = try database.prepare("SELECT entity, field FROM fields ORDER BY entity, position")
    while try fields.step() {
      guard let number = numbers[fields.string(at: 0) ?? ""] else { continue }
      openings[number].append(FieldsWriter.opening(of: fields.string(at: 1) ?? ""))
    }
    try readOrigins(database)
  }

  private mutating func readOrigins(_ database: Database) throws(SQLiteError) {
    let query = try database.prepare("SELECT place FROM origins ORDER BY origin")
    while try query.step() {
      origins.append(Origin(place: query.withText(at: 0) { Bytes(copying: $0) }))
    }
    let columns = try database.prepare(
      "SELECT origin, position, letters FROM origin_columns ORDER BY origin, position")
    while try columns.step() {
      let (origin, position) = (Int(columns.integer(at: 0)), Int(columns.integer(at: 1)))
      guard origins.indices.contains(origin), position >= origins[origin].letters.count,
        position < 10_000
      else { continue }
      while origins[origin].letters.count < position { origins[origin].letters.append([]) }
      origins[origin].letters.append(columns.withText(at: 2) { Bytes(copying: $0) })
    }
  }

  /// The name of the entity with that number; empty where there is none.
  func name(ofEntity number: Int) -> String { names.indices.contains(number) ? names[number] : "" }

  /// The number of an entity; `nil` where no line is of it.
  func number(ofEntity name: String) -> Int? { numbers[name] }

  /// The source row of a line, as `file 'sheet'!14`; `nil` where it comes from none.
  func place(_ source: LineSource) -> String? {
    guard origins.indices.contains(source.origin) else { return nil }
    return "\(origins[source.origin].place.text)\(source.row)"
  }

  /// The fields of a line in full.
  func written(_ fields: Span<UInt8>, entity name: String, _ source: LineSource) -> Bytes {
    var parsed = ParsedFields()
    guard let number = numbers[name], parsed.parse(fields),
      let first = parsed.fields.first, first.place >= 0
    else { return Bytes(copying: fields) }
    let letters = origins.indices.contains(source.origin) ? origins[source.origin].letters : []
    var row = Bytes()
    row.append(decimal: source.row)
    var writer = FieldsWriter()
    for field in parsed.fields where field.place < openings[number].count {
      writer.beginField(opening: openings[number][field.place])
      parsed.write("old", field.old, to: &writer)
      parsed.write("oldId", field.oldID, to: &writer)
      parsed.write("new", field.new, to: &writer)
      parsed.write("id", field.id, to: &writer)
      if field.at > 0 { writer.member("at", number: field.at) }
      if field.isLater { writer.flag("later") }
      if field.hasOwnCell, field.place < letters.count, !letters[field.place].isEmpty {
        writer.cell(column: letters[field.place], row: row)
      } else {
        parsed.write("cell", field.cell, to: &writer)
      }
      writer.endField()
    }
    writer.end()
    return writer.bytes
  }
}

/// Where a line of a plan comes from.
struct LineSource: Hashable {
  /// See ``PlanForms``; -1 where it comes from no source.
  var origin = -1
  /// One-based.
  var row = 0
}

extension LineSource {
  /// Reads two columns of a query's row.
  init(_ query: Statement, at column: Int) {
    guard !query.isNull(at: column) else { return }
    origin = Int(query.integer(at: column))
    row = Int(query.integer(at: column + 1))
  }
}

extension ParsedFields {
  /// Writes one member of a field, where it is there.
  func write(_ name: StaticString, _ member: ParsedField.Member, to writer: inout FieldsWriter) {
    switch member {
    case .absent: break
    case .null: writer.null(name)
    case .text(let range): writer.member(name, text.span.extracting(range))
    }
  }
}
