import FerryCore
import FerryTables

/// What one column of a table holds, as far as a guess needs it.
struct ColumnSurvey {
  /// A value and how often it stands in the column.
  struct Value: Hashable {
    let text: String
    let kind: CellKind
    var count: Int
  }

  /// How many different values are kept with their counts.
  static let mostValues = 2_000
  /// How many rows are kept as hashes, to find links by.
  static let mostRows = 200_000

  let column: TableColumn
  let header: HeaderText
  /// Cells that hold something; 无, - and their like hold nothing.
  private(set) var filled = 0
  /// The first different values, in the order of the sheet.
  private(set) var values: [Value] = []
  /// Hashes of all different values, up to a bound.
  private(set) var distinct: Set<UInt64> = []
  /// For each row of data a hash of its value, 0 where it has none.
  private(set) var rows = ContiguousArray<UInt64>()
  /// What the values look like; set once all rows were seen.
  private(set) var fits = ColumnFits()
  private var places: [UInt64: Int] = [:]

  init(_ column: TableColumn) {
    self.column = column
    header = HeaderText(column.name)
  }

  /// Whether every value that occurs is in ``values``.
  var hasAllValues: Bool { distinct.count == values.count }

  /// Whether each value stands once, a few doubles aside.
  var isUnique: Bool { filled > 0 && distinct.count * 100 >= filled * 98 }

  mutating func take(_ text: String, _ kind: CellKind, _ hash: UInt64) {
    if rows.count < Self.mostRows { rows.append(hash) }
    guard hash != 0 else { return }
    filled += 1
    if let place = places[hash] {
      values[place].count += 1
    } else if values.count < Self.mostValues {
      places[hash] = values.count
      values.append(Value(text: text, kind: kind, count: 1))
    }
    if distinct.count < Self.mostRows { distinct.insert(hash) }
  }

  mutating func finish(region: String) {
    places = [:]
    fits = ColumnFits(values, region: region)
  }

  /// What part of this column's different values stands in another one, from 0 to 1.
  func share(in other: ColumnSurvey) -> Double {
    guard !distinct.isEmpty else { return 0 }
    let found = distinct.count { other.distinct.contains($0) }
    return Double(found) / Double(distinct.count)
  }
}
