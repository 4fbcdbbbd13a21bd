import FerryCore
import FerryMapping
import FerryRecords
import FerryStores

/// Makes the plan that hands over what users of the store own, as an owner map says.
///
/// Every record of every entity that has an owner is looked at once, as it is now: where 张伟's go
/// to 李娜 and hers to 王芳, nobody's move twice. The plan is one like any other, so that it can be
/// applied, verified and undone.
struct HandoverPlanner {
  /// What becomes of the records of one user.
  private struct Move {
    let line: OwnerMap.Line
    let from: OwnerDirectory.User
    /// `nil` for the 公海, and where nothing moves.
    let to: OwnerDirectory.User?
    var counts: [String: Int] = [:]

    var moves: Bool { line.fate != .inactive }
  }

  let map: OwnerMap
  let store: any CRMStore
  let context: MigrationContext
  let writer: PlanWriter
  private var findings = FindingLog()
  // By the store id of who owns them now.
  private var moves: [String: Move] = [:]
  private var line = PlanLine()

  init(_ map: OwnerMap, store: any CRMStore, context: MigrationContext, path: String) throws {
    self.map = map
    self.store = store
    self.context = context
    writer = try PlanWriter(path: path, key: context.workspace.key)
    writer.layout = map.layout
  }

  /// Writes the plan of `run` and gives its summary.
  mutating func plan(_ run: RunRecord, path: String) async throws -> RunSummary {
    var summary = RunSummary(planned: run, path: path)
    summary.mappingPath = run.mapping
    do {
      try await findUsers()
      for entity in SalesChain.entities {
        guard let owner = entity.field("owner") else { continue }
        if let counts = try await plan(entity, owner, position: summary.entities.count) {
          summary.entities.append(counts)
        }
      }
      summary.owners = owners
      tell()
      for effect in try await SideEffectFindings.findings(of: summary.entities, in: store) {
        findings.add(effect)
      }
      summary.findings = findings.findings
      summary.finishedAt = context.timestamp
      try writer.finish(summary, inputs: [])
    } catch {
      writer.discard()
      throw error
    }
    return summary
  }

  private mutating func findUsers() async throws {
    var directory = OwnerDirectory(store)
    try await directory.read()
    for line in map.lines {
      guard let from = find(line.name, line, in: directory) else { continue }
      var to: OwnerDirectory.User?
      if case .user(let name) = line.fate {
        guard let user = find(name, line, in: directory) else { continue }
        if !user.isActive {
          findings.add(Finding(.handoverToInactive, at: line.place, arguments: [line.name, name]))
          continue
        }
        to = user
      }
      if let earlier = moves[from.storeID] {
        findings.add(
          Finding(.handoverSameUser, at: line.place, arguments: [line.name, earlier.line.name]))
        continue
      }
      guard to?.storeID != from.storeID else { continue }
      moves[from.storeID] = Move(line: line, from: from, to: to)
    }
  }

  private mutating func find(
    _ name: String, _ line: OwnerMap.Line, in directory: OwnerDirectory
  ) -> OwnerDirectory.User? {
    switch directory.users(named: name) {
    case let found where found.count == 1: return found.first
    case let found where found.isEmpty:
      findings.add(Finding(.handoverNoUser, at: line.place, arguments: [name]))
    case let found:
      findings.add(
        Finding(.handoverAmbiguous, at: line.place, arguments: [name, String(found.count)]))
    }
    return nil
  }

  private mutating func plan(
    _ entity: Entity, _ owner: Field, position: Int
  ) async throws -> EntityCounts? {
    var hasBegun = false
    var cursor: String?
    repeat {
      let page = try await store.page(of: EntityFields(entity, [owner]), after: cursor)
      for record in 0..<page.records.count {
        guard let id = page.records.string(field: 0, of: record), var move = moves[id] else {
          continue
        }
        move.counts[entity.name, default: 0] += 1
        moves[id] = move
        guard move.moves else { continue }
        if !hasBegun { try writer.begin(entity.name) }
        hasBegun = true
        try write(record, of: page.records, owner, move)
      }
      cursor = page.next
      context.progress(.plan, writer.seq, nil)
    } while cursor != nil
    return hasBegun ? try writer.end(position: position, fields: [owner]) : nil
  }

  private mutating func write(
    _ record: Int, of page: RecordPage, _ owner: Field, _ move: Move
  ) throws {
    let storeID = page.storeID(of: record) ?? ""
    let externalID = page.externalID(of: record) ?? "#\(storeID)"
    line.begin(.update, externalID: externalID, storeID: storeID)
    line.rule = "handover"
    // A record without an external id gets none.
    if page.externalID(of: record) == nil { line.survivor = externalID }
    line.fields.beginField(owner.name)
    line.fields.member("old", move.from.label)
    line.fields.member("oldId", move.from.storeID)
    if let to = move.to {
      line.fields.member("new", to.label)
      line.fields.member("id", to.storeID)
    } else {
      line.fields.null("new")
    }
    line.fields.endField()
    try writer.add(&line)
  }

  // MARK: - Account

  private var owners: [OwnerTotal] {
    let names = SalesChain.entities.map(\.name)
    return moves.values.sorted { $0.line.name < $1.line.name }.flatMap { move in
      names.compactMap { entity -> OwnerTotal? in
        guard let count = move.counts[entity] else { return nil }
        let user = move.moves ? move.to?.label : move.from.label
        let state: OwnerTotal.State =
          switch move.line.fate {
          case .user: .user
          case .pool: .pool
          case .inactive: .inactive
          }
        return OwnerTotal(
          entity: entity, name: move.line.name, user: user, state: state, records: count)
      }
    }
  }

  private mutating func tell() {
    for move in moves.values.sorted(by: { $0.line.name < $1.line.name }) {
      let count = move.counts.values.reduce(0, +)
      if !move.moves, count > 0 {
        findings.add(
          Finding(
            .handoverLeft, at: move.line.place, arguments: [move.line.name, String(count)]))
      } else if count == 0 {
        findings.add(
          Finding(.handoverOwnsNothing, at: move.line.place, arguments: [move.line.name]))
      }
    }
  }
}

/// The users of a store, found by name, external id or e-mail.
struct OwnerDirectory {
  /// One of them.
  struct User: Hashable {
    let storeID: String
    /// Its external id, or `#ID` where it has none.
    let label: String
    let isActive: Bool
  }

  private let store: any CRMStore
  // By name, then external id, then e-mail, each without what is only spelling.
  private var byText: [[String: Set<User>]] = [[:], [:], [:]]

  init(_ store: any CRMStore) { self.store = store }

  /// Reads them all; there are as many as a company has people.
  mutating func read() async throws {
    let fields = ["name", "email", "active"].compactMap { SalesChain.user.field($0) }
    var cursor: String?
    repeat {
      let page = try await store.page(of: EntityFields(SalesChain.user, fields), after: cursor)
      for record in 0..<page.records.count { add(record, of: page.records) }
      cursor = page.next
    } while cursor != nil
  }

  private mutating func add(_ record: Int, of page: RecordPage) {
    guard let id = page.storeID(of: record) else { return }
    let externalID = page.externalID(of: record)
    let user = User(
      storeID: id, label: externalID ?? "#\(id)",
      isActive: page.string(field: 2, of: record) != "0")
    let texts = [page.string(field: 0, of: record), externalID, page.string(field: 1, of: record)]
    for (place, text) in texts.enumerated() {
      guard let text, !text.isEmpty else { continue }
      byText[place][OwnerMap.key(of: text), default: []].insert(user)
    }
  }

  /// The users of that name; where there is none, of that external id, then of that e-mail.
  func users(named name: String) -> Set<User> {
    let key = OwnerMap.key(of: name)
    return byText.lazy.compactMap { $0[key] }.first ?? []
  }
}
