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

  /// Counts the groups of some fields; `nil` where none is large.
  init?(_ indexes: [FieldIndex], limit: Int, passedLimit: Int) {
    var (count, passedCount, largest, place) = (0, 0, 0, 0)
    for (field, index) in indexes.enumerated() {
      for size in index.sizes where size > limit {
        count += 1
        passedCount += size > passedLimit ? 1 : 0
        if Int(size) > largest { (largest, place) = (Int(size), field) }
      }
    }
    if count == 0 { return nil }
    self.count = count
    self.limit = limit
    self.passedCount = passedCount
    self.passedLimit = passedLimit
    largestRowCount = largest
    largestPlace = place
  }
}
