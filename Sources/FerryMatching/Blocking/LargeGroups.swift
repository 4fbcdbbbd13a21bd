/// Values that so many rows share that their rows were not all compared with each other.
///
/// A value is what rows are brought together by: a name, the sound of a family name, half a number.
public struct LargeGroups: Hashable, Sendable, Codable {
  /// How many values more than ``limit`` rows share.
  public let count: Int
  /// Rows that share a value of more rows are compared only where they share something else too.
  public let limit: Int
  /// How many values more than ``passedLimit`` rows share.
  public let passedCount: Int
  /// A value of more rows brings none of them together.
  public let passedLimit: Int
  /// How many rows share the most common value.
  public let largestRowCount: Int
  /// Its field, or its blocking rule, by place.
  let largestPlace: Int
  /// The columns that hold the most common value.
  public internal(set) var largestField = ""

  /// Takes how many groups of each size each field has; `nil` where none is large.
  init?(_ sizes: [GroupSizes], limit: Int, passedLimit: Int) {
    count = sizes.reduce(0) { $0 + $1.count(above: limit) }
    if count == 0 { return nil }
    passedCount = sizes.reduce(0) { $0 + $1.count(above: passedLimit) }
    let largest = sizes.map(\.largest)
    self.limit = limit
    self.passedLimit = passedLimit
    largestRowCount = largest.max() ?? 0
    largestPlace = largest.firstIndex(of: largestRowCount) ?? 0
  }
}
