import FerryCore

/// What the row readers of all formats do alike: hold findings, end with an error, keep limits.
protocol SheetReader: RowReader {
  /// The file and the sheet.
  var place: Provenance { get }
  var isAtEnd: Bool { get set }
  /// What was found and not yet given away.
  var findings: [Finding] { get set }

  /// Fills an empty batch with the next rows; not called at the end.
  func fill(_ batch: inout RowBatch) throws(XLSXError)
}

extension SheetReader {
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

  /// Refuses a sheet with a cell outside Excel's grid.
  func checkGrid(_ notes: SheetNotes) throws(XLSXError) {
    guard let outside = notes.cellOutside else { return }
    throw XLSXError(
      .cellOutside(
        sheet: place.sheet ?? "", rowNumber: outside.rowNumber, columnIndex: outside.columnIndex),
      file: place.file)
  }

  /// That a batch of the sheet holds more bytes than may be.
  func tooLarge(_ limit: Int) -> XLSXError {
    XLSXError(.tooLarge(part: place.sheet ?? "", limit: "\(limit >> 20) MiB"), file: place.file)
  }

  /// Refuses what is outside the grid or too large, of cells that `writer` puts into `batch`.
  func checkLimits(_ batch: RowBatch, of writer: CellWriter) throws(XLSXError) {
    try checkGrid(writer.notes)
    let limit = writer.notes.unorderedRow == nil ? Limits.batchBytes : Limits.sortedBytes
    if writer.isRowTooLarge || batch.bytes.count > limit { throw tooLarge(limit) }
  }
}
