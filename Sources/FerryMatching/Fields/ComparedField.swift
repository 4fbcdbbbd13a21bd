import FerryCore

/// One thing that rows are compared by: a person's name, an address, the set of phones.
///
/// Two rows that agree on a value that is rare agree on more than two that agree on a common one,
/// so "same" is split by how many rows hold the value. Source: term-frequency adjustment, W.
/// Winkler, "Frequency-Based Matching in Fellegi–Sunter Model of Record Linkage", U.S. Census
/// Bureau RR2000/06; here the weight of each frequency class is learned rather than computed.
protocol ComparedField: AnyObject, Sendable {
  /// The field's name: its column's header, or all headers with `+` between.
  var name: String { get }
  var kind: ColumnKind { get }
  var levels: [AgreementLevel] { get }
  /// How often each frequency class of "same" is met.
  var frequencies: FrequencyShares { get }
  /// How many distinct values the field holds.
  var valueCount: Int { get }
  /// How many rows say something.
  var knownRowCount: Int { get }

  /// Shifts each pair's code into its pattern; `patterns` runs in step with `pairs`.
  func addCodes(
    of pairs: ContiguousArray<RowPair>, at fieldIndex: Int,
    to patterns: inout ContiguousArray<Pattern>)

  /// The code of one pair.
  func code(of pair: RowPair) -> Int

  /// The rows that may be the same by this field alone; `place` is its place among the fields.
  func makeIndex(place: Int, in context: SearchContext) -> FieldIndex

  /// Whether the row says something.
  func isKnown(_ row: Int) -> Bool

  /// Adds the row's values to a signature that equal rows share.
  func signature(of row: Int, seed: UInt64) -> UInt64
}

/// Pairs whose values are loaded together.
enum PairBatch {
  static let size = 512

  /// Keeps loads from being left out.
  @inline(__always)
  static func keep(_ sum: UInt64) { precondition(sum < 1 << 63) }
}

/// The codes of a field: 0 nothing to compare, then "same" by frequency, then the other levels.
enum AgreementCode {
  /// Frequency classes: held by 2–3 rows, 4–7, … and by 1024 and more.
  static let frequencyClasses = 8

  /// The class of a value that `count` rows hold.
  static func frequencyClass(_ count: UInt32) -> Int {
    switch count {
    case ..<4: 0
    case ..<8: 1
    case ..<16: 2
    case ..<32: 3
    case ..<64: 4
    case ..<256: 5
    case ..<1024: 6
    default: 7
    }
  }

  /// The fewest rows that hold a value of the class.
  static func leastCount(_ frequencyClass: Int) -> Int {
    [2, 4, 8, 16, 32, 64, 256, 1024][frequencyClass]
  }

  static func same(_ frequencyClass: Int) -> Int { 1 + frequencyClass }
  /// The code of a level that is not the first.
  static func level(_ index: Int) -> Int { frequencyClasses + index }
  static func codeCount(_ levels: [AgreementLevel]) -> Int { frequencyClasses + levels.count }
}

/// How the rows of a field, and the pairs of rows that agree, spread over the frequency classes.
struct FrequencyShares: Sendable {
  /// Shares of the rows that hold a value of the class; they add up to 1.
  private(set) var ofRows = [Double](repeating: 0, count: AgreementCode.frequencyClasses)
  /// Shares of the agreeing pairs; they add up to 1.
  private(set) var ofPairs = [Double](repeating: 0, count: AgreementCode.frequencyClasses)
  /// Share of all pairs of rows that agree beyond those that one partner a row would make.
  let agreement: Double

  /// Takes how many rows hold each value; a value of one row counts for the first class.
  init(_ counts: ContiguousArray<UInt32>) {
    let rows = counts.reduce(0.0) { $0 + Double($1) }
    let pairs = counts.reduce(0.0) { $0 + Double($1) * (Double($1) - 1) }
    agreement = rows > 1 ? max(0, (pairs - rows) / (rows * (rows - 1))) : 0
    for count in counts where count > 0 {
      let index = AgreementCode.frequencyClass(count)
      ofRows[index] += Double(count)
      ofPairs[index] += Double(count) * Double(count - 1)
    }
    Self.normalize(&ofRows)
    Self.normalize(&ofPairs)
  }

  /// Makes shares of counts; each class gets a little, since none is impossible.
  private static func normalize(_ shares: inout [Double]) {
    let least = max(shares.reduce(0, +), 1) / 1000
    let total = shares.reduce(0) { $0 + $1 + least }
    for index in shares.indices { shares[index] = (shares[index] + least) / total }
  }
}
