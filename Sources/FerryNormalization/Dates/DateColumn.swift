import FerryCore

/// The orders in which one written date can be read.
public struct DateOrders: OptionSet, Hashable, Sendable {
  /// One bit for each order.
  public let rawValue: UInt8

  /// Makes a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Day, month, year.
  public static let dayFirst = DateOrders(rawValue: 1)
  /// Month, day, year.
  public static let monthFirst = DateOrders(rawValue: 2)
  /// Year, month, day, where the year has two digits.
  public static let yearFirst = DateOrders(rawValue: 4)

  init(_ order: DateOrder) {
    switch order {
    case .dayFirst: self = .dayFirst
    case .monthFirst: self = .monthFirst
    case .yearFirst: self = .yearFirst
    }
  }
}

/// What the dates of one column tell about its order of day, month and year.
///
/// `3/5/2024` can be read twice, `25/3/2024` only once: one such cell settles the column. Nothing
/// is decided before all rows were seen. ``FieldNormalizer`` keeps one of these for its column;
/// columns that were read in parts are merged.
///
///     let decision = normalizer.dateColumn.decision
///     normalizer.dateColumn.resolve(pending, into: &output)
///
/// Where no cell settles it, or cells contradict each other, the region's convention holds and
/// ``Decision/issue`` says so. Orders of `3/5/2024` and of `24-3-5` are decided apart, since a
/// year of two digits may come first.
public struct DateColumn: Hashable, Sendable {
  /// What a column's cells add up to.
  public struct Decision: Hashable, Sendable {
    /// The order of dates with a year of four digits, such as `3/5/2024`.
    public let order: DateOrder
    /// The order of dates with a year of two digits, such as `24-3-5`.
    public let shortYearOrder: DateOrder
    /// Said once for the column where its cells don't settle the order; `nil` where they do, or
    /// no cell was in doubt.
    public let issue: NormalizationIssue?
  }

  private let region: String
  private let given: DateOrder?
  /// How many cells had which orders, by the bits of ``DateOrders``.
  private var longYears = Tally()
  private var shortYears = Tally()

  private struct Tally: Hashable, Sendable {
    var counts: [Int] = []

    mutating func add(_ orders: DateOrders, _ count: Int = 1) {
      if counts.isEmpty { counts = Array(repeating: 0, count: 8) }
      counts[Int(orders.rawValue & 7)] += count
    }

    /// How many cells can't be read in `order`.
    func contradictions(to order: DateOrder) -> Int {
      counts.indices.reduce(0) { sum, bits in
        DateOrders(rawValue: UInt8(bits)).contains(DateOrders(order)) ? sum : sum + counts[bits]
      }
    }

    /// How many cells can be read in more than one order.
    var doubtful: Int {
      counts.indices.reduce(0) { $1.nonzeroBitCount > 1 ? $0 + counts[$1] : $0 }
    }
  }

  /// Starts a column; `order` settles it from the beginning.
  public init(region: String = "CN", order: DateOrder? = nil) {
    self.region = region
    given = order
  }

  /// How many cells could be read in more than one order.
  public var doubtfulCount: Int { longYears.doubtful + shortYears.doubtful }

  /// Adds one cell's possible orders; `hasShortYear` for a year of two digits.
  public mutating func observe(_ orders: DateOrders, hasShortYear: Bool) {
    if hasShortYear { shortYears.add(orders) } else { longYears.add(orders) }
  }

  /// Adds what another part of the same column told.
  public mutating func merge(_ other: DateColumn) {
    for (bits, count) in other.longYears.counts.enumerated() {
      longYears.add(DateOrders(rawValue: UInt8(bits)), count)
    }
    for (bits, count) in other.shortYears.counts.enumerated() {
      shortYears.add(DateOrders(rawValue: UInt8(bits)), count)
    }
  }

  /// The order that all cells so far agree on best.
  public var decision: Decision {
    if let given { return Decision(order: given, shortYearOrder: given, issue: nil) }
    let long = choose(Self.convention(of: region), in: [longYears])
    let short = choose(
      Self.shortYearConvention(of: region), in: [shortYears], tieBreakers: [longYears])
    let doubts =
      (long.isSettled ? 0 : longYears.doubtful) + (short.isSettled ? 0 : shortYears.doubtful)
    guard doubts > 0 else {
      return Decision(order: long.order, shortYearOrder: short.order, issue: nil)
    }
    let unsettled = !long.isSettled && longYears.doubtful > 0 ? long : short
    let rule: Rule = unsettled.contradictions > 0 ? .mixedDateOrder : .ambiguousDateColumn
    return Decision(
      order: long.order, shortYearOrder: short.order,
      issue: NormalizationIssue(rule, String(doubts), unsettled.order.rawValue))
  }

  /// Writes the reading of a pending value that the column's decision picks.
  ///
  /// - Parameters:
  ///   - pending: What ``FieldNormalizer/normalize(_:kind:into:)`` wrote with
  ///     ``NormalizationResult/pending``; anything else is copied.
  ///   - decision: The decision, taken once for the column.
  ///   - output: Replaced.
  public static func resolve(
    _ pending: Span<UInt8>, by decision: Decision, into output: inout ContiguousArray<UInt8>
  ) {
    output.removeAll(keepingCapacity: true)
    let range = PendingDate.range(in: pending, decision: decision) ?? 0..<pending.count
    output.append(pending.extracting(range))
  }

  /// The same, with the decision taken now.
  public func resolve(_ pending: Span<UInt8>, into output: inout ContiguousArray<UInt8>) {
    Self.resolve(pending, by: decision, into: &output)
  }
}

// MARK: - Choosing

extension DateColumn {
  private struct Choice {
    let order: DateOrder
    let isSettled: Bool
    let contradictions: Int
  }

  /// The order with the fewest contradictions, the earlier of two alike.
  private func choose(_ orders: [DateOrder], in tallies: [Tally], tieBreakers: [Tally] = [])
    -> Choice
  {
    let scored = orders.map { order in
      (
        order: order, first: tallies.reduce(0) { $0 + $1.contradictions(to: order) },
        second: order == .yearFirst
          ? 0 : tieBreakers.reduce(0) { $0 + $1.contradictions(to: order) }
      )
    }
    let least = scored.map(\.first).min() ?? 0
    let best = scored.filter { $0.first == least }
    let leastOfBest = best.map(\.second).min() ?? 0
    let chosen = best.filter { $0.second == leastOfBest }
    return Choice(
      order: chosen.first?.order ?? orders[0], isSettled: least == 0 && chosen.count == 1,
      contradictions: least)
  }

  // Source: CLDR 44, short date patterns of each region's main language; where the year comes
  // first the month comes before the day.
  private static let monthFirstRegions: Set<String> = [
    "AS", "CA", "CN", "FM", "GU", "HU", "JP", "KR", "LT", "MH", "MN", "MP", "PH", "PR", "PW", "SE",
    "TW", "UM", "US", "VI",
  ]
  private static let yearFirstRegions: Set<String> = [
    "CA", "CN", "HU", "JP", "KR", "LT", "MN", "SE", "TW",
  ]

  static func convention(of region: String) -> [DateOrder] {
    monthFirstRegions.contains(region) ? [.monthFirst, .dayFirst] : [.dayFirst, .monthFirst]
  }

  static func shortYearConvention(of region: String) -> [DateOrder] {
    yearFirstRegions.contains(region)
      ? [.yearFirst] + convention(of: region) : convention(of: region) + [.yearFirst]
  }
}

/// The text of a value that waits for its column: `4M2024-03-05|4D2024-05-03`.
///
/// Each reading has the digits of its year and the letter of its order before it.
enum PendingDate {
  static func letter(of order: DateOrder) -> UInt8 {
    switch order {
    case .dayFirst: UInt8(ascii: "D")
    case .monthFirst: UInt8(ascii: "M")
    case .yearFirst: UInt8(ascii: "Y")
    }
  }

  /// The reading that `decision` picks, else the first; `nil` where `pending` waits for nothing.
  static func range(in pending: Span<UInt8>, decision: DateColumn.Decision) -> Range<Int>? {
    guard pending.count > 2, pending[1].isUpper else { return nil }
    let order = pending[0] == UInt8(ascii: "2") ? decision.shortYearOrder : decision.order
    var start = 0
    var first: Range<Int>?
    while start < pending.count {
      var end = start
      while end < pending.count, pending[end] != UInt8(ascii: "|") { end += 1 }
      let range = start + 2..<end
      if pending[start + 1] == letter(of: order) { return range }
      first = first ?? range
      start = end + 1
    }
    return first
  }
}
