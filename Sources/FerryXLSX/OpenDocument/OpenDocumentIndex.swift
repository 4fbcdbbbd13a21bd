import FerryCore

/// Finds what must be known before the rows of an OpenDocument file are read.
final class OpenDocumentIndex: XMLEventHandler {
  /// One sheet, without its cells.
  struct Sheet {
    let name: String
    let isHidden: Bool
    var merged: [CellRange] = []
    var hiddenColumns: [ClosedRange<Int>] = []
  }

  private(set) var sheets: [Sheet] = []
  private var place = OpenDocumentPlace()
  private var styles: [String: Style] = [:]
  private var elapsedFormats: Set<String> = []
  private var hiddenTables: Set<String> = []
  // The style that is being read.
  private var styleName = ""

  private struct Style {
    let format: String?
    let parent: String?
  }

  /// The styles of cells that show elapsed time, such as `[h]:mm`.
  var elapsedStyles: Set<String> {
    Set(styles.keys.filter { isElapsed($0) })
  }

  private func isElapsed(_ name: String) -> Bool {
    var name = name
    // A style that is its own ancestor is broken, and ends here.
    for _ in 0..<Limits.nesting {
      guard let style = styles[name] else { return false }
      if let format = style.format { return elapsedFormats.contains(format) }
      guard let parent = style.parent else { return false }
      name = parent
    }
    return false
  }

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    place.start(name, attributes)
    switch name {
    case "style": startStyle(attributes)
    case "table-properties":
      if attributes.local("display") == "false" { hiddenTables.insert(styleName) }
    case "time-style":
      if attributes.local("truncate-on-overflow") == "false", let name = attributes.local("name") {
        elapsedFormats.insert(name)
      }
    case "table" where place.isSheet && sheets.count < Limits.sheets:
      let style = attributes.local("style-name") ?? ""
      sheets.append(
        Sheet(name: attributes.local("name") ?? "", isHidden: hiddenTables.contains(style)))
    case "table-column" where place.isSheet: addColumns(attributes)
    case "table-cell" where place.isCell: addMerged(attributes)
    default: break
    }
  }

  func endElement(_ name: String) { place.end(name) }

  func text(_ characters: Span<UInt8>) {}

  private func startStyle(_ attributes: [XMLAttribute]) {
    styleName = attributes.local("name") ?? ""
    guard attributes.local("family") == "table-cell" else { return }
    styles[styleName] = Style(
      format: attributes.local("data-style-name"), parent: attributes.local("parent-style-name"))
  }

  private func addColumns(_ attributes: [XMLAttribute]) {
    guard let last = sheets.indices.last, place.lastColumns.lowerBound < Limits.columns,
      attributes.isHiddenInTable
    else { return }
    let columns = place.lastColumns.clamped(to: 0..<Limits.columns)
    guard let end = columns.last else { return }
    sheets[last].hiddenColumns.append(columns.lowerBound...end)
  }

  private func addMerged(_ attributes: [XMLAttribute]) {
    let columns = attributes.count("number-columns-spanned")
    let rows = attributes.count("number-rows-spanned")
    guard columns > 1 || rows > 1, let last = sheets.indices.last,
      sheets[last].merged.count < Limits.mergedRanges
    else { return }
    let first = CellAddress(columnIndex: place.column, rowNumber: place.rowNumber)
    guard first.columnIndex + columns <= Limits.columns, first.rowNumber + rows <= Limits.rows + 1
    else { return }
    sheets[last].merged.append(
      CellRange(
        first,
        CellAddress(
          columnIndex: first.columnIndex + columns - 1, rowNumber: first.rowNumber + rows - 1)))
  }
}

extension [XMLAttribute] {
  /// The value of the attribute of that name in any namespace of OpenDocument itself.
  ///
  /// LibreOffice adds a second `value-type` in a namespace of its own.
  func local(_ name: String) -> String? {
    first { $0.name == name && !($0.namespace ?? "").contains("calcext") }?.value
  }

  /// How often or how far something goes: 1 where it doesn't say.
  func count(_ name: String) -> Int {
    guard let count = local(name).flatMap({ Int($0) }), count > 0 else { return 1 }
    // Enough to lie outside of every sheet, and far from where numbers end.
    return Swift.min(count, 1 << 21)
  }

  /// Whether a row or a column is hidden or filtered away.
  var isHiddenInTable: Bool { ["collapse", "filter"].contains(local("visibility") ?? "") }
}

/// Where in the sheets of an OpenDocument file an element stands.
///
/// Tables also lie in places that are no sheets: in a cell, in the memory of changes, in what a
/// link to another program last gave.
struct OpenDocumentPlace {
  /// Index of the sheet; -1 before the first.
  private(set) var sheetIndex = -1
  /// One-based row of the sheet; 0 before the first.
  private(set) var rowNumber = 0
  /// How many rows the row stands for.
  private(set) var rowCount = 1
  /// Zero-based column of the cell.
  private(set) var column = 0
  /// How many cells the cell stands for.
  private(set) var columnCount = 1
  /// The columns that the last element about columns is about.
  private(set) var lastColumns = 0..<0
  private var skipped = 0
  private var depth = Depth.outside

  private enum Depth {
    case outside, sheet, row, cell
  }

  /// Whether this is in a sheet and in none of its rows.
  var isSheet: Bool { skipped == 0 && depth == .sheet }
  /// Whether this is in a row of a sheet, and in none of its cells.
  var isRow: Bool { skipped == 0 && depth == .row }
  /// Whether this is in a cell of a sheet.
  var isCell: Bool { skipped == 0 && depth == .cell }

  private static let passed: Set<String> = [
    "tracked-changes", "dde-links", "shapes", "forms", "annotation", "scenario",
  ]

  mutating func start(_ name: String, _ attributes: [XMLAttribute]) {
    if skipped > 0 || Self.passed.contains(name) || (name == "table" && depth == .cell) {
      skipped += 1
      return
    }
    switch name {
    case "table":
      sheetIndex += 1
      rowNumber = 0
      rowCount = 1
      lastColumns = 0..<0
      depth = .sheet
    case "table-column" where depth == .sheet:
      let start = lastColumns.upperBound
      lastColumns =
        start..<min(
          start + attributes.count("number-columns-repeated"), Limits.columns + 1)
    case "table-row" where depth == .sheet:
      rowNumber = rowNumber == 0 ? 1 : min(rowNumber + rowCount, 1 << 30)
      rowCount = attributes.count("number-rows-repeated")
      column = 0
      columnCount = 0
      depth = .row
    case "table-cell" where depth == .row, "covered-table-cell" where depth == .row:
      column = min(column + columnCount, 1 << 30)
      columnCount = attributes.count("number-columns-repeated")
      depth = .cell
    default: break
    }
  }

  mutating func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch (name, depth) {
    case ("table", _): depth = .outside
    case ("table-row", .row): depth = .sheet
    case ("table-cell", .cell), ("covered-table-cell", .cell): depth = .row
    default: break
    }
  }
}
