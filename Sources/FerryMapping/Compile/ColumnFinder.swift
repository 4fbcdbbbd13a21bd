import FerryCore
import FerryTables
import FerryYAML
import Foundation

/// Finds the columns that a mapping names in one table.
///
/// A name stands for the one column that bears it; where several do, `name#2` is the second.
struct ColumnFinder {
  let table: Table
  private let positions: [String: [Int]]
  private let names: [String]

  init(_ table: Table) {
    self.table = table
    let names = table.columns.map { Self.canonical($0.name) }
    positions = Dictionary(grouping: names.indices) { names[$0] }
    self.names = names
  }

  /// What a name leads to.
  enum Answer: Equatable {
    /// Index into the table's columns.
    case position(Int)
    case missing
    case several([Int])
  }

  func find(_ name: String) -> Answer {
    let wanted = Self.canonical(name)
    if let found = positions[wanted] {
      return found.count == 1 ? .position(found[0]) : .several(found)
    }
    guard let hash = wanted.lastIndex(of: "#"),
      let number = Int(wanted[wanted.index(after: hash)...]),
      let found = positions[Self.canonical(String(wanted[..<hash]))],
      found.indices.contains(number - 1)
    else { return .missing }
    return .position(found[number - 1])
  }

  /// The position of a column; a fault where there is none, or several.
  func position(_ place: NamedPlace, _ faults: inout Faults, where tableName: String) -> Int? {
    switch find(place.name) {
    case .position(let position): return position
    case .missing:
      let known = names.filter { !$0.isEmpty }
      faults.addUnknown(.column, place.name, at: place.mark, among: unique(known), tableName)
    case .several(let found):
      let letters = found.map { CellAddress.columnName(table.columns[$0].columnIndex) }
      faults.add(
        .mappingColumnTwice, at: place.mark, place.name, "\(found.count)", tableName,
        letters.joined(separator: ", "))
    }
    return nil
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// NFC with one blank for each run of blanks and line breaks.
  static func canonical(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .precomposedStringWithCanonicalMapping
  }
}

extension SourceBlock {
  /// Every column that the block names.
  var columnNames: [NamedPlace] {
    records.flatMap { block in
      ([block] + block.lines).flatMap { block in
        block.key + (block.when?.names ?? [])
          + (block.fields + block.custom).flatMap(\.columnNames)
      }
    }
  }
}

extension FieldBlock {
  /// Every column that the field names.
  var columnNames: [NamedPlace] {
    var names = (when?.names ?? []) + (currencyColumn.map { [$0] } ?? [])
    if case .columns(let columns, _) = content { names += columns }
    if case .note(let column, _) = content { names.append(column) }
    return names
  }
}
