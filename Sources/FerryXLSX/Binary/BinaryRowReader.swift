import FerryCore

/// Reads the rows of one sheet of an .xlsb, about a thousand at a time.
///
/// Source: MS-XLSB 2.5.9 (Cell), 2.4.312 to 2.4.325 (BrtCell…), 2.4.666 to 2.4.669 (BrtFmla…),
/// 2.4.743 (BrtRowHdr); a "short" cell stands right behind the last one and doesn't say where.
final class BinaryRowReader: SheetReader {
  let place: Provenance
  private var records: BinaryRecords
  private var writer: CellWriter
  var isAtEnd = false
  private var isInRows = false
  private var text = ContiguousArray<UInt8>()
  var findings: [Finding] = []

  private enum Record {
    static let row = 0
    static let startRows = 145
    static let endRows = 146
    static let cells = 1...11
    static let shortCells = 12...18
    static let richText = 62
  }

  /// What a cell holds, by the number of its record.
  private enum Content: Int {
    case blank = 1
    case rk, error, boolean, number, text, shared
    case formulaText, formulaNumber, formulaBoolean, formulaError
  }

  init(sheet: String, _ records: BinaryRecords, _ writer: CellWriter) {
    place = Provenance(file: records.stream.file, sheet: sheet)
    self.records = records
    self.writer = writer
  }

  func fill(_ batch: inout RowBatch) throws(XLSXError) {
    var isFull = false
    while !isFull, !isAtEnd {
      guard try records.next() else {
        isAtEnd = true
        break
      }
      if isInRows {
        isFull = readRecord(&batch)
        try checkLimits(batch, of: writer)
      }
      if records.id == Record.startRows { isInRows = true }
      if records.id == Record.endRows { isInRows = false }
    }
    if isAtEnd { writer.endRow(&batch) }
    writer.finish(&batch)
    if writer.notes.unorderedRow != nil { batch.sortRows() }
    try checkLimits(batch, of: writer)
    if isAtEnd { finish() }
  }

  private func finish() {
    if !records.stream.isIntact { findings.append(Finding(XLSXRules.wrongChecksum, at: place)) }
    findings += writer.notes.findings(in: place, stringCount: writer.strings.count)
  }
}

// MARK: - Cells

extension BinaryRowReader {
  // Whether the batch should be given away; the row that begins then is empty yet.
  private func readRecord(_ batch: inout RowBatch) -> Bool {
    switch records.id {
    case Record.row:
      writer.endRow(&batch)
      let isFull = writer.isFull(batch)
      let isHidden = records.byte(at: 11) & 0x10 != 0 || records.number16(at: 8) == 0
      writer.startRow(records.number32(at: 0) + 1, isHidden: isHidden)
      return isFull
    case Record.cells: readCell(records.id, column: records.number32(at: 0), from: 4, &batch)
    case Record.shortCells: readCell(records.id - 11, column: -1, from: 0, &batch)
    case Record.richText:
      // One byte of flags stands before the text.
      enter(records.number32(at: 0)).map { readText(from: 9, $0, &batch) }
    default: break
    }
    return false
  }

  private func enter(_ column: Int) -> Int? {
    var place = CellPlace()
    place.columnIndex = column
    return writer.enter(place)
  }

  // Behind the column stand three bytes of style and one of flags, then the value.
  private func readCell(_ id: Int, column: Int, from start: Int, _ batch: inout RowBatch) {
    guard let column = enter(column), let content = Content(rawValue: id) else { return }
    let style = records.number32(at: start) & 0xFF_FFFF
    let value = start + 4
    switch content {
    case .blank: break
    case .rk:
      let number = LegacyRowReader.number(ofRK: records.number32(at: value))
      writer.writeNumber(number, style: style, column: column, to: &batch)
    case .number, .formulaNumber:
      writer.writeNumber(records.double(at: value), style: style, column: column, to: &batch)
    case .error, .formulaError:
      writer.writeError(records.byte(at: value), column: column, to: &batch)
    case .boolean, .formulaBoolean:
      writer.writeBoolean(records.byte(at: value) != 0, column: column, to: &batch)
    case .text, .formulaText: readText(from: value, column, &batch)
    case .shared:
      writer.writeShared(records.number32(at: value), column: column, to: &batch)
    }
  }

  private func readText(from start: Int, _ column: Int, _ batch: inout RowBatch) {
    text.removeAll(keepingCapacity: true)
    _ = records.appendText(at: start, to: &text)
    let value = text
    writer.write(value.span, type: .text, style: 0, column: column, to: &batch)
  }
}
