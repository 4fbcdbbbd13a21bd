import FerryCore
import FerryTestSupport
import FerryXLSX

/// Workbooks from bytes that anyone may have made.
enum WorkbookFuzz {
  // Shared text with an empty item, and cells of two styles, for the part that is fuzzed.
  private static let frame: ZipFixture = {
    var book = WorkbookFixture(
      sheet: "s", rows: [["one", "two", "", 1, .date(2024, 3, 5), .formatted(0.5, "[h]:mm"), true]])
    book.method = .stored
    return book.archive()
  }()

  /// Opens the file and reads all of it; every ill must show as an error.
  static func readFile(_ bytes: ContiguousArray<UInt8>) {
    _ = outcome(bytes, .quick)
  }

  /// Puts `bytes` in place of a part; where libxml2 reads the workbook, the scanner reads the same.
  ///
  /// What is not well-formed the scanner may read, so that a sloppy file opens, or refuse.
  static func compareWays(part: String, _ bytes: ContiguousArray<UInt8>) {
    var archive = frame
    for index in archive.entries.indices where archive.entries[index].name == part {
      archive.entries[index].content = Array(bytes)
    }
    let file = ContiguousArray(archive.bytes())
    let quick = outcome(file, .quick)
    let careful = outcome(file, .careful)
    let parsed = outcome(file, .libxml2)
    guard parsed != .refused("xlsx.malformed-xml") else { return }
    guard parsed == quick else { broken("the scanner reads what libxml2 reads", [quick, parsed]) }
    guard careful == quick else { broken("both ways to scan agree", [quick, careful]) }
  }

  private static func outcome(_ bytes: ContiguousArray<UInt8>, _ way: ReadingWay) -> Outcome {
    do {
      return .read(try lines(of: Workbook(bytes: bytes, name: "fuzz.xlsx"), way))
    } catch let error as XLSXError {
      return .refused(error.findings.first?.rule.id ?? "no rule")
    } catch {
      broken("every error is one of this room", [.refused("\(error)")])
    }
  }

  private static func lines(of workbook: Workbook, _ way: ReadingWay) throws -> [String] {
    var lines: [String] = workbook.findings.map(\.description)
    var batch = RowBatch()
    for (index, sheet) in workbook.sheets.enumerated() where sheet.isWorksheet {
      let reader = try workbook.rows(ofSheet: index, way: way)
      while try reader.read(into: &batch) {
        for row in batch.rows.indices {
          for cell in batch.cells(ofRow: row) {
            lines.append(
              "\(batch.rows[row].rowNumber) \(cell.columnIndex) \(cell.kind) \(batch.text(of: cell))"
            )
          }
        }
      }
      lines += reader.takeFindings().map(\.description)
      // What the scanner sees behind the rows is held against a look for these ranges alone.
      let ranges = try reader.mergedRanges ?? workbook.mergedRanges(ofSheet: index)
      lines += ranges.map(\.description)
    }
    return lines
  }
}

extension Finding {
  var description: String { "\(rule.id) \(message(in: .english))" }
}
