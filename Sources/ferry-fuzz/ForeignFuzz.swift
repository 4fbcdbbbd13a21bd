import FerryCore
import FerryTestSupport
import FerryXLSX

/// Workbooks that are no .xlsx, from bytes that anyone may have made; every ill shows as an error.
enum ForeignFuzz {
  private static let frame: ZipFixture = {
    let book = WorkbookFixture(
      sheet: "s", rows: [["one", "two", "", 1, .date(2024, 3, 5), .formatted(0.5, "[h]:mm"), true]])
    var archive = BinaryFixture(book).archive()
    for index in archive.entries.indices { archive.entries[index].method = .stored }
    return archive
  }()

  /// Reads `bytes` as the records of an .xls.
  static func readLegacy(_ bytes: ContiguousArray<UInt8>) {
    read(CompoundFixture([("Workbook", Array(bytes))]).bytes())
  }

  /// Puts `bytes` in place of a sheet of an .xlsb.
  static func readBinary(_ bytes: ContiguousArray<UInt8>) {
    var archive = frame
    for index in archive.entries.indices where archive.entries[index].name.hasSuffix("sheet1.bin") {
      archive.entries[index].content = Array(bytes)
    }
    read(archive.bytes())
  }

  /// Reads `bytes` as a flat OpenDocument file.
  static func readOpenDocument(_ bytes: ContiguousArray<UInt8>) { read(Array(bytes)) }

  private static func read(_ bytes: [UInt8]) {
    do {
      let source = try SheetSources.open(bytes: ContiguousArray(bytes), name: "fuzz")
      var batch = RowBatch()
      for (index, sheet) in source.sheets.enumerated() where sheet.isWorksheet {
        let reader = try source.reader(ofSheet: index)
        while try reader.read(into: &batch) {}
        _ = reader.takeFindings()
        _ = try source.mergedRanges(ofSheet: index)
        _ = try source.hiddenColumns(ofSheet: index)
      }
    } catch is XLSXError {
      return
    } catch {
      broken("every error is one of this room", [.refused("\(error)")])
    }
  }
}
