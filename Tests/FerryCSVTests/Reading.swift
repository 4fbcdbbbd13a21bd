import FerryCore
import Testing

@testable import FerryCSV

/// The rows of a CSV as strings, empty cells filled in, and what was found on the way.
func read(
  _ file: CSVFile, chunkByteCount: Int = 256 << 10
) throws -> (rows: [[String]], findings: [Finding]) {
  let reader = try file.rows(chunkByteCount: chunkByteCount)
  var batch = RowBatch()
  var rows: [[String]] = []
  var findings: [Finding] = []
  while try reader.read(into: &batch) {
    for index in batch.rows.indices {
      var row: [String] = []
      for cell in batch.cells(ofRow: index) {
        while row.count < Int(cell.columnIndex) { row.append("") }
        row.append(batch.text(of: cell))
      }
      rows.append(row)
    }
    findings.append(contentsOf: reader.takeFindings())
  }
  return (rows, findings)
}

/// The same for a text in memory.
func read(
  _ text: String, options: CSVOptions = CSVOptions(), chunkByteCount: Int = 256 << 10
) throws -> (rows: [[String]], findings: [Finding]) {
  try read(
    CSVFile(bytes: ContiguousArray(text.utf8), name: "test.csv", options: options),
    chunkByteCount: chunkByteCount)
}

/// A text in another encoding.
func encoded(_ text: String, _ name: String) throws -> ContiguousArray<UInt8> {
  try #require(bytes(text, in: name), "iconv does not know \(name)")
}
