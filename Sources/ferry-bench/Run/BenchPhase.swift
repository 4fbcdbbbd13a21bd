import FerryCore
import FerryTables

/// A stage that can be measured alone.
enum BenchPhase: String, CaseIterable, Sendable {
  /// Bytes to raw rows: the sheet as it is.
  case read
  /// The table finder, then every row of the table.
  case tables
  /// Reading, and records made by the mapping.
  case map
  /// Golden records of generated customers, contacts and deals; no file.
  case match
  /// Everything from the file to a plan.
  case plan
  /// Everything from the file to a loaded, verified SQLite store.
  case `import`

  static func named(_ name: String) throws -> BenchPhase {
    guard let phase = BenchPhase(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      throw BenchError("no phase \(name); there are \(names)")
    }
    return phase
  }

  /// Whether the phase reads a file, so that formats matter.
  var needsFile: Bool { self != .match }

  /// Runs the phase once.
  func measure(_ setting: BenchSetting, _ format: LedgerFormat) async throws -> Meter.Figures {
    switch self {
    case .read: try measureReading(setting, format) { try $0.rows(ofSheet: 0) }
    case .tables:
      try measureReading(setting, format) { file in
        guard let table = try file.tables(inSheet: 0).first else {
          throw BenchError("no table in \(file.name)")
        }
        return try file.rows(of: table)
      }
    case .map: try measureMapping(setting, format)
    case .match: measureMatching(setting)
    case .plan: try await measurePlanning(setting, format)
    case .import: try await measureImport(setting, format)
    }
  }

  private func measureReading(
    _ setting: BenchSetting, _ format: LedgerFormat,
    reader: (SourceFile) throws -> any RowReader
  ) throws -> Meter.Figures {
    let meter = Meter()
    let rows = try reader(try SourceFile(path: setting.path(format)))
    var batch = RowBatch()
    var counts = ["rows": 0, "cells": 0]
    while try rows.read(into: &batch) {
      counts["rows", default: 0] += batch.rows.count
      counts["cells", default: 0] += batch.cells.count
    }
    return meter.figures(
      phase: rawValue, format: format.rawValue, rows: setting.rows,
      bytes: try setting.size(format), counts: counts)
  }
}
