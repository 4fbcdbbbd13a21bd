import FerryCore
import FerryMapping
import FerryRecords

// Sums by a reference against an amount of the record that is referred to, such as payments by order
// against the order's amount.

extension ControlDefinition {
  /// The entity whose amounts the sums are held against; `nil` where there is none.
  var againstEntity: String? {
    guard against != nil, let groupField else { return nil }
    return SalesChain.entity(entity)?.field(groupField)?.referenced
  }
}

/// How sums compare with the amounts that they are held against.
struct AgainstTotals {
  /// Groups such as `equal`, `less`, `more`, and the difference by currency.
  var totals: [(group: String?, total: String)] = []
  /// Records whose amount is less than the sum: the group, the sum, and the amount.
  var exceeded: [(group: String, sum: String, amount: String)] = []

  /// - Parameters:
  ///   - sums: By reference and currency.
  ///   - amounts: By record and currency; `nil` where no such record is in the run.
  init(_ sums: ControlTally, _ amounts: ControlTally?) {
    var open: [String: Int] = [:]
    for (number, part) in sums.parts.enumerated() where !part.group.isEmpty {
      open["\(part.group)\u{1F}\(part.currency)"] = number
    }
    var counts = (equal: 0, less: 0, more: 0)
    var differences: [String: DecimalSum] = [:]
    for (number, part) in (amounts?.parts ?? []).enumerated() {
      let place = open.removeValue(forKey: "\(part.group)\u{1F}\(part.currency)")
      let sum = place.map { sums.sums[$0] }
      var difference = sum ?? DecimalSum()
      difference.subtract(amounts?.sums[number] ?? DecimalSum())
      switch difference.sign {
      case 0: counts.equal += 1
      case 1:
        counts.more += 1
        exceeded.append((part.group, sum?.text ?? "0", amounts?.sums[number].text ?? "0"))
      default: counts.less += 1
      }
      var total = differences[part.currency] ?? DecimalSum()
      total.add(difference)
      differences[part.currency] = total
    }
    let hasSeveral = differences.count > 1
    totals = [
      ("equal", String(counts.equal)), ("less", String(counts.less)),
      ("more", String(counts.more)), ("unmatched", String(open.count)),
    ]
    totals += differences.sorted { $0.key < $1.key }.map { currency, sum in
      (hasSeveral ? "difference, \(currency.isEmpty ? "-" : currency)" : "difference", sum.text)
    }
    exceeded.sort { $0.group < $1.group }
  }
}
