public import FerryCore

/// Reads the rows of one sheet, about a thousand at a time.
///
/// Holds one window of the sheet's XML, however large the sheet is. After an error it is at its
/// end.
public final class XLSXRowReader: RowReader {
  private let stream: PartStream
  private let sheet: String
  private let way: ReadingWay
  private var window: PartWindow
  private var scanner: SheetScanner
  // Only for a part that the scanner can't read.
  private var events: SheetEvents?
  private var pump: EventPump?
  private var isBegun = false
  private var isAtEnd = false
  private var findings: [Finding] = []

  init(_ stream: PartStream, sheet: String, writer: CellWriter, way: ReadingWay) {
    self.stream = stream
    self.sheet = sheet
    self.way = way
    window = PartWindow(stream)
    scanner = SheetScanner(writer: writer, usesQuickCells: way == .quick)
  }

  /// Clears `batch` and fills it with the next rows.
  ///
  /// - Returns: False at the end; then the batch is empty.
  public func read(into batch: inout RowBatch) throws -> Bool {
    try readBatch(into: &batch)
  }

  /// What the reader found so far and had not yet given away.
  public func takeFindings() -> [Finding] {
    defer { findings = [] }
    return findings
  }

  // The same with a typed error.
  func readBatch(into batch: inout RowBatch) throws(XLSXError) -> Bool {
    batch.removeAll()
    guard !isAtEnd else { return false }
    do {
      try begin()
      isAtEnd = events == nil ? try scan(into: &batch) : try parse(into: &batch)
      scanner.finish(&batch)
      if notes.unorderedRow != nil { batch.sortRows() }
      try checkSize(batch)
      if isAtEnd { try finish() }
    } catch {
      isAtEnd = true
      batch.removeAll()
      throw error
    }
    return !batch.rows.isEmpty
  }

  private var notes: SheetNotes { events?.writer.notes ?? scanner.writer.notes }

  private func begin() throws(XLSXError) {
    guard !isBegun else { return }
    isBegun = true
    _ = try window.refill()
    guard way == .libxml2 || window.dialect == .odd else { return }
    let events = SheetEvents(writer: scanner.writer)
    self.events = events
    pump = EventPump(window, events)
    window.drop(window.range.count)
  }

  // Both give true at the end of the rows.
  private func scan(into batch: inout RowBatch) throws(XLSXError) -> Bool {
    while scanner.phase != .done {
      try scanWindow(into: &batch)
      if scanner.writer.isFull(batch) { return false }
      try checkSize(batch)
      if scanner.phase != .done, try !window.refill() {
        // Without rows at all, whatever this part is, it has come to its end.
        guard scanner.phase == .beforeRows else { throw window.endedEarly() }
        return true
      }
    }
    return true
  }

  private func scanWindow(into batch: inout RowBatch) throws(XLSXError) {
    let bytes = window.bytes
    let range = window.range
    let padded = range.lowerBound..<range.upperBound + PartWindow.padding
    do {
      window.drop(
        try scanner.scan(
          bytes.span.extracting(padded), count: range.count,
          into: &batch))
    } catch {
      throw window.error(error)
    }
  }

  private func parse(into batch: inout RowBatch) throws(XLSXError) -> Bool {
    guard let events else { return true }
    var isMore = true
    // A row that is still growing stays until it has all its cells.
    while isMore, !events.isDone, !events.isFull {
      isMore = try pump?.step() ?? false
      try checkSize(events.batch)
    }
    events.exchange(&batch)
    return events.isDone || !isMore
  }

  private func checkSize(_ batch: RowBatch) throws(XLSXError) {
    let isTooLarge =
      scanner.writer.isRowTooLarge || events?.isTooLarge ?? false
      || batch.bytes.count > Limits.batchBytes
    guard isTooLarge else { return }
    throw stream.error(
      .tooLarge(part: stream.name, limit: "\(Limits.batchBytes >> 20) MiB"))
  }

  // The rows' end is behind us; the rest of the part is read for its checksum.
  private func finish() throws(XLSXError) {
    while try window.skip() {}
    let notes = notes
    if !stream.isIntact { add(XLSXRules.wrongChecksum) }
    if notes.hasCellOutside { add(XLSXRules.cellOutsideSheet) }
    if let unordered = notes.unorderedRow {
      add(
        XLSXRules.unorderedRows, row: unordered.rowNumber,
        arguments: [String(unordered.rowNumber), String(unordered.after)])
    }
    for missing in notes.missingStrings {
      add(
        XLSXRules.missingString, row: missing.rowNumber, column: missing.columnIndex,
        arguments: [String(missing.index), String(scanner.writer.strings.count)])
    }
  }

  private func add(
    _ rule: Rule, row: Int? = nil, column: Int? = nil, arguments: [String] = []
  ) {
    findings.append(
      Finding(
        rule,
        at: Provenance(
          file: stream.file, sheet: sheet, rowNumber: row, columnIndex: column),
        arguments: arguments))
  }
}
