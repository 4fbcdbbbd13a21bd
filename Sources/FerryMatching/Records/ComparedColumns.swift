import FerryCore
import FerryRecords

/// What records of an entity are compared by, as data: fields, and what each holds.
///
/// A record's content, by which decisions are remembered, is made of the same fields.
struct ComparedColumns: Sendable {
  /// One field, and the kind of column that it is to the engine.
  struct Column: Sendable {
    let field: String
    let kind: ColumnKind
    /// For a reference, the other record's field that is compared.
    var through: String?
  }

  let columns: [Column]

  /// The columns of an entity; empty for one whose records are never compared by a model.
  static func of(_ entity: Entity) -> ComparedColumns {
    switch entity.name {
    case "account": account
    case "contact": contact
    case "lead": lead
    default: ComparedColumns(columns: [])
    }
  }

  private static let account = ComparedColumns(columns: [
    Column(field: "name", kind: .companyName), Column(field: "credit_code", kind: .id),
    Column(field: "phone", kind: .phone), Column(field: "email", kind: .email),
    Column(field: "website", kind: .text), Column(field: "province", kind: .address),
    Column(field: "city", kind: .address), Column(field: "district", kind: .address),
    Column(field: "address", kind: .address),
  ])

  private static let contact = ComparedColumns(columns: [
    Column(field: "name", kind: .personName), Column(field: "mobile", kind: .phone),
    Column(field: "phone", kind: .phone), Column(field: "email", kind: .email),
    Column(field: "wechat", kind: .id), Column(field: "title", kind: .text),
    Column(field: "account", kind: .companyName, through: "name"),
  ])

  private static let lead = ComparedColumns(columns: [
    Column(field: "name", kind: .personName), Column(field: "company", kind: .companyName),
    Column(field: "mobile", kind: .phone), Column(field: "phone", kind: .phone),
    Column(field: "email", kind: .email), Column(field: "title", kind: .text),
  ])

  /// The fields that make up a record's content, for entities that can be reviewed.
  static func content(of entity: Entity) -> [String] {
    entity.name == "deal"
      ? ["name", "account", "amount", "close_date"] : of(entity).columns.map(\.field)
  }
}

// MARK: - Content

extension Identities {
  /// A digest of what identifies a record, in canonical form; `nil` where nothing does.
  ///
  /// A reference counts as it is spelt in the source, so that no other record's merge changes it.
  func contentDigest(of identity: Int) -> String? {
    var digest = ContentDigest()
    var text = ContiguousArray<UInt8>()
    var holdsAny = false
    for (number, name) in ComparedColumns.content(of: table.entity).enumerated() {
      guard let field = table.fieldIndex(name) else { continue }
      let value = value(ofField: field, identity: identity)
      guard value.byteCount > 0 else { continue }
      text.removeAll(keepingCapacity: true)
      table.arena.withBytes(of: value) { NameFolding.fold($0, into: &text) }
      holdsAny = true
      digest.add(UInt8(truncatingIfNeeded: number + 1))
      digest.add(text.span)
      digest.add(0)
    }
    return holdsAny ? digest.text : nil
  }
}
