import FerryAnnotations
import FerryCore
import FerryTables
import FerryTestSupport
import FerryXLSX
import Foundation
import Testing

@Suite struct AnnotatedWorkbookTests {
  private static func mark(
    _ sheet: String, _ address: String, _ severity: Severity = .error, _ text: String = "=1+1 <坏>"
  ) throws -> CellMark {
    CellMark(
      sheet: sheet, address: try #require(CellAddress(address)), severity: severity, text: text)
  }

  /// Annotates a file in memory; `body` gets the path of the copy.
  private func annotate<R>(
    _ bytes: [UInt8], named name: String = "client.xlsx", _ annotations: Annotations,
    _ body: (_ copy: String, _ findings: [Finding]) throws -> R
  ) throws -> R {
    try withTemporaryFile(named: name, bytes) { path in
      let copy = path + ".annotated.xlsx"
      let findings = try AnnotatedWorkbook(language: .chinese).write(
        annotations, of: path, to: copy)
      return try body(copy, findings)
    }
  }

  private static func text(_ part: String, of archive: WorkbookArchive) throws -> String {
    String(decoding: try archive.bytes(of: part), as: UTF8.self)
  }

  /// All cells of a sheet as `ref=value`.
  private static func cells(_ path: String, _ sheet: String) throws -> [String] {
    let file = try SourceFile(path: path)
    let reader = try file.rows(ofSheet: file.sheetIndex(named: sheet))
    var found: [String] = []
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for (index, row) in batch.rows.enumerated() {
        for cell in batch.cells(ofRow: index) {
          let column = CellAddress.columnName(Int(cell.columnIndex))
          found.append("\(column)\(row.rowNumber)=\(batch.text(of: cell))")
        }
      }
    }
    return found
  }

  private static func annotations() throws -> Annotations {
    let marks = [
      try mark("客户", "C2", .warning), try mark("客户", "A2"), try mark("客户", "B2"),
      try mark("客户", "D2"), try mark("客户", "E4"), try mark("客户", "B5"), try mark("客户", "A3"),
      try mark("客户", "B9"), try mark("空 & 白", "B2"),
    ]
    let question = Question(
      sheet: "空 & 白", address: CellAddress("B2"), value: "=cmd|' /C calc'!A0", problem: "是什么？",
      suggestion: "改正 <这里>", choices: ["赢单", "输单"], key: "q1")
    return Annotations(
      marks: marks, questions: [question], memory: [["客户", "C2"]], title: "问题",
      instructions: ["请答复"])
  }

  @Test("parts that nothing is changed in stay the same, byte for byte", arguments: ["", "x:"])
  func keepsOtherParts(prefix: String) throws {
    let fixture = ClientWorkbook.fixture(prefix: prefix)
    let bytes = fixture.archive().bytes()
    try annotate(bytes, try Self.annotations()) { copy, findings in
      #expect(findings.isEmpty)
      let path = (copy as NSString).deletingLastPathComponent + "/client.xlsx"
      let (before, after) = (
        try WorkbookArchive(path: path), try WorkbookArchive(path: copy)
      )
      let changed: Set = [
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml", "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
      ]
      for part in before.parts {
        let same = try before.bytes(of: part.name) == after.bytes(of: part.name)
        #expect(same != changed.contains(part.name), "\(part.name)")
      }
    }
  }

  @Test("cells, formulas and rules of marked sheets stay", arguments: ["", "x:"])
  func keepsContent(prefix: String) throws {
    let bytes = ClientWorkbook.fixture(prefix: prefix).archive().bytes()
    try annotate(bytes, try Self.annotations()) { copy, _ in
      let path = (copy as NSString).deletingLastPathComponent + "/client.xlsx"
      for sheet in ["说明", "客户", "空 & 白"] {
        #expect(try Self.cells(copy, sheet) == Self.cells(path, sheet))
      }
      let archive = try WorkbookArchive(path: copy)
      let sheet = try Self.text("xl/worksheets/sheet2.xml", of: archive)
      #expect(sheet.contains("A2&amp;\"&lt;c>\"</\(prefix)f>"))
      #expect(sheet.contains("operator=\"lessThan\""))
      #expect(!sheet.contains("tabSelected"))
      #expect(sheet.contains("<\(prefix)legacyDrawing r:id=\"rId2\"/><\(prefix)extLst>"))
      // Put in: between cells, behind them, into an empty row, into missing rows.
      for cell in ["B2", "D2", "E4", "A3", "B9"] {
        #expect(sheet.contains("<\(prefix)c r=\"\(cell)\" s="), "\(cell)")
      }
      let order = sheet.matches(of: #/<(?:x:)?row r="(\d+)"/#).compactMap { Int($0.output.1) }
      #expect(order == [9, 1, 2, 3, 4, 9])
    }
  }

  @Test("a marked cell keeps its number format, a blank one that of its row or column")
  func copiesStyles() throws {
    try annotate(ClientWorkbook.fixture().archive().bytes(), try Self.annotations()) { copy, _ in
      let archive = try WorkbookArchive(path: copy)
      let styles = try Self.text("xl/styles.xml", of: archive)
      let list = try #require(styles.firstMatch(of: #/<cellXfs count="(\d+)">(.*)<\/cellXfs>/#))
      let formats = list.output.2.matches(of: #/<xf [^>]*?numFmtId="(\d+)"[^>]*>/#)
      #expect(Int(list.output.1) == formats.count)
      let sheet = try Self.text("xl/worksheets/sheet2.xml", of: archive)
      func format(_ cell: String) -> (number: String, tag: String)? {
        guard let pattern = try? Regex("<c [^>]*r=\"\(cell)\"[^>]*>"),
          let tag = sheet.firstMatch(of: pattern),
          let style = String(tag.0).firstMatch(of: #/ s="(\d+)"/#).flatMap({ Int($0.output.1) }),
          formats.indices.contains(style)
        else { return nil }
        return (String(formats[style].output.1), String(formats[style].output.0))
      }
      #expect(format("A2")?.number == "14")
      #expect(format("C2")?.number == "0")
      #expect(format("D2")?.number == "9")
      #expect(format("E4")?.number == "14")
      #expect(format("A2")?.tag.contains("fillId=\"2\"") == true)
      #expect(format("C2")?.tag.contains("fillId=\"3\"") == true)
      #expect(format("A2")?.tag.contains("applyFill=\"1\"") == true)
    }
  }

  @Test("a comment that is there stays, ours follows it, in the thread too")
  func appendsToComments() throws {
    try annotate(ClientWorkbook.fixture().archive().bytes(), try Self.annotations()) { copy, _ in
      let archive = try WorkbookArchive(path: copy)
      let comments = try Self.text("xl/comments1.xml", of: archive)
      #expect(comments.contains("<r><t>请核对</t></r><r><t xml:space=\"preserve\">&#10;— Ferry —"))
      #expect(comments.components(separatedBy: "ref=\"A2\"").count == 2)
      #expect(comments.contains("ref=\"C2\" authorId=\"1\""))
      let threads = try Self.text("xl/threadedComments/threadedComment1.xml", of: archive)
      #expect(threads.contains("parentId=\"{2}\"><text>=1+1 &lt;坏&gt;</text>"))
      #expect(try Self.text("xl/persons/person.xml", of: archive).contains("displayName=\"Ferry\""))
      let drawing = try Self.text("xl/drawings/vmlDrawing1.vml", of: archive)
      #expect(drawing.contains("<br>"))
      #expect(drawing.contains("_x0000_s1031"))
      #expect(drawing.components(separatedBy: "ObjectType=\"Note\"").count == 9)
      // The sheet without comments gets parts of its own.
      let sheet = try Self.text("xl/worksheets/sheet3.xml", of: archive)
      #expect(sheet.contains("r:id=\"rIdFerryDrawing\"/></worksheet>"))
    }
  }

  @Test("the sheet of questions is the first, and what counts sheets moves on")
  func putsQuestionsFirst() throws {
    try annotate(ClientWorkbook.fixture().archive().bytes(), try Self.annotations()) { copy, _ in
      let names = try SourceFile(path: copy).sheets.map(\.name)
      #expect(names == ["问题清单", "说明", "客户", "空 & 白", "_ferry"])
      #expect(try SourceFile(path: copy).sheets[4].isHidden)
      let archive = try WorkbookArchive(path: copy)
      let book = try Self.text("xl/workbook.xml", of: archive)
      #expect(book.contains("localSheetId=\"2\""))
      #expect(book.contains("activeTab=\"0\" firstSheet=\"0\""))
      let sheet = try Self.text("xl/worksheets/ferryQuestions1.xml", of: archive)
      #expect(sheet.contains("location=\"'空 &amp; 白'!B2\""))
      #expect(sheet.contains("<formula1>$J$5:$K$5</formula1>"))
      #expect(!sheet.contains("<f>"))
      #expect(try Self.cells(copy, "问题清单").contains("E5==cmd|' /C calc'!A0"))
    }
  }

  @Test("a CSV file becomes a new workbook, and that is said")
  func makesNewWorkbook() throws {
    let csv = Array("编号,备注\n0012,\"=HYPERLINK(\"\"http://x\"\")\"\n".utf8)
    let annotations = Annotations(
      marks: [try Self.mark("client", "B2"), try Self.mark("client", "C4")],
      questions: [Question(sheet: "client", address: CellAddress("B2"), problem: "?", key: "q1")],
      memory: [["a"]], title: "问题")
    try annotate(csv, named: "client.csv", annotations) { copy, findings in
      #expect(findings.map(\.rule.id) == ["annotate.new-workbook"])
      #expect(
        try Self.cells(copy, "client") == [
          "A1=编号", "B1=备注", "A2=0012", "B2==HYPERLINK(\"http://x\")",
        ])
      #expect(try SourceFile(path: copy).sheets.map(\.name) == ["问题清单", "client", "_ferry"])
      let archive = try WorkbookArchive(path: copy)
      #expect(!(try Self.text("xl/worksheets/sheet2.xml", of: archive).contains("<f>")))
    }
  }

  @Test("rows of any cut of the bytes are patched alike")
  func streams() throws {
    let rows = (1...3_000).map { number -> [WorkbookFixture.Cell] in
      [.text("客户\(number)"), .number("\(number)"), .formula("B\(number)*2", .number("2"))]
    }
    var book = WorkbookFixture(sheet: "大", rows: rows)
    book.method = .stored
    let marks = try stride(from: 1, through: 4_000, by: 7).map { try Self.mark("大", "B\($0)") }
    try annotate(book.archive().bytes(), Annotations(marks: marks)) { copy, findings in
      #expect(findings.isEmpty)
      let cells = try Self.cells(copy, "大")
      #expect(cells.count == 9_000)
      #expect(cells[8_999] == "C3000=2")
      let sheet = try Self.text("xl/worksheets/sheet1.xml", of: WorkbookArchive(path: copy))
      let coloured = sheet.matches(of: #/<c (?:r="B\d+" s="\d+"|s="\d+" r="B\d+")/#)
      #expect(coloured.count == marks.count)
    }
  }

  @Test("a sheet in UTF-16 is not patched: its values go into a new workbook")
  func fallsBack() throws {
    let xml =
      "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
      + "<worksheet xmlns=\"\(ClientWorkbook.main)\"><sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c>"
      + "</row></sheetData></worksheet>"
    var book = WorkbookFixture(sheet: "S", rows: [])
    book.parts["xl/worksheets/sheet1.xml"] = xml.utf16.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    try annotate(book.archive().bytes(), Annotations(marks: [try Self.mark("S", "A1")])) {
      copy, findings in
      #expect(findings.map(\.rule.id) == ["annotate.odd-workbook"])
      let cells = try Self.cells(copy, "S")
      #expect(cells == ["A1=5"])
    }
  }
}
