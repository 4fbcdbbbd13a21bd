import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

/// The markup of a sheet and what nobody sees of it.
struct HiddenCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let xml: String
  var rows: [Int] = []
  var columns: [ClosedRange<Int>] = []

  private static func row(_ number: Int, _ attributes: String) -> String {
    #"<row r="\#(number)" \#(attributes)><c r="A\#(number)"><v>1</v></c></row>"#
  }

  private static func sheet(_ rows: String, before: String = "") -> String {
    "<worksheet>\(before)<sheetData>\(rows)</sheetData></worksheet>"
  }

  static let all = [
    HiddenCase(
      testDescription: "nothing is hidden",
      xml: sheet(
        row(1, #"spans="1:3" ht="15" customHeight="1""#) + row(2, #"hidden="0""#)
          + row(3, #"hidden="false""#),
        before: #"<cols><col min="1" max="2" width="9.1" customWidth="1"/></cols>"#)),
    HiddenCase(
      testDescription: "hidden rows, and rows of no height",
      xml: sheet(
        row(1, #"hidden="1""#) + row(2, "") + row(3, #"spans="1:1" hidden='true' ht="15""#)
          + row(4, #"ht="0" customHeight="1""#) + row(5, #"ht="0.0""#) + row(6, #"ht="0.5""#)),
      rows: [1, 3, 4, 5]),
    HiddenCase(
      testDescription: "rows hidden by default: those that are written are seen",
      xml: sheet(
        row(1, "") + row(2, #"hidden="1""#),
        before: #"<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>"#),
      rows: [2]),
    HiddenCase(
      testDescription: "a hidden row without a number",
      xml: sheet(
        #"<row><c><v>1</v></c></row><row hidden="1"><c><v>1</v></c></row><row><c><v>1</v></c></row>"#
      ), rows: [2]),
    HiddenCase(
      testDescription: "a hidden row that holds nothing says nothing of the next",
      xml: sheet(#"<row r="1" hidden="1"/>"# + row(2, "")), rows: []),
    HiddenCase(
      testDescription: "hidden columns, and columns of no width",
      xml: sheet(
        row(1, ""),
        before: #"<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="8"/>"#
          + #"<col min="5" max="5" width="0" customWidth="1"/><col hidden="true" max="9" min="7">"#
          + "</col></cols>"),
      columns: [1...2, 4...4, 6...8]),
    HiddenCase(
      testDescription: "columns beyond the sheet, backwards or without a number",
      xml: sheet(
        row(1, ""),
        before: #"<cols><col min="16380" max="99999" hidden="1"/><col min="5" max="2" hidden="1"/>"#
          + #"<col max="2" hidden="1"/><col min="0" max="2" hidden="1"/>"#
          + #"<col min="99999" max="99999" hidden="1"/></cols>"#),
      columns: [16379...16383, 4...4]),
    HiddenCase(
      testDescription: "prefixed names",
      xml: #"<x:worksheet xmlns:x="urn:x"><x:cols><x:col min="1" max="1" hidden="1"/></x:cols>"#
        + #"<x:sheetData><x:row r="1" hidden="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>"#
        + "</x:sheetData></x:worksheet>",
      rows: [1], columns: [0...0]),
    HiddenCase(
      testDescription: "columns named behind the rows are none",
      xml: #"<worksheet><sheetData/><cols><col min="1" max="1" hidden="1"/></cols></worksheet>"#),
  ]
}

@Suite("Hidden rows and columns")
struct HiddenTests {
  @Test("all ways of reading agree", arguments: HiddenCase.all, ReadingWay.allCases)
  func findsHidden(_ hidden: HiddenCase, _ way: ReadingWay) throws {
    let book = WorkbookFixture(sheet: "s", rawXML: hidden.xml)
    try book.withFile { path in
      let workbook = try Workbook(path: path)
      let reader = try workbook.rows(ofSheet: 0, way: way)
      var batch = RowBatch()
      var rows: [Int] = []
      while try reader.read(into: &batch) {
        rows += batch.rows.filter(\.isHidden).map { Int($0.rowNumber) }
      }
      #expect(rows == hidden.rows)
      #expect(try workbook.hiddenColumns(ofSheet: 0, way: way) == hidden.columns)
    }
  }
}
