internal import FerryCore

// How it works: in a table of text, a row of data behind a blank row looks much like a header. What
// tells them apart is the table above: a header's names are not values that stand in its columns,
// and the rows below a header of another table seldom hold the same types in the same columns.

/// The data that stands above a gap, to tell whether it goes on behind it.
struct TableAbove {
  private static let rowsBelow = 40

  private let data: [SheetHead.Row]

  /// The rows of `block` below its header, but those that print it again.
  init(
    _ block: SheetSurvey.Block, headerRow: Int, isRepeated: (SheetHead.Row) -> Bool
  ) {
    data = block.rows.filter { $0.number > headerRow && !isRepeated($0) }
  }

  /// Whether half of the row's cells hold values that stand in their columns above.
  func holds(_ row: SheetHead.Row) -> Bool {
    row.cells.count { holds($0) } * 2 >= row.cells.count
  }

  private func holds(_ cell: SheetHead.Cell) -> Bool {
    data.contains { $0.text(cell.columnIndex) == cell.text }
  }

  /// Whether a row of one cell may be the title of a table below it, and no value of this one.
  func mayBeTitled(_ title: SheetHead.Row) -> Bool {
    title.cells.allSatisfy { !ValueShape($0.text, kind: $0.kind).isTyped && !holds($0) }
  }

  /// Whether rows hold the same types in these columns, and nothing outside them.
  func goesOn(_ rows: ArraySlice<SheetHead.Row>) -> Bool {
    let (above, below) = (Self.types(data[...]), Self.types(rows.prefix(Self.rowsBelow)))
    return below.allSatisfy { column, type in
      guard let known = above[column] else { return false }
      return known.isTyped == type.isTyped || !known.isFull || !type.isFull
    }
  }

  /// What a column holds.
  private struct ColumnType {
    /// Whether most values look like data.
    var isTyped: Bool
    /// Whether it holds something in half of the rows.
    var isFull: Bool
  }

  private static func types(_ rows: ArraySlice<SheetHead.Row>) -> [Int: ColumnType] {
    var counts: [Int: (typed: Int, all: Int)] = [:]
    for cell in rows.flatMap(\.cells) {
      let isTyped = ValueShape(cell.text, kind: cell.kind).isTyped
      counts[cell.columnIndex, default: (0, 0)].typed += isTyped ? 1 : 0
      counts[cell.columnIndex, default: (0, 0)].all += 1
    }
    return counts.mapValues {
      ColumnType(isTyped: $0.typed * 2 > $0.all, isFull: $0.all * 2 >= rows.count)
    }
  }
}
