import CXLSXWriter
import FerryCore
import Foundation

/// A workbook that libxlsxwriter writes row by row; its one owner.
@safe
final class PlainBook {
  /// How a cell looks.
  enum Look: Int, CaseIterable {
    case plain, title, head, cell, answer, error, warning
    case date, datetime, errorDate, warningDate
  }

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var sheets: [Sheet] = []
  private var formats: [Format] = []
  private var isClosed = false

  @safe
  private struct Sheet {
    let handle: UnsafeMutablePointer<lxw_worksheet>?
  }

  @safe
  private struct Format {
    let handle: UnsafeMutablePointer<lxw_format>?
  }

  /// Starts a workbook; `nil` where there is no memory for it.
  init?(path: String) {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = 1
    guard let workbook = unsafe workbook_new_opt(path, &options) else { return nil }
    unsafe self.workbook = workbook
    for look in Look.allCases {
      let format = unsafe Format(handle: workbook_add_format(workbook))
      Self.style(format, as: look)
      formats.append(format)
    }
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 1_719_705_600  // 2024-06-30T00:00:00Z
    unsafe workbook_set_properties(workbook, &properties)
  }

  deinit {
    if !isClosed { unsafe lxw_workbook_free(workbook) }
  }

  private static func style(_ format: Format, as look: Look) {
    let handle = unsafe format.handle
    switch look {
    case .plain: break
    case .title:
      unsafe format_set_bold(handle)
      unsafe format_set_font_size(handle, 14)
    case .head:
      unsafe format_set_bold(handle)
      unsafe format_set_bg_color(handle, 0xDDE6F0)
    case .cell, .answer:
      unsafe format_set_text_wrap(handle)
      unsafe format_set_align(handle, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      unsafe format_set_border(handle, UInt8(LXW_BORDER_THIN.rawValue))
      unsafe format_set_num_format(handle, "@")
      if look == .answer { unsafe format_set_bg_color(handle, 0xFFF2CC) }
    case .error, .errorDate: unsafe format_set_bg_color(handle, 0xFFC7CE)
    case .warning, .warningDate: unsafe format_set_bg_color(handle, 0xFFEB9C)
    case .date, .datetime: break
    }
    switch look {
    case .date, .errorDate, .warningDate: unsafe format_set_num_format(handle, "yyyy-mm-dd")
    case .datetime: unsafe format_set_num_format(handle, "yyyy-mm-dd hh:mm:ss")
    default: break
    }
  }

  /// Adds a sheet behind the others.
  func addSheet(_ name: String, isHidden: Bool = false) {
    let sheet = unsafe Sheet(handle: workbook_add_worksheet(workbook, name))
    if isHidden { unsafe worksheet_hide(sheet.handle) }
    sheets.append(sheet)
  }

  /// Writes a text, never a formula.
  func text(_ text: String, _ sheet: Int, _ row: Int, _ column: Int, _ look: Look) {
    let handle = unsafe sheets[sheet].handle
    let format = unsafe formats[look.rawValue].handle
    let (row, column) = (UInt32(row), UInt16(truncatingIfNeeded: column))
    guard !text.isEmpty else {
      if look != .plain { unsafe worksheet_write_blank(handle, row, column, format) }
      return
    }
    let isLong = text.utf16.count > 32_000
    let shown = isLong ? String(text.unicodeScalars.prefix(16_000)) + "…" : text
    unsafe worksheet_write_string(handle, row, column, shown, format)
  }

  /// Writes a value of a source; what Excel would change stays a text.
  func value(
    _ text: String, _ kind: CellKind, _ sheet: Int, _ row: Int, _ column: Int, _ look: Look
  ) {
    let handle = unsafe sheets[sheet].handle
    let place = (UInt32(row), UInt16(truncatingIfNeeded: column))
    let digits = text.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
    switch kind {
    case .number where digits <= 15:
      guard let number = Double(text) else { break }
      unsafe worksheet_write_number(
        handle, place.0, place.1, number, formats[look.rawValue].handle)
      return
    case .boolean:
      unsafe worksheet_write_boolean(
        handle, place.0, place.1, text == "true" ? 1 : 0, formats[look.rawValue].handle)
      return
    case .date, .datetime:
      guard var moment = Self.moment(text) else { break }
      let looks: [Look: Look] = [.error: .errorDate, .warning: .warningDate]
      let dated = looks[look] ?? (kind == .date ? .date : .datetime)
      unsafe worksheet_write_datetime(
        handle, place.0, place.1, &moment, formats[dated.rawValue].handle)
      return
    default: break
    }
    self.text(text, sheet, row, column, look)
  }

  // `2024-03-05` or `2024-03-05T09:30:00`, from 1900-03-01 on, where every program counts alike.
  private static func moment(_ text: String) -> lxw_datetime? {
    let parts = text.split { !$0.isNumber }.compactMap { Int32($0) }
    guard parts.count >= 3, parts[0] >= 1901, parts[0] <= 9999 else { return nil }
    var moment = lxw_datetime()
    moment.year = parts[0]
    moment.month = parts[1]
    moment.day = parts[2]
    if parts.count >= 6 {
      moment.hour = parts[3]
      moment.min = parts[4]
      moment.sec = Double(parts[5])
    }
    return moment
  }

  /// Colours a cell and comments on it; `value` is what it holds.
  func mark(_ mark: CellMark, on sheet: Int, _ value: (text: String, kind: CellKind)?) {
    let look: Look = mark.severity == .error ? .error : .warning
    let (row, column) = (mark.address.rowNumber - 1, mark.address.columnIndex)
    guard row < 1_048_576, column < 16_384 else { return }
    if let value {
      self.value(value.text, value.kind, sheet, row, column, look)
    } else {
      text("", sheet, row, column, look)
    }
    unsafe worksheet_write_comment(
      sheets[sheet].handle, UInt32(row), UInt16(column), String(mark.text.prefix(10_000)))
  }

  /// Merges cells of rows that are behind us, whose values stay.
  func merge(_ range: CellRange, on sheet: Int, movedBy rows: Int) {
    guard range.first != range.last else { return }
    unsafe worksheet_merge_range(
      sheets[sheet].handle, UInt32(range.first.rowNumber - 1 + rows),
      UInt16(truncatingIfNeeded: range.first.columnIndex),
      UInt32(range.last.rowNumber - 1 + rows),
      UInt16(truncatingIfNeeded: range.last.columnIndex), "", formats[Look.plain.rawValue].handle)
  }

  /// Writes a link on the sheet of questions.
  func link(_ target: String, _ text: String, _ row: Int, _ column: Int) {
    unsafe worksheet_write_url_opt(
      sheets[0].handle, UInt32(row), UInt16(column), target, nil, text, nil)
  }

  /// Offers the choices that stand behind the key of a row.
  func offer(_ count: Int, _ row: Int) {
    let first = CellAddress.columnName(QuestionSheet.keyColumn + 1)
    let last = CellAddress.columnName(QuestionSheet.keyColumn + count)
    let formula = "=$\(first)$\(row + 1):$\(last)$\(row + 1)"
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
    unsafe validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
    unsafe formula.withCString { text in
      unsafe validation.value_formula = UnsafeMutablePointer(mutating: text)
      unsafe worksheet_data_validation_cell(
        sheets[0].handle, UInt32(row), UInt16(QuestionSheet.answerColumn), &validation)
    }
  }

  /// Sets the columns of the sheet of questions, and keeps its head in view.
  func finishQuestions(head: Int) {
    let widths = [6.0, 18, 10, 8, 26, 44, 44, 26]
    for (column, width) in widths.enumerated() {
      unsafe worksheet_set_column(sheets[0].handle, UInt16(column), UInt16(column), width, nil)
    }
    var hidden = lxw_row_col_options()
    hidden.hidden = 1
    unsafe worksheet_set_column_opt(
      sheets[0].handle, UInt16(QuestionSheet.keyColumn), 16_383, 9, nil, &hidden)
    unsafe worksheet_freeze_panes(sheets[0].handle, UInt32(head + 1), 0)
    unsafe worksheet_set_landscape(sheets[0].handle)
    unsafe worksheet_fit_to_pages(sheets[0].handle, 1, 0)
  }

  /// Writes the file; false where it can't be.
  func close() -> Bool {
    isClosed = true
    return unsafe workbook_close(workbook) == LXW_NO_ERROR
  }
}
