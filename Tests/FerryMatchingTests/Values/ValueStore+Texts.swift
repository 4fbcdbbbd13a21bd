@testable import FerryMatching

extension TextRows {
  /// One row.
  init(_ columns: [String]) {
    self.init(columnCount: columns.count)
    for column in columns { append(ContiguousArray(column.utf8)) }
  }
}

extension ValueStore {
  mutating func add(_ text: String) -> UInt32 { add([text]) }

  /// The value of one row.
  mutating func add(_ columns: [String]) -> UInt32 {
    var values = ContiguousArray<UInt32>()
    add(TextRows(columns), to: &values)
    return values[0]
  }
}

extension ValueSetStore {
  /// The values that cells hold, cell after cell.
  mutating func addEach(of cells: [String]) -> [UInt32] {
    var texts = TextRows()
    for cell in cells { appendTexts(of: ContiguousArray(cell.utf8).span, to: &texts) }
    var values = ContiguousArray<UInt32>()
    add(texts, to: &values)
    return Array(values)
  }
}
