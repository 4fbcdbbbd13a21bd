import FerryCore
import FerryMapping
import FerryMatching
import FerryMigration
import FerrySQLite
import FerryStores

/// From a mapping file to what a plan is made from: read, map, normalize, match.
struct Pipeline {
  let mapping: Mapping

  /// Reads and checks the mapping; no row is read yet.
  ///
  /// The environment holds the passwords that the mapping names.
  init(
    mappingPath: String, environment: [String: String],
    taking isTaken: @escaping (String) -> Bool = { _ in true }
  ) throws {
    mapping = try Mapping.load(path: mappingPath, environment: environment, taking: isTaken)
  }

  /// Reads the sources, with what people corrected in the place of what cells hold; or takes what the
  /// workspace kept of them where nothing of them is new.
  func read(in workspace: Workspace, _ progress: ProgressLine) throws -> MappedInput {
    let corrections = try CorrectionDecisions.all(in: workspace)
    // What is kept knows no corrections.
    let kept = corrections.isEmpty ? KeptInput(of: mapping, in: workspace) : nil
    if let input = kept?.read() { return input }
    let input = try mapping.read(corrections: corrections) { reading in
      progress.show(Words(en: "reading", zh: "读取"), reading.rows, of: nil)
    }
    kept?.keep(input)
    return input
  }

  /// Finds the golden records, by what people decided in the workspace and what the store holds,
  /// too; `findings` of other stages come along.
  func request(
    _ input: MappedInput, known: StoredRecords, workspace: Workspace, findings: [Finding],
    _ progress: ProgressLine
  ) async throws -> PlanRequest {
    var matcher = RecordMatcher(
      settings: mapping.match, decisions: try ReviewDecisions.all(in: workspace))
    matcher.progress = { entity, count, isStore in
      let words =
        isStore
        ? Words(en: "reading the store", zh: "读取目标库") : Words(en: "matching", zh: "匹配")
      progress.show(words, count, of: nil)
    }
    let golden = try await matcher.match(input.records, against: known)
    return PlanRequest(
      mappingPath: mapping.path, input: input, golden: golden,
      policies: MigrationPolicies(mapping), findings: findings)
  }

  /// Sales figures of what the plan will have in the store, and of the store before.
  ///
  /// A database is read for it; of a product behind an API, whose every page is a call, and of a plan
  /// that changes more deals than memory should hold, only the run's own records are counted.
  func figures(
    of request: PlanRequest, after summary: RunSummary, in store: any CRMStore, key: SealKey?
  ) async throws -> RunFigures {
    let counted = summary.entities.filter { ["lead", "deal", "payment"].contains($0.entity) }
    let updated = counted.reduce(0) { $0 + $1.updated + $1.goneMarked + $1.goneRemoved }
    guard store is any CopyableStore, !counted.isEmpty, updated <= Self.mostHeld,
      let path = summary.planPath
    else {
      return RunFigures(after: try inputFigures(of: request, after: summary, key))
    }
    guard try await !SalesFigures.isEmpty(store) else {
      return RunFigures(
        after: try inputFigures(of: request, after: summary, key), before: SalesFigures())
    }
    let (before, after) = try await SalesFigures.beforeAndAfter(
      PlanFile(path: path, key: key), in: store, timeZone: mapping.settings.timeZone)
    return RunFigures(after: after, before: before)
  }

  /// So many changed records are held while figures are read: some 100 MB.
  private static let mostHeld = 200_000

  private func inputFigures(
    of request: PlanRequest, after summary: RunSummary, _ key: SealKey?
  ) throws -> SalesFigures {
    var rejected: [String: Set<String>] = [:]
    if let path = summary.planPath, summary.entities.contains(where: { $0.rejected > 0 }) {
      try PlanFile(path: path, key: key).forEachChange(ofKind: "reject") { change in
        rejected[change.entity, default: []].insert(change.externalID)
      }
    }
    let golden = request.golden
    return SalesFigures.counting(golden, timeZone: mapping.settings.timeZone) { entity, identity in
      guard let lost = rejected[entity], let records = golden[entity] else { return true }
      return !lost.contains(records.externalID(ofIdentity: identity))
    }
  }
}

/// What a run's report says of sales.
struct RunFigures {
  var after: SalesFigures?
  /// The store's before the run; `nil` where they were not read.
  var before: SalesFigures?
}
