import FerryCore
import FerryMapping
import Foundation

/// Holds a plan against the mapping's gates.
enum GateCheck {
  /// How each gate stands.
  ///
  /// A share is of the records. For `rejected` without an entity the rows from which no record
  /// could be made count too: the larger of both shares decides.
  static func results(_ gates: [Gate], _ summary: RunSummary) -> [GateResult] {
    gates.map { gate in
      let entities = summary.entities.filter { gate.entity == nil || $0.entity == gate.entity }
      let records = entities.reduce(0) { $0 + $1.records }
      let count = entities.reduce(0) { $0 + $1.count(gate.count) }
      let countsRows = gate.count == .rejected && gate.entity == nil
      let rejectedRows = countsRows ? summary.tables.reduce(0) { $0 + $1.rejected } : 0
      guard gate.isPercent else {
        return result(gate, Decimal(max(count, rejectedRows)), unit: "")
      }
      let rows = summary.tables.reduce(0) { $0 + $1.rows - $1.blank - $1.filtered }
      return result(
        gate, max(share(count, of: records), share(rejectedRows, of: rows)), unit: "%")
    }
  }

  /// One finding for each gate that is not met.
  static func findings(_ results: [GateResult]) -> [Finding] {
    results.filter { !$0.isMet }.map {
      Finding(.gateNotMet, arguments: [$0.name, $0.limit, $0.actual])
    }
  }

  private static func share(_ part: Int, of whole: Int) -> Decimal {
    whole == 0 ? 0 : Decimal(part) * 100 / Decimal(whole)
  }

  private static func result(_ gate: Gate, _ actual: Decimal, unit: String) -> GateResult {
    var (exact, rounded) = (actual, Decimal())
    // Upwards, so that what is shown is over the limit where the share is.
    unsafe NSDecimalRound(&rounded, &exact, 2, .up)
    return GateResult(
      name: gate.name, limit: gate.text, actual: "\(rounded)\(unit)",
      isMet: actual <= gate.limit)
  }
}

extension EntityCounts {
  fileprivate func count(_ count: Gate.Count) -> Int {
    switch count {
    case .created: created
    case .updated: updated
    case .same: same
    case .merged: merged
    case .skipped: skipped
    case .rejected: rejected
    case .conflicted: conflicted
    }
  }
}
