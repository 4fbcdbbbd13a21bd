import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

@Suite struct WorkbookTests {
  @Test(arguments: [true, false], ZipFixture.Method.all)
  func readsEveryKindOfCell(_ usesSharedStrings: Bool, _ method: ZipFixture.Method) throws {
    var book = WorkbookFixture(
      sheet: "客户",
      rows: [
        ["编号", nil, 12, 1.5, true, false, .error("#N/A")],
        [],
        [.date(2024, 3, 5), .datetime(2024, 3, 5, 9, 30), .formatted(0.5, "h:mm")],
        [.formatted(1.5, "[h]:mm"), .iso("2024-03-05"), .rich(["Exam", " ", "ple"]), "a\r\nb"],
        [.formula("A1&B1", "x & y"), .formula("1/0", .error("#DIV/0!")), .formula("1", 7)],
      ])
    book.usesSharedStrings = usesSharedStrings
    book.method = method
    let expected = [
      "A1 text 编号", "C1 number 12", "D1 number 1.5", "E1 boolean true", "F1 boolean false",
      "G1 error #N/A", "A3 date 2024-03-05", "B3 datetime 2024-03-05T09:30:00",
      "C3 time 12:00:00", "A4 duration PT36H", "B4 date 2024-03-05", "C4 text Exam ple",
      "D4 text a\r\nb", "A5 text x & y", "B5 error #DIV/0!", "C5 number 7",
    ]
    for way in ReadingWay.allCases {
      let cells = try book.withFile { try cellsOfWorkbook($0, way: way) }
      #expect(cells.map { "\($0.address) \($0.kind) \($0.value)" } == expected, "\(way)")
    }
  }

  @Test func listsHiddenSheetsChartsAndSheetsThatAreNotThere() throws {
    var book = WorkbookFixture([
      WorkbookFixture.Sheet("a", rows: [[1]]), WorkbookFixture.Sheet("b", rows: [[2]]),
      WorkbookFixture.Sheet("c"),
    ])
    book.sheets[1].visibility = .veryHidden
    book.parts["xl/worksheets/sheet3.xml"] = .some(nil)
    try book.withFile { path in
      let workbook = try Workbook(path: path)
      #expect(workbook.sheets.map(\.name) == ["a", "b", "c"])
      #expect(workbook.sheets.map(\.visibility) == [.visible, .veryHidden, .visible])
      #expect(workbook.sheets.map(\.isWorksheet) == [true, true, false])
      #expect(workbook.findings.map(\.rule.id) == ["xlsx.missing-sheet"])
      #expect(throws: XLSXError.self) { try workbook.rows(ofSheet: 2) }
    }
  }

  @Test func countsDaysFrom1904WhereTheWorkbookSaysSo() throws {
    var book = WorkbookFixture(sheet: "s", rows: [[.builtIn(0, 14), .builtIn(43_891, 14)]])
    book.is1904 = true
    let cells = try book.withFile { try cellsOfWorkbook($0) }
    #expect(cells.map(\.value) == ["1904-01-01", "2024-03-02"])
  }

  @Test func givesMergedRangesFromBehindTheRows() throws {
    var book = WorkbookFixture(
      sheet: "s", rows: (0..<20_000).map { [.number("\($0)"), "sheetData"] })
    book.sheets[0].merges = ["A1:B1", "C4:C9"]
    book.usesSharedStrings = false
    try book.withFile { path in
      let workbook = try Workbook(path: path)
      let reader = try workbook.rows(ofSheet: 0)
      var batch = RowBatch()
      while try reader.read(into: &batch) {}
      for ranges in [try workbook.mergedRanges(ofSheet: 0), try #require(reader.mergedRanges)] {
        #expect(ranges.map(\.description) == ["A1:B1", "C4:C9"])
      }
    }
  }

  @Test func givesAboutAThousandRowsABatchAndEveryRowOnce() throws {
    let count = 4321
    let book = WorkbookFixture(sheet: "s", rows: (1...count).map { [.number("\($0)")] })
    for way in ReadingWay.allCases {
      let numbers = try book.withFile { path in
        let reader = try Workbook(path: path).rows(ofSheet: 0, way: way)
        var batch = RowBatch()
        var numbers: [Int32] = []
        while try reader.read(into: &batch) {
          #expect(batch.rows.count <= 2000)
          numbers += batch.rows.map(\.rowNumber)
        }
        #expect(try !reader.read(into: &batch) && batch.rows.isEmpty)
        return numbers
      }
      #expect(numbers == (1...Int32(count)).map { $0 }, "\(way)")
    }
  }
}

extension ZipFixture.Method {
  static let all: [Self] = [.stored, .deflated]
}
