package import FerryCore

/// A binary workbook of Excel 2007 and later (.xlsb), read as a stream.
///
/// Its archive is that of an .xlsx; the parts hold records in place of XML. Values are those that
/// stand in the file: of a formula the result that was saved with it. Source: MS-XLSB.
package final class BinaryWorkbook: SheetSource {
  /// The sheets in the order of the tabs, hidden ones and charts too.
  package let sheets: [WorkbookSheet]
  /// What is odd about the workbook as a whole.
  package let findings: [Finding]
  private let is1904: Bool
  private let package: Package
  private let styles: Styles
  private let stringsPart: String?
  private var strings: SharedStrings?
  private var margins: [Int: BinaryMargins] = [:]

  init(_ package: Package) throws(XLSXError) {
    self.package = package
    let part = package.workbookPart
    let list = try BinaryParts.workbook(
      package.stream(part, limit: Limits.wholePartBytes))
    let relationships = try package.relationships(of: part)
    let sheets = list.sheets.map { package.sheet($0, relationships) }
    self.sheets = sheets
    is1904 = list.is1904
    findings = package.findings(about: sheets)
    stringsPart = package.part("sharedStrings", relationships)
    let stylesPart = package.part("styles", relationships)
    if let stylesPart {
      styles = try BinaryParts.styles(
        package.stream(stylesPart, limit: Limits.wholePartBytes))
    } else {
      styles = .none
    }
  }

  /// A reader of a sheet's rows, from the first; rows without a value are left out.
  package func reader(ofSheet index: Int) throws -> any RowReader {
    let writer = CellWriter(strings: try allStrings(), styles: styles, is1904: is1904)
    return BinaryRowReader(
      sheet: sheets[index].name, BinaryRecords(try stream(ofSheet: index)), writer)
  }

  /// The merged ranges of a sheet, in the order of the file.
  package func mergedRanges(ofSheet index: Int) throws(XLSXError) -> [CellRange] {
    try margins(ofSheet: index).merged
  }

  /// The columns of a sheet that nobody sees, zero-based.
  package func hiddenColumns(ofSheet index: Int) throws(XLSXError) -> [ClosedRange<Int>] {
    try margins(ofSheet: index).hiddenColumns
  }

  private func margins(ofSheet index: Int) throws(XLSXError) -> BinaryMargins {
    if let known = margins[index] { return known }
    let found = try BinaryMargins(stream(ofSheet: index))
    margins[index] = found
    return found
  }

  private func stream(ofSheet index: Int) throws(XLSXError) -> PartStream {
    let sheet = sheets[index]
    guard let part = sheet.part else { throw package.error(.missingPart(sheet.name)) }
    guard sheet.isWorksheet else { throw package.error(.noWorksheet(name: sheet.name)) }
    return try package.stream(part, limit: Limits.sheetBytes)
  }

  private func allStrings() throws(XLSXError) -> SharedStrings {
    if let strings { return strings }
    var found = SharedStrings(partBytes: 0)
    if let stringsPart {
      found = try BinaryParts.strings(package.stream(stringsPart, limit: Limits.sheetBytes))
    }
    strings = found
    return found
  }
}
