import FerryMapping
import Foundation

// Gates that hold a plan against the last run that was applied.
extension GateCheck {
  /// By how much the worst table is smaller, in rows or percent, and which one that is.
  ///
  /// An empty table has lost everything, whether or not there was a run before.
  static func shrunk(
    _ summary: RunSummary, _ baseline: RunBaseline?, _ gate: Gate
  ) -> (Decimal, String) {
    var worst: (Decimal, String) = (0, "")
    for (before, now) in pairs(summary, baseline) {
      let (was, has) = (before.map(dataRows), now.map(dataRows) ?? 0)
      guard let was = was ?? (has == 0 ? 0 : nil), has < was || has == 0 else { continue }
      let lost = gate.isPercent ? (was == 0 ? 100 : share(was - has, of: was)) : Decimal(was - has)
      guard lost > worst.0, let table = now ?? before else { continue }
      worst = (lost, "\(table.file) '\(table.sheet)': \(was) → \(has)")
    }
    return worst
  }

  private static func dataRows(_ table: TableSummary) -> Int {
    table.rows - table.blank - table.filtered
  }

  /// How many columns are new or missing, and which.
  static func columns(_ summary: RunSummary, _ baseline: RunBaseline?) -> (Decimal, String) {
    guard baseline != nil else { return (0, "") }
    var changes: [String] = []
    for case (let before?, let now?) in pairs(summary, baseline) {
      let (old, new) = (before.columns.map(\.name), now.columns.map(\.name))
      changes += new.filter { !old.contains($0) }.map { "+\($0)" }
      changes += old.filter { !new.contains($0) }.map { "−\($0)" }
    }
    let shown = changes.prefix(8).joined(separator: ", ")
    return (Decimal(changes.count), changes.count > 8 ? "\(shown), …" : shown)
  }

  /// How far the worst control total moves, in percent or in its own unit, and which one that is.
  static func controls(
    _ summary: RunSummary, _ baseline: RunBaseline?, _ gate: Gate
  ) -> (Decimal, String) {
    guard let baseline else { return (0, "") }
    let before = Dictionary(
      baseline.controls.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first })
    let now = Dictionary(
      summary.controls.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first })
    var worst: (Decimal, String) = (0, "")
    for name in Set(before.keys).union(now.keys).sorted() {
      let (was, has) = (number(before[name]), number(now[name]))
      let moved = (has - was).magnitude
      let share = was == 0 ? (moved == 0 ? 0 : 100) : moved * 100 / was.magnitude
      let distance = gate.isPercent ? share : moved
      guard distance > worst.0 else { continue }
      worst = (distance, "\(name): \(before[name] ?? "0") → \(now[name] ?? "0")")
    }
    return worst
  }

  private static func number(_ text: String?) -> Decimal {
    text.flatMap { Decimal(string: $0, locale: Locale(identifier: "en_US_POSIX")) } ?? 0
  }

  /// The tables of both runs that belong together: by file and sheet; files of another name every
  /// night by the sheet alone, CSV files, whose sheet has the file's name, by that without digits.
  private static func pairs(
    _ summary: RunSummary, _ baseline: RunBaseline?
  ) -> [(before: TableSummary?, now: TableSummary?)] {
    var rest = baseline?.tables ?? []
    func take(_ isWanted: (TableSummary) -> Bool) -> TableSummary? {
      rest.firstIndex(where: isWanted).map { rest.remove(at: $0) }
    }
    var pairs: [(before: TableSummary?, now: TableSummary?)] = []
    var unpaired: [TableSummary] = []
    for table in summary.tables {
      if let before = take({ $0.file == table.file && $0.sheet == table.sheet }) {
        pairs.append((before, table))
      } else {
        unpaired.append(table)
      }
    }
    for table in unpaired {
      let before =
        take { $0.sheet == table.sheet }
        ?? take { undated($0.sheet) == undated(table.sheet) && !undated(table.sheet).isEmpty }
      pairs.append((before, table))
    }
    return pairs + rest.map { ($0, nil) }
  }

  private static func undated(_ sheet: String) -> String { sheet.filter { !$0.isNumber } }
}
