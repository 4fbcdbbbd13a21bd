internal import FerryCore

/// A block of rows that may hold two tables beside each other.
struct SideBySide {
  /// The block, or its tables from the left.
  let parts: [ArraySlice<SheetHead.Row>]

  /// Cuts `block` at columns that hold nothing, where both sides are tables of their own.
  init(
    _ block: ArraySlice<SheetHead.Row>, header: TableFinder.Header,
    cut: (ArraySlice<SheetHead.Row>) -> [SheetSurvey.Block]
  ) {
    let segments = Self.segments(block, header)
    guard segments.count > 1, Self.areTables(segments, block, header, cut) else {
      parts = [block]
      return
    }
    parts = segments.map { columns in
      Self.rows(block, within: columns)
    }
  }

  /// The runs of columns between columns that hold nothing from the header down.
  private static func segments(
    _ block: ArraySlice<SheetHead.Row>, _ header: TableFinder.Header
  ) -> [ClosedRange<Int>] {
    let top = header.rows?.lowerBound ?? 0
    var used: Set<Int> = []
    for row in block where row.number >= top {
      used.formUnion(row.cells.map(\.columnIndex))
    }
    var segments: [ClosedRange<Int>] = []
    for column in used.sorted() {
      if let last = segments.last, last.upperBound + 1 == column {
        segments[segments.count - 1] = last.lowerBound...column
      } else {
        segments.append(column...column)
      }
    }
    return segments
  }

  /// Whether the header's cells over some columns look like a header of their own.
  private static func isHeaded(
    _ columns: ClosedRange<Int>, _ block: ArraySlice<SheetHead.Row>, _ header: TableFinder.Header
  ) -> Bool {
    guard let number = header.rows?.upperBound,
      let index = block.firstIndex(where: { $0.number == number })
    else { return false }
    let row = block[index].within(columns)
    let evidence = HeaderEvidence(row, below: block[(index + 1)...], width: row.cells.count)
    return evidence.typedShare == 0 && (evidence.wordShare >= 0.5 || evidence.typeChangeCount > 0)
  }

  private static func rows(
    _ block: ArraySlice<SheetHead.Row>, within columns: ClosedRange<Int>
  ) -> ArraySlice<SheetHead.Row> {
    block.map { $0.within(columns) }.filter { !$0.cells.isEmpty }[...]
  }

  /// Each side has two headers or more, and names repeat, one side ends well before the
  /// other, or another table begins under one of them.
  private static func areTables(
    _ segments: [ClosedRange<Int>], _ block: ArraySlice<SheetHead.Row>,
    _ header: TableFinder.Header, _ cut: (ArraySlice<SheetHead.Row>) -> [SheetSurvey.Block]
  ) -> Bool {
    let names = segments.map { columns in
      header.names.filter { columns.contains($0.key) }.map(\.value)
    }
    guard names.allSatisfy({ $0.count > 1 }), segments.allSatisfy({ isHeaded($0, block, header) })
    else { return false }
    let ends = segments.map { columns in
      block.last { row in row.cells.contains { columns.contains($0.columnIndex) } }?.number ?? 0
    }
    let all = names.flatMap { Set($0) }
    let repeats = Set(all).count < all.count
    return repeats || (ends.max() ?? 0) - (ends.min() ?? 0) >= 2
      || segments.contains { cut(rows(block, within: $0)).count > 1 }
  }
}
