/// The fixed texts of a workbook.
enum XLSXParts {
  static let declaration = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
  private static let main =
    #"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#
  private static let office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let media = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  static let sheetHead =
    declaration
    + #"<worksheet \#(main)><sheetFormatPr defaultRowHeight="15"/>"#
    + #"<cols><col min="1" max="13" width="16" customWidth="1"/></cols><sheetData>"#

  static func stringsHead(count: Int, uniqueCount: Int) -> String {
    declaration + #"<sst \#(main) count="\#(count)" uniqueCount="\#(uniqueCount)">"#
  }

  /// A text as an element, its blanks kept where XML would drop them.
  static func element(_ text: String) -> String {
    let keeps =
      text.first?.isWhitespace == true || text.last?.isWhitespace == true
      || text.contains("\n")
    return (keeps ? #"<t xml:space="preserve">"# : "<t>") + escaped(text) + "</t>"
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else { return text }
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }

  static func others(hasSharedStrings: Bool) -> [(name: String, body: String)] {
    [
      ("xl/styles.xml", styles), ("xl/workbook.xml", workbook),
      ("xl/_rels/workbook.xml.rels", workbookRelations(hasSharedStrings)),
      (
        "_rels/.rels",
        #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" "#
          + #"Type="\#(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
      ),
      ("[Content_Types].xml", contentTypes(hasSharedStrings)),
    ]
  }

  private static let workbook =
    #"<workbook \#(main) xmlns:r="\#(office)"><sheets>"#
    + #"<sheet name="客户" sheetId="1" r:id="rId1"/></sheets></workbook>"#

  private static let styles =
    #"<styleSheet \#(main)><numFmts count="1">"#
    + #"<numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>"#
    + #"<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>"#
    + #"<fills count="1"><fill><patternFill patternType="none"/></fill></fills>"#
    + #"<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/>"#
    + #"</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" xfId="0"/>"#
    + #"<xf numFmtId="14" xfId="0" applyNumberFormat="1"/>"#
    + #"<xf numFmtId="164" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#

  private static func workbookRelations(_ hasSharedStrings: Bool) -> String {
    let parts =
      [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
      + (hasSharedStrings ? [("sharedStrings", "sharedStrings.xml")] : [])
    let relations = parts.enumerated().map { index, part in
      #"<Relationship Id="rId\#(index + 1)" Type="\#(office)/\#(part.0)" Target="\#(part.1)"/>"#
    }
    return #"<Relationships xmlns="\#(package)/relationships">"# + relations.joined()
      + "</Relationships>"
  }

  private static func contentTypes(_ hasSharedStrings: Bool) -> String {
    let parts =
      [("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles")]
      + (hasSharedStrings ? [("sharedStrings", "sharedStrings")] : [])
    let overrides = parts.map {
      #"<Override PartName="/xl/\#($0.0).xml" ContentType="\#(media).\#($0.1)+xml"/>"#
    }
    return #"<Types xmlns="\#(package)/content-types"><Default Extension="rels" "#
      + #"ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
      + #"<Default Extension="xml" ContentType="application/xml"/>"# + overrides.joined()
      + "</Types>"
  }
}
