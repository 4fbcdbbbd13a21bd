import FerryMapping
import FerryMatching
import FerryMigration
import FerrySQLStores
import FerryStores
import Foundation

/// Reads the sheets that a mapping names, maps and matches their rows, and loads a SQLite CRM.
func load(_ path: String, into file: String) async throws -> RunSummary {
  let mapping = try Mapping.load(path: path)
  let store = try SQLiteStore.open(path: file, access: .readWrite)
  let input = try mapping.read()
  let golden = await RecordMatcher(settings: mapping.match).match(input.records)
  let request = PlanRequest(
    mappingPath: path, input: input, golden: golden, policies: MigrationPolicies(mapping))
  let context = MigrationContext(
    workspace: Workspace(besideMapping: path), storeURL: "sqlite:\(file)",
    now: { Date() }, randomBits: { .random(in: 0 ... .max) })
  return try await Migration.runImport(request, store: store, context: context) { store }
}
