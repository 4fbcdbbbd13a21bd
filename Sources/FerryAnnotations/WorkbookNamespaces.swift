/// The names by which a workbook calls the parts of its format: transitional, or strict.
///
/// Source: ECMA-376 Part 1, annex A, and Part 4 for the transitional names.
struct WorkbookNamespaces {
  /// Of the elements of sheets, styles and comments.
  let main: String
  /// Of the attribute that names another part.
  let links: String

  /// Of most programs.
  static let transitional = Self(
    main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    links: "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
  /// Of "Strict Open XML Spreadsheet".
  static let strict = Self(
    main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    links: "http://purl.oclc.org/ooxml/officeDocument/relationships")

  /// Of list of relationships.
  static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  private static let contentType = "application/vnd.openxmlformats-officedocument."

  static let sheetType = contentType + "spreadsheetml.worksheet+xml"
  static let commentsType = contentType + "spreadsheetml.comments+xml"
  static let stylesType = contentType + "spreadsheetml.styles+xml"
  static let drawingType = contentType + "vmlDrawing"
}
