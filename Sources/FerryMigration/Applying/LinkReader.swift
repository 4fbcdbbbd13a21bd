import FerryCore
import FerrySQLite

/// A change whose late references can be filled now.
struct LateLink {
  let change: Int
  let entity: String
  let externalID: Bytes
  /// The late fields in the plan's form, with `id` or `at` of what they point to.
  var fields: Bytes
}

/// Reads the plan's `links`, the links of one change together.
struct LinkReader {
  private let query: Statement
  private let forms: PlanForms
  private var hasRow: Bool
  private var parsed = ParsedFields()
  private var writer = FieldsWriter()

  init(_ plan: PlanFile) throws {
    forms = plan.forms
    query = try plan.database.prepare(
      """
      SELECT links.change, links.entity, lines.external_id, lines.fields, links.field,
      links.target, links.target_id, links.target_external_id
      FROM links JOIN lines ON lines.seq = links.change ORDER BY links.seq
      """)
    hasRow = try query.step()
  }

  /// The next change with late references.
  mutating func next() throws -> LateLink? {
    guard hasRow else { return nil }
    let change = Int(query.integer(at: 0))
    let entity = query.string(at: 1) ?? ""
    let externalID = query.withText(at: 2) { Bytes(copying: $0) }
    let written = query.withText(at: 3) { forms.written($0, entity: entity, LineSource()) }
    _ = parsed.parse(written.span)
    writer.begin()
    while hasRow, Int(query.integer(at: 0)) == change {
      appendField()
      hasRow = try query.step()
    }
    writer.end()
    return LateLink(change: change, entity: entity, externalID: externalID, fields: writer.bytes)
  }

  private mutating func appendField() {
    let name = query.string(at: 4) ?? ""
    let planned = parsed.fields.first { parsed.string($0.name) == name }
    writer.beginField(name)
    if let old = planned.flatMap({ parsed.string($0.old) }) {
      writer.member("old", old)
    } else {
      writer.null("old")
    }
    if let oldID = planned.flatMap({ parsed.string($0.oldID) }) { writer.member("oldId", oldID) }
    query.withText(at: 7) { writer.member("new", $0) }
    if query.isNull(at: 5) {
      query.withText(at: 6) { writer.member("id", $0) }
    } else {
      writer.member("at", number: Int(query.integer(at: 5)))
    }
    writer.endField()
  }
}
