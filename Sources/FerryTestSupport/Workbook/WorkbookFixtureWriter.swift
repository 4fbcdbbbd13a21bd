// Turns a WorkbookFixture into the parts of a package, the way Excel lays them out.

struct WorkbookFixtureWriter {
  private let book: WorkbookFixture
  private var strings: [String] = []
  private var stringIndexes: [String: Int] = [:]
  private var formats: [String] = []
  // Cell styles beyond the first: the ids of their number formats.
  private var styleFormats: [Int] = [0]

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let documentRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let packageRelations =
    "http://schemas.openxmlformats.org/package/2006/relationships"
  private static let declaration =
    #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"

  init(_ book: WorkbookFixture) { self.book = book }

  mutating func parts() -> [(String, String)] {
    var sheetParts: [(String, String)] = []
    for (index, sheet) in book.sheets.enumerated() {
      sheetParts.append(("xl/worksheets/sheet\(index + 1).xml", sheet.rawXML ?? xml(of: sheet)))
    }
    let front = [
      ("[Content_Types].xml", contentTypes()), ("_rels/.rels", packageRelationships()),
      ("xl/workbook.xml", workbook()), ("xl/_rels/workbook.xml.rels", relationships()),
      ("xl/styles.xml", styles()),
    ]
    return front + sheetParts + [("xl/sharedStrings.xml", sharedStrings())]
  }
}

// MARK: - Sheets

extension WorkbookFixtureWriter {
  private mutating func xml(of sheet: WorkbookFixture.Sheet) -> String {
    var text = Self.declaration + #"<worksheet xmlns="\#(Self.main)">"#
    if !sheet.hiddenColumns.isEmpty {
      let columns = sheet.hiddenColumns.map {
        #"<col min="\#($0.lowerBound + 1)" max="\#($0.upperBound + 1)" width="9" hidden="1"/>"#
      }
      text += "<cols>\(columns.joined())</cols>"
    }
    text += "<sheetData>"
    for (index, row) in sheet.rows.enumerated() where !row.isEmpty {
      let hidden = sheet.hiddenRows.contains(index + 1) ? #" hidden="1""# : ""
      text += #"<row r="\#(index + 1)"\#(hidden)>"#
      for (column, cell) in row.enumerated() {
        text += xml(of: cell, at: Self.columnName(column) + String(index + 1))
      }
      text += "</row>"
    }
    text += "</sheetData>"
    if !sheet.merges.isEmpty {
      let cells = sheet.merges.map { #"<mergeCell ref="\#($0)"/>"# }.joined()
      text += #"<mergeCells count="\#(sheet.merges.count)">\#(cells)</mergeCells>"#
    }
    return text + "</worksheet>"
  }

  private mutating func xml(of cell: WorkbookFixture.Cell, at ref: String) -> String {
    switch cell {
    case .blank: return ""
    case .raw(let xml): return xml.replacing("{ref}", with: ref)
    case .text(let text) where book.usesSharedStrings:
      let index = shared(#"<t xml:space="preserve">\#(text.escaped)</t>"#)
      return #"<c r="\#(ref)" t="s"><v>\#(index)</v></c>"#
    case .text(let text):
      return
        #"<c r="\#(ref)" t="inlineStr"><is><t xml:space="preserve">\#(text.escaped)</t></is></c>"#
    case .rich(let runs):
      let item = runs.map { #"<r><t xml:space="preserve">\#($0.escaped)</t></r>"# }.joined()
      return book.usesSharedStrings
        ? #"<c r="\#(ref)" t="s"><v>\#(shared(item))</v></c>"#
        : #"<c r="\#(ref)" t="inlineStr"><is>\#(item)</is></c>"#
    case .formula(let formula, let cached):
      let inner = cachedValue(of: cached)
      return #"<c r="\#(ref)"\#(inner.attributes)><f>\#(formula.escaped)</f>\#(inner.value)</c>"#
    case .number, .boolean, .error, .formatted, .builtIn, .iso:
      let inner = cachedValue(of: cell)
      return #"<c r="\#(ref)"\#(inner.attributes)>\#(inner.value)</c>"#
    }
  }

  private mutating func cachedValue(
    of cell: WorkbookFixture.Cell
  ) -> (attributes: String, value: String) {
    switch cell {
    case .number(let text): return ("", "<v>\(text)</v>")
    case .boolean(let value): return (#" t="b""#, "<v>\(value ? 1 : 0)</v>")
    case .error(let text): return (#" t="e""#, "<v>\(text)</v>")
    case .iso(let text): return (#" t="d""#, "<v>\(text)</v>")
    case .text(let text): return (#" t="str""#, "<v>\(text.escaped)</v>")
    case .rich(let runs): return (#" t="str""#, "<v>\(runs.joined().escaped)</v>")
    case .formatted(let value, let format):
      return (#" s="\#(style(format: format))""#, "<v>\(value)</v>")
    case .builtIn(let value, let id): return (#" s="\#(style(formatID: id))""#, "<v>\(value)</v>")
    case .blank, .formula, .raw: return ("", "")
    }
  }

  private mutating func shared(_ item: String) -> Int {
    if let index = stringIndexes[item] { return index }
    strings.append(item)
    stringIndexes[item] = strings.count - 1
    return strings.count - 1
  }

  private mutating func style(format: String) -> Int {
    if !formats.contains(format) { formats.append(format) }
    return style(formatID: 164 + (formats.firstIndex(of: format) ?? 0))
  }

  private mutating func style(formatID: Int) -> Int {
    if let index = styleFormats.firstIndex(of: formatID) { return index }
    styleFormats.append(formatID)
    return styleFormats.count - 1
  }

  private static func columnName(_ columnIndex: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + columnIndex % 26)))
    return columnIndex < 26 ? letter : columnName(columnIndex / 26 - 1) + letter
  }
}

// MARK: - Other parts

extension WorkbookFixtureWriter {
  private func contentTypes() -> String {
    let prefix = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    var text =
      Self.declaration
      + #"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#
      + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
      + #"<Default Extension="xml" ContentType="application/xml"/>"#
      + #"<Override PartName="/xl/workbook.xml" ContentType="\#(prefix).sheet.main+xml"/>"#
    for index in book.sheets.indices {
      text +=
        #"<Override PartName="/xl/worksheets/sheet\#(index + 1).xml" ContentType="\#(prefix).worksheet+xml"/>"#
    }
    return text
      + #"<Override PartName="/xl/styles.xml" ContentType="\#(prefix).styles+xml"/>"#
      + #"<Override PartName="/xl/sharedStrings.xml" ContentType="\#(prefix).sharedStrings+xml"/></Types>"#
  }

  private func packageRelationships() -> String {
    Self.declaration + #"<Relationships xmlns="\#(Self.packageRelations)">"#
      + #"<Relationship Id="rId1" Type="\#(Self.documentRelations)/officeDocument" Target="xl/workbook.xml"/>"#
      + "</Relationships>"
  }

  private func relationships() -> String {
    var text = Self.declaration + #"<Relationships xmlns="\#(Self.packageRelations)">"#
    for index in book.sheets.indices {
      text +=
        #"<Relationship Id="rId\#(index + 1)" Type="\#(Self.documentRelations)/worksheet" Target="worksheets/sheet\#(index + 1).xml"/>"#
    }
    return text
      + #"<Relationship Id="rIdS" Type="\#(Self.documentRelations)/styles" Target="styles.xml"/>"#
      + #"<Relationship Id="rIdT" Type="\#(Self.documentRelations)/sharedStrings" Target="sharedStrings.xml"/>"#
      + "</Relationships>"
  }

  private func workbook() -> String {
    var text =
      Self.declaration
      + #"<workbook xmlns="\#(Self.main)" xmlns:r="\#(Self.documentRelations)">"#
      + (book.is1904 ? #"<workbookPr date1904="1"/>"# : "") + "<sheets>"
    for (index, sheet) in book.sheets.enumerated() {
      let state = sheet.visibility == .visible ? "" : #" state="\#(sheet.visibility.rawValue)""#
      text +=
        #"<sheet name="\#(sheet.name.escaped)" sheetId="\#(index + 1)"\#(state) r:id="rId\#(index + 1)"/>"#
    }
    return text + "</sheets></workbook>"
  }

  private func styles() -> String {
    var text = Self.declaration + #"<styleSheet xmlns="\#(Self.main)">"#
    if !formats.isEmpty {
      text += #"<numFmts count="\#(formats.count)">"#
      for (index, format) in formats.enumerated() {
        text += #"<numFmt numFmtId="\#(164 + index)" formatCode="\#(format.escaped)"/>"#
      }
      text += "</numFmts>"
    }
    text += #"<cellXfs count="\#(styleFormats.count)">"#
    for id in styleFormats { text += #"<xf numFmtId="\#(id)" applyNumberFormat="1"/>"# }
    return text + "</cellXfs></styleSheet>"
  }

  private func sharedStrings() -> String {
    let items = strings.map { "<si>\($0)</si>" }.joined()
    return Self.declaration
      + #"<sst xmlns="\#(Self.main)" uniqueCount="\#(strings.count)">\#(items)</sst>"#
  }
}

extension String {
  /// The text with `& < > "` as entities, a carriage return as a character reference.
  fileprivate var escaped: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\r": text += "&#13;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
