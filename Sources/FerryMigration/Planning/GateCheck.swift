import FerryCore
import FerryMapping
import FerryRecords
import Foundation

/// Holds a plan against the mapping's gates.
enum GateCheck {
  /// How each gate stands.
  ///
  /// A share is of the records. For `rejected` without an entity the rows from which no record
  /// could be made count too: the larger of both shares decides.
  static func results(
    _ gates: [Gate], _ summary: RunSummary, _ facts: GateFacts
  ) -> [GateResult] {
    gates.map { gate in
      switch gate.count {
      case .unmappedValues: result(gate, Decimal(summary.unmappedValues.count), unit: "")
      case .shrunk: comparison(gate, shrunk(summary, facts.baseline, gate))
      case .columns: comparison(gate, columns(summary, facts.baseline))
      case .controls: comparison(gate, controls(summary, facts.baseline, gate))
      default: count(gate, summary, facts)
      }
    }
  }

  private static func count(
    _ gate: Gate, _ summary: RunSummary, _ facts: GateFacts
  ) -> GateResult {
    let entities = summary.entities.filter { gate.entity == nil || $0.entity == gate.entity }
    let records = entities.reduce(0) { $0 + $1.records }
    let count = entities.reduce(0) { $0 + $1.count(gate.count, facts) }
    let countsRows = gate.count == .rejected && gate.entity == nil
    let rejectedRows = countsRows ? summary.tables.reduce(0) { $0 + $1.rejected } : 0
    guard gate.isPercent else {
      return result(gate, Decimal(max(count, rejectedRows)), unit: "")
    }
    let rows = summary.tables.reduce(0) { $0 + $1.rows - $1.blank - $1.filtered }
    return result(gate, max(share(count, of: records), share(rejectedRows, of: rows)), unit: "%")
  }

  /// How the limit of a policy for records that are gone stands; its share is of those that runs
  /// have loaded.
  static func limit(
    _ policy: GonePolicy, of entity: Entity, gone: Int, loaded: Int
  ) -> GateResult {
    // Records that stay harm nobody, however many.
    let count = policy.action == .keep ? 0 : gone
    let gate = policy.limit
    return gate.isPercent
      ? result(gate, share(count, of: loaded), unit: "%") : result(gate, Decimal(count), unit: "")
  }

  /// One finding for each gate that is not met.
  static func findings(_ results: [GateResult]) -> [Finding] {
    results.filter { !$0.isMet }.map {
      Finding(.gateNotMet, arguments: [$0.name, $0.limit, $0.actual])
    }
  }

  static func share(_ part: Int, of whole: Int) -> Decimal {
    whole == 0 ? 0 : Decimal(part) * 100 / Decimal(whole)
  }

  private static func result(
    _ gate: Gate, _ actual: Decimal, unit: String, detail: String = ""
  ) -> GateResult {
    var (exact, rounded) = (actual, Decimal())
    // Upwards, so that what is shown is over the limit where the share is.
    unsafe NSDecimalRound(&rounded, &exact, 2, .up)
    return GateResult(
      name: gate.name, limit: gate.text,
      actual: "\(rounded)\(unit)" + (detail.isEmpty ? "" : " (\(detail))"),
      isMet: actual <= gate.limit)
  }

  private static func comparison(_ gate: Gate, _ worst: (Decimal, String)) -> GateResult {
    result(
      gate, worst.0, unit: gate.isPercent ? "%" : "", detail: worst.0 == 0 ? "" : worst.1)
  }
}

extension [OwnerTotal] {
  fileprivate func records(_ state: OwnerTotal.State, of entity: String) -> Int {
    reduce(0) { $0 + ($1.entity == entity && $1.state == state ? $1.records : 0) }
  }
}

extension EntityCounts {
  fileprivate func count(_ count: Gate.Count, _ facts: GateFacts) -> Int {
    switch count {
    case .created: created
    case .updated: updated
    case .same: same
    case .merged: merged
    case .skipped: skipped
    case .rejected: rejected
    case .conflicted: conflicted
    case .gone: gone
    case .removed: removed + goneRemoved
    case .marked: goneMarked
    case .owners: facts.ownerChanges[entity] ?? 0
    case .unmappedOwners: facts.owners.records(.unmapped, of: entity)
    case .inactiveOwners: facts.owners.records(.inactive, of: entity)
    case .unmappedValues, .shrunk, .columns, .controls: 0
    }
  }
}
