public import FerryCore

/// Reads the rows of one sheet, about a thousand at a time.
///
/// Holds one window of the sheet's XML, however large the sheet is. After an error it is at its
/// end.
public final class XLSXRowReader: RowReader {
  private let sheet: String
  private let way: ReadingWay
  private let open: () throws(XLSXError) -> PartStream
  // As it was before the first row.
  private let writer: CellWriter
  private var window: PartWindow
  private var scanner: SheetScanner
  private var givenRows = 0
  // Only for a part that the scanner can't read, or of which it has read no more than some rows.
  private var rowsToSkip = 0
  private var events: SheetEvents?
  private var pump: EventPump?
  private var isBegun = false
  private var isAtEnd = false
  private var findings: [Finding] = []
  /// The merged ranges, in the order of the file, which stand behind the rows.
  ///
  /// `nil` before the end, and where the sheet was read in a way that doesn't see them.
  public private(set) var mergedRanges: [CellRange]?

  // `open` opens the sheet's part, from its first byte; perhaps twice.
  init(
    sheet: String, writer: CellWriter, way: ReadingWay,
    open: @escaping () throws(XLSXError) -> PartStream
  ) throws(XLSXError) {
    self.sheet = sheet
    self.way = way
    self.open = open
    self.writer = writer
    window = PartWindow(try open())
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
      try checkLimits(batch)
      givenRows += batch.rows.count
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
    if way == .libxml2 || window.dialect == .odd { startEvents() }
  }

  private func startEvents() {
    let events = SheetEvents(writer: writer)
    self.events = events
    pump = EventPump(window, events)
    window.drop(window.range.count)
  }

  // The scanner met what it doesn't know: libxml2 reads the sheet from the start, and what has
  // been given away is left out.
  private func startOver(_ batch: inout RowBatch) throws(XLSXError) -> Bool {
    batch.removeAll()
    scanner = SheetScanner(writer: writer)
    rowsToSkip = givenRows
    window = PartWindow(try open())
    startEvents()
    return try parse(into: &batch)
  }

  // Both give true at the end of the rows.
  private func scan(into batch: inout RowBatch) throws(XLSXError) -> Bool {
    while scanner.phase != .done {
      guard try scanWindow(into: &batch) else { return try startOver(&batch) }
      if scanner.writer.isFull(batch) { return false }
      try checkLimits(batch)
      if scanner.phase != .done, try !window.refill() {
        // Without rows at all, whatever this part is, it has come to its end.
        return scanner.phase == .beforeRows ? true : try startOver(&batch)
      }
    }
    return true
  }

  // False where there is something that the scanner doesn't know.
  private func scanWindow(into batch: inout RowBatch) throws(XLSXError) -> Bool {
    let bytes = window.bytes
    let range = window.range
    let padded = range.lowerBound..<range.upperBound + PartWindow.padding
    do {
      window.drop(
        try scanner.scan(
          bytes.span.extracting(padded), count: range.count,
          into: &batch))
      return true
    } catch {
      return false
    }
  }

  private func parse(into batch: inout RowBatch) throws(XLSXError) -> Bool {
    guard let events else { return true }
    var isMore = true
    repeat {
      // A row that is still growing stays until it has all its cells.
      while isMore, !events.isDone, !events.isFull {
        isMore = try pump?.step() ?? false
        try checkLimits(events.batch)
      }
      events.exchange(&batch)
      isMore = isMore && !events.isDone
      let skipped = min(rowsToSkip, batch.rows.count)
      batch.rows.removeFirst(skipped)
      rowsToSkip -= skipped
    } while isMore && batch.rows.isEmpty
    return !isMore
  }

  private func checkLimits(_ batch: RowBatch) throws(XLSXError) {
    if let outside = notes.cellOutside {
      throw window.stream.error(
        .cellOutside(
          sheet: sheet, rowNumber: outside.rowNumber, columnIndex: outside.columnIndex))
    }
    let limit = notes.unorderedRow == nil ? Limits.batchBytes : Limits.sortedBytes
    let isTooLarge =
      scanner.writer.isRowTooLarge || events?.isTooLarge ?? false || batch.bytes.count > limit
    guard isTooLarge else { return }
    throw window.stream.error(
      .tooLarge(part: window.stream.name, limit: "\(limit >> 20) MiB"))
  }

  // The rows' end is behind us; the rest of the part is read for its checksum and its depth.
  private func readTail() throws(XLSXError) {
    if pump != nil {
      while try pump?.step() == true {}
      return
    }
    var depth = scanner.depth
    var ranges: [CellRange] = []
    // A piece of markup without an end can't be passed.
    while window.range.count < Self.longestTail {
      let bytes = window.bytes
      let padded = window.range.lowerBound..<window.range.upperBound + PartWindow.padding
      do {
        let tail = bytes.span.extracting(padded)
        let passed = try depth.pass(tail, count: window.range.count)
        _ = MergedRangeReader.collect(tail, count: passed, into: &ranges)
        window.drop(passed)
      } catch {
        throw window.stream.error(.tooDeep(part: window.stream.name))
      }
      guard try window.refill() else {
        mergedRanges = ranges
        return
      }
    }
    while try window.skip() {}
  }

  private static let longestTail = 1 << 20

  private func finish() throws(XLSXError) {
    try readTail()
    let place = Provenance(file: window.stream.file, sheet: sheet)
    if !window.stream.isIntact { findings.append(Finding(XLSXRules.wrongChecksum, at: place)) }
    findings += notes.findings(in: place, stringCount: scanner.writer.strings.count)
  }
}
