/// The address of one cell in a sheet, such as `C14`.
///
/// Source: ECMA-376 Part 1, 18.18.62 (ST_Ref) for the A1 notation.
public struct CellAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Zero-based column; 0 is column A.
  public let columnIndex: Int
  /// One-based row, as the sheet shows it.
  public let rowNumber: Int

  /// Makes an address from a zero-based column and a one-based row.
  public init(columnIndex: Int, rowNumber: Int) {
    self.columnIndex = columnIndex
    self.rowNumber = rowNumber
  }

  /// Reads an address in A1 notation; gives nothing where the text is none.
  ///
  /// `$` signs are passed over.
  public init?(_ text: String) {
    var column = 0
    var row = 0
    for byte in text.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
      case UInt8(ascii: "a")...UInt8(ascii: "z") where row == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
        row = row * 10 + Int(byte - UInt8(ascii: "0"))
      default: return nil
      }
      guard column <= 1 << 24, row <= 1 << 32 else { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.init(columnIndex: column - 1, rowNumber: row)
  }

  /// The letters of a column: 0 gives `A`, 26 gives `AA`.
  public static func columnName(_ columnIndex: Int) -> String {
    var letters: [UInt8] = []
    var rest = columnIndex + 1
    while rest > 0 {
      rest -= 1
      letters.append(UInt8(ascii: "A") + UInt8(rest % 26))
      rest /= 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// The address in A1 notation.
  public var description: String { Self.columnName(columnIndex) + String(rowNumber) }

  /// Orders by row, then by column, as a sheet is read.
  public static func < (left: CellAddress, right: CellAddress) -> Bool {
    (left.rowNumber, left.columnIndex) < (right.rowNumber, right.columnIndex)
  }
}
