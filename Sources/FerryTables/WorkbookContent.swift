internal import FerryCore
internal import FerryXLSX

/// A workbook as a source.
struct WorkbookContent: SourceContent {
  private let workbook: any SheetSource
  /// What a converter said of it.
  private let notes: [Finding]

  /// Opens a workbook, or what LibreOffice makes of one that Ferry does not read itself.
  init(path: String, name: String, options: SourceOptions) throws {
    do {
      workbook = try SheetSources.open(path: path, password: options.password?.text)
      notes = []
    } catch {
      guard let file = ForeignFile(path: path, name: name, refusedAs: error.kind),
        let opened = try options.office?.workbook(file, password: options.password)
      else { throw error }
      workbook = opened.workbook
      notes = opened.findings
    }
  }

  var sheets: [SheetInfo] {
    workbook.sheets.map {
      SheetInfo(
        name: $0.name, isHidden: $0.visibility != .visible, isWorksheet: $0.isWorksheet)
    }
  }
  var keepsTrailingBlankRows: Bool { false }
  var findings: [Finding] { notes + workbook.findings }
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
