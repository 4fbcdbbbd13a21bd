import FerryRecords
import FerrySQLite
public import FerryStores
public import Foundation

// How it works: the store is read page by page as for its own figures, and what the plan changes of a
// record is laid over it; then the records that the plan creates are counted. Only the changes of
// records that are there already are held in memory, not the new ones.

extension SalesFigures {
  /// The figures as they will be once a plan is applied to its store; the store is only read.
  ///
  /// Records of the store that the plan does not touch count as they are. What the plan leaves out
  /// (rejected, skipped, in conflict) changes nothing.
  ///
  /// - Throws: `StoreError` where the store can't be read, `MigrationError` where the plan can't.
  public static func after(
    _ plan: PlanFile, in store: any CRMStore, timeZone: TimeZone
  ) async throws -> SalesFigures {
    try await beforeAndAfter(plan, in: store, timeZone: timeZone).after
  }

  /// The figures as they are, and as they will be once a plan is applied, in one reading.
  ///
  /// - Throws: `StoreError` where the store can't be read, `MigrationError` where the plan can't.
  public static func beforeAndAfter(
    _ plan: PlanFile, in store: any CRMStore, timeZone: TimeZone
  ) async throws -> (before: SalesFigures, after: SalesFigures) {
    let zone = SalesFiguresBuilder(timeZone: timeZone)
    var (before, after) = (zone, zone)
    var old: [String: String] = [:]
    var new: [String: String] = [:]
    try await PlannedRecords(plan, SalesChain.user, .user).forEach(in: store) { id, side, value in
      let name = value("name") ?? id
      if side == .before { old[id] = name } else { new[id] = name }
    }
    let (oldOwners, newOwners) = (old, new)
    try await PlannedRecords(plan, SalesChain.lead, .lead).forEach(in: store) { _, side, value in
      if side == .before {
        before.add(LeadRow(owners: oldOwners, value))
      } else {
        after.add(LeadRow(owners: newOwners, value))
      }
    }
    try await PlannedRecords(plan, SalesChain.deal, .deal).forEach(in: store) { _, side, value in
      if side == .before {
        before.add(DealRow(owners: oldOwners, value))
      } else {
        after.add(DealRow(owners: newOwners, value))
      }
    }
    try await PlannedRecords(plan, SalesChain.payment, .payment).forEach(in: store) {
      _, side, value in
      if side == .before {
        before.add(PaymentRow(owners: oldOwners, value))
      } else {
        after.add(PaymentRow(owners: newOwners, value))
      }
    }
    return (before.figures, after.figures)
  }

  /// Whether a store holds no lead, deal or payment.
  public static func isEmpty(_ store: any CRMStore) async throws(StoreError) -> Bool {
    for (entity, names) in FigureFields.counted {
      let page = try await store.page(
        of: EntityFields(entity, names.fields(of: entity)), after: nil)
      guard page.records.count == 0, page.next == nil else { return false }
    }
    return true
  }
}

/// Before a plan is applied, or after.
private enum PlanSide {
  case before
  case after
}

/// The records of one entity as they are and as they will be once a plan is applied.
private struct PlannedRecords {
  private let plan: PlanFile
  private let entity: Entity
  private let names: FigureFields
  // By store id, then by field: what changes of records that are there.
  private var changes: [String: [String: String?]] = [:]
  private var removed: Set<String> = []

  init(_ plan: PlanFile, _ entity: Entity, _ names: FigureFields) throws {
    (self.plan, self.entity, self.names) = (plan, entity, names)
    let kinds: [ChangeKind] = [.update, .mark, .delete]
    try forEachLine(of: kinds) { [names] line, kind in
      guard let id = line.storeID else { return }
      guard kind != .delete else {
        removed.insert(id)
        return
      }
      for (name, value) in line.values where names.names.contains(name) {
        changes[id, default: [:]].updateValue(value, forKey: name)
      }
    }
  }

  /// Calls `body` with each record's id, a new one's external id with a mark, and its values, once for
  /// each side on which it is.
  func forEach(
    in store: any CRMStore, _ body: (String, PlanSide, (String) -> String?) -> Void
  ) async throws {
    let shape = EntityFields(entity, names.fields(of: entity))
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      count(page.records, body)
      cursor = page.next
    } while cursor != nil
    try await forEachNew(in: store, body)
  }

  // A plan that was applied already, wholly or in part, creates nothing twice.
  private func forEachNew(
    in store: any CRMStore, _ body: (String, PlanSide, (String) -> String?) -> Void
  ) async throws {
    let shape = EntityFields(entity, names.fields(of: entity))
    var last: Int64 = 0
    while case let lines = try newLines(after: last), let end = lines.last {
      last = end.seq
      let page = try await store.records(
        of: shape, withExternalIDs: lines.map(\.externalID))
      let there = Set((0..<page.count).compactMap { page.externalID(of: $0) })
      for line in lines where !there.contains(line.externalID) {
        let values = Dictionary(line.values, uniquingKeysWith: { $1 })
        body(Self.mark(line.externalID), .after) { name in values[name] ?? nil }
      }
    }
  }

  private func newLines(after seq: Int64) throws -> [Line] {
    var lines: [Line] = []
    try forEachLine(of: [.create], after: seq, atMost: Self.linesAtOnce) { line, _ in
      lines.append(line)
    }
    return lines
  }

  private static let linesAtOnce = 5000

  private func count(
    _ records: RecordPage, _ body: (String, PlanSide, (String) -> String?) -> Void
  ) {
    for record in 0..<records.count {
      let id = records.storeID(of: record) ?? ""
      func stored(_ name: String) -> String? {
        names.names.firstIndex(of: name).flatMap { records.string(field: $0, of: record) }
      }
      body(id, .before, stored)
      guard !removed.contains(id) else { continue }
      let changed = changes[id]
      body(id, .after) { name in
        if let value = changed?[name] { return value }
        return stored(name)
      }
    }
  }

  /// What a reference to a record that is not there yet holds; no id of a store begins so.
  private static func mark(_ externalID: String) -> String { "\u{1}\(externalID)" }
}

extension PlannedRecords {
  private struct Line {
    let seq: Int64
    let storeID: String?
    let externalID: String
    let values: [(String, String?)]
  }

  private func forEachLine(
    of kinds: [ChangeKind], after seq: Int64 = 0, atMost limit: Int = -1,
    _ body: (Line, ChangeKind) throws -> Void
  ) throws {
    guard let number = plan.forms.number(ofEntity: entity.name) else { return }
    let list = kinds.map { String($0.rawValue) }.joined(separator: ",")
    let query = try plan.database.prepare(
      """
      SELECT kind, store_id, external_id, origin, row, fields, seq FROM lines
      WHERE entity = ? AND kind IN (\(list)) AND seq > ? ORDER BY seq LIMIT ?
      """)
    try query.bind(number, at: 1)
    try query.bind(Int(seq), at: 2)
    try query.bind(limit, at: 3)
    var parsed = ParsedFields()
    while try query.step() {
      guard let kind = ChangeKind(number: query.integer(at: 0)) else { continue }
      let source = LineSource(query, at: 3)
      let written = query.withText(at: 5) {
        plan.forms.written($0, entity: entity.name, source)
      }
      _ = parsed.parse(written.span)
      try body(
        Line(
          seq: query.integer(at: 6), storeID: query.string(at: 1),
          externalID: query.string(at: 2) ?? "",
          values: parsed.fields.map { (parsed.string($0.name), Self.value(of: $0, in: parsed)) }),
        kind)
    }
  }

  // Of a reference: the store's id where the record is there, else a mark for the one that will be.
  private static func value(of field: ParsedField, in parsed: ParsedFields) -> String? {
    if let id = parsed.string(field.id) { return id }
    guard let text = parsed.string(field.new) else { return nil }
    return field.at > 0 || field.isLater ? mark(text) : text
  }
}
