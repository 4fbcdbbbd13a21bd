import FerryCore
public import FerryMatching
import FerryRecords
public import Foundation

extension SalesFigures {
  /// Counts the records that survive matching, before anything is in a store.
  ///
  /// An owner counts by the name of the user it resolves to. Where the input has users and none
  /// fits, nobody owns the record, as the store will have it; where it has none, the source's
  /// own text is the name.
  ///
  /// - Parameters:
  ///   - golden: The records of each entity after matching.
  ///   - timeZone: Where months and days are counted.
  ///   - isKept: Whether an identity of an entity will be in the store; those that matching
  ///     rejected or merged away never count.
  /// - Returns: The figures of what is kept.
  public static func counting(
    _ golden: [String: GoldenRecords], timeZone: TimeZone,
    isKept: (_ entity: String, _ identity: Int) -> Bool = { _, _ in true }
  ) -> SalesFigures {
    var builder = SalesFiguresBuilder(timeZone: timeZone)
    let references = ReferenceIndex(golden)
    func forEach(_ entity: Entity, _ body: ((String) -> String?) -> Void) {
      guard let records = golden[entity.name] else { return }
      let values = SurvivingValues(records: records, users: golden["user"], references: references)
      for identity in 0..<records.count where isKept(entity.name, identity) {
        guard values.isCounted(identity) else { continue }
        body { values.value($0, of: identity) }
      }
    }
    forEach(SalesChain.lead) { builder.add(LeadRow(owners: [:], $0)) }
    forEach(SalesChain.deal) { builder.add(DealRow(owners: [:], $0)) }
    forEach(SalesChain.payment) { builder.add(PaymentRow(owners: [:], $0)) }
    return builder.figures
  }
}

/// The values of golden records by field name, owners by their names.
///
/// A class, so that asking it for a value of each record copies nothing.
private final class SurvivingValues {
  let records: GoldenRecords
  // Copies, since `records` makes them anew with each call.
  private let table: RecordTable
  private let survivor: ContiguousArray<Int32>
  let users: GoldenRecords?
  let references: ReferenceIndex
  // A few: a look through them is quicker than a hash.
  private let fields: [(name: String, index: Int)]

  init(records: GoldenRecords, users: GoldenRecords?, references: ReferenceIndex) {
    self.records = records
    table = records.table
    survivor = records.survivor
    self.users = users
    self.references = references
    fields = table.fields.enumerated().map { ($0.element.name, $0.offset) }
  }

  func isCounted(_ identity: Int) -> Bool {
    Int(survivor[identity]) == identity && records.isRejected(identity) == nil
  }

  func value(_ name: String, of identity: Int) -> String? {
    guard let field = fields.first(where: { $0.name == name })?.index,
      let record = records.supplier(ofField: field, identity: identity)
    else { return nil }
    let text = table.string(field: field, of: record)
    guard name == "owner", let users else { return text }
    let target = references.resolve(field: field, of: record, in: table)
    guard case .one(let user)? = target, let nameField = users.table.fieldIndex("name")
    else { return nil }
    return users.table.arena.string(users.value(ofField: nameField, identity: user))
  }
}
