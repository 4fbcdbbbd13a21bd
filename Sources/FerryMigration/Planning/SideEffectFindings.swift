import FerryCore
import FerryRecords
import FerryStores

/// What a store will start by itself when a plan is applied.
enum SideEffectFindings {
  /// One finding for each trigger and the like that starts for a record at least.
  static func findings(
    of counts: [EntityCounts], in store: any CRMStore
  ) async throws -> [Finding] {
    let entities = counts.compactMap { SalesChain.entity($0.entity) }
    return try await store.sideEffects(of: entities).compactMap { effect in
      guard let own = counts.first(where: { $0.entity == effect.entity }) else { return nil }
      let starts = effect.events.reduce(0) { $0 + own.count(startedBy: $1) }
      guard starts > 0 else { return nil }
      let rule: Rule = effect.isHeldBack ? .sideEffectHeldBack : .sideEffect
      return Finding(rule, arguments: [effect.name, effect.entity, String(starts)])
    }
  }
}

extension EntityCounts {
  /// How many records an event of the store is about.
  fileprivate func count(startedBy event: SideEffect.Event) -> Int {
    switch event {
    case .create: created
    case .update: updated + goneMarked
    case .delete: removed + goneRemoved
    }
  }
}
