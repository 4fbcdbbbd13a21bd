import FerryCore
import FerryMapping
import FerryMatching
import FerryMigration

/// From a mapping file to what a plan is made from: read, map, normalize, match.
struct Pipeline {
  let mapping: Mapping

  /// Reads and checks the mapping; no row is read yet.
  init(mappingPath: String) throws {
    mapping = try Mapping.load(path: mappingPath)
  }

  /// Reads the sources and finds the golden records.
  func request(_ progress: ProgressLine) throws -> PlanRequest {
    let input = try mapping.read { reading in
      progress.show(Words(en: "reading", zh: "读取"), reading.rows, of: nil)
    }
    let golden = match(input.records, settings: mapping.match)
    return PlanRequest(
      mappingPath: mapping.path, input: input, golden: golden,
      policies: MigrationPolicies(mapping))
  }
}
