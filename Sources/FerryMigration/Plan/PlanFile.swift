import FerryCore
import FerryMapping
public import FerryRecords
public import FerrySQLite
import Foundation

/// A plan as `ferry plan` wrote it: what will be done with each record of the input, and why.
///
/// An SQLite file; the tables, the view `changes` and its JSON `fields` are documented in its schema.
///
///     let plan = try PlanFile(path: "crm.ferry/plans/RUN.ferryplan")
///     try plan.forEachChange { change in print(change.kind, change.externalID) }
public final class PlanFile {
  let database: Database
  /// What its lines leave out.
  let forms: PlanForms
  /// Where it lies.
  public let path: String
  /// The run that it belongs to.
  public let run: String
  /// What made it: `plan`, `import` or `undo`.
  public let command: String
  /// Of an undo, the run that is taken back.
  public let undoneRun: String?
  /// Of an undo, what of the run is taken back.
  let undoScope: UndoScope
  /// The store that it was made for, as it was named then.
  public let store: String
  /// The mapping that it was made from.
  public let mappingPath: String?
  /// The time zone that sales figures count months in, an IANA name; `nil` where none was said.
  public let timeZone: String?
  /// Whether the mapping wants a person to sign the plan off before it is applied.
  public let requiresSignOff: Bool
  /// The tables of the store that Ferry did not make.
  public let layout: StoreLayout
  /// When it was made; UTC, ISO 8601.
  public let createdAt: String
  /// How many records stay the same and have fields that the journal does not know so yet.
  let agreedCount: Int
  /// How many references are filled once all records are there.
  let linkCount: Int
  /// How many changes it holds, records that stay the same counted.
  public let changeCount: Int

  /// Opens a plan, with the key that it was sealed with; throws a ``MigrationError`` where the file
  /// is none.
  public init(path: String, key: SealKey? = nil) throws(MigrationError) {
    self.path = path
    do {
      database = try Database(path: path, access: .readOnly, key: key)
      guard try database.integer("PRAGMA application_id") == Int64(PlanSchema.applicationID) else {
        throw MigrationError(.unreadablePlan, .planUnreadable, path, "application_id")
      }
      let version = try database.userVersion()
      guard version == PlanSchema.version else {
        throw MigrationError(
          .unreadablePlan, .planOtherVersion, path, String(version), String(PlanSchema.version))
      }
      forms = try PlanForms(database)
      var meta: [String: String] = [:]
      let query = try database.prepare("SELECT name, value FROM meta")
      while try query.step() { meta[query.string(at: 0) ?? ""] = query.string(at: 1) }
      run = meta["run"] ?? ""
      command = meta["command"] ?? "plan"
      undoneRun = meta["of_run"]
      undoScope = meta["scope"].flatMap { try? StoredJSON.value(UndoScope.self, in: $0) } ?? .init()
      store = meta["store"] ?? ""
      mappingPath = meta["mapping"]
      timeZone = meta["time_zone"]
      requiresSignOff = meta["signoff"] == "required"
      layout = try StoreLayout(storedText: meta["layout"])
      createdAt = meta["created_at"] ?? ""
      agreedCount = Int(meta["agreed"] ?? "") ?? 0
      linkCount = Int(meta["links"] ?? "") ?? 0
      changeCount = Int(meta["changes"] ?? "") ?? 0
    } catch let error as MigrationError {
      throw error
    } catch let error as SQLiteError where error.isAboutKey {
      throw MigrationError(seal: error)
    } catch let error as SQLiteError {
      throw MigrationError(.unreadablePlan, .planUnreadable, path, error.message)
    } catch {
      throw MigrationError(.unreadablePlan, .planUnreadable, path, String(describing: error))
    }
  }

  /// The fields that the changes of each entity may name, by entity, in load order.
  func shapes() throws -> [(entity: Entity, fields: [Field])] {
    let query = try database.prepare(
      """
      SELECT entities.entity, fields.field FROM entities
      LEFT JOIN fields ON fields.entity = entities.entity
      ORDER BY entities.position, fields.position
      """)
    var found: [(entity: Entity, fields: [Field])] = []
    while try query.step() {
      let name = query.string(at: 0) ?? ""
      guard let entity = SalesChain.entity(name) else {
        throw MigrationError(.unreadablePlan, .planUnreadable, path, "entity \(name)")
      }
      if found.last?.entity != entity { found.append((entity, [])) }
      guard let fieldName = query.string(at: 1) else { continue }
      guard let field = entity.field(fieldName) else {
        throw MigrationError(.unreadablePlan, .planUnreadable, path, "field \(fieldName)")
      }
      found[found.count - 1].fields.append(field)
    }
    return found
  }

  /// By entity, then by field in the order of ``shapes()``: who wins where both sides changed.
  func conflictRules() throws -> [String: [ConflictRule?]] {
    let query = try database.prepare(
      "SELECT entity, on_conflict FROM fields ORDER BY entity, position")
    var found: [String: [ConflictRule?]] = [:]
    while try query.step() {
      let rule = query.string(at: 1).flatMap { ConflictRule(rawValue: $0) }
      found[query.string(at: 0) ?? "", default: []].append(rule)
    }
    return found
  }

  /// Calls `body` with every change in order, or with those of one kind.
  public func forEachChange(
    ofKind kind: String? = nil, _ body: (ChangeSummary) throws -> Void
  ) throws {
    let number = kind.flatMap { word in ChangeKind.allCases.first { $0.word == word }?.rawValue }
    let condition = kind == nil ? "" : "WHERE kind = ?"
    let query = try database.prepare(
      "SELECT \(ChangeSummary.columns) FROM lines \(condition) ORDER BY seq")
    if kind != nil { try query.bind(number.map { Int64($0) } ?? -1, at: 1) }
    var parsed = ParsedFields()
    while try query.step() { try body(ChangeSummary(query, forms, &parsed)) }
  }

  /// What an undo leaves as it is.
  func kept() throws -> [KeptRecord] {
    let query = try database.prepare(
      "SELECT entity, external_id, store_id, finding, fields FROM kept ORDER BY seq")
    return try KeptRecord.all(query)
  }

  /// The changes that reports show: the first of each entity and kind.
  func samples() throws -> [ChangeSummary] {
    let query = try database.prepare(
      "SELECT \(ChangeSummary.columns) FROM samples JOIN lines USING (seq) ORDER BY seq")
    var parsed = ParsedFields()
    var found: [ChangeSummary] = []
    while try query.step() { found.append(ChangeSummary(query, forms, &parsed)) }
    return found
  }
}

extension ChangeSummary {
  fileprivate static let columns =
    "entity, kind, external_id, survivor, rule, origin, row, fields"

  fileprivate init(_ query: Statement, _ forms: PlanForms, _ parsed: inout ParsedFields) {
    let source = LineSource(query, at: 5)
    let place = forms.place(source).flatMap { Provenance(parsing: $0) }
    let entity = forms.name(ofEntity: Int(query.integer(at: 0)))
    let written = query.withText(at: 7) { forms.written($0, entity: entity, source) }
    _ = parsed.parse(written.span)
    self.init(
      entity: entity, kind: ChangeKind(number: query.integer(at: 1))?.word ?? "",
      externalID: query.string(at: 2) ?? "", survivorID: query.string(at: 3),
      rule: query.string(at: 4), provenance: place, fields: Self.fields(parsed, in: place))
  }

  /// The fields of a change; a bare cell lies in the sheet of `place`.
  static func fields(_ parsed: ParsedFields, in place: Provenance?) -> [FieldChange] {
    // Fields that are equal on both sides are there for the journal alone.
    let fields = parsed.fields.filter { field in
      guard case .text = field.old else { return true }
      return !parsed.string(field.old).hasSameBytes(as: parsed.string(field.new))
    }
    return fields.map { field in
      FieldChange(
        field: parsed.string(field.name), old: parsed.string(field.old),
        new: parsed.string(field.new),
        provenance: parsed.string(field.cell).flatMap { cell in
          guard let address = CellAddress(cell), let place else {
            return Provenance(parsing: cell)
          }
          return Provenance(
            file: place.file, sheet: place.sheet, rowNumber: address.rowNumber,
            columnIndex: address.columnIndex)
        })
    }
  }
}

extension Provenance {
  /// Reads a place as ``description`` writes it; gives nothing for an empty text.
  init?(parsing text: String) {
    guard !text.isEmpty else { return nil }
    guard let mark = text.range(of: "'!", options: .backwards),
      let open = text.range(of: " '"), open.upperBound <= mark.lowerBound
    else {
      self.init(file: text)
      return
    }
    let address = text[mark.upperBound...]
    let cell = CellAddress(String(address))
    self.init(
      file: String(text[..<open.lowerBound]),
      sheet: String(text[open.upperBound..<mark.lowerBound]),
      rowNumber: cell?.rowNumber ?? Int(address), columnIndex: cell?.columnIndex)
  }
}
