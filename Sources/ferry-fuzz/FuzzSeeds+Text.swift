extension FuzzSeeds {
  static let sheets = [
    #"<x:worksheet xmlns:x="http://a"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#,
    "\u{FEFF}<worksheet>\n <sheetData>\r\n<row><c t='str'><v>a\r\nb&#13;&lt;_x000D_</v></c><c/></row></sheetData></worksheet>",
    #"<worksheet><dimension ref="A1:XFD9"/><sheetData><row r="3" spans="1:2"><c r="C3"><f t="shared" si="0" ref="C3:C4">A1</f><v>1</v></c><c r="$A$3" s="4"><v>45356.5</v></c></row><row r="2"><c r="B2" t="b"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#,
    #"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t xml:space="preserve"> a</t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c><c r="B1" t="str"><!-- <v>no</v> --><v>a<![CDATA[<b>]]>c<?p i?></v></c></row></sheetData></worksheet>"#,
    #"<?xml version='1.0' encoding="utf-8"?><worksheet xmlns="x" xmlns:mc="y"><sheetData><row r="1"><c r="A1" t="d"><v>2024-03-05T09:30:00</v></c><mc:AlternateContent><mc:Choice><c r="B1"><v>1</v></c></mc:Choice></mc:AlternateContent><c r="C1"><v>1e3</v><extLst><ext><x v="1"/></ext></extLst></c></row></sheetData></worksheet>"#,
  ]

  static let strings = [
    "<sst><si><t>one</t></si><si><r><t>tw</t></r><r><t>o</t></r></si><si/><si><t/></si></sst>",
    "<x:sst xmlns:x='y'><x:si>\n<x:t>a &amp; b_x000D_</x:t><x:rPh><x:t>c</x:t></x:rPh><x:phoneticPr/></x:si></x:sst>",
    "<sst><si><t xml:space=\"preserve\"> a\r</t></si><si><t><![CDATA[<b>]]></t></si><!-- --></sst>",
  ]

  static let styles = [
    #"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;年&quot;m\月;@"/><numFmt numFmtId="165" formatCode="[hh]:mm:ss.00"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs><dxfs><dxf><numFmt numFmtId="1" formatCode="General"/></dxf></dxfs></styleSheet>"#
  ]

  static let tables: [[UInt8]] = [
    Array("id,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n".utf8), Array("sep=;\na;b;c\n1;2\n".utf8),
    Array("# note\n\na\tb\n1\t2\n".utf8), Array("\u{FEFF}编号|名称\n1|甲\n".utf8),
    Array("a,b\n\"open,1\n2,3\n".utf8), [0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0x31, 0x0A],
    [0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00, 0x62, 0x00, 0x0A, 0x00], [0x61, 0x00, 0x2C, 0x62, 0x0A],
  ]

  static func words(of target: FuzzTarget) -> [[UInt8]] {
    let xml = [
      "<?xml version=\"1.0\"?>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE", "<?", "?>", "/>",
      "</", "&lt;", "&#x4E2D;", "&#13;", "&amp;", " xml:space=\"preserve\"", "xmlns:x=\"y\"",
      "_x000D_", "\u{FEFF}", "\r\n", "encoding=\"GB2312\"", "x:", "='", "中",
    ]
    switch target {
    case .zip:
      return [
        [0x50, 0x4B, 1, 2], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 6],
        [0x50, 0x4B, 6, 7], [0x50, 0x4B, 7, 8], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 24, 0], [8, 0],
        [9, 0],
      ]
        + ["xl/workbook.xml", "_rels/.rels", "Target=\""].map { Array($0.utf8) }
    case .sheet:
      return
        (xml + [
          "<c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c>", "<c", "</c>", "<v>", "</v>", "<row r=\"2\">",
          "</row>", "<sheetData>", "</sheetData>", "<worksheet>", "</worksheet>", "<is><t>",
          "</t></is>", " t=\"inlineStr\"", " t=\"str\"", " t=\"b\"", " t=\"e\"", " t=\"d\"", "<f>",
          "</f>", "<rPh>", "</rPh>", "r=\"XFD1048576\"", "<mergeCell ref=\"A1:B2\"/>", "<r>",
          "<sheetData/>", "2024-03-05T09:30:00", "1E+20", "45356.25", "-0", "TRUE",
        ]).map { Array($0.utf8) }
    case .strings:
      return
        (xml + [
          "<sst>", "</sst>", "<si>", "</si>", "<t>", "</t>", "<t/>", "<si/>", "<r>",
          "<rPh sb=\"0\">", "</rPh>", "<si><t>",
        ]).map { Array($0.utf8) }
    case .styles:
      return
        (xml + [
          "<cellXfs>", "<xf numFmtId=\"164\"/>", "<numFmts>", "formatCode=\"",
          "<numFmt numFmtId=\"164\"", "yyyy", "[h]", "AM/PM", "General", "[$-804]", "\\", "aaa",
        ]).map { Array($0.utf8) }
    case .csv:
      return [
        ",", ";", "\t", "|", "\"", "\"\"", "\\\"", "\r\n", "\n", "sep=", "#", "'",
        "\u{FEFF}", "\u{0}", "客户",
      ].map { Array($0.utf8) } + [
        [0xFF, 0xFE], [0xFE, 0xFF], [0x81, 0x30, 0x81, 0x30], [0x80], [0xB0, 0xA1],
      ]
    case .xls:
      // Records: continuation, shared texts, formula, its text, several numbers, start, end.
      return [
        [0x3C, 0], [0xFC, 0], [6, 0], [7, 2], [0xBD, 0], [9, 8, 16, 0], [10, 0, 0, 0],
        [0xFF, 0xFF], [0xE5, 0], [0x7D, 0], [0x85, 0],
      ]
    case .xlsb:
      return [
        [0x91, 1], [0x92, 1], [0xB0, 1], [0xFF, 0xFF, 0xFF, 0x7F], [0x3C], [0x3E], [7], [8],
      ]
    case .ods:
      let words = [
        "table:number-columns-repeated=\"", "table:number-rows-repeated=\"2000000\"", "<text:s/>",
        "office:time-value=\"PT1H\"", "office:date-value=\"2024-03-05T09:30:00\"", "<text:p>",
        "</table:table-row>", "<table:covered-table-cell/>", "<table:table-column ",
        "table:number-rows-spanned=\"", "<office:annotation>", "table:default-cell-style-name=\"",
      ]
      return (xml + words).map { Array($0.utf8) }
    }
  }
}
