internal import FerryCore

/// The merged ranges of a sheet, by where they begin.
struct MergeIndex {
  /// Those of more than one cell, in the order of the file.
  private let all: [CellRange]
  private let wide: [Int: [CellRange]]
  private let tall: [Int: [CellRange]]

  /// Whether there are none.
  var isEmpty: Bool { all.isEmpty }

  init(_ ranges: [CellRange]) {
    all = ranges.filter { $0.first != $0.last }
    wide = Dictionary(
      grouping: all.filter { $0.rowNumbers.count == 1 }, by: { $0.first.rowNumber })
    tall = Dictionary(
      grouping: all.filter { $0.rowNumbers.count > 1 }, by: { $0.first.rowNumber })
  }

  /// Those of one row, which lie in row `number`.
  func wide(inRow number: Int) -> [CellRange] { wide[number] ?? [] }

  /// Those of several rows, which begin in row `number`.
  func tall(fromRow number: Int) -> [CellRange] { tall[number] ?? [] }

  /// Those that touch the rows from `first` to `last`.
  func ranges(from first: Int, to last: Int?) -> [CellRange] {
    all.filter { $0.last.rowNumber >= first && $0.first.rowNumber <= last ?? .max }
  }
}
