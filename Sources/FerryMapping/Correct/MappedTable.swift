public import FerryCore
public import FerryTables

/// A table that a mapping reads, for rooms that hand its sheet back to people.
public struct MappedTable: Sendable {
  /// The source file.
  public let path: String
  /// How the file is read.
  public let options: SourceOptions
  /// Where the table lies.
  public let table: Table
  /// The columns that keys are made of, zero-based, rising.
  public let keyColumns: [Int]
  /// By field, such as `deal.stage`, what a cell may say: words that the mapping knows.
  public let choices: [String: [Words]]

  /// The column at that index; `nil` where the table has none.
  public func column(_ columnIndex: Int) -> TableColumn? {
    table.columns.first { $0.columnIndex == columnIndex }
  }
}

extension Mapping {
  /// The tables that the mapping reads, in its order.
  public var mappedTables: [MappedTable] { tables.map(\.mapped) }
}

extension TablePlan {
  /// The table as other rooms see it.
  var mapped: MappedTable {
    var keys: Set<Int> = []
    var choices: [String: [Words]] = [:]
    for record in records {
      keys.formUnion(record.keyColumns.map { Int($0) })
      for field in record.fields {
        if let map = field.choices?.map { choices[field.name] = map.keys }
      }
    }
    return MappedTable(
      path: path, options: options, table: table, keyColumns: keys.sorted(), choices: choices)
  }
}
