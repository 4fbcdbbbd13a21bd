public import FerryCore

/// The rows of a CSV file, one batch at a time, in bounded memory.
///
/// Every record is a row, blank lines too; a record over several lines is one row. All cells are
/// text. Bytes that are no text stand as `\xE5` in the cell, and a finding names the place.
public final class CSVReader: RowReader {
  private static let rowsPerBatch = 1024
  private static let bytesPerBatch = 1 << 20

  private let file: CSVFile
  private var stream: DecodedStream
  private var scanner: RecordScanner
  private var notes: CSVNotes
  /// The cells of one record, kept for their memory.
  private var cells = ContiguousArray<RawCell>()
  private var position: Int
  private var rowNumber = 0
  /// Where the next record starts, one-based; a record over several lines makes the two differ.
  private var lineNumber: Int

  init(_ file: CSVFile, stream: DecodedStream, position: Int) {
    self.file = file
    self.stream = stream
    self.position = position
    lineNumber = position > 0 ? 2 : 1
    scanner = RecordScanner(file.dialect, expectedWidth: file.columnCount)
    notes = CSVNotes(file: file.name, sheet: file.sheetName, columnCount: file.columnCount)
  }

  /// Fills `batch` with the next rows; false at the end.
  public func read(into batch: inout RowBatch) throws -> Bool {
    try fill(&batch)
    return !batch.rows.isEmpty
  }

  /// What was found in the rows read so far.
  public func takeFindings() -> [Finding] { notes.take() }

  private func fill(_ batch: inout RowBatch) throws(CSVError) {
    batch.removeAll()
    while true {
      if try scanRecords(into: &batch) { return }
      if stream.isAtEnd, position >= stream.bytes.count { return }
      if scanner.isTooWide {
        throw CSVError(.tooManyColumns(rowNumber: rowNumber + 1), file: file.name)
      }
      if stream.bytes.count - position > CSVLimits.recordByteCount {
        throw CSVError(.recordTooLong(rowNumber: rowNumber + 1), file: file.name)
      }
      try stream.refill(dropping: position)
      position = 0
    }
  }

  /// Takes whole records from the stream's bytes.
  ///
  /// - Returns: Whether the batch is full; otherwise the bytes are used up.
  private func scanRecords(into batch: inout RowBatch) throws(CSVError) -> Bool {
    let bytes = stream.bytes
    let span = bytes.span
    let isLast = stream.isAtEnd
    var fault = stream.faults.firstIndex { $0.offset >= position } ?? stream.faults.count
    while position < span.count {
      guard batch.rows.count < Self.rowsPerBatch, batch.bytes.count < Self.bytesPerBatch else {
        return true
      }
      guard let end = scanner.scan(span, from: position, isLast: isLast) else { return false }
      rowNumber += 1
      guard end - position <= CSVLimits.recordByteCount else {
        throw CSVError(.recordTooLong(rowNumber: rowNumber), file: file.name)
      }
      append(span, position..<end, to: &batch)
      notes.noteRecord(scanner, RowPlace(rowNumber: rowNumber, lineNumber: lineNumber))
      while fault < stream.faults.count, stream.faults[fault].offset < end {
        noteFault(stream.faults[fault], span)
        fault += 1
      }
      lineNumber += 1 + scanner.lineBreakCount
      position = end
    }
    return false
  }

  private func noteFault(_ fault: DecodeFault, _ bytes: Span<UInt8>) {
    var line = lineNumber
    if scanner.lineBreakCount > 0 {
      for index in position..<min(fault.offset, bytes.count) where isLineEnd(bytes[index]) {
        let isSecond = bytes[index] == UInt8(ascii: "\n") && index > position
        if !isSecond || bytes[index - 1] != UInt8(ascii: "\r") { line += 1 }
      }
    }
    notes.note(fault, RowPlace(rowNumber: rowNumber, lineNumber: line), fields: scanner.fields)
  }

  private func append(_ bytes: Span<UInt8>, _ record: Range<Int>, to batch: inout RowBatch) {
    let (fields, unescaped) = (scanner.fields, scanner.unescaped)
    batch.startRow(number: rowNumber, width: fields.count)
    let base = batch.appendBytes(bytes.extracting(record)) - record.lowerBound
    let copied = unescaped.isEmpty ? 0 : batch.appendBytes(unescaped.span)
    cells.removeAll(keepingCapacity: true)
    cells.append(addingCapacity: fields.count) { cells in
      for index in fields.indices where fields[index].count > 0 {
        let field = fields[index]
        cells.append(
          RawCell(
            columnIndex: index, kind: .text,
            startOffset: field.start + (field.isUnescaped ? copied : base),
            byteCount: field.count))
      }
    }
    let row = cells
    batch.append(row.span)
  }
}
