internal import FerryCore

/// How much a row looks like the header of the rows below it.
struct HeaderEvidence {
  /// Below this a row is no header.
  static let threshold = 2.0
  private static let rowsBelow = 30

  /// The sum of all evidence.
  let score: Double
  /// Share of the cells whose words stand in headers.
  let wordShare: Double
  /// Share of the cells that are words of headers and nothing else.
  let plainShare: Double
  /// Share of the cells that look like data: numbers, dates, phones.
  let typedShare: Double
  /// Columns where the row has words and the rows below have numbers or dates.
  let typeChangeCount: Int

  /// Whether half of the cells are words of headers and nothing else.
  var isPlain: Bool { plainShare >= 0.5 }

  /// Weighs `row` against the rows below it.
  init(_ row: SheetHead.Row, below: ArraySlice<SheetHead.Row>, width: Int) {
    let cells = row.cells
    let count = Double(max(cells.count, 1))
    let shapes = cells.map { ValueShape($0.text, kind: $0.kind) }
    typedShare = Double(shapes.count { $0.isTyped }) / count
    wordShare = Double(cells.count { SheetWords.isHeader($0.text) }) / count
    plainShare = Double(cells.count { SheetWords.isPlainHeader($0.text) }) / count
    let distinct = Double(Set(cells.map(\.text)).count) / count
    let short = Double(cells.count { $0.text.utf8.count <= 45 }) / count
    let fill = min(Double(cells.count) / Double(max(width, 1)), 1)
    typeChangeCount = zip(cells, shapes).count { cell, shape in
      !shape.isTyped && Self.isTypedBelow(cell.columnIndex, below.prefix(Self.rowsBelow))
    }
    let change = Double(typeChangeCount) / count
    let text = 1 - typedShare
    score =
      text * 1.2 + distinct * 0.5 + short * 0.3 + fill * 1.0 + wordShare * 1.2
      + min(change * 2, 1) - (typedShare > 0.34 ? 1.5 : 0)
      - Double(cells.count { Self.isLabelled($0.text) }) / count * 2.5
  }

  /// Whether a text is a label, with its value or without, such as `单位：元`.
  private static func isLabelled(_ text: String) -> Bool {
    text.contains { $0 == ":" || $0 == "\u{FF1A}" }
  }

  /// Whether most values of a column look like data.
  static func isTypedBelow(_ columnIndex: Int, _ rows: ArraySlice<SheetHead.Row>) -> Bool {
    var (typed, all) = (0, 0)
    for row in rows {
      guard let cell = row.cell(columnIndex) else { continue }
      all += 1
      if ValueShape(cell.text, kind: cell.kind).isTyped { typed += 1 }
    }
    return all > 0 && typed * 2 > all
  }
}
