import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores

/// The records that a plan removes: who else links to them keeps them.
struct Removals {
  // By entity: the store ids of those that go, and of those that stayed after all.
  private var leaving: [String: ByteSet] = [:]
  private var staying: [String: ByteSet] = [:]
  private var scan: LinkScan?

  /// Reads which records go; `kept` are those that an earlier process left as they are.
  init(_ plan: PlanFile, kept: [KeptRecord]) throws {
    guard try plan.entityCounts().contains(where: { $0.removed + $0.goneRemoved > 0 }) else {
      return
    }
    let query = try plan.database.prepare(
      "SELECT entity, store_id FROM lines WHERE kind = \(ChangeKind.delete.rawValue)")
    while try query.step() {
      let entity = plan.forms.name(ofEntity: Int(query.integer(at: 0)))
      query.withText(at: 1) { _ = leaving[entity, default: ByteSet()].insert($0) }
    }
    note(kept)
  }

  /// Notes records that stay: what they link to has to stay, too.
  mutating func note(_ kept: [KeptRecord]) {
    for record in kept {
      let storeID = Bytes((record.storeID ?? "").utf8)
      staying[record.entity, default: ByteSet()].insert(storeID.span)
    }
  }

  /// Who links to the records of an entity that go, found once.
  ///
  /// Those that go themselves may link to each other, whichever goes first.
  mutating func linkScan(of entity: Entity, in store: any CRMStore) async throws -> LinkScan {
    if let scan, scan.entity == entity { return scan }
    let (leaving, staying) = (leaving, staying)
    let found = try await LinkScan(
      entity, to: leaving[entity.name] ?? ByteSet(), in: store
    ) { other, id, _, _ in
      leaving[other.name]?.number(of: id) != nil && staying[other.name]?.number(of: id) == nil
    }
    scan = found
    return found
  }
}
