import FerryCore

/// Reads the cells of one sheet of an OpenDocument file from libxml2's events.
final class OpenDocumentRows: XMLEventHandler {
  private(set) var writer: CellWriter
  /// Where the cells go.
  private(set) var batch = RowBatch()
  /// Whether the sheet is behind us.
  private(set) var isDone = false
  /// Whether the batch should be given away.
  var isFull: Bool { writer.isFull(batch) }
  /// Whether a text, a row, or what is said to be there many times, is more than may be.
  var isTooLarge: Bool {
    text.isTooLong || writer.isRowTooLarge || repeats > Self.mostRepeats
      || batch.bytes.count > Limits.sortedBytes
  }

  private let sheetIndex: Int
  private let elapsed: Set<String>
  private var place = OpenDocumentPlace()
  private var columnStyles: [(columns: Range<Int>, style: String)] = []
  private var isRowHidden = false
  private var attributes: [XMLAttribute] = []
  private var text = OpenDocumentText()
  private var row: [Cell] = []
  private var repeats = 0
  private var scratch = ContiguousArray<UInt8>()

  /// A cell that holds something, until its row ends.
  private struct Cell {
    let columns: Range<Int>
    let content: Content
  }

  private enum Content {
    case value(ContiguousArray<UInt8>, CellType)
    /// Days, as elapsed time or as a time of day.
    case duration(Double, isElapsed: Bool)
  }

  /// Cells beyond those that are written out: a full column, five times.
  ///
  /// A value that fills a whole column is written once, with a number; so are a thousand millions.
  private static let mostRepeats = 5 << 20

  init(sheetIndex: Int, writer: CellWriter, elapsed: Set<String>) {
    self.sheetIndex = sheetIndex
    self.writer = writer
    self.elapsed = elapsed
  }

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    guard !isDone else { return }
    let wasInCell = place.isCell
    place.start(name, attributes)
    guard place.sheetIndex == sheetIndex else { return }
    if wasInCell {
      text.start(name, attributes)
    } else if place.isCell {
      self.attributes = attributes
      text.clear()
    } else if name == "table-row", place.isRow {
      isRowHidden = attributes.isHiddenInTable
    } else if name == "table-column", place.isSheet,
      let style = attributes.local("default-cell-style-name")
    {
      columnStyles.append((place.lastColumns, style))
    }
  }

  func endElement(_ name: String) {
    guard !isDone else { return }
    let (wasInCell, wasInRow) = (place.isCell, place.isRow)
    place.end(name)
    guard place.sheetIndex == sheetIndex else { return }
    if place.isCell {
      text.end(name)
    } else if wasInCell {
      endCell()
    } else if wasInRow, place.isSheet {
      endRow()
    } else if name == "table", !place.isSheet, !place.isCell {
      isDone = true
    }
  }

  func text(_ characters: Span<UInt8>) {
    if place.isCell, place.sheetIndex == sheetIndex { text.found(characters) }
  }

  /// Takes the rows so far away, and goes on with the memory of `other`.
  func exchange(_ other: inout RowBatch) {
    writer.finish(&batch)
    swap(&batch, &other)
    batch.removeAll()
  }
}

// MARK: - Cells

extension OpenDocumentRows {
  private func endCell() {
    guard let content = content() else { return }
    let columns = place.column..<place.column + place.columnCount
    row.append(Cell(columns: columns, content: content))
  }

  // What the cell holds; `nil` where that is nothing.
  private func content() -> Content? {
    if isError { return .value(text.bytes, .error) }
    switch attributes.local("value-type") {
    case "float", "percentage", "currency": return value("value", .number)
    case "date": return value("date-value", .isoDate)
    case "boolean": return value("boolean-value", .boolean)
    case "time":
      guard let days = attributes.local("time-value").flatMap(Self.days) else { return written }
      return .duration(days, isElapsed: isElapsed(days))
    case "string":
      // The text itself is whole; the attribute is there where it differs.
      guard let own = attributes.local("string-value") else { return written }
      return own.isEmpty ? nil : .value(ContiguousArray(own.utf8), .text)
    default: return written
    }
  }

  private func value(_ name: String, _ type: CellType) -> Content? {
    guard let value = attributes.local(name), !value.isEmpty else { return written }
    return .value(ContiguousArray(value.utf8), type)
  }

  private var written: Content? { text.bytes.isEmpty ? nil : .value(text.bytes, .text) }

  // LibreOffice says so itself; of other programs the words of a formula's result tell.
  private var isError: Bool {
    if attributes.contains(where: { $0.name == "value-type" && $0.value == "error" }) {
      return !text.bytes.isEmpty
    }
    guard text.bytes.first == UInt8(ascii: "#"), attributes.local("formula") != nil else {
      return false
    }
    return Self.errors.contains(String(decoding: text.bytes, as: UTF8.self))
  }

  private static let errors: Set<String> = [
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A",
  ]

  private func endRow() {
    defer { row.removeAll(keepingCapacity: true) }
    guard !row.isEmpty, !isTooLarge else { return }
    let cells = row.reduce(0) { $0 + $1.columns.count }
    repeats += cells * place.rowCount - row.count
    for number in place.rowNumber..<place.rowNumber + place.rowCount where !isTooLarge {
      writer.startRow(number, isHidden: isRowHidden)
      for cell in row { write(cell) }
      writer.endRow(&batch)
      guard !isTooLarge, writer.notes.cellOutside == nil else { return }
    }
  }

  private func write(_ cell: Cell) {
    for index in cell.columns {
      var place = CellPlace()
      place.columnIndex = index
      guard let column = writer.enter(place) else { return }
      switch cell.content {
      case .value(let bytes, let type):
        writer.write(bytes.span, type: type, style: 0, column: column, to: &batch)
      case .duration(let days, let isElapsed):
        writer.writeNumber(days, style: isElapsed ? 2 : 1, column: column, to: &batch)
      }
    }
  }
}

// MARK: - Time

extension OpenDocumentRows {
  /// The styles that ``writer`` must have: of numbers, of times of day, of elapsed times.
  static let styles = Styles([.number, .time, .duration])

  // Beyond a day, or below none, it can be nothing else.
  private func isElapsed(_ days: Double) -> Bool {
    guard days >= 0, days < 1 else { return true }
    let own = attributes.local("style-name")
    let style = own ?? columnStyles.last { $0.columns.contains(place.column) }?.style
    return style.map { elapsed.contains($0) } ?? false
  }

  /// The days in a duration such as `PT36H30M05.5S`; `nil` where the text is none.
  ///
  /// Source: XML Schema Part 2, 3.2.6; months and years have no fixed length and are not taken.
  static func days(_ text: String) -> Double? {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    guard rest.first == "P" else { return nil }
    rest.removeFirst()
    var (seconds, isClock, hasPart) = (0.0, false, false)
    while let first = rest.first {
      if first == "T", !isClock {
        isClock = true
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits), let unit = rest.popFirst() else { return nil }
      switch (unit, isClock) {
      case ("D", false): seconds += number * 86_400
      case ("H", true): seconds += number * 3600
      case ("M", true): seconds += number * 60
      case ("S", true): seconds += number
      default: return nil
      }
      hasPart = true
    }
    guard hasPart else { return nil }
    return (isNegative ? -seconds : seconds) / 86_400
  }
}
