import FerryCore
import FerrySQLite

/// One record of a plan, free of what differs between two plans of the same input and store.
///
/// Where a plan's line says "the record that line 17 makes", this says its external id.
public struct PlanRecord: Hashable, Sendable {
  /// One field that is written, or for a merge is not kept.
  public struct Field: Hashable, Sendable {
    /// The field's name.
    public let name: String
    /// What the store holds, with the store id behind it for a reference; `nil` for nothing.
    public let old: String?
    /// What the store will hold; for a reference the other record's external id.
    public let new: String?
    /// The cell the new value came from.
    public let cell: String?
  }

  /// The entity's name.
  public let entity: String
  /// Ferry's id of the record.
  public let externalID: String
  /// `create`, `update`, `same`, `merge`, `skip`, `reject` or `conflict`.
  public let kind: String
  /// The store's id of it; `nil` where the store has none yet.
  public let storeID: String?
  /// For a merge, the record it goes into.
  public let survivorID: String?
  /// The rule that decided; `nil` where none had to.
  public let rule: String?
  /// The source row.
  public let place: String?
  /// The fields, in the order of the entity.
  public let fields: [Field]
  /// What the fields that stay as they are held, as hexadecimal marks; `nil` where none is held.
  public let held: String?
}

extension PlanRecord {
  /// Whether both say the same, byte for byte.
  func isSame(as other: PlanRecord) -> Bool {
    texts.elementsEqual(other.texts) { $0.hasSameBytes(as: $1) }
  }

  private var texts: [String?] {
    [entity, externalID, kind, storeID, survivorID, rule, place, held]
      + fields.flatMap { [$0.name, $0.old, $0.new, $0.cell] }
  }
}

extension String? {
  /// Whether both are the same bytes, or nothing; `==` takes two spellings of a letter for one.
  func hasSameBytes(as other: String?) -> Bool {
    guard let self, let other else { return self == nil && other == nil }
    return self.utf8.elementsEqual(other.utf8)
  }
}

/// Walks the records of one entity of a plan in the order of their external ids.
final class PlanRecordCursor {
  private static let columnCount = 9

  private let query: Statement
  private let entity: String
  private let forms: PlanForms
  private var parsed = ParsedFields()
  /// The external id of the record it stands on; `nil` behind the last.
  private(set) var externalID: String?

  init(_ plan: PlanFile, entity: String) throws {
    self.entity = entity
    forms = plan.forms
    query = try plan.database.prepare(
      """
      SELECT external_id, kind, store_id, survivor, rule, origin, row, fields, held FROM lines
      WHERE entity = ? ORDER BY external_id
      """)
    try query.bind(forms.number(ofEntity: entity), at: 1)
    try advance()
  }

  /// Goes to the next record.
  func advance() throws {
    externalID = try query.step() ? query.string(at: 0) ?? "" : nil
  }

  /// Whether both stand on lines of the same bytes; then the records are equal where the plans'
  /// ``PlanForms`` are, too.
  func hasSameBytes(as other: PlanRecordCursor) -> Bool {
    for column in 0..<Self.columnCount {
      let isSame = query.withBlob(at: column) { left in
        other.query.withBlob(at: column) { right in left.hasSameBytes(as: right) }
      }
      guard isSame, query.isNull(at: column) == other.query.isNull(at: column) else { return false }
    }
    return true
  }

  /// The record it stands on; `nil` behind the last.
  func record() -> PlanRecord? {
    guard let externalID else { return nil }
    let source = LineSource(query, at: 5)
    let written = query.withText(at: 7) { forms.written($0, entity: entity, source) }
    _ = parsed.parse(written.span)
    let fields = parsed.fields.map { field in
      PlanRecord.Field(
        name: parsed.string(field.name),
        old: Self.joined(parsed.string(field.old), parsed.string(field.oldID)),
        new: Self.joined(parsed.string(field.new), parsed.string(field.id)),
        cell: parsed.string(field.cell))
    }
    return PlanRecord(
      entity: entity, externalID: externalID,
      kind: ChangeKind(number: query.integer(at: 1))?.word ?? "",
      storeID: query.string(at: 2), survivorID: query.string(at: 3), rule: query.string(at: 4),
      place: forms.place(source) ?? "", fields: fields, held: held)
  }

  private static func joined(_ value: String?, _ storeID: String?) -> String? {
    guard let storeID, storeID != value else { return value }
    return "\(value ?? "") #\(storeID)"
  }

  private var held: String? {
    guard !query.isNull(at: 8) else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return query.withBlob(at: 8) { bytes in
      var text = ContiguousArray<UInt8>()
      for index in bytes.indices {
        text.append(digits[Int(bytes[index] >> 4)])
        text.append(digits[Int(bytes[index] & 15)])
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}
