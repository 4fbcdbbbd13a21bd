import CXLSXWriter
import FerryStores
import Foundation

/// One import file that is being written: a workbook's sheet of texts, or CSV.
protocol ImportFile: ~Copyable {
  /// Adds a row.
  mutating func add(_ row: [String]) throws(StoreError)
  /// Ends the file.
  consuming func close() throws(StoreError)
}

/// A workbook whose cells are all texts, so that nothing becomes a formula, a number or a date.
@safe
struct ImportSheet: ~Copyable, ImportFile {
  /// Excel's own limit, in UTF-16 units; a plan stays well below it.
  private static let longestText = 32_767
  static let longestPlannedText = 16_000

  private let path: String
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let sheet: UnsafeMutablePointer<lxw_worksheet>?
  private let textFormat: UnsafeMutablePointer<lxw_format>?
  private var rowIndex: UInt32 = 0

  init(_ path: String, title: String) throws(StoreError) {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = 1
    guard let workbook = unsafe workbook_new_opt(path, &options) else {
      throw FileStoreRules.error(FileStoreRules.unwritable, path, "no memory")
    }
    self.path = path
    unsafe self.workbook = workbook
    unsafe sheet = workbook_add_worksheet(workbook, title)
    unsafe textFormat = workbook_add_format(workbook)
    unsafe format_set_num_format(textFormat, "@")
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 1_719_705_600  // 2024-06-30T00:00:00Z
    unsafe workbook_set_properties(workbook, &properties)
    unsafe worksheet_freeze_panes(sheet, 1, 0)
  }

  /// A text that looks like an escape, such as `_x0041_`, stays that text.
  ///
  /// Source: ECMA-376 part 1, 22.9.2.19, ST_Xstring; libxlsxwriter leaves it alone.
  private static func escaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    return text.replacing(#/_(?=x[0-9A-Fa-f]{4}_)/#, with: "_x005F_")
  }

  mutating func add(_ row: [String]) throws(StoreError) {
    for (column, text) in row.enumerated() where !text.isEmpty {
      guard text.utf16.count <= Self.longestText else {
        throw FileStoreRules.error(FileStoreRules.tooLong, row.first ?? "")
      }
      unsafe worksheet_write_string(
        sheet, rowIndex, UInt16(column), Self.escaped(text), textFormat)
    }
    rowIndex += 1
  }

  consuming func close() throws(StoreError) {
    let code = unsafe workbook_close(workbook)
    guard code == LXW_NO_ERROR else {
      throw FileStoreRules.error(
        FileStoreRules.unwritable, path, unsafe String(cString: lxw_strerror(code)))
    }
  }
}

/// CSV as RFC 4180 has it, in UTF-8 with a byte order mark, since Excel takes it for GBK otherwise.
struct ImportCSV: ~Copyable, ImportFile {
  private static let flushAt = 1 << 20
  private let path: String
  private let handle: FileHandle
  private var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Cells that a spreadsheet program would run, which got an apostrophe.
  private(set) var defused = 0

  init(_ path: String) throws(StoreError) {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw FileStoreRules.error(FileStoreRules.unwritable, path, "no such folder, or no right")
    }
    self.handle = handle
  }

  mutating func add(_ row: [String]) throws(StoreError) {
    for (column, text) in row.enumerated() {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      var text = text
      if Self.runs(text) {
        text = "'" + text
        defused += 1
      }
      guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
        bytes += Array(text.utf8)
        continue
      }
      bytes += Array("\"\(text.replacing("\"", with: "\"\""))\"".utf8)
    }
    bytes += [0x0D, 0x0A]
    if bytes.count > Self.flushAt { try flush() }
  }

  /// Whether a spreadsheet program takes a cell for a formula; numbers and phones are none.
  static func runs(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "=", "@", "\t", "\r": return true
    case "+", "-": return !text.dropFirst().allSatisfy { $0.isNumber || ".;ext= ".contains($0) }
    default: return false
    }
  }

  private mutating func flush() throws(StoreError) {
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw FileStoreRules.error(FileStoreRules.unwritable, path, error.localizedDescription)
    }
    bytes.removeAll(keepingCapacity: true)
  }

  consuming func close() throws(StoreError) {
    try flush()
    try? handle.close()
  }
}
