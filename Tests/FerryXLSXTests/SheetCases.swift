import FerryCore
import Testing

/// A sheet's XML and the cells that all ways of reading must find in it.
struct SheetCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let xml: String
  let cells: [String]

  init(_ description: String, _ rows: String, _ cells: [String]) {
    testDescription = description
    xml = "<worksheet><dimension ref=\"A1\"/><sheetData>\(rows)</sheetData></worksheet>"
    self.cells = cells
  }

  init(_ description: String, xml: String, _ cells: [String]) {
    testDescription = description
    self.xml = xml
    self.cells = cells
  }

  private static func row(_ cells: String) -> String { "<row r=\"1\">\(cells)</row>" }

  static let all: [SheetCase] = values + text + places + documents

  /// What the scanner hands over to libxml2.
  static let beyondScanner = [
    SheetCase(
      "references in attributes",
      #"<row r="&#49;" hidden="0"><c r="&#65;1" t="&#115;"><v>0</v></c><c r="B1" s="&#x31;"><v>45356</v></c></row>"#,
      ["A1 text one", "B1 date 2024-03-05"]),
    SheetCase(
      "rows within a cell and within a row",
      #"<row r="1"><c r="A1"><sheetData/><v>1</v></c><sheetData></sheetData></row><row r="2"><c r="A2"><v>2</v></c></row>"#,
      ["A1 number 1", "A2 number 2"]),
  ]

  private static let values = [
    SheetCase("a plain number", row(#"<c r="A1"><v>1.50</v></c>"#), ["A1 number 1.5"]),
    SheetCase("a number in white space", row("<c r=\"A1\"><v>\n 12 \n</v></c>"), ["A1 number 12"]),
    SheetCase("a word without a type", row(#"<c r="A1"><v>abc</v></c>"#), ["A1 text abc"]),
    SheetCase("t=n", row(#"<c r="A1" t="n"><v>2</v></c>"#), ["A1 number 2"]),
    SheetCase(
      "what is no text in an inline string",
      row(
        #"<c r="A1" t="inlineStr"><is><r><rPr><c/><row/></rPr><t>a</t></r><v>7</v><r><t>b</t></r></is></c>"#
      ), ["A1 text ab"]),
    SheetCase("an unknown type", row(#"<c r="A1" t="zz"><v>2</v></c>"#), ["A1 number 2"]),
    SheetCase(
      "a boolean", row(#"<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>false</v></c>"#),
      ["A1 boolean true", "B1 boolean false"]),
    SheetCase("an error", row(#"<c r="A1" t="e"><v>#N/A</v></c>"#), ["A1 error #N/A"]),
    SheetCase(
      "empty cells",
      row(
        #"<c r="A1"/><c r="B1" s="1"></c><c r="C1"><v></v></c><c r="D1"><v/></c><c r="E1" t="str"><v></v></c>"#
      ), []),
    SheetCase(
      "a formula with its value", row(#"<c r="A1"><f>SUM(B1:B2)</f><v>3</v></c>"#), ["A1 number 3"]),
    SheetCase("a formula without one", row(#"<c r="A1"><f>SUM(B1:B2)</f></c>"#), []),
    SheetCase(
      "a shared formula's follower", row(#"<c r="A1"><f t="shared" si="0"/><v>4</v></c>"#),
      ["A1 number 4"]),
    SheetCase(
      "the text of a formula", row(#"<c r="A1" t="str"><f>A2&amp;"x"</f><v>a&lt;b</v></c>"#),
      ["A1 text a<b"]),
    SheetCase("a shared string", row(#"<c r="B1" t="s"><v>1</v></c>"#), ["B1 text two"]),
    SheetCase("an empty shared string", row(#"<c r="B1" t="s"><v>2</v></c>"#), []),
    SheetCase(
      "a shared string that is not there",
      row(#"<c r="B1" t="s"><v>99</v></c><c r="C1" t="s"><v>-1</v></c>"#), []),
    SheetCase("a date", row(#"<c r="A1" s="1"><v>45356</v></c>"#), ["A1 date 2024-03-05"]),
    SheetCase(
      "a date format over what is no date", row(#"<c r="A1" s="1"><v>-5</v></c>"#), ["A1 number -5"]
    ),
    SheetCase("a style that is not there", row(#"<c r="A1" s="77"><v>1</v></c>"#), ["A1 number 1"]),
    SheetCase(
      "t=d", row(#"<c r="A1" t="d"><v>2024-03-05T09:30:00</v></c>"#),
      ["A1 datetime 2024-03-05T09:30:00"]),
    SheetCase(
      "t=d over a serial day", row(#"<c r="A1" t="d" s="1"><v>45356</v></c>"#),
      ["A1 date 2024-03-05"]),
  ]

  private static let text = [
    SheetCase(
      "inline text", row(#"<c r="A1" t="inlineStr"><is><t>abc</t></is></c>"#), ["A1 text abc"]),
    SheetCase(
      "inline text that is kept",
      row(#"<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>"#), ["A1 text  a "]
    ),
    SheetCase(
      "outer blanks that nobody keeps", row(#"<c r="A1" t="inlineStr"><is><t> a </t></is></c>"#),
      ["A1 text  a "]),
    SheetCase(
      "rich text",
      row(#"<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></is></c>"#),
      ["A1 text ab"]),
    SheetCase(
      "phonetic runs",
      row(
        #"<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></is></c>"#
      ), ["A1 text 東京"]),
    SheetCase(
      "CDATA", row(#"<c r="A1" t="inlineStr"><is><t>a<![CDATA[<b> & ]]>c</t></is></c>"#),
      ["A1 text a<b> & c"]),
    SheetCase(
      "references",
      row(#"<c r="A1" t="str"><v>&lt;&gt;&amp;&quot;&apos;&#65;&#x4E2D;&#128512;</v></c>"#),
      ["A1 text <>&\"'A中😀"]),
    SheetCase(
      "line ends", row("<c r=\"A1\" t=\"str\"><v>a\r\nb\rc&#13;d</v></c>"), ["A1 text a\nb\nc\rd"]),
    SheetCase(
      "escapes", row(#"<c r="A1" t="str"><v>a_x000D_b_x005F_x0041_c_x4E2D__xD83D__xDE00_</v></c>"#),
      ["A1 text a\rb_x0041_c中😀"]),
    SheetCase(
      "what only looks like an escape",
      row(#"<c r="A1" t="str"><v>_x00_ _xZZZZ_ _x0000_ _xD83D_ _</v></c>"#),
      ["A1 text _x00_ _xZZZZ_ _x0000_ _xD83D_ _"]),
    SheetCase(
      "comments between", row(#"<c r="A1" t="str"><!-- <v>no</v> --><v>a<!-- x -->b</v></c>"#),
      ["A1 text ab"]),
    SheetCase(
      "an extension in the cell",
      row(#"<c r="A1"><v>1</v><extLst><ext><x:v xmlns:x="y"/></ext></extLst></c>"#), ["A1 number 1"]
    ),
  ]

  private static let places = [
    SheetCase(
      "cells without r", row("<c><v>1</v></c><c/><c><v>3</v></c>"), ["A1 number 1", "C1 number 3"]),
    SheetCase(
      "rows without r", "<row><c><v>1</v></c></row><row/><row><c><v>3</v></c></row>",
      ["A1 number 1", "A3 number 3"]),
    SheetCase(
      "rows without r, cells with",
      #"<row><c r="B5"><v>1</v></c></row><row><c r="A6"><v>2</v></c></row>"#,
      ["B5 number 1", "A6 number 2"]),
    SheetCase(
      "sparse rows",
      #"<row r="3"><c r="C3"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
      ["C3 number 1", "XFD1048576 number 2"]),
    SheetCase(
      "columns out of order",
      row(#"<c r="C1"><v>3</v></c><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c>"#),
      ["A1 text one", "B1 number 2", "C1 number 3"]),
    SheetCase(
      "an empty cell of another row, then one of the row's own",
      row(#"<c r="A2"/><c r="B1"><v>1</v></c>"#), ["B1 number 1"]),
    SheetCase(
      "a column twice", row(#"<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>"#), ["A1 number 2"]),
    SheetCase(
      "an address that is none", row(#"<c r="A1"><v>1</v></c><c r="??"><v>2</v></c>"#),
      ["A1 number 1", "B1 number 2"]),
    SheetCase(
      "an empty row beyond the last", row(#"<c r="A1"><v>1</v></c>"#) + #"<row r="1048577"/>"#,
      ["A1 number 1"]),
    SheetCase(
      "a row 0", #"<row r="0"><c><v>1</v></c></row><row r="0"><c><v>2</v></c></row>"#,
      ["A1 number 1", "A2 number 2"]),
    SheetCase(
      "lower case and dollars", row(#"<c r="a1"><v>1</v></c><c r="$B$1"><v>2</v></c>"#),
      ["A1 number 1", "B1 number 2"]),
    SheetCase(
      "other attributes and quotes",
      "<row spans='1:2' r='1' x14ac:dyDescent='0.2'><c vm=\"1\" cm='2' s='1' r = 'A1' ><v>45356</v></c></row>",
      ["A1 date 2024-03-05"]),
    SheetCase(
      "attributes of another namespace",
      row(#"<c x:r="Z9" x:t="s" r="A1" x:s="1"><v>45356</v></c>"#), ["A1 number 45356"]),
    SheetCase(
      "a bracket in an attribute", row(#"<c r="A1" x="a>b"><v>1</v></c>"#), ["A1 number 1"]),
  ]

  private static let documents = [
    SheetCase(
      "a prefix",
      xml:
        #"<?xml version="1.0"?><x:worksheet xmlns:x="http://a"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#,
      ["A1 text a"]),
    SheetCase(
      "a byte order mark",
      xml: "\u{FEFF}<worksheet><sheetData>\(row("<c><v>1</v></c>"))</sheetData></worksheet>",
      ["A1 number 1"]),
    SheetCase(
      "indented XML",
      xml:
        "<worksheet>\n  <sheetData>\n    <row r=\"1\">\n      <c r=\"A1\">\n        <v>1</v>\n      </c>\n    </row>\n  </sheetData>\n</worksheet>",
      ["A1 number 1"]),
    SheetCase("no rows", xml: "<worksheet><sheetData/></worksheet>", []),
    SheetCase("no place for rows", xml: "<worksheet/>", []),
    SheetCase(
      "cells behind the rows",
      xml: "<worksheet><sheetData></sheetData><x><row><c><v>1</v></c></row></x></worksheet>", []),
  ]
}
