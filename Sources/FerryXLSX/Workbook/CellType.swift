import FerryCore

/// The `t` of a cell: what its value means.
///
/// Source: ECMA-376 Part 1, 18.18.11 (ST_CellType).
enum CellType {
  case number
  case shared
  /// The text itself stands in the cell, as `<v>` or as `<is>`.
  case text
  case boolean
  case error
  /// ISO 8601.
  case isoDate

  init(_ bytes: Span<UInt8>, _ name: Range<Int>?) {
    guard let name else {
      self = .number
      return
    }
    if bytes.equals("s", name) {
      self = .shared
    } else if bytes.equals("str", name) || bytes.equals("inlineStr", name) {
      self = .text
    } else if bytes.equals("b", name) {
      self = .boolean
    } else if bytes.equals("e", name) {
      self = .error
    } else if bytes.equals("d", name) {
      self = .isoDate
    } else {
      self = .number
    }
  }
}

/// Where a cell stands: what its `r` says, or the place after the last one.
struct CellPlace {
  /// Zero-based; -1 where the cell doesn't say.
  var columnIndex = -1
  /// One-based; 0 where the cell doesn't say.
  var rowNumber = 0

  init() {}

  /// Reads `r`, such as `C14`; a text that is no address says nothing.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>?) {
    guard let range else { return }
    var column = 0
    var row = 0
    for index in range {
      let letter = bytes[index] & 0xDF &- UInt8(ascii: "A")
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit <= 9, column > 0 {
        row = row * 10 + Int(digit)
      } else if letter < 26, row == 0 {
        column = column * 26 + Int(letter) + 1
      } else if bytes[index] != UInt8(ascii: "$") {
        return
      }
      // Far beyond the sheet, and the numbers must not overflow.
      if column > Limits.columns || row > 1 << 40 { break }
    }
    guard row > 0 || column > Limits.columns else { return }
    columnIndex = column - 1
    rowNumber = row
  }
}
