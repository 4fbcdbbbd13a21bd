/// How `ferry cat` prints a sheet.
public enum CatFormat: String, Hashable, Sendable, CaseIterable {
  /// RFC 4180, UTF-8, LF; the sheet from A1 as it stands.
  case csv
  /// One JSON object a row, keyed by the first row that is not blank.
  case jsonl
  /// One JSON object a cell.
  case cells
}
