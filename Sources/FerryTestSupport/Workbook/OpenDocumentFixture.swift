import Foundation

/// Writes a workbook fixture as an OpenDocument spreadsheet, as LibreOffice would.
///
/// Source: OpenDocument 1.3 Part 3, chapters 9 and 19.
public struct OpenDocumentFixture: Sendable {
  /// What is written; dates are given as days of the 1900 system.
  public var book: WorkbookFixture
  /// Elements that stand before the sheets, as they are.
  public var before = ""
  /// Rows of the first sheet as they are, behind those of the fixture.
  public var rawRows = ""
  /// Whether the list of parts says that they are encrypted.
  public var claimsPassword = false

  /// Takes a workbook; its raw cells and raw parts have no place in this format.
  public init(_ book: WorkbookFixture) { self.book = book }

  private static let type = "application/vnd.oasis.opendocument.spreadsheet"
  private static let names = ["office", "table", "text", "style"].map {
    "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\" "
  }.joined()
  private static let numbers =
    "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
    + "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""

  /// The archive, to be broken further.
  public func archive() -> ZipFixture {
    let secret = claimsPassword ? "<encryption-data/>" : ""
    return ZipFixture([
      ZipFixture.Entry("mimetype", Self.type, method: .stored),
      ZipFixture.Entry(
        "META-INF/manifest.xml", "<manifest><file-entry>\(secret)</file-entry></manifest>"),
      ZipFixture.Entry("content.xml", xml(root: "document-content", attributes: "")),
    ])
  }

  /// The same as one plain XML.
  public func flat() -> [UInt8] {
    Array(xml(root: "document", attributes: " office:mimetype=\"\(Self.type)\"").utf8)
  }

  private func xml(root: String, attributes: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + "<office:\(root) \(Self.names)\(Self.numbers)\(attributes)>"
      + "<office:automatic-styles>\(Self.styles)</office:automatic-styles>"
      + "<office:body><office:spreadsheet>\(before)"
      + book.sheets.enumerated().map { sheet($1, rawRows: $0 == 0 ? rawRows : "") }.joined()
      + "</office:spreadsheet></office:body></office:\(root)>"
  }

  private static let styles =
    "<style:style style:name=\"ta1\" style:family=\"table\">"
    + "<style:table-properties table:display=\"true\"/></style:style>"
    + "<style:style style:name=\"ta2\" style:family=\"table\">"
    + "<style:table-properties table:display=\"false\"/></style:style>"
    + "<number:time-style style:name=\"N1\"><number:hours/></number:time-style>"
    + "<number:time-style style:name=\"N2\" number:truncate-on-overflow=\"false\"/>"
    + "<style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
    + "<style:style style:name=\"ce2\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>"
    + "<style:style style:name=\"ce3\" style:family=\"table-cell\" "
    + "style:parent-style-name=\"ce2\"/>"

  private func sheet(_ sheet: WorkbookFixture.Sheet, rawRows: String) -> String {
    let corners = sheet.merges.map { FixtureTables.corners(of: $0) }
    var rows = ""
    for (row, cells) in sheet.rows.enumerated() {
      let hidden = sheet.hiddenRows.contains(row + 1) ? " table:visibility=\"filter\"" : ""
      rows += "<table:table-row\(hidden)>"
      for (column, value) in cells.enumerated() {
        let merge = corners.first { $0.firstRow == row && $0.firstColumn == column }
        let span = merge.map {
          " table:number-columns-spanned=\"\($0.lastColumn - column + 1)\""
            + " table:number-rows-spanned=\"\($0.lastRow - row + 1)\""
        }
        rows += cell(value, span ?? "")
      }
      rows += "</table:table-row>"
    }
    let style = sheet.visibility == .visible ? "ta1" : "ta2"
    return "<table:table table:name=\"\(Self.escaped(sheet.name))\" table:style-name=\"\(style)\">"
      + columns(of: sheet) + rows + rawRows + "</table:table>"
  }

  private func columns(of sheet: WorkbookFixture.Sheet) -> String {
    var (next, text) = (0, "")
    for hidden in sheet.hiddenColumns {
      if hidden.lowerBound > next {
        let count = hidden.lowerBound - next
        text += "<table:table-column table:number-columns-repeated=\"\(count)\"/>"
      }
      text +=
        "<table:table-column table:visibility=\"collapse\" "
        + "table:number-columns-repeated=\"\(hidden.count)\"/>"
      next = hidden.upperBound + 1
    }
    return text
  }
}

// MARK: - Cells

extension OpenDocumentFixture {
  private func cell(_ cell: WorkbookFixture.Cell, _ span: String) -> String {
    var (content, formula) = (cell, "")
    if case .formula(let text, let result) = cell {
      (content, formula) = (result, " table:formula=\"of:=\(Self.escaped(text))\"")
    }
    let (attributes, text) = Self.value(of: content)
    let paragraphs = text.map { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).map {
        "<text:p>\(Self.spaced(String($0)))</text:p>"
      }.joined()
    }
    return "<table:table-cell\(span)\(formula)\(attributes)>\(paragraphs ?? "")</table:table-cell>"
  }

  private static func value(
    of cell: WorkbookFixture.Cell
  ) -> (attributes: String, text: String?) {
    func typed(_ type: String, _ name: String, _ value: String) -> String {
      " office:value-type=\"\(type)\" office:\(name)=\"\(value)\" calcext:value-type=\"\(type)\""
    }
    switch cell {
    case .text(let text): return (" office:value-type=\"string\"", text)
    case .rich(let runs): return (" office:value-type=\"string\"", runs.joined())
    case .number(let digits): return (typed("float", "value", digits), digits)
    case .boolean(let value):
      return (typed("boolean", "boolean-value", "\(value)"), value ? "TRUE" : "FALSE")
    case .error(let name):
      return (
        " office:value-type=\"string\" office:string-value=\"\""
          + " calcext:value-type=\"error\"", name
      )
    case .formatted(let value, let code): return formatted(value, code, typed)
    default: return ("", nil)
    }
  }

  // Dates and times by the letters of their format; anything else is a number.
  private static func formatted(
    _ value: Double, _ code: String, _ typed: (String, String, String) -> String
  ) -> (attributes: String, text: String?) {
    let seconds = Int((value * 86_400).rounded())
    if code.contains("y") {
      let date = Date(timeIntervalSince1970: Double(seconds - 25_569 * 86_400))
      let text = date.formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
      let shown = seconds % 86_400 == 0 ? String(text.prefix(10)) : String(text.prefix(19))
      return (typed("date", "date-value", shown), shown)
    }
    guard code.contains("h") else { return (typed("float", "value", "\(value)"), "\(value)") }
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    let text = "PT\(parts[0])H\(parts[1])M\(parts[2])S"
    let style = " table:style-name=\"\(code.contains("[") ? "ce3" : "ce1")\""
    return (style + typed("time", "time-value", text), text)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  // A blank at the start or behind another is an element.
  private static func spaced(_ text: String) -> String {
    let spaced = escaped(text).replacing("  ", with: " <text:s/>").replacing(
      "\t", with: "<text:tab/>")
    return spaced.hasPrefix(" ") ? "<text:s/>" + spaced.dropFirst() : spaced
  }
}
