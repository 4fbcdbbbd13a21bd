import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

@Suite struct SheetScannerTests {
  private static let strings = ["one", "two", ""]

  private static func book(_ xml: [UInt8]) -> WorkbookFixture {
    // The sheet of words fills the table; the last style is a date.
    var book = WorkbookFixture([
      WorkbookFixture.Sheet("s"),
      WorkbookFixture.Sheet("w", rows: [strings.map { .text($0) } + [.date(2024, 1, 1)]]),
    ])
    book.parts["xl/worksheets/sheet1.xml"] = xml
    return book
  }

  private static func cells(_ xml: [UInt8], way: ReadingWay) throws -> [String] {
    try book(xml).withFile { try cellsOfWorkbook($0, way: way) }
      .filter { $0.sheet == "s" }.map { "\($0.address) \($0.kind) \($0.value)" }
  }

  @Test(arguments: SheetCase.all + SheetCase.beyondScanner, ReadingWay.allCases)
  func findsTheCells(_ sheet: SheetCase, _ way: ReadingWay) throws {
    #expect(try Self.cells(Array(sheet.xml.utf8), way: way) == sheet.cells)
  }

  @Test(arguments: SheetCase.all + SheetCase.beyondScanner, [false, true])
  func readsUTF16(_ sheet: SheetCase, _ isBigEndian: Bool) throws {
    var bytes: [UInt8] = isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
    for unit in sheet.xml.utf16 where unit != 0xFEFF {
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      bytes += isBigEndian ? pair : pair.reversed()
    }
    #expect(try Self.cells(bytes, way: .quick) == sheet.cells)
  }

  @Test(arguments: ReadingWay.allCases)
  func putsRowsInOrder(_ way: ReadingWay) throws {
    // The first few in order, then from the last one up: far more than a batch.
    let numbers = [2, 5] + (6...3000).reversed() + [1, 3]
    let rows = numbers.map { "<row r=\"\($0)\"><c r=\"B\($0)\"><v>\($0)</v></c></row>" }
    let xml = "<worksheet><sheetData>\(rows.joined())</sheetData></worksheet>"
    let expected = numbers.sorted().map { "B\($0) number \($0)" }
    #expect(try Self.cells(Array(xml.utf8), way: way) == expected)
  }

  @Test func readsAnotherDeclaredEncoding() throws {
    let head = Array(
      #"<?xml version="1.0" encoding="GB2312"?><worksheet><sheetData><row><c t="str"><v>"#.utf8)
    let xml = head + [0xD6, 0xD0] + Array("</v></c></row></sheetData></worksheet>".utf8)
    #expect(try Self.cells(xml, way: .quick) == ["A1 text 中"])
  }

  // The scanner alone, its window one piece larger at each turn, as if inflate gave no more.
  private static func scan(_ xml: String, pieceBytes: Int, isQuick: Bool) throws -> [String] {
    var strings = SharedStrings()
    for string in Self.strings { strings.append(ContiguousArray(string.utf8).span) }
    let handler = StylesHandler()
    handler.startElement("cellXfs", attributes: [])
    for id in ["0", "14"] {
      handler.startElement(
        "xf", attributes: [XMLAttribute(name: "numFmtId", namespace: nil, value: id)])
    }
    let writer = CellWriter(strings: strings, styles: handler.styles, is1904: false)
    var scanner = SheetScanner(writer: writer, usesQuickCells: isQuick)
    let all = Array(xml.utf8)
    var batch = RowBatch()
    var (start, end) = (0, 0)
    while scanner.phase != .done, end < all.count {
      end = min(end + pieceBytes, all.count)
      let window = ContiguousArray(
        all[start..<end] + [UInt8](repeating: 0, count: PartWindow.padding))
      start += try scanner.scan(window.span, count: end - start, into: &batch)
    }
    scanner.finish(&batch)
    return batch.rows.indices.flatMap { rowIndex in
      batch.cells(ofRow: rowIndex).map { cell in
        let address = CellAddress(
          columnIndex: Int(cell.columnIndex), rowNumber: Int(batch.rows[rowIndex].rowNumber))
        return "\(address) \(cell.kind) \(batch.text(of: cell))"
      }
    }
  }

  @Test(arguments: SheetCase.all)
  func findsTheSameInPiecesOfAnySize(_ sheet: SheetCase) throws {
    for pieceBytes in [1, 2, 3, 5, 7, 16, 33, 64, 100] {
      for isQuick in [true, false] {
        let cells = try Self.scan(sheet.xml, pieceBytes: pieceBytes, isQuick: isQuick)
        #expect(cells == sheet.cells, "\(pieceBytes) bytes at a time")
      }
    }
  }

  @Test func readsACellThatIsLargerThanTheWindow() throws {
    let long = String(repeating: "长", count: 150_000)
    var book = WorkbookFixture(sheet: "s", rows: [[.text(long), 1]])
    for isShared in [true, false] {
      book.usesSharedStrings = isShared
      let cells = try book.withFile { try cellsOfWorkbook($0) }
      #expect(cells.map(\.value) == [long, "1"])
    }
  }

  @Test func refusesACellThatIsLargerThanAnyCell() throws {
    let long = [UInt8](repeating: 0x78, count: Limits.elementBytes + 100_000)
    let sheet = Array("<worksheet><sheetData><row><c t=\"str\"><v>".utf8) + long
    let book = Self.book(sheet + Array("</v></c></row></sheetData></worksheet>".utf8))
    let error = #expect(throws: XLSXError.self) {
      _ = try book.withFile { try cellsOfWorkbook($0) }
    }
    #expect(error?.findings.first?.rule.id == "xlsx.too-large")
  }

  @Test func stopsAtARowThatIsLargerThanAnyRow() throws {
    var strings = SharedStrings()
    strings.append(ContiguousArray(repeating: UInt8(ascii: "x"), count: 4000).span)
    var writer = CellWriter(
      strings: strings, styles: .none, is1904: false, byteLimit: 1_000_000)
    var batch = RowBatch()
    writer.startRow(1)
    for column in 0..<10_000 { writer.writeShared(0, column: column, to: &batch) }
    #expect(writer.isRowTooLarge)
    #expect(batch.bytes.count < 1_010_000)
  }

  @Test(arguments: [true, false])
  func refusesBytesThatAreNoUTF8(_ isInline: Bool) throws {
    var book = WorkbookFixture(sheet: "s", rows: [["AAAA"]])
    book.usesSharedStrings = !isInline
    let part = isInline ? "xl/worksheets/sheet1.xml" : "xl/sharedStrings.xml"
    var archive = book.archive()
    let index = try #require(archive.entries.firstIndex { $0.name == part })
    let place = try #require(archive.entries[index].content.firstRange(of: Array("AAAA".utf8)))
    archive.entries[index].content.replaceSubrange(place, with: [0xC4, 0xE3, 0xBA, 0xC3])
    try withTemporaryFile(named: "a.xlsx", archive.bytes()) { path in
      let error = #expect(throws: XLSXError.self) { _ = try cellsOfWorkbook(path) }
      #expect(error?.findings.first?.rule.id == "xlsx.malformed-xml")
    }
  }

  @Test(arguments: [true, false], ReadingWay.allCases)
  func readsTextThatExcelWouldCutAndSaysSo(_ isShared: Bool, _ way: ReadingWay) throws {
    let longest = String(repeating: "长", count: Limits.textLength)
    var book = WorkbookFixture(
      sheet: "s", rows: [[.text(longest), .text(longest + "x")], [nil, .text(longest + "😀")]])
    book.usesSharedStrings = isShared
    try book.withFile { path in
      #expect(
        try cellsOfWorkbook(path, way: way).map(\.value)
          == [longest, longest + "x", longest + "😀"])
      let reader = try Workbook(path: path).rows(ofSheet: 0, way: way)
      var batch = RowBatch()
      while try reader.read(into: &batch) {}
      let findings = reader.takeFindings()
      #expect(findings.map(\.rule.id) == ["xlsx.long-text", "xlsx.long-text"])
      #expect(
        findings.map { $0.provenance?.description } == [
          "fixture.xlsx 's'!B1", "fixture.xlsx 's'!B2",
        ]
      )
      #expect(findings.last?.message(in: .english).contains("32769") == true)
    }
  }

  @Test func saysWhichCellsLostTheirText() throws {
    let xml =
      #"<worksheet><sheetData><row r="2"><c r="C2" t="s"><v>99</v></c></row><row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#
    try Self.book(Array(xml.utf8)).withFile { path in
      let reader = try Workbook(path: path).rows(ofSheet: 0)
      var batch = RowBatch()
      while try reader.read(into: &batch) {}
      let findings = reader.takeFindings()
      #expect(
        findings.map(\.rule.id) == [
          "xlsx.unordered-rows", "xlsx.missing-shared-string",
        ])
      #expect(findings.last?.provenance?.description == "fixture.xlsx 's'!C2")
      #expect(findings.last?.message(in: .english).contains("99") == true)
    }
  }
}
