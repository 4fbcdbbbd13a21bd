import FerryCore

/// Colours marked cells of one row.
struct RowPatcher {
  /// What elements' names begin with, with its colon.
  var prefix = ""
  private let styles: StyleBook
  private var columns: [(range: ClosedRange<Int>, style: Int)] = []

  init(styles: StyleBook) { self.styles = styles }

  /// Notes the style of columns, from a `col` element.
  mutating func addColumn(_ tag: XMLTag, _ span: Span<UInt8>) {
    guard let first = tag.number("min", in: span), let last = tag.number("max", in: span),
      let style = tag.number("style", in: span), first >= 1, first <= last
    else { return }
    columns.append((first - 1...last - 1, style))
  }

  /// A row that the sheet leaves out.
  func newRow(_ row: Int, _ marks: [CellMark]) -> String {
    let cells = marks.map { cell($0, style: columnStyle($0.address.columnIndex)) }
    return "<\(prefix)row r=\"\(row)\">\(cells.joined())</\(prefix)row>"
  }

  /// The row with its marked cells in their colours; those that it leaves out are put in.
  func patched(
    _ bytes: ContiguousArray<UInt8>, row: Int, _ marks: [CellMark]
  ) -> ContiguousArray<UInt8> {
    let span = bytes.span
    guard case .tag(let tag) = XMLTag.next(in: span, from: 0, to: span.count) else { return bytes }
    let rowStyle = tag.number("s", in: span)
    var edits = PartEdits()
    var next = 0
    var isWider = false
    func fill(before column: Int, at place: Int) -> String {
      var text = ""
      while next < marks.count, marks[next].address.columnIndex < column {
        let index = marks[next].address.columnIndex
        text += cell(marks[next], style: rowStyle ?? columnStyle(index))
        next += 1
        isWider = true
      }
      return text
    }
    var place = tag.range.upperBound
    var column = -1
    search: while case .tag(let cell) = XMLTag.next(in: span, from: place, to: span.count) {
      place = cell.range.upperBound
      guard cell.kind != .end, span.equals("c", cell.name) else { continue }
      let address = cell.value("r", in: span).flatMap { CellAddress($0) }
      column = address?.columnIndex ?? column + 1
      let missing = fill(before: column, at: cell.range.lowerBound)
      if !missing.isEmpty { edits.insert(missing, at: cell.range.lowerBound) }
      guard next < marks.count else { break search }
      if marks[next].address.columnIndex == column {
        colour(cell, marks[next], span, &edits)
        next += 1
      }
    }
    let missing = fill(before: .max, at: place)
    if isWider, let spans = tag.wholeAttribute("spans", in: span) { edits.replace(spans, "") }
    if !missing.isEmpty {
      if tag.kind == .empty {
        let name = span.text(tag.fullName)
        let end = tag.range.upperBound
        edits.replace(end - 2..<end, ">\(missing)</\(name)>")
      } else {
        edits.insert(missing, at: closing(of: span))
      }
    }
    return edits.applied(to: bytes)
  }

  // The row's own end is its last tag.
  private func closing(of span: Span<UInt8>) -> Int {
    var index = span.count - 1
    while index > 0, span[index] != UInt8(ascii: "<") { index -= 1 }
    return index
  }

  private func colour(
    _ cell: XMLTag, _ mark: CellMark, _ span: Span<UInt8>, _ edits: inout PartEdits
  ) {
    let range = cell.attribute("s", in: span)
    let style = styles.marked(cell.number("s", in: span) ?? 0, mark.severity)
    if let range {
      edits.replace(range, String(style))
    } else {
      edits.insert(" s=\"\(style)\"", at: cell.fullName.upperBound)
    }
  }

  private func cell(_ mark: CellMark, style: Int) -> String {
    "<\(prefix)c r=\"\(mark.address)\" s=\"\(styles.marked(style, mark.severity))\"/>"
  }

  private func columnStyle(_ index: Int) -> Int {
    columns.first { $0.range.contains(index) }?.style ?? 0
  }
}
