import FerryCore
import FerryMatching
import FerryRecords
import FerryStores

/// Plans what becomes of records that go into others and have a record of their own in the store:
/// what links to them moves to the record that stays, and they are taken out.
///
/// One that a person changed since it was loaded stays and is named.
struct MergedPlanner {
  /// A record that goes into another one; both are in the store.
  private struct Loser {
    let externalID: String
    let storeID: String
    let survivor: UndoTargets.Target
  }

  private static let lookupSize = 500

  let states: PlanStates
  let entities: Set<String>
  let store: any CRMStore
  let journal: Journal
  let context: MigrationContext
  let writer: PlanWriter
  private(set) var findings = FindingLog()
  /// By entity: the fields that lines of this planner name.
  private(set) var namedFields: [String: Set<String>] = [:]
  private var targets: UndoTargets
  private var line = PlanLine()

  init(
    _ states: PlanStates, _ entities: Set<String>, store: any CRMStore, journal: Journal,
    context: MigrationContext, writer: PlanWriter
  ) {
    self.states = states
    self.entities = entities
    self.store = store
    self.journal = journal
    self.context = context
    self.writer = writer
    targets = UndoTargets(store, journal, storeURL: context.storeURL)
  }

  /// Writes the lines of all entities, children first.
  mutating func plan() async throws {
    for entity in SalesChain.entities.reversed() where entities.contains(entity.name) {
      guard let state = states.byName[entity.name] else { continue }
      let losers = losers(of: state)
      if !losers.isEmpty { try await plan(entity, losers) }
    }
  }

  private func losers(of state: EntityState) -> [Loser] {
    func storeID(_ identity: Int) -> String? {
      state.storeArena.string(state.storeID(of: identity))
    }
    func externalID(_ identity: Int) -> String { state.withExternalID(identity) { $0.text } }
    return (0..<state.count).compactMap { identity in
      let survivor = Int(state.golden.survivor[identity])
      guard state.kind(of: identity) == .merge, let own = storeID(identity),
        let other = storeID(survivor), own != other,
        state.kind(of: survivor) == .same || state.kind(of: survivor) == .update
      else { return nil }
      return Loser(
        externalID: externalID(identity), storeID: own,
        survivor: UndoTargets.Target(storeID: other, label: externalID(survivor)))
    }
  }

  private mutating func plan(_ entity: Entity, _ losers: [Loser]) async throws {
    let byID = Dictionary(losers.map { ($0.externalID, $0) }, uniquingKeysWith: { one, _ in one })
    let loaded = try GoneRecords(entity, journal: journal, store: context.storeURL) {
      byID[$0.text] != nil
    }
    var leaving = ByteSet()
    for loser in losers { leaving.insert(Bytes(loser.storeID.utf8).span) }
    let released = states.released ?? []
    let scan = try await LinkScan(entity, to: leaving, in: store) { other, id, field, _ in
      released.contains(
        UndoPlanner.Reference(entity: other.name, storeID: id.text, field: field.name))
    }
    let shape = EntityFields(entity, entity.fields)
    var going: [String: Loser] = [:]
    var removals: [(page: RecordPage, record: Int)] = []
    for ids in losers.map(\.externalID).chunks(of: Self.lookupSize) {
      let page = try await store.records(of: shape, withExternalIDs: ids)
      for record in 0..<page.count {
        guard let loser = byID[page.externalID(of: record) ?? ""],
          loser.storeID == page.storeID(of: record)
        else { continue }
        let changed = loaded.changedFields(of: record, in: page)
        guard changed.isEmpty, !scan.isLinkedByOwn(loser.storeID) else {
          keep(entity, loser, changed)
          continue
        }
        going[loser.storeID] = loser
        removals.append((page, record))
      }
    }
    try move(scan.links.filter { going[$0.target] != nil }, going)
    try writer.begin(entity.name)
    writer.noteGone(losers.count)
    for (page, record) in removals { try remove(record, page, try await targets.find(in: page)) }
  }

  private mutating func keep(_ entity: Entity, _ loser: Loser, _ changed: [String]) {
    let rule: Rule = changed.isEmpty ? .mergedAlreadyLoaded : .mergedChanged
    let names = changed.joined(separator: ", ")
    findings.add(
      Finding(
        rule, arguments: [entity.name, loser.externalID, loser.survivor.label, names]))
  }

  // MARK: - Lines

  private mutating func remove(
    _ record: Int, _ page: RecordPage, _ names: UndoTargets.Found
  ) throws {
    line.begin(
      .delete, externalID: page.externalID(of: record) ?? "",
      storeID: page.storeID(of: record) ?? "")
    line.rule = "merge.removed"
    line.appendRemoval(of: record, in: page, names)
    try writer.add(&line, isGone: true)
  }

  /// Lets what links to the records that go link to those that stay.
  private mutating func move(_ links: [LinkScan.Link], _ going: [String: Loser]) throws {
    for entity in SalesChain.entities {
      let own = Dictionary(grouping: links.filter { $0.entity == entity.name }, by: \.storeID)
      guard !own.isEmpty else { continue }
      try writer.begin(entity.name)
      writer.noteGone(own.count)
      for (storeID, links) in own.sorted(by: { $0.key < $1.key }) {
        let externalID = links.first?.externalID ?? ""
        line.begin(.mark, externalID: externalID, storeID: storeID)
        line.rule = "merge.moved"
        // A record without an external id gets none.
        if externalID.hasPrefix("#") { line.survivor = externalID }
        for field in entity.fields {
          guard let link = links.first(where: { $0.field == field.name }),
            let loser = going[link.target]
          else { continue }
          namedFields[entity.name, default: []].insert(field.name)
          line.fields.beginField(field.name)
          line.fields.member("old", loser.externalID)
          line.fields.member("oldId", loser.storeID)
          line.fields.member("new", loser.survivor.label)
          line.fields.member("id", loser.survivor.storeID)
          line.fields.endField()
        }
        try writer.add(&line, isGone: true)
      }
    }
  }
}
