import CXLSXWriter

/// Writes sheets into a workbook by libxlsxwriter; the one owner of its `lxw_workbook`.
///
/// The creation date is fixed, so that the same cells make the same bytes.
@safe
struct SampleWorkbook: ~Copyable {
  private let handle: UnsafeMutablePointer<lxw_workbook>
  private let path: String
  private let styles: [SampleCell.NumberStyle: Style]
  private let header: Style
  private let plain: Style

  /// A cell format; owned by the workbook.
  @safe
  private struct Style {
    let handle: UnsafeMutablePointer<lxw_format>?
  }

  struct WriteError: Error {
    let path: String
    let message: String
  }

  /// Starts a workbook.
  init(path: String) throws {
    guard let handle = unsafe workbook_new(path) else {
      throw WriteError(path: path, message: "out of memory")
    }
    unsafe self.handle = handle
    self.path = path
    var styles: [SampleCell.NumberStyle: Style] = [:]
    for style in SampleCell.NumberStyle.allCases {
      let format = unsafe Style(handle: workbook_add_format(handle))
      unsafe format_set_num_format(format.handle, style.rawValue)
      unsafe format_set_align(format.handle, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
      styles[style] = format
    }
    self.styles = styles
    header = unsafe Style(handle: workbook_add_format(handle))
    unsafe format_set_bold(header.handle)
    unsafe format_set_align(header.handle, UInt8(LXW_ALIGN_CENTER.rawValue))
    unsafe format_set_align(header.handle, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    unsafe format_set_bg_color(header.handle, 0xDDE6F0)
    plain = unsafe Style(handle: workbook_add_format(handle))
    unsafe format_set_align(plain.handle, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    var properties = unsafe lxw_doc_properties()
    // 2024-06-30T00:00:00Z, the day on which the client sent its files.
    unsafe properties.created = 1_719_705_600
    unsafe workbook_set_properties(handle, &properties)
  }

  /// Adds a sheet.
  func add(_ sheet: SampleSheet) {
    let worksheet = unsafe workbook_add_worksheet(handle, sheet.name)
    for (column, width) in sheet.widths.enumerated() {
      unsafe worksheet_set_column(worksheet, UInt16(column), UInt16(column), width, nil)
    }
    for merge in sheet.merges where merge.rows.count > 1 || merge.columns.count > 1 {
      let style = sheet.headerRows.contains(merge.rows.lowerBound) ? header : plain
      unsafe worksheet_merge_range(
        worksheet, UInt32(merge.rows.lowerBound), UInt16(merge.columns.lowerBound),
        UInt32(merge.rows.upperBound), UInt16(merge.columns.upperBound), "", style.handle)
    }
    for (row, cells) in sheet.rows.enumerated() {
      let isHeader = sheet.headerRows.contains(row)
      for (column, cell) in cells.enumerated() {
        unsafe write(cell, to: worksheet, UInt32(row), UInt16(column), isHeader)
      }
    }
    if let last = sheet.headerRows.max() {
      unsafe worksheet_freeze_panes(worksheet, UInt32(last + 1), 0)
    }
  }

  private func write(
    _ cell: SampleCell, to worksheet: UnsafeMutablePointer<lxw_worksheet>?, _ row: UInt32,
    _ column: UInt16, _ isHeader: Bool
  ) {
    switch cell {
    case .blank: break
    case .text(let text):
      let style = isHeader ? header : plain
      unsafe worksheet_write_string(worksheet, row, column, text, style.handle)
    case .number(let value, let style):
      unsafe worksheet_write_number(worksheet, row, column, value, styles[style]?.handle ?? nil)
    case .formula(let formula, let value, let style):
      unsafe worksheet_write_formula_num(
        worksheet, row, column, formula, styles[style]?.handle ?? nil, value)
    }
  }

  /// Writes the file.
  consuming func close() throws {
    let code = unsafe workbook_close(handle)
    guard code == LXW_NO_ERROR else {
      throw WriteError(path: path, message: unsafe String(cString: lxw_strerror(code)))
    }
  }
}
