import FerryCore

/// Reads the rows of one sheet of an .xls, about a thousand at a time.
///
/// Source: MS-XLS 2.4.24 (BoolErr), 2.4.127 (Formula), 2.4.148 (Label), 2.4.149 (LabelSst),
/// 2.4.175 (MulRk), 2.4.180 (Number), 2.4.220 (RK), 2.4.221 (Row), 2.4.268 (String). RSTRING is a
/// label with looks, of Excel 95, that some programs write still.
final class LegacyRowReader: SheetReader {
  let place: Provenance
  private var walker: RecordWalker
  private var writer: CellWriter
  private var depth = SubstreamDepth()
  private var hiddenRows: Set<Int> = []
  // The row that cells go to, one-based; 0 before the first.
  private var rowNumber = 0
  // Where the text of the last formula goes, whose record comes behind it.
  private var awaitsText: Int?
  // Whether the walker's record has not been read, since it begins a row of the next batch.
  private var isHeld = false
  var isAtEnd = false
  private var text = ContiguousArray<UInt8>()
  var findings: [Finding] = []

  private enum Record {
    static let formula = 0x0006
    static let multipleRK = 0x00BD
    static let richLabel = 0x00D6
    static let sharedLabel = 0x00FD
    static let number = 0x0203
    static let label = 0x0204
    static let booleanOrError = 0x0205
    static let string = 0x0207
    static let row = 0x0208
    static let rk = 0x027E
    static let cells: Set<Int> = [
      formula, multipleRK, richLabel, sharedLabel, number, label, booleanOrError, rk,
    ]
  }

  init(file: String, sheet: String, _ walker: RecordWalker, _ writer: CellWriter) {
    place = Provenance(file: file, sheet: sheet)
    self.walker = walker
    self.writer = writer
  }

  func fill(_ batch: inout RowBatch) throws(XLSXError) {
    while !isAtEnd {
      if !isHeld { try advance() }
      isHeld = false
      guard !isAtEnd else { break }
      if depth.isSheet, Record.cells.contains(walker.id), walker.number16(at: 0) + 1 != rowNumber {
        writer.endRow(&batch)
        if writer.isFull(batch) {
          isHeld = true
          break
        }
        rowNumber = walker.number16(at: 0) + 1
        writer.startRow(rowNumber, isHidden: hiddenRows.contains(rowNumber))
      }
      if depth.isSheet { try readRecord(&batch) }
      try checkLimits(batch, of: writer)
    }
    if isAtEnd { writer.endRow(&batch) }
    writer.finish(&batch)
    if writer.notes.unorderedRow != nil { batch.sortRows() }
    try checkLimits(batch, of: writer)
    if isAtEnd {
      findings += writer.notes.findings(in: place, stringCount: writer.strings.count)
    }
  }

  private func advance() throws(XLSXError) {
    if try walker.next() {
      depth.pass(walker.id)
      isAtEnd = depth.isAtEnd
    } else {
      isAtEnd = true
      findings.append(Finding(XLSXRules.cutOffSheet, at: place))
    }
  }
}

// MARK: - Cells

extension LegacyRowReader {
  private func readRecord(_ batch: inout RowBatch) throws(XLSXError) {
    switch walker.id {
    case Record.row: readRow()
    case Record.string: try readString(&batch)
    case Record.multipleRK: readMultiple(&batch)
    case let id where Record.cells.contains(id):
      awaitsText = nil
      var place = CellPlace()
      place.columnIndex = walker.number16(at: 2)
      guard let column = writer.enter(place) else { return }
      try readCell(column, style: walker.number16(at: 4), &batch)
    default: break
    }
  }

  private func readCell(
    _ column: Int, style: Int, _ batch: inout RowBatch
  ) throws(XLSXError) {
    switch walker.id {
    case Record.number:
      writer.writeNumber(walker.double(at: 6), style: style, column: column, to: &batch)
    case Record.rk:
      let value = Self.number(ofRK: walker.number32(at: 6))
      writer.writeNumber(value, style: style, column: column, to: &batch)
    case Record.sharedLabel:
      writer.writeShared(walker.number32(at: 6), column: column, to: &batch)
    case Record.label, Record.richLabel: try readText(from: 6, column, &batch)
    case Record.booleanOrError:
      write(walker.byte(at: 6), isError: walker.byte(at: 7) == 1, column, &batch)
    default: readResult(column, style: style, &batch)
    }
  }

  // A formula's result: a number, or a mark in the two bytes that make a number none.
  private func readResult(_ column: Int, style: Int, _ batch: inout RowBatch) {
    guard walker.number16(at: 12) == 0xFFFF else {
      writer.writeNumber(walker.double(at: 6), style: style, column: column, to: &batch)
      return
    }
    switch walker.byte(at: 6) {
    case 0: awaitsText = column
    case 1: write(walker.byte(at: 8), isError: false, column, &batch)
    case 2: write(walker.byte(at: 8), isError: true, column, &batch)
    // The empty text.
    default: break
    }
  }

  private func readString(_ batch: inout RowBatch) throws(XLSXError) {
    guard let column = awaitsText else { return }
    awaitsText = nil
    try readText(from: 0, column, &batch)
  }

  private func readText(
    from start: Int, _ column: Int, _ batch: inout RowBatch
  ) throws(XLSXError) {
    text.removeAll(keepingCapacity: true)
    var body = ContinuedBody(walker, from: start)
    let count = try body.number16(&walker)
    let isWide = try body.byte(&walker) & 1 == 1
    try body.appendText(count, isWide: isWide, &walker, to: &text)
    let value = text
    writer.write(value.span, type: .text, style: 0, column: column, to: &batch)
  }

  private func readMultiple(_ batch: inout RowBatch) {
    let first = walker.number16(at: 2)
    // The first two bytes of four, six for each cell, two for the last column.
    for index in 0..<max(0, (walker.byteCount - 6) / 6) {
      var place = CellPlace()
      place.columnIndex = first + index
      guard let column = writer.enter(place) else { return }
      let value = Self.number(ofRK: walker.number32(at: 6 + 6 * index))
      writer.writeNumber(
        value, style: walker.number16(at: 4 + 6 * index), column: column, to: &batch)
    }
  }

  private func readRow() {
    // Hidden, or of no height.
    let isHidden = walker.number16(at: 12) & 0x20 != 0 || walker.number16(at: 6) == 0
    if isHidden { hiddenRows.insert(walker.number16(at: 0) + 1) }
  }

  private func write(
    _ value: UInt8, isError: Bool, _ column: Int, _ batch: inout RowBatch
  ) {
    if isError {
      writer.writeError(value, column: column, to: &batch)
    } else {
      writer.writeBoolean(value != 0, column: column, to: &batch)
    }
  }

  /// A number in four bytes: a whole one, or the upper half of a double; perhaps hundredths.
  ///
  /// Source: MS-XLS 2.5.217 (RkNumber).
  static func number(ofRK bits: Int) -> Double {
    let value: Double
    if bits & 2 != 0 {
      value = Double(Int32(truncatingIfNeeded: bits) >> 2)
    } else {
      value = Double(bitPattern: UInt64(bits & 0xFFFF_FFFC) << 32)
    }
    return bits & 1 == 0 ? value : value / 100
  }
}
