import FerryCore
import FerryRecords
import FerrySQLStores
import FerryStores
import Foundation

/// One load in this process; only what the store does is measured, not how its batches are made.
enum LoadPhase: String, CaseIterable {
  /// New records into a SQLite file that is not there yet.
  case sqlite
  /// New records into an empty table of a PostgreSQL database.
  case postgres
  /// Every field but the key of all these records changes.
  case postgresUpdate = "postgres-update"

  /// Runs `ferry-bench load-phase NAME TARGET` with a setting's options.
  static func run(_ words: [String]) async throws {
    guard words.count >= 2, let phase = LoadPhase(rawValue: words[0]) else {
      throw BenchError("load-phase needs a phase and a target")
    }
    let rows = LoadRows(try BenchSetting(Array(words.dropFirst(2))))
    print(try await phase.measure(rows, target: words[1]).json())
  }

  private func measure(_ rows: LoadRows, target: String) async throws -> Meter.Figures {
    switch self {
    case .sqlite:
      let store = try SQLiteStore.open(path: target, access: .readWrite)
      return try await load(rows, into: store)
    case .postgres:
      let store = try PostgresStore.open(url: target, access: .readWrite)
      return try await load(rows, into: store)
    case .postgresUpdate:
      let store = try PostgresStore.open(url: target, access: .readWrite)
      let batches = rows.batches(.update, of: store.capabilities.largestBatch, suffix: "+")
      return try await write(batches, to: store)
    }
  }

  private func load(_ rows: LoadRows, into store: any CRMStore) async throws -> Meter.Figures {
    let batches = rows.batches(.create, of: store.capabilities.largestBatch)
    try await store.prepare([LoadRows.shape])
    let meter = Meter()
    try await store.beginLoading([LoadRows.shape])
    for batch in batches { try await write(batch, to: store) }
    try await store.finishLoading()
    return figures(meter, batches)
  }

  private func write(_ batches: [WriteBatch], to store: any CRMStore) async throws -> Meter.Figures
  {
    let meter = Meter()
    for batch in batches { try await write(batch, to: store) }
    return figures(meter, batches)
  }

  private func write(_ batch: WriteBatch, to store: any CRMStore) async throws {
    for result in try await store.write(batch) {
      if case .refused(let finding) = result {
        throw BenchError("a record was refused: \(finding.arguments.joined(separator: ", "))")
      }
    }
  }

  private func figures(_ meter: Meter, _ batches: [WriteBatch]) -> Meter.Figures {
    let count = batches.reduce(0) { $0 + $1.records.count }
    return meter.figures(phase: rawValue, format: "", rows: count, bytes: 0, counts: [:])
  }
}
