/// Rows by their numbers: all are counted, the first runs of them are kept.
public struct RowRuns: Hashable, Sendable, CustomStringConvertible {
  /// How many runs are kept.
  static let limit = 8

  /// How many rows there are.
  public private(set) var count = 0
  /// Runs of rows that follow each other, by rising number; at most eight.
  public private(set) var runs: [ClosedRange<Int>] = []
  /// Whether there are rows behind the last run.
  public private(set) var isCut = false

  /// Starts with none.
  public init() {}

  /// Adds a row; numbers must rise.
  public mutating func add(_ number: Int) {
    count += 1
    if isCut { return }
    if let last = runs.last, number == last.upperBound + 1 {
      runs[runs.count - 1] = last.lowerBound...number
    } else if runs.count < Self.limit {
      runs.append(number...number)
    } else {
      isCut = true
    }
  }

  /// The rows as a mapping spells them, such as `17, 20-25 …`.
  public var description: String {
    runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ", ") + (isCut ? " …" : "")
  }
}
