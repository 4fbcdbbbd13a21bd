import FerryMapping
import FerryMatching
import FerryMigration
import FerrySQLStores
import FerryStores
import Foundation

/// Does what `ferry import` does, phase by phase in this process, a line of figures for each.
enum PhasesCommand {
  static func run(_ words: [String]) async throws {
    let options = try BenchOptions(words, known: ["mapping", "store"])
    let path = options.text("mapping", default: "")
    let store = options.text("store", default: "")
    let run = PhasesRun(path, store: store)
    try run.context.workspace.create()
    let mapping = try Mapping.load(path: path)
    let input = try run.measure("read, map, normalize") { try mapping.read() }
    let known = try SQLiteStore.open(path: store, access: .readOnly)
    let stored = StoredRecords(
      known, name: run.context.storeURL, workspace: run.context.workspace)
    let golden = try await run.measure("match exactly") {
      try await RecordMatcher(settings: mapping.match).match(input.records, against: stored)
    }
    let request = PlanRequest(
      mappingPath: path, input: input, golden: golden, policies: MigrationPolicies(mapping))
    let summary = try await run.measure("validate, plan") {
      try await Migration.plan(request, store: known, context: run.context)
    }
    await known.close()
    guard let plan = summary.planPath else { throw BenchError("no plan was made") }
    let target = try SQLiteStore.open(path: store, access: .readWrite)
    _ = try await run.measure("apply, journal") {
      try await Migration.apply(planPath: plan, store: target, context: run.context)
    }
    _ = try await run.measure("verify") {
      try await Migration.verify(run: summary.run, store: target, context: run.context)
    }
    await target.close()
  }
}

/// One run, as its phases see it.
private struct PhasesRun {
  let context: MigrationContext

  init(_ path: String, store: String) {
    context = MigrationContext(
      workspace: Workspace(besideMapping: path), storeURL: "sqlite:\(store)", now: { Date() },
      randomBits: { UInt64.random(in: .min ... .max) })
  }

  func measure<T>(_ phase: String, _ work: () async throws -> T) async throws -> T {
    let meter = Meter()
    let made = try await work()
    show(meter, phase)
    return made
  }

  func measure<T>(_ phase: String, _ work: () throws -> T) throws -> T {
    let meter = Meter()
    let made = try work()
    show(meter, phase)
    return made
  }

  private func show(_ meter: Meter, _ phase: String) {
    let figures = meter.figures(phase: phase, format: "", rows: 0, bytes: 0, counts: [:])
    let texts = [figures.cpuSeconds, figures.seconds, figures.peakMib.rounded()].map {
      String(($0 * 100).rounded() / 100)
    }
    print("| \(phase) | \(texts.joined(separator: " | ")) |")
  }
}
