import FerryCore
import FerryTestSupport
import Foundation
import Testing

@testable import FerryXLSX

/// Sheets written in ways that few programs choose: where libxml2 reads one, so do both scanners.
@Suite struct MutationTests {
  // FERRY_DEEP=1 looks fifty times as long.
  private static let rounds =
    ProcessInfo.processInfo.environment["FERRY_DEEP"] == nil ? 400 : 20_000

  @Test func allWaysReadMutatedSheetsTheSame() throws {
    let seed: UInt64 = 17
    var random = SeededRandom(seed: seed)
    var readCount = 0
    for round in 0..<Self.rounds {
      let rows = (1...Int.random(in: 1...4, using: &random)).map { Self.row($0, &random) }
      var xml = "<worksheet xmlns:x=\"y\"><sheetData>\(rows.joined())</sheetData></worksheet>"
      for _ in 0..<Int.random(in: 0...3, using: &random) { xml = Self.mutated(xml, &random) }
      var book = WorkbookFixture([
        WorkbookFixture.Sheet("s", rawXML: xml),
        WorkbookFixture.Sheet("words", rows: [["one", "two", "", .date(2024, 3, 5)]]),
      ])
      book.method = .stored
      let bytes = ContiguousArray(book.archive().bytes())
      let difference = CellStream.firstDifference(
        of: ReadingWay.allCases.map { way in
          CellStream(way) { () throws(XLSXError) in try Workbook(bytes: bytes, name: "m.xlsx") }
        })
      #expect(difference == nil, "seed \(seed), round \(round): \(xml)")
      var parsed = CellStream(.libxml2) { () throws(XLSXError) in
        try Workbook(bytes: bytes, name: "m.xlsx")
      }
      if case .cell = parsed.next() { readCount += 1 }
    }
    // Most mutations leave the sheet well-formed; otherwise nothing would be compared.
    #expect(readCount > Self.rounds / 2)
  }

  private static func row(_ number: Int, _ random: inout SeededRandom) -> String {
    let cells = (0..<Int.random(in: 0...5, using: &random)).map { column in
      let letter = String(UnicodeScalar(UInt8(65 + column)))
      return pieces.randomElement(using: &random)?.replacing("@", with: "\(letter)\(number)") ?? ""
    }
    let open = rowTags.randomElement(using: &random)?.replacing("@", with: "\(number)") ?? "<row>"
    return open + cells.joined(separator: gaps.randomElement(using: &random) ?? "") + "</row>"
  }

  private static let rowTags = [
    "<row r=\"@\">", "<row r='@'>", "<row>", "<row spans=\"1:5\" r=\"@\" >", "<row r=\"@\"\n>",
    "<row hidden=\"1\" r=\"@\">", "<row r=\"@\" ht=\"0\" x:dyDescent=\"1\">", "<row r = \"@\">",
  ]

  private static let gaps = ["", "", "\n  ", "\r\n", "<!-- <c><v>9</v></c> -->", "<?p <c/>?>", " "]

  private static let pieces = [
    #"<c r="@" t="s"><v>0</v></c>"#, #"<c t="s" r="@"><v>1</v></c>"#, #"<c r="@"><v>12.50</v></c>"#,
    #"<c r='@' s='1'><v>45356</v></c>"#, #"<c r="@" s="1" ><v>45356.5</v></c>"#, "<c><v>7</v></c>",
    #"<c r="@"/>"#, #"<c r="@" s="1"></c>"#, #"<c r="@" t="b"><v>1</v></c>"#,
    #"<c r="@" t="e"><v>#N/A</v></c>"#, #"<c r="@" t="d"><v>2024-03-05</v></c>"#,
    #"<c r="@" t="str"><f>A1&amp;"x"</f><v>a &lt;b&gt;&#10;c</v></c>"#,
    #"<c r="@"><f t="shared" ref="A1:B2" si="0">B1+1</f><v>3</v></c>"#,
    #"<c r="@"><f t="shared" si="0"/><v>4</v></c>"#, #"<c r="@"><f t="array" ref="@">1</f></c>"#,
    #"<c r="@" t="inlineStr"><is><t>plain</t></is></c>"#,
    #"<c r="@" t="inlineStr"><is><t xml:space="preserve"> kept </t></is></c>"#,
    #"<c r="@" t="inlineStr"><is><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r></is></c>"#,
    #"<c r="@" t="inlineStr"><is><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr/></is></c>"#,
    #"<c r="@" t="inlineStr"><is><t>a<![CDATA[<b> & ]]>c<!-- x -->d</t></is></c>"#,
    #"<c r="@" t="str"><v>line_x000D_&#x4E2D;_x4E2D_</v></c>"#, #"<c r="@" t="n"><v> 1E3 </v></c>"#,
    #"<x:c r="@"><x:v>5</x:v></x:c>"#, #"<c r="@" vm="1" x:y="a>b"><v>1</v></c>"#,
    #"<c r="@"><v>1</v><extLst><ext uri="u"><x:e v="1"/></ext></extLst></c>"#,
    #"<x:AlternateContent><x:Choice><c r="@"><v>1</v></c></x:Choice></x:AlternateContent>"#,
    #"<c r="@" t="s"><v>99</v></c>"#, #"<c r="@" t="inlineStr"><is/></c>"#, #"<c r="@"><v/></c>"#,
    #"<c x:r="Z9" r="@" x:t="s" t="n"><v>1</v></c>"#, #"<c x:s="1" r="@" s="+1"><v>45000</v></c>"#,
    "<c\tr=\"@\"\n><v\n>8</v ></c >", #"<c r="@" t="str"><v>é中😀</v></c>"#,
  ]

  // One change at a place that is picked among all where it can be made.
  private static func mutated(_ xml: String, _ random: inout SeededRandom) -> String {
    let change = changes.randomElement(using: &random) ?? ("", "")
    let places = xml.ranges(of: change.0)
    guard let place = places.randomElement(using: &random) else { return xml }
    return xml.replacingCharacters(in: place, with: change.1)
  }

  private static let changes: [(String, String)] = [
    (">", " >"), (">", "\n>"), ("><", "> <"), ("><", "><!-- c --><"), ("><", "><?p?><"),
    ("</v>", "<!-- c --></v>"), ("<v>", "<v><![CDATA[]]>"), ("<v>", "<v>\n"), ("</v>", "&#32;</v>"),
    ("<c ", "<c  "), ("<c ", "<c foo=\"t='s'\" "), ("<c ", "<c\n"), ("1", "&#49;"), ("\" ", "\"  "),
    ("<sheetData>", "<sheetData foo='>'>"), ("<worksheet", "\u{FEFF}<worksheet"),
    ("<t>", "<t x='1'>"),
    ("</row>", "</row >"), ("</c>", "</c\n>"), ("<v>", "<v xml:space=\"preserve\">"),
    ("</row>", "<extLst><ext/></extLst></row>"), ("<row", "<!-- <row> --><row"), ("/>", " />"),
    ("r=\"", "r = \""), ("<is>", "<is><x:t/>"), ("</is>", "</is><v>7</v>"), ("<v>", "<f/><v>"),
    ("<sheetData>", "<cols><col min=\"1\"/></cols><sheetData>"), ("\"1\"", "'1'"),
    ("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"),
    ("<t>", "<t>&amp;"), ("<t>", "<t>\r\n"), ("<v>", "<v>\r"), ("<c r=\"", "<c r=\"$"),
    ("</t>", "</t><t>2</t>"),
  ]
}
