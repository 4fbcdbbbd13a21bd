import FerryCSV
import FerryCore

/// Delimited text from bytes that anyone may have made.
enum CSVFuzz {
  /// Reads in small pieces and in large ones; where a piece ends must not show.
  ///
  /// A piece holds the longest line: of a longer one, each part may be in another encoding.
  static func comparePieces(_ bytes: ContiguousArray<UInt8>) {
    let whole = outcome(bytes, pieceBytes: 256 << 10)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let pieces = outcome(bytes, pieceBytes: 16 + (lines.map(\.count).max() ?? 0))
    guard whole == pieces else {
      broken("where a piece of the file ends does not show", [whole, pieces])
    }
  }

  private static func outcome(_ bytes: ContiguousArray<UInt8>, pieceBytes: Int) -> Outcome {
    do {
      let file = try CSVFile(bytes: bytes, name: "fuzz.csv")
      return .read(try lines(of: file, reader: file.rows(chunkByteCount: pieceBytes)))
    } catch let error as CSVError {
      return .refused(error.findings.first?.rule.id ?? "no rule")
    } catch {
      broken("every error is one of this room", [.refused("\(error)")])
    }
  }

  private static func lines(of file: CSVFile, reader: CSVReader) throws -> [String] {
    var lines = file.findings.map(\.rule.id)
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for row in batch.rows.indices {
        let cells = batch.cells(ofRow: row).map { "\($0.columnIndex) \(batch.text(of: $0))" }
        lines.append("\(batch.rows[row].rowNumber): \(cells)")
      }
    }
    // Two findings about one row come in the order in which they were met.
    let findings = reader.takeFindings().map { "\($0.rule.id) \($0.message(in: .english))" }
    return lines + findings.sorted()
  }
}
