import FerryCore
import FerryRecords
import Testing

@testable import FerryMatching

/// A row for a test table: an external id and some fields by name.
///
/// A reference is written `key:A1` (by external id) or `name:华信` (by that field).
typealias FixtureRow = (id: String, fields: [String: String])

/// Makes a table with one recipe whose columns are A for the id, B for the first field, and so on.
func table(
  _ entityName: String, _ fieldNames: [String], _ rows: [FixtureRow],
  rejecting rejected: [Int] = []
) throws -> RecordTable {
  let entity = try #require(SalesChain.entity(entityName))
  let fields = try fieldNames.map { try #require(entity.field($0)) }
  var table = RecordTable(entity: entity, fields: fields)
  table.recipes = [
    Recipe(
      file: "客户.csv", sheet: "客户", system: nil,
      columnIndexes: fields.indices.map { Int32($0 + 1) })
  ]
  for (index, row) in rows.enumerated() {
    let id = ContiguousArray(row.id.utf8)
    let origin = RecordOrigin(recipeIndex: 0, rowNumber: Int32(index + 2))
    let record = table.append(externalID: id.span, origin: origin)
    for (name, text) in row.fields {
      let field = try #require(table.fieldIndex(name))
      var value = text[...]
      var target: UInt8 = 0
      if let referenced = fields[field].referenced {
        let parts = text.split(separator: ":", maxSplits: 1)
        value = parts[1]
        target = table.target(referenced, parts[0] == "key" ? nil : String(parts[0]))
      }
      let bytes = ContiguousArray(value.utf8)
      table.set(bytes.span, field: field, of: record, target: target)
    }
  }
  for record in rejected { table.rejections[record] = Finding(.fixtureRejection) }
  return table
}

extension RecordTable {
  fileprivate mutating func target(_ entity: String, _ field: String?) -> UInt8 {
    let wanted = ReferenceTarget(entity: entity, field: field)
    if let known = targets.firstIndex(of: wanted) { return UInt8(known) }
    targets.append(wanted)
    return UInt8(targets.count - 1)
  }
}

extension Rule {
  static let fixtureRejection = Rule(
    id: "fixture.rejected", severity: .error, message: Words(en: "", zh: ""),
    suggestion: Words(en: "", zh: ""))
}

extension GoldenRecords {
  /// The clusters of two or more, as external ids, survivor first.
  var clusterIDs: [[String]] {
    (0..<count).filter { Int(survivor[$0]) == $0 && hasMerged($0) }.map { identity in
      members(of: identity).map { externalID(ofIdentity: $0) }
    }
  }

  /// Rule and cell of each finding.
  var said: [String] {
    findings.map { "\($0.rule.id) \($0.provenance?.description.split(separator: "!").last ?? "")" }
  }

  /// The surviving value of a field of the identity with that external id.
  func surviving(_ field: String, of id: String) -> String? {
    let bytes = ContiguousArray(id.utf8)
    let identity = identity(withExternalID: bytes.span)
    guard let field = table.fieldIndex(field), let identity else { return nil }
    return table.arena.string(value(ofField: field, identity: identity))
  }
}
