import FerryCore

/// Reads the rows of one sheet of an OpenDocument file, about a thousand at a time.
///
/// All sheets stand in one XML, so that those before this one pass by unread.
final class OpenDocumentRowReader: RowReader {
  private let place: Provenance
  private let source: OpenDocumentBytes
  private let rows: OpenDocumentRows
  private var pump: OpenDocumentPump
  private var isAtEnd = false
  private var findings: [Finding] = []

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

  func takeFindings() -> [Finding] {
    defer { findings = [] }
    return findings
  }

  func read(into batch: inout RowBatch) throws -> Bool {
    batch.removeAll()
    guard !isAtEnd else { return false }
    do {
      try fill(&batch)
    } catch {
      isAtEnd = true
      batch.removeAll()
      throw error
    }
    return !batch.rows.isEmpty
  }

  private func fill(_ batch: inout RowBatch) throws(XLSXError) {
    repeat {
      var isMore = true
      while isMore, !rows.isDone, !rows.isFull {
        isMore = try pump.step()
        try checkLimits(rows.batch)
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

  private func checkLimits(_ batch: RowBatch) throws(XLSXError) {
    if let outside = rows.writer.notes.cellOutside {
      throw XLSXError(
        .cellOutside(
          sheet: place.sheet ?? "", rowNumber: outside.rowNumber,
          columnIndex: outside.columnIndex), file: place.file)
    }
    guard rows.isTooLarge else { return }
    throw XLSXError(
      .tooLarge(part: place.sheet ?? "", limit: "\(Limits.batchBytes >> 20) MiB"),
      file: place.file)
  }
}
