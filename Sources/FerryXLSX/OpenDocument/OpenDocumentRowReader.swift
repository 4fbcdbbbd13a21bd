import FerryCore

/// Reads the rows of one sheet of an OpenDocument file, about a thousand at a time.
///
/// All sheets stand in one XML, so that those before this one pass by unread.
final class OpenDocumentRowReader: SheetReader {
  let place: Provenance
  private let source: OpenDocumentBytes
  private let rows: OpenDocumentRows
  private var pump: OpenDocumentPump
  var isAtEnd = false
  var findings: [Finding] = []

  init(
    sheet: String, sheetIndex: Int, _ content: OpenDocumentContent, elapsed: Set<String>
  ) throws(XLSXError) {
    place = Provenance(file: content.file, sheet: sheet)
    source = try content.body()
    let writer = CellWriter(
      strings: SharedStrings(partBytes: 0), styles: OpenDocumentRows.styles, is1904: false)
    rows = OpenDocumentRows(sheetIndex: sheetIndex, writer: writer, elapsed: elapsed)
    pump = OpenDocumentPump(source, rows)
  }

  func fill(_ batch: inout RowBatch) throws(XLSXError) {
    repeat {
      var isMore = true
      while isMore, !rows.isDone, !rows.isFull {
        isMore = try pump.step()
        try checkLimits()
      }
      isAtEnd = !isMore || rows.isDone
      rows.exchange(&batch)
    } while batch.rows.isEmpty && !isAtEnd
    guard isAtEnd else { return }
    // The rest is read for its checksum, and for what must not stand there.
    while try pump.step() {}
    if !source.isIntact { findings.append(Finding(XLSXRules.wrongChecksum, at: place)) }
    findings += rows.writer.notes.findings(in: place, stringCount: 0)
  }

  private func checkLimits() throws(XLSXError) {
    try checkGrid(rows.writer.notes)
    if rows.isTooLarge { throw tooLarge(Limits.batchBytes) }
  }
}
