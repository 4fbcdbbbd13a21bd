internal import FerryCore
internal import FerryXLSX

/// A workbook as a source.
struct WorkbookContent: SourceContent {
  private let workbook: any SheetSource

  /// Opens a workbook of any format that Ferry reads itself.
  init(path: String, name: String, options: SourceOptions) throws {
    workbook = try SheetSources.open(path: path, password: options.password?.text)
  }

  var sheets: [SheetInfo] {
    workbook.sheets.map {
      SheetInfo(
        name: $0.name, isHidden: $0.visibility != .visible, isWorksheet: $0.isWorksheet)
    }
  }
  var keepsTrailingBlankRows: Bool { false }
  var findings: [Finding] { workbook.findings }
  func rows(ofSheet index: Int) throws -> any RowReader {
    try workbook.reader(ofSheet: index)
  }
  func mergedRanges(ofSheet index: Int, readBy reader: any RowReader) throws -> [CellRange] {
    if let ranges = (reader as? XLSXRowReader)?.mergedRanges { return ranges }
    return try workbook.mergedRanges(ofSheet: index)
  }
  func hiddenColumns(ofSheet index: Int) throws -> [ClosedRange<Int>] {
    try workbook.hiddenColumns(ofSheet: index)
  }
}
