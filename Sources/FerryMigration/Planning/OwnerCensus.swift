import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores

/// How many records each owner of the sources has, who has them in the store, and whether they have
/// left.
///
/// Taken once all records are planned: what is rejected or goes into another record is nobody's.
struct OwnerCensus {
  private struct Key: Hashable {
    let name: String
    let code: Int32
    let otherwise: String?
  }

  private struct User {
    let label: String
    let storeID: String?
    /// As the sources have it; `nil` where they say nothing.
    var isActive: Bool?
  }

  private static let lookupSize = 500

  private let states: PlanStates
  private let map: OwnerMap?
  // By entity.
  private var counts: [String: [Key: Int]] = [:]
  private var users: [Int32: User] = [:]
  private var usersOf: [String: [Int32: User]] = [:]

  init(_ states: PlanStates, _ map: OwnerMap?) {
    self.states = states
    self.map = map
    for state in states.ordered { count(state) }
  }

  /// What was counted, after asking the store which of these users have left.
  mutating func totals(in store: any CRMStore) async throws -> [OwnerTotal] {
    try await askForActivity(in: store)
    var found: [OwnerTotal] = []
    for state in states.ordered {
      for (key, count) in counts[state.entity.name] ?? [:] {
        let user = usersOf[state.entity.name]?[key.code]
        found.append(
          OwnerTotal(
            entity: state.entity.name, name: key.name, user: user?.label,
            state: standing(of: key, user), records: count))
      }
    }
    let order = Dictionary(
      states.ordered.enumerated().map { ($0.element.entity.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return OwnerTotal.joined(found).sorted {
      (order[$0.entity] ?? 0, $0.name, $0.user ?? "", $0.state.rawValue)
        < (order[$1.entity] ?? 0, $1.name, $1.user ?? "", $1.state.rawValue)
    }
  }

  private func standing(of key: Key, _ user: User?) -> OwnerTotal.State {
    if let user { return user.isActive == false ? .inactive : .user }
    switch map?.fate(of: key.name) {
    case .pool: return .pool
    case .inactive: return .inactive
    case .user: return .unmapped
    case nil: return key.otherwise == key.name ? .pool : .unmapped
    }
  }

  private mutating func count(_ state: EntityState) {
    guard let field = state.table.fieldIndex("owner") else { return }
    let table = state.table
    var found: [Key: Int] = [:]
    for identity in 0..<state.count where state.survives(identity) {
      switch state.kind(of: identity) {
      case .create, .update, .same, .conflict: break
      default: continue
      }
      let code = state.references[field][identity]
      guard let record = state.golden.supplier(ofField: field, identity: identity),
        let name = table.string(field: field, of: record), !name.isEmpty
      else { continue }
      let target = table.targets[Int(table.links[field][record])]
      found[Key(name: name, code: code, otherwise: target?.otherwise), default: 0] += 1
      if usersOf[state.entity.name]?[code] == nil {
        usersOf[state.entity.name, default: [:]][code] = user(state, field, identity, code)
      }
    }
    if !found.isEmpty { counts[state.entity.name] = found }
  }

  private func user(
    _ state: EntityState, _ field: Int, _ identity: Int, _ code: Int32
  ) -> User? {
    guard code >= 0 || code <= ReferenceCode.foreign else { return nil }
    let label = states.label(state, field, identity).text
    guard code >= 0, let users = states.byName["user"] else {
      let record = state.foreign[Int(ReferenceCode.foreign - code)]
      return User(label: label, storeID: record.storeID.text)
    }
    let active = users.table.fieldIndex("active").flatMap { field in
      users.table.arena.string(users.value(field, Int(code)))
    }
    return User(
      label: label, storeID: users.storeArena.string(users.storeID(of: Int(code))),
      isActive: active.flatMap { $0.isEmpty ? nil : $0 != "0" })
  }

  // MARK: - The store

  private mutating func askForActivity(in store: any CRMStore) async throws {
    let unknown = Set(
      usersOf.values.flatMap(\.values).filter { $0.isActive == nil }.compactMap(\.storeID))
    guard let active = SalesChain.user.field("active"), !unknown.isEmpty else { return }
    var left: Set<String> = []
    for ids in unknown.sorted().chunks(of: Self.lookupSize) {
      let page = try await store.records(
        of: EntityFields(SalesChain.user, [active]), withStoreIDs: ids)
      for record in 0..<page.count where page.string(field: 0, of: record) == "0" {
        left.insert(page.storeID(of: record) ?? "")
      }
    }
    for entity in usersOf.keys {
      for (code, user) in usersOf[entity] ?? [:] where user.isActive == nil {
        usersOf[entity]?[code]?.isActive = user.storeID.map { !left.contains($0) }
      }
    }
  }
}

extension OwnerTotal {
  /// Totals that differ in nothing but their numbers become one.
  static func joined(_ totals: [OwnerTotal]) -> [OwnerTotal] {
    var found: [OwnerTotal: Int] = [:]
    for total in totals {
      var key = total
      key.records = 0
      found[key, default: 0] += total.records
    }
    return found.map { key, count in
      var total = key
      total.records = count
      return total
    }
  }
}

extension Planner {
  /// Counts the owners where it matters who they are, and tells of those who have left.
  func owners(_ states: PlanStates, _ log: inout FindingLog) async throws -> [OwnerTotal] {
    guard request.policies.asksForOwners else { return [] }
    var census = OwnerCensus(states, request.policies.owners)
    let totals = try await census.totals(in: store)
    // Those who own nothing in the store were told where their name was looked up.
    for total in totals where total.state == .inactive {
      guard let user = total.user else { continue }
      log.add([
        Finding(
          .ownerInactive, value: total.name,
          arguments: [total.entity, total.name, user, String(total.records)])
      ])
    }
    return totals
  }
}
