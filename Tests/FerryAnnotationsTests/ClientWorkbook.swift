import FerryTestSupport
import FerryXLSX

/// A workbook as a client sends it: styles, a formula, a chart, a comment with a thread, a rule of
/// its own, names that count sheets; written in code, part by part.
enum ClientWorkbook {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let types = "application/vnd.openxmlformats-officedocument."

  /// The workbook; `prefix` is that of its sheets' elements, such as `x:`.
  static func fixture(prefix p: String = "") -> WorkbookFixture {
    let names = p.isEmpty ? "xmlns=\"\(main)\"" : "xmlns:\(p.dropLast())=\"\(main)\""
    var book = WorkbookFixture([
      .init("说明", rows: [["客户资料"]]),
      .init("客户", rawXML: sheet(p, names)),
      .init("空 & 白", rawXML: "<\(p)worksheet \(names)><\(p)sheetData/></\(p)worksheet>"),
    ])
    book.parts = [
      "[Content_Types].xml": Array(contentTypes.utf8),
      "xl/styles.xml": Array(styles(p, names).utf8),
      "xl/workbook.xml": Array(workbook.utf8),
      "xl/worksheets/_rels/sheet2.xml.rels": Array(sheetLinks.utf8),
      "xl/_rels/workbook.xml.rels": Array(workbookLinks.utf8),
      "xl/comments1.xml": Array(comments(p, names).utf8),
      "xl/threadedComments/threadedComment1.xml": Array(threads.utf8),
      "xl/persons/person.xml": Array(people.utf8),
      "xl/drawings/vmlDrawing1.vml": Array(drawing.utf8),
      "xl/charts/chart1.xml": Array("<c:chart xmlns:c=\"urn:chart\"/>".utf8),
      "xl/media/image1.png": (0..<200).map { UInt8(truncatingIfNeeded: $0 * 7) },
    ]
    return book
  }

  private static func sheet(_ p: String, _ names: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <\(p)worksheet \(names) xmlns:r="\(links)"><\(p)sheetViews><\(p)sheetView tabSelected="1" \
    workbookViewId="0"/></\(p)sheetViews><\(p)cols><\(p)col min="4" max="5" style="2" width="9"/>\
    </\(p)cols><\(p)sheetData><!-- <row r="9"> --><\(p)row r="1" spans="1:3"><\(p)c r="A1" s="1" \
    t="inlineStr"><\(p)is><\(p)t>编号</\(p)t></\(p)is></\(p)c><\(p)c r="B1" t="inlineStr"><\(p)is>\
    <\(p)t>金额</\(p)t></\(p)is></\(p)c></\(p)row><\(p)row r="2" spans="1:3"><\(p)c r="A2" s="1">\
    <\(p)v>1</\(p)v></\(p)c><\(p)c t="str" r="C2"><\(p)f>A2&amp;"&lt;c>"</\(p)f><\(p)v>1&lt;c&gt;\
    </\(p)v></\(p)c></\(p)row><\(p)row r="4" s="1" customFormat="1"/><\(p)row><\(p)c><\(p)v>7</\(p)v>\
    </\(p)c><\(p)c><\(p)v>8</\(p)v></\(p)c></\(p)row></\(p)sheetData><\(p)conditionalFormatting \
    sqref="B2:B9"><\(p)cfRule type="cellIs" priority="1" operator="lessThan"><\(p)formula>0\
    </\(p)formula></\(p)cfRule></\(p)conditionalFormatting><\(p)pageMargins left="1" right="1" top="1" \
    bottom="1" header="0" footer="0"/><\(p)legacyDrawing r:id="rId2"/><\(p)extLst><\(p)ext uri="x"/>\
    </\(p)extLst></\(p)worksheet>
    """
  }

  private static let contentTypes = """
    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
    <Default Extension="xml" ContentType="application/xml"/>\
    <Default Extension="png" ContentType="image/png"/>\
    <Default Extension="vml" ContentType="\(types)vmlDrawing"/>\
    <Override PartName="/xl/workbook.xml" ContentType="\(types)spreadsheetml.sheet.main+xml"/>\
    <Override PartName="/xl/styles.xml" ContentType="\(types)spreadsheetml.styles+xml"/>\
    <Override PartName="/xl/sharedStrings.xml" ContentType="\(types)spreadsheetml.sharedStrings+xml"/>\
    <Override PartName="/xl/worksheets/sheet1.xml" ContentType="\(types)spreadsheetml.worksheet+xml"/>\
    <Override PartName="/xl/worksheets/sheet2.xml" ContentType="\(types)spreadsheetml.worksheet+xml"/>\
    <Override PartName="/xl/worksheets/sheet3.xml" ContentType="\(types)spreadsheetml.worksheet+xml"/>\
    <Override PartName="/xl/comments1.xml" ContentType="\(types)spreadsheetml.comments+xml"/>\
    <Override PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/>\
    <Override PartName="/xl/threadedComments/threadedComment1.xml" \
    ContentType="application/vnd.ms-excel.threadedcomments+xml"/></Types>
    """

  private static let workbook = """
    <workbook xmlns="\(main)" xmlns:r="\(links)"><bookViews><workbookView activeTab="1" firstSheet="1"/>\
    </bookViews><sheets><sheet name="说明" sheetId="1" r:id="rId1"/><sheet name="客户" sheetId="5" \
    r:id="rId2"/><sheet name="空 &amp; 白" sheetId="3" r:id="rId3"/></sheets><definedNames>\
    <definedName name="_xlnm.Print_Area" localSheetId="1">客户!$A$1:$C$9</definedName>\
    <definedName name="率">0.13</definedName></definedNames></workbook>
    """

  private static let workbookLinks = """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
    <Relationship Id="rId1" Type="\(links)/worksheet" Target="worksheets/sheet1.xml"/>\
    <Relationship Id="rId2" Type="\(links)/worksheet" Target="worksheets/sheet2.xml"/>\
    <Relationship Id="rId3" Type="\(links)/worksheet" Target="worksheets/sheet3.xml"/>\
    <Relationship Id="rId4" Type="\(links)/styles" Target="styles.xml"/>\
    <Relationship Id="rId5" Type="\(links)/sharedStrings" Target="sharedStrings.xml"/>\
    <Relationship Id="rId6" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" \
    Target="persons/person.xml"/></Relationships>
    """

  private static let sheetLinks = """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
    <Relationship Id="rId1" Type="\(links)/comments" Target="../comments1.xml"/>\
    <Relationship Id="rId2" Type="\(links)/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>\
    <Relationship Id="rId3" Type="http://schemas.microsoft.com/office/2017/10/relationships/\
    threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>
    """

  private static func styles(_ p: String, _ names: String) -> String {
    """
    <\(p)styleSheet \(names)><\(p)fonts count="1"><\(p)font><\(p)sz val="10"/><\(p)name val="等线"/>\
    </\(p)font></\(p)fonts><\(p)fills count="2"><\(p)fill/><\(p)fill/></\(p)fills><\(p)borders count="1">\
    <\(p)border/></\(p)borders><\(p)cellXfs count="3"><\(p)xf numFmtId="0" fontId="0" fillId="0" \
    borderId="0"/><\(p)xf numFmtId="14" fontId="0" fillId="0" borderId="0" applyFill="0">\
    <\(p)alignment horizontal="right"/></\(p)xf><\(p)xf numFmtId="9" fontId="0"/></\(p)cellXfs>\
    </\(p)styleSheet>
    """
  }

  private static func comments(_ p: String, _ names: String) -> String {
    """
    <\(p)comments \(names)><\(p)authors><\(p)author>王芳</\(p)author></\(p)authors><\(p)commentList>\
    <\(p)comment ref="A2" authorId="0"><\(p)text><\(p)t>请核对</\(p)t></\(p)text></\(p)comment>\
    </\(p)commentList></\(p)comments>
    """
  }

  private static let threads = """
    <ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
    <threadedComment ref="A2" dT="2024-01-05T03:00:00.00" personId="{1}" id="{2}"><text>请核对</text>\
    </threadedComment></ThreadedComments>
    """
  private static let people = """
    <personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
    <person displayName="王芳" id="{1}" userId="w" providerId="None"/></personList>
    """
  private static let drawing = """
    <xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
    xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"/>\
    <v:shape id="_x0000_s1030"><v:textbox><br></v:textbox><x:ClientData ObjectType="Note"><x:Row>1</x:Row>\
    <x:Column>0</x:Column></x:ClientData></v:shape></xml>
    """
}
