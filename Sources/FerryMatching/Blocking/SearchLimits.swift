/// How candidate pairs are found.
struct SearchLimits: Sendable {
  /// How many rows a row may meet on the way to its candidates; sets the largest group.
  var visits = 3.0
  /// Two rows that share one group of this size alone are compared.
  var chancePartners = 0.3
  /// Large groups of two fields of which more rows should share both by chance split nothing.
  var mostExpected: Double { max(0.25, visits / 10) }
  /// The most rows of two large groups that are compared with each other.
  var mostShared: Int { Int(max(4, min(256, visits / 2))) }
  /// Whether all pairs are compared, whatever they share.
  var isFull = false
  /// Whether the indexes are blocking rules that a person gave: sharing one of them is enough.
  var hasRules = false

  /// No limits but the defaults.
  init() {}

  /// A small table can afford to look at more.
  init(rowCount: Int) {
    let rows = Double(max(1, rowCount))
    visits = max(visits, 1_000_000 / rows)
    chancePartners = max(chancePartners, min(200_000 / rows, 4e9 / rows / rows))
    isFull = rows * (rows - 1) / 2 <= 300_000
  }

  /// Whether keys for parts of values are worth what they cost.
  ///
  /// In a large table whose rows have four fields and more they are not: two rows that agree in half
  /// a phone number alone are strangers, and those that are the same agree in something whole
  /// besides. Keys for parts are half of all; of a million customers, of whom each comes up to four
  /// times, they alone bring 4 of 476,000 pairs.
  func usesParts(rowCount: Int, knownValues: Int) -> Bool {
    rowCount < Self.fewRows || Double(knownValues) < Self.manyFields * Double(rowCount)
  }

  private static let fewRows = 200_000
  /// Known fields a row, on average.
  private static let manyFields = 3.5

  /// Makes rules that a person gave the only ones, at any cost that is bounded.
  mutating func followRules(rowCount: Int) {
    hasRules = true
    isFull = false
    visits = max(visits, min(200, 30_000_000 / Double(max(1, rowCount))))
  }
}
