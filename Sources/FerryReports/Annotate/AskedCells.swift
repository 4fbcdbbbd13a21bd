import FerryAnnotations
import FerryCore
import Foundation

/// A cell that is asked about.
struct AskedCell: Hashable {
  let sheet: String
  let address: CellAddress
  /// Its column's header; `nil` where it lies in no table, so that an answer could not be applied.
  let column: String?
  let value: String
  /// What tells its row from others.
  let row: [PlacedPart]
  let problem: String
  let suggestion: String
  let choices: [String]
  /// The question that it belongs to.
  var question = 0

  /// The row's key is left out where the value tells enough.
  var isToldByValue = false
}

/// Cells that are asked about, those that one answer settles in one question.
struct AskedCells {
  private(set) var cells: [AskedCell] = []
  private var groups: [Group: Int] = [:]
  private var counts: [Int] = []
  private var firsts: [Int] = []

  private struct Group: Hashable {
    let sheet: String
    let column: String
    let value: String
    let problem: String
  }

  /// Adds a cell.
  mutating func add(_ cell: AskedCell, isToldByValue: Bool) {
    var cell = cell
    cell.isToldByValue = isToldByValue
    let group = cell.column.flatMap { column in
      isToldByValue
        ? Group(sheet: cell.sheet, column: column, value: cell.value, problem: cell.problem) : nil
    }
    if let group, let known = groups[group] {
      cell.question = known
      counts[known] += 1
    } else {
      cell.question = counts.count
      counts.append(1)
      firsts.append(cells.count)
      if let group { groups[group] = cell.question }
    }
    cells.append(cell)
  }

  /// The questions in the order of the cells.
  var questions: [Question] {
    firsts.enumerated().map { number, first in
      let cell = cells[first]
      return Question(
        sheet: cell.sheet, address: cell.address, count: counts[number], value: cell.value,
        problem: cell.problem, suggestion: cell.suggestion, choices: cell.choices,
        key: cell.column == nil ? "" : "q\(number)")
    }
  }
}

/// What a sheet that nobody sees remembers of cells that were asked about.
enum CellMemory {
  static let mark = "ferry-cells 1"

  /// The rows: the mark and the run, then one for each cell.
  static func rows(_ cells: [AskedCell], run: String) -> [[String]] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return [[mark, run]]
      + cells.compactMap { cell in
        guard let column = cell.column, let data = try? encoder.encode(cell.row) else { return nil }
        return [
          cell.sheet, "\(cell.address)", column, cell.value, cell.isToldByValue ? "value" : "row",
          String(decoding: data, as: UTF8.self), "q\(cell.question)",
        ]
      }
  }
}
