import FerryCore
import FerryMapping
import FerryRecords
import FerryStores

/// Plans what becomes of records that an earlier run loaded and whose row is not in the sources
/// any more; what people changed or link to is left alone and named.
struct GonePlanner {
  private static let lookupSize = 500

  let states: PlanStates
  let policies: [String: GonePolicy]
  let store: any CRMStore
  let journal: Journal
  let context: MigrationContext
  let writer: PlanWriter
  private(set) var findings = FindingLog()
  /// How the limits of the policies stand.
  private(set) var limits: [GateResult] = []
  private var targets: UndoTargets
  private var leaving: [String: ByteSet] = [:]
  private var line = PlanLine()

  init(
    _ states: PlanStates, _ policies: [String: GonePolicy], store: any CRMStore, journal: Journal,
    context: MigrationContext, writer: PlanWriter
  ) {
    self.states = states
    self.policies = policies
    self.store = store
    self.journal = journal
    self.context = context
    self.writer = writer
    targets = UndoTargets(store, journal, storeURL: context.storeURL)
  }

  /// Writes the lines of all entities, children first.
  mutating func plan() async throws {
    for entity in SalesChain.entities.reversed() {
      guard let policy = policies[entity.name], let state = states.byName[entity.name] else {
        continue
      }
      let merged = try journal.earlierMerges(of: entity.name, store: context.storeURL)
      let gone = try GoneRecords(
        state, merged: Set(merged.keys), journal: journal, store: context.storeURL)
      try await plan(entity, policy, gone)
    }
  }

  private mutating func plan(
    _ entity: Entity, _ policy: GonePolicy, _ gone: GoneRecords
  ) async throws {
    var present = ByteSet()
    for ids in gone.externalIDs.chunks(of: Self.lookupSize) {
      let page = try await store.records(of: EntityFields(entity, []), withExternalIDs: ids)
      for id in page.storeIDs { page.arena.withBytes(of: id) { _ = present.insert($0) } }
    }
    try writer.begin(entity.name)
    writer.noteGone(present.count)
    limits.append(
      GateCheck.limit(policy, of: entity, gone: present.count, loaded: gone.loadedCount))
    guard present.count > 0 else { return }
    tell(entity, policy, present.count)
    guard policy.action != .keep else { return }
    let scan = policy.action == .delete ? try await linkScan(entity, present) : nil
    let shape = EntityFields(entity, entity.fields)
    for ids in gone.externalIDs.chunks(of: Self.lookupSize) {
      let page = try await store.records(of: shape, withExternalIDs: ids)
      let names = try await targets.find(in: page)
      for record in 0..<page.count {
        if let scan {
          try remove(record, page, gone, scan, names)
        } else {
          try mark(record, page, gone, policy)
        }
      }
    }
  }

  private mutating func tell(_ entity: Entity, _ policy: GonePolicy, _ count: Int) {
    let rule: Rule =
      switch policy.action {
      case .keep: .goneKept
      case .mark: .goneMarked
      case .delete: .goneRemoved
      }
    findings.add(Finding(rule, arguments: [entity.name, String(count)]))
  }

  private func linkScan(_ entity: Entity, _ present: ByteSet) async throws -> LinkScan {
    let leaving = leaving
    return try await LinkScan(entity, to: present, in: store) { other, id, _, _ in
      leaving[other.name]?.number(of: id) != nil
    }
  }

  // MARK: - One record

  private mutating func remove(
    _ record: Int, _ page: RecordPage, _ gone: GoneRecords, _ scan: LinkScan,
    _ names: UndoTargets.Found
  ) throws {
    let entity = page.shape.entity
    let (externalID, storeID) = ids(of: record, in: page)
    let changed = gone.changedFields(of: record, in: page)
    guard changed.isEmpty else { return keep(.goneChanged, entity, externalID, changed) }
    // Records of one entity that go together may link to each other, but not all of them may go.
    guard !scan.isLinked(storeID) else { return keep(.goneLinked, entity, externalID, []) }
    leaving[entity.name, default: ByteSet()].insert(Bytes(storeID.utf8).span)
    begin(.delete, externalID, storeID)
    line.appendRemoval(of: record, in: page, names)
    try writer.add(&line, isGone: true)
  }

  private mutating func mark(
    _ record: Int, _ page: RecordPage, _ gone: GoneRecords, _ policy: GonePolicy
  ) throws {
    let entity = page.shape.entity
    let (externalID, storeID) = ids(of: record, in: page)
    begin(.mark, externalID, storeID)
    var changed: [String] = []
    for (index, field) in page.shape.fields.enumerated() {
      guard let value = policy.values[field.name] else { continue }
      let now = page.string(field: index, of: record)
      if field.isSame(Bytes((now ?? "").utf8).span, Bytes(value.utf8).span) { continue }
      let last = ValueHash.nullIfUnknown(gone.hash(of: externalID, index))
      let isMarked = last == field.hash(of: Bytes(value.utf8).span)
      guard last == page.hash(field: index, of: record), !isMarked else {
        changed.append(field.name)
        continue
      }
      line.fields.beginField(field.name)
      if let now { line.fields.member("old", now) } else { line.fields.null("old") }
      if value.isEmpty { line.fields.null("new") } else { line.fields.member("new", value) }
      line.fields.endField()
    }
    guard changed.isEmpty else { return keep(.goneChanged, entity, externalID, changed) }
    guard line.fields.count > 0 else { return }
    try writer.add(&line, isGone: true)
  }

  private mutating func keep(
    _ rule: Rule, _ entity: Entity, _ externalID: String, _ fields: [String]
  ) {
    let names = fields.joined(separator: ", ")
    findings.add(Finding(rule, arguments: [entity.name, externalID, names]))
  }

  private mutating func begin(_ kind: ChangeKind, _ externalID: String, _ storeID: String) {
    line.begin(kind, externalID: externalID, storeID: storeID)
    line.rule = "gone"
  }

  private func ids(of record: Int, in page: RecordPage) -> (externalID: String, storeID: String) {
    (page.externalID(of: record) ?? "", page.storeID(of: record) ?? "")
  }
}

extension [String] {
  /// Pieces of at most so many, in order.
  func chunks(of size: Int) -> [[String]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}

extension PlanLine {
  /// Adds all that a record holds, which goes.
  mutating func appendRemoval(of record: Int, in page: RecordPage, _ names: UndoTargets.Found) {
    for index in page.shape.fields.indices where page.values[index][record].byteCount > 0 {
      let field = page.shape.fields[index]
      fields.beginField(field.name)
      if field.referenced == nil {
        page.arena.withBytes(of: page.values[index][record]) { fields.member("old", $0) }
      } else {
        appendOld(field, page.string(field: index, of: record), names)
      }
      fields.null("new")
      fields.endField()
    }
  }

  /// Adds what a field holds now; a reference with the store's id.
  mutating func appendOld(_ field: Field, _ now: String?, _ names: UndoTargets.Found) {
    guard let now, !now.isEmpty else { return fields.null("old") }
    guard let other = field.referenced else { return fields.member("old", now) }
    fields.member("old", names[other]?[now]?.label ?? "#\(now)")
    fields.member("oldId", now)
  }
}
