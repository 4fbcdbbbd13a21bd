import FerryCore
import FerryMapping
import FerryMatching
import FerryMigration
import FerryRecords
import FerrySQLStores
import FerryStores
import Foundation

// The stages behind reading, each measured with all that comes before it left out or in, as its
// name says: `map` reads and maps; `plan` and `import` do everything from the file on.
extension BenchPhase {
  /// Reads the ledger into records by the mapping beside it.
  func measureMapping(_ setting: BenchSetting, _ format: LedgerFormat) throws -> Meter.Figures {
    let meter = Meter()
    let input = try Mapping.load(path: setting.path(format) + ".yaml").read()
    return meter.figures(
      phase: rawValue, format: format.rawValue, rows: setting.rows,
      bytes: try setting.size(format), counts: counts(of: input))
  }

  /// Plans the ledger into an empty store; nothing is written but the plan.
  func measurePlanning(
    _ setting: BenchSetting, _ format: LedgerFormat
  ) async throws -> Meter.Figures {
    try await measureMigration(setting, format) { request, path, context in
      let store = try SQLiteStore.open(path: path, access: .readOnly)
      let summary = try await Migration.plan(request, store: store, context: context)
      await store.close()
      return summary
    }
  }

  /// Imports the ledger into an empty SQLite store: plan, apply and verify.
  func measureImport(
    _ setting: BenchSetting, _ format: LedgerFormat
  ) async throws -> Meter.Figures {
    try await measureMigration(setting, format) { request, path, context in
      let store = try SQLiteStore.open(path: path, access: .readWrite)
      let summary = try await Migration.runImport(request, store: store, context: context) { store }
      await store.close()
      return summary
    }
  }

  private func measureMigration(
    _ setting: BenchSetting, _ format: LedgerFormat,
    _ work: (PlanRequest, String, MigrationContext) async throws -> RunSummary
  ) async throws -> Meter.Figures {
    let folder = "\(setting.folder)/\(rawValue)-\(format.rawValue)-\(setting.rows)"
    try? FileManager.default.removeItem(atPath: folder)  // of a run before, where there was one
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let workspace = Workspace(path: "\(folder)/bench.ferry")
    let meter = Meter()
    try workspace.create()
    let path = setting.path(format) + ".yaml"
    let mapping = try Mapping.load(path: path)
    let input = try mapping.read()
    let golden = FerryMatching.match(input.records, settings: mapping.match)
    let request = PlanRequest(
      mappingPath: path, input: input, golden: golden, policies: MigrationPolicies(mapping))
    let store = "\(folder)/crm.db"
    let context = MigrationContext(
      workspace: workspace, storeURL: "sqlite:\(store)", now: { Date() },
      randomBits: { UInt64.random(in: .min ... .max) })
    let summary = try await work(request, store, context)
    var counts = counts(of: input)
    for entity in summary.entities {
      counts["\(entity.entity).created"] = entity.created
      counts["\(entity.entity).merged"] = entity.merged
      counts["\(entity.entity).rejected"] = entity.rejected
    }
    counts["findings"] = summary.findings.count
    counts["done"] = summary.outcome == .applied || summary.outcome == .planned ? 1 : 0
    let figures = meter.figures(
      phase: rawValue, format: format.rawValue, rows: setting.rows,
      bytes: try setting.size(format), counts: counts)
    try FileManager.default.removeItem(atPath: folder)
    return figures
  }

  private func counts(of input: MappedInput) -> [String: Int] {
    var counts = ["input.findings": input.findings.count]
    for (name, table) in input.records { counts["\(name).rows"] = table.count }
    return counts
  }
}
