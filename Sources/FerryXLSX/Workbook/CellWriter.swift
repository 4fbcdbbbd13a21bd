import FerryCore

/// Puts the cells of one sheet into batches, each value as the text that Ferry shows.
struct CellWriter {
  let strings: SharedStrings
  private let styles: Styles
  private let is1904: Bool
  private(set) var notes = SheetNotes()
  /// The row that cells go to now.
  private(set) var rowNumber = 0
  /// Whether the batch has been told of that row.
  private(set) var isRowOpen = false
  /// Whether nobody sees that row.
  private var isRowHidden = false
  /// The column of the last cell, empty or not; -1 before the first.
  private(set) var lastColumn = -1
  private var lastWritten = -1
  private var lastRowNumber = 0
  private var isUnsorted = false
  private var scratch = ContiguousArray<UInt8>()
  // The row's cells until it ends: one call a row is cheaper than one a cell.
  private var row = ContiguousArray<RawCell>()
  private var pending: PendingStrings

  private static let rowsOfBatch = 1000
  private static let bytesOfBatch = 8 << 20

  // `byteLimit` is how much the values of one batch, hence of one row, may take.
  init(
    strings: SharedStrings, styles: Styles, is1904: Bool, byteLimit: Int = Limits.batchBytes
  ) {
    pending = PendingStrings(byteLimit: byteLimit, longest: strings.longest)
    self.strings = strings
    self.styles = styles
    self.is1904 = is1904
  }

  /// Begins a row; `number` is `nil` where the row doesn't say.
  mutating func startRow(_ number: Int?, isHidden: Bool = false) {
    // There is no row 0: such a row doesn't say either.
    rowNumber = number.flatMap { $0 > 0 ? $0 : nil } ?? rowNumber + 1
    isRowHidden = isHidden
    isRowOpen = false
    lastColumn = -1
    lastWritten = -1
  }

  /// Ends the row.
  mutating func endRow(_ batch: inout RowBatch) {
    flush(&batch)
    if isUnsorted || pending.isLarge { pending.resolve(strings, &batch) }
    if isUnsorted { batch.sortLastRow() }
    isUnsorted = false
    isRowOpen = false
  }

  /// Brings all values that were put off; to be called before the batch is given away.
  mutating func finish(_ batch: inout RowBatch) {
    flush(&batch)
    pending.resolve(strings, &batch)
  }

  private mutating func flush(_ batch: inout RowBatch) {
    guard !row.isEmpty else { return }
    batch.append(row.span)
    row.removeAll(keepingCapacity: true)
  }

  /// Whether the batch should be given away: at the end of a row alone.
  ///
  /// Once a row has stood below a later one, all that follow go into one batch, to be sorted.
  @inline(__always)
  func isFull(_ batch: RowBatch) -> Bool {
    !isRowOpen && notes.unorderedRow == nil
      && (batch.rows.count >= Self.rowsOfBatch || batch.bytes.count >= Self.bytesOfBatch)
  }

  /// Whether a single row is larger than a row may be; then its values are not all there.
  var isRowTooLarge: Bool { pending.isBeyondLimit }

  /// Says where the next cell is.
  ///
  /// - Returns: Its column; `nil` where it lies outside of what a sheet can have.
  @inline(__always)
  mutating func enter(_ place: CellPlace) -> Int? {
    let column = place.columnIndex >= 0 ? place.columnIndex : lastColumn + 1
    lastColumn = column
    if place.rowNumber != 0, place.rowNumber != rowNumber {
      if !isRowOpen { rowNumber = place.rowNumber }
      if place.rowNumber > Limits.rows { notes.outside(row: place.rowNumber, column: column) }
    }
    guard column < Limits.columns, rowNumber <= Limits.rows else {
      notes.outside(row: rowNumber, column: column)
      return nil
    }
    return column
  }

  /// Writes the cell that was entered at `column`, its value decoded.
  mutating func write(
    _ value: Span<UInt8>, type: CellType, style: Int, column: Int, to batch: inout RowBatch
  ) {
    guard value.count > 0 else { return }
    switch type {
    case .shared: writeShared(value, column, &batch)
    case .text:
      if let length = XMLText.excessiveLength(value) {
        notes.long(length, row: rowNumber, column: column)
      }
      add(value, .text, column, &batch)
    case .number: writeNumber(value, style, column, &batch)
    case .error: add(value, .error, column, &batch)
    case .boolean: writeBoolean(value, column, &batch)
    case .isoDate: writeISODate(value, style, column, &batch)
    }
  }

  /// Writes the shared string of that index.
  @inline(__always)
  mutating func writeShared(_ index: Int, column: Int, to batch: inout RowBatch) {
    guard index < strings.count else {
      notes.missing(index, row: rowNumber, column: column)
      return
    }
    if let length = strings.oddLength(index) {
      guard length > 0 else { return }
      notes.long(length, row: rowNumber, column: column)
    }
    open(column, &batch)
    pending.add(index, batch.cells.count + row.count)
    row.append(RawCell(columnIndex: column, kind: .text, startOffset: 0, byteCount: 0))
    if pending.isOverfull { finish(&batch) }
  }

  /// Writes a number in the XML's own notation.
  @inline(__always)
  mutating func writeNumber(
    _ value: Span<UInt8>, style: Int, column: Int, to batch: inout RowBatch
  ) {
    writeNumber(value, style, column, &batch)
  }

  /// Writes a number that is one already, to the last of its bits.
  mutating func writeNumber(
    _ value: Double, style: Int, column: Int, to batch: inout RowBatch
  ) {
    scratch.removeAll(keepingCapacity: true)
    let format = styles.format(style)
    if !value.isFinite {
      scratch.append(contentsOf: "#NUM!".utf8)
      addScratch(.error, column, &batch)
    } else if format != .number,
      let kind = SerialDate.append(value, as: format, is1904: is1904, to: &scratch)
    {
      addScratch(kind, column, &batch)
    } else {
      NumberText.append(value, to: &scratch)
      addScratch(.number, column, &batch)
    }
  }

  /// Writes a boolean.
  mutating func writeBoolean(_ value: Bool, column: Int, to batch: inout RowBatch) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: (value ? "true" : "false").utf8)
    addScratch(.boolean, column, &batch)
  }

  /// Writes one of Excel's errors, by the number that its binary formats give it.
  ///
  /// Source: MS-XLS 2.5.10 (Bes), MS-XLSB 2.5.97.2 (BErr).
  mutating func writeError(_ number: UInt8, column: Int, to batch: inout RowBatch) {
    let name: StaticString =
      switch number {
      case 0x00: "#NULL!"
      case 0x07: "#DIV/0!"
      case 0x0F: "#VALUE!"
      case 0x17: "#REF!"
      case 0x1D: "#NAME?"
      case 0x24: "#NUM!"
      case 0x2B: "#GETTING_DATA"
      default: "#N/A"
      }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: name.description.utf8)
    addScratch(.error, column, &batch)
  }
}

// MARK: - Values

extension CellWriter {
  // Tells the batch of the row, at its first cell; rows without any are left out.
  @inline(__always)
  private mutating func open(_ column: Int, _ batch: inout RowBatch) {
    if !isRowOpen {
      batch.startRow(number: rowNumber, isHidden: isRowHidden)
      isRowOpen = true
      if rowNumber <= lastRowNumber { notes.unordered(rowNumber, after: lastRowNumber) }
      lastRowNumber = rowNumber
    } else if column <= lastWritten {
      isUnsorted = true
    }
    lastWritten = column
  }

  @inline(__always)
  private mutating func add(
    _ value: Span<UInt8>, _ kind: CellKind, _ column: Int, _ batch: inout RowBatch
  ) {
    open(column, &batch)
    let start = batch.appendBytes(value)
    row.append(
      RawCell(columnIndex: column, kind: kind, startOffset: start, byteCount: value.count))
  }

  private mutating func addScratch(_ kind: CellKind, _ column: Int, _ batch: inout RowBatch) {
    let value = scratch
    add(value.span, kind, column, &batch)
  }

  private mutating func writeShared(
    _ value: Span<UInt8>, _ column: Int, _ batch: inout RowBatch
  ) {
    guard let index = value.number(in: XMLText.trimmed(value, 0..<value.count)) else {
      notes.missing(-1, row: rowNumber, column: column)
      return
    }
    writeShared(index, column: column, to: &batch)
  }

  private mutating func writeNumber(
    _ value: Span<UInt8>, _ style: Int, _ column: Int, _ batch: inout RowBatch
  ) {
    scratch.removeAll(keepingCapacity: true)
    let format = styles.format(style)
    if format != .number, let serial = NumberText.parse(value),
      let kind = SerialDate.append(serial, as: format, is1904: is1904, to: &scratch)
    {
      addScratch(kind, column, &batch)
    } else if NumberText.append(value, to: &scratch) {
      addScratch(.number, column, &batch)
    } else {
      // Foreign writers leave the type out of text.
      add(value, .text, column, &batch)
    }
  }

  private mutating func writeBoolean(
    _ value: Span<UInt8>, _ column: Int, _ batch: inout RowBatch
  ) {
    let range = XMLText.trimmed(value, 0..<value.count)
    let isTrue = value.equals("1", range) || value.equals("true", range)
    let isFalse = value.equals("0", range) || value.equals("false", range)
    guard isTrue || isFalse else {
      add(value, .text, column, &batch)
      return
    }
    writeBoolean(isTrue, column: column, to: &batch)
  }

  private mutating func writeISODate(
    _ value: Span<UInt8>, _ style: Int, _ column: Int, _ batch: inout RowBatch
  ) {
    scratch.removeAll(keepingCapacity: true)
    if let kind = ISODate.append(value, as: styles.format(style), to: &scratch) {
      addScratch(kind, column, &batch)
    } else {
      writeNumber(value, style, column, &batch)
    }
  }
}
