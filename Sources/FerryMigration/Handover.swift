import FerryCore
public import FerryMapping
import FerrySQLite
public import FerryStores

extension Migration {
  /// Plans to hand over what the users of an owner map own; the store is only read.
  public static func planHandover(
    _ map: OwnerMap, store: any CRMStore, context: MigrationContext
  ) async throws -> RunSummary {
    try await withFailures {
      try await planningHandover(map, store: store, context: context) { $0 }
    }
  }

  /// Hands over what the users of an owner map own: plan, apply and verify in one.
  ///
  /// Nothing is written where a line of the map has an error. `open` opens the store for writing.
  public static func handOver(
    _ map: OwnerMap, withCopy: Bool = false, store: any CRMStore, context: MigrationContext,
    openForWriting open: () async throws -> any CRMStore
  ) async throws -> RunSummary {
    try await withFailures {
      try await planningHandover(map, store: store, context: context) { planned in
        guard !planned.findings.contains(where: { $0.severity == .error }) else { return planned }
        return try await applyPlanned(planned, withCopy: withCopy, context: context, open)
      }
    }
  }

  private static func planningHandover(
    _ map: OwnerMap, store: any CRMStore, context: MigrationContext,
    _ next: (RunSummary) async throws -> RunSummary
  ) async throws -> RunSummary {
    let command = RunRecord.handover
    return try await planning(
      command, mapping: map.path, layout: map.layout, store: store, context: context
    ) { run, path, _ in
      var planner = try HandoverPlanner(map, store: store, context: context, path: path)
      return try await planner.plan(run, path: path)
    } _: {
      try await next($0)
    }
  }
}
