import CXLSXWriter
import Foundation

/// One sheet of a workbook that is being written by libxlsxwriter; its one owner.
///
/// The creation date is fixed, so that the same cells make the same bytes.
@safe
struct ReviewSheet: ~Copyable {
  /// How a cell looks.
  enum Look: Int, CaseIterable {
    case plain, title, note, head, band, label, different, choice, pick, bits, probability
  }

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let sheet: UnsafeMutablePointer<lxw_worksheet>?
  private let formats: [Format]

  /// A cell format; owned by the workbook.
  @safe
  private struct Format {
    let handle: UnsafeMutablePointer<lxw_format>?
  }

  /// The longest text that Excel takes is 32,767 characters.
  private static let longestText = 32_000
  private static let widths = [10.0, 16, 44, 44, 46, 14, 2, 2]

  /// In points.
  private static let lineHeight = 15.0
  /// Excel's rows are at most 409 points high.
  private static let mostLines = 27

  /// Starts a workbook with one sheet; `nil` where there is no memory for it.
  init?(path: String, _ name: String) {
    guard let workbook = unsafe workbook_new(path) else { return nil }
    unsafe self.workbook = workbook
    unsafe sheet = workbook_add_worksheet(workbook, name)
    var formats: [Format] = []
    for look in Look.allCases {
      let format = unsafe Format(handle: workbook_add_format(workbook))
      Self.style(format, as: look)
      formats.append(format)
    }
    self.formats = formats
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 1_719_705_600  // 2024-06-30T00:00:00Z
    unsafe workbook_set_properties(workbook, &properties)
    var hidden = lxw_row_col_options()
    for (column, width) in Self.widths.enumerated() {
      hidden.hidden = column >= ReviewKey.keyColumn ? 1 : 0
      unsafe worksheet_set_column_opt(
        sheet, UInt16(column), UInt16(column), width, nil, &hidden)
    }
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
  }

  private static func style(_ format: Format, as look: Look) {
    unsafe format_set_align(format.handle, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    switch look {
    case .plain, .label, .different, .band: unsafe format_set_text_wrap(format.handle)
    case .title, .note, .head, .choice, .pick, .bits, .probability: break
    }
    switch look {
    case .title:
      unsafe format_set_bold(format.handle)
      unsafe format_set_font_size(format.handle, 14)
    case .head:
      unsafe format_set_bold(format.handle)
      unsafe format_set_bg_color(format.handle, 0xDDE6F0)
    case .band, .probability:
      unsafe format_set_bold(format.handle)
      unsafe format_set_bg_color(format.handle, 0xEEF2F6)
    case .label: unsafe format_set_font_color(format.handle, 0x5A6470)
    case .different: unsafe format_set_bg_color(format.handle, 0xFCE4D6)
    case .choice:
      unsafe format_set_bold(format.handle)
      unsafe format_set_bg_color(format.handle, 0xFFF2CC)
      unsafe format_set_border(format.handle, UInt8(LXW_BORDER_THIN.rawValue))
    case .pick: unsafe format_set_bg_color(format.handle, 0xFFF9E5)
    case .plain, .note, .bits: break
    }
    if look == .bits { unsafe format_set_num_format(format.handle, "+0.0;-0.0;0.0") }
    if look == .probability { unsafe format_set_num_format(format.handle, "0.000") }
  }

  /// Writes a text, never a formula; what is longer than a cell may be ends with an ellipsis.
  func text(_ text: String, _ row: Int, _ column: Int, _ look: Look) {
    let format = formats[look.rawValue]
    guard !text.isEmpty else {
      unsafe worksheet_write_blank(sheet, UInt32(row), UInt16(column), format.handle)
      return
    }
    let isLong = text.utf16.count > Self.longestText
    let shown = isLong ? String(text.unicodeScalars.prefix(Self.longestText / 2)) + "…" : text
    unsafe worksheet_write_string(sheet, UInt32(row), UInt16(column), shown, format.handle)
  }

  /// Writes a number.
  func number(_ number: Double, _ row: Int, _ column: Int, _ look: Look) {
    unsafe worksheet_write_number(
      sheet, UInt32(row), UInt16(column), number, formats[look.rawValue].handle)
  }

  /// Writes a cell that offers some words.
  func choice(
    _ text: String, _ row: Int, _ column: Int, _ choices: [String], _ look: Look = .choice
  ) {
    self.text(text, row, column, look)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe choices.map { unsafe strdup($0) }
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
    }
    unsafe words.append(nil)
    unsafe words.withUnsafeMutableBufferPointer { list in
      var validation = unsafe lxw_data_validation()
      unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      unsafe validation.value_list = list.baseAddress
      unsafe worksheet_data_validation_cell(sheet, UInt32(row), UInt16(column), &validation)
    }
  }

  /// Makes a row as high as its longest text needs, by column, since no program does it unasked.
  func fitHeight(of row: Int, _ texts: [(column: Int, text: String)]) {
    let lines = texts.map { column, text in
      let width = max(1, Int(Self.widths[column]) - 2)
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .reduce(0) { $0 + max(1, ($1.displayWidth + width - 1) / width) }
    }
    let height = Double(min(lines.max() ?? 1, Self.mostLines)) * Self.lineHeight
    unsafe worksheet_set_row(sheet, UInt32(row), height, nil)
  }

  /// Keeps the rows above in view.
  func freeze(above row: Int) { unsafe worksheet_freeze_panes(sheet, UInt32(row), 0) }

  /// Writes the file; gives what went wrong.
  consuming func close() -> String? {
    let code = unsafe workbook_close(workbook)
    return code == LXW_NO_ERROR ? nil : unsafe String(cString: lxw_strerror(code))
  }
}
