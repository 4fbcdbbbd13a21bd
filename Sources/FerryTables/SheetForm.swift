internal import FerryCore

/// Tells a form, labels with their values beside them, from a table.
struct SheetForm {
  /// A longer sheet is a table, whatever its first column says.
  private static let mostRows = 80

  /// Whether the rows are a form.
  let isForm: Bool

  /// Looks at rows; two of them are a header with its record as often as a form.
  init(_ rows: ArraySlice<SheetHead.Row>, leastRows: Int = 3) {
    // A title may stand above.
    let rows = rows.drop { $0.cells.count == 1 && !Self.endsInColon($0.cells[0].text) }
    guard (leastRows...Self.mostRows).contains(rows.count) else {
      isForm = false
      return
    }
    isForm = Self.hasColons(rows, leastRows) || Self.hasLabelColumns(rows, leastRows)
  }

  /// Most rows begin with a label and its colon.
  private static func hasColons(_ rows: ArraySlice<SheetHead.Row>, _ leastRows: Int) -> Bool {
    let labelled = rows.count { row in row.cells.first.map { endsInColon($0.text) } ?? false }
    return labelled >= leastRows && labelled * 5 >= rows.count * 4
  }

  /// Every second column holds words of headers, each once, the columns between hold values.
  private static func hasLabelColumns(_ rows: ArraySlice<SheetHead.Row>, _ leastRows: Int) -> Bool {
    let used = Set(rows.flatMap { $0.cells.map(\.columnIndex) }).sorted()
    guard used.count == 2 || used.count == 4, let first = rows.first else { return false }
    var labels: [String] = []
    for (place, column) in used.enumerated() {
      let texts = rows.map { $0.text(column) }.filter { !$0.isEmpty }
      let wordCount = texts.count { SheetWords.isPlainHeader($0) }
      if place.isMultiple(of: 2) {
        guard texts.count >= leastRows, wordCount * 10 >= texts.count * 7 else { return false }
        labels += texts
      } else {
        // A word of headers here too means that the first row is a header.
        guard wordCount * 4 <= texts.count, !SheetWords.isPlainHeader(first.text(column)) else {
          return false
        }
      }
    }
    return Set(labels).count == labels.count
  }

  private static func endsInColon(_ text: String) -> Bool {
    text.utf8.count <= 60 && (text.hasSuffix(":") || text.hasSuffix("\u{FF1A}"))
  }
}
