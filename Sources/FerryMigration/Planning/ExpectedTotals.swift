import FerryCore
import FerryMapping

/// Totals of one control beside the figures that somebody signed.
enum ExpectedTotals {
  typealias Row = (group: String?, total: String, expected: String?)

  /// Each total with what is expected of it; a group that is expected and not there comes to nothing.
  static func rows(_ tally: ControlTally, _ totals: [(group: String?, total: String)]) -> [Row] {
    var rows: [Row] = totals.map { ($0.group, $0.total, nil) }
    for wanted in tally.definition.expected {
      if let place = rows.firstIndex(where: { $0.group == wanted.group }) {
        rows[place].expected = wanted.total
      } else if rows.count == 1, rows[0].group == nil, tally.currencies == [wanted.group] {
        rows[0].expected = wanted.total
      } else {
        rows.append((wanted.group, "0", wanted.total))
      }
    }
    return rows
  }
}

extension ControlTally {
  /// The currencies of what was added.
  var currencies: [String?] { Set(parts.map(\.currency)).subtracting([""]).sorted() }
}

extension [ControlTotal] {
  /// How expected totals stand, as gates.
  var gates: [GateResult] {
    compactMap { control in
      control.expected.map {
        GateResult(
          name: control.name, limit: "= \($0)", actual: found(control), isMet: control.isEqual)
      }
    }
  }

  /// Says which totals are not what somebody signed.
  var unexpected: [Finding] {
    compactMap { control in
      guard let expected = control.expected,
        !DecimalSum.areEqual(control.store ?? control.source, expected)
      else { return nil }
      return Finding(.controlUnexpected, arguments: [control.name, expected, found(control)])
    }
  }

  /// What a control comes to; several currencies have no total of all.
  private func found(_ control: ControlTotal) -> String {
    let others = filter { $0.name.hasPrefix("\(control.name): ") }
      .map { "\($0.name.dropFirst(control.name.count + 2)) \($0.store ?? $0.source)" }
    return others.isEmpty ? control.store ?? control.source : others.joined(separator: ", ")
  }
}
