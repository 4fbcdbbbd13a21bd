/// Where something came from: a file, one of its sheets, and a cell or row there.
public struct Provenance: Hashable, Sendable, CustomStringConvertible {
  /// The file's name as the user gave it, without its folders.
  public let file: String
  /// The sheet; for a CSV file its stem; `nil` when it is about the whole file.
  public let sheet: String?
  /// One-based row; `nil` when it is about the whole sheet.
  public let rowNumber: Int?
  /// Zero-based column; `nil` when it is about the whole row.
  public let columnIndex: Int?

  /// Names a place; leave out what is not known.
  public init(
    file: String, sheet: String? = nil, rowNumber: Int? = nil, columnIndex: Int? = nil
  ) {
    self.file = file
    self.sheet = sheet
    self.rowNumber = rowNumber
    self.columnIndex = columnIndex
  }

  /// The place as people read it: `file 'sheet'!C14`, or `file 'sheet'!14` for a whole row.
  public var description: String {
    guard let sheet else { return file }
    guard let rowNumber else {
      guard let columnIndex else { return "\(file) '\(sheet)'" }
      return "\(file) '\(sheet)'!\(CellAddress.columnName(columnIndex))"
    }
    guard let columnIndex else { return "\(file) '\(sheet)'!\(rowNumber)" }
    return "\(file) '\(sheet)'!\(CellAddress(columnIndex: columnIndex, rowNumber: rowNumber))"
  }
}
