import FerryCore
import Foundation

/// One cell of the key by which a row is told from others.
public struct RowKeyPart: Hashable, Sendable, Codable {
  /// The column's header.
  public let column: String
  /// What stands there, without blanks around it.
  public let value: String

  /// States it.
  public init(column: String, value: String) {
    self.column = column
    self.value = value
  }

  /// A cell's text as corrections compare it.
  public static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// What a person said that a cell should read, remembered by what the cell holds.
///
/// Rows have no numbers here, so that a correction holds for the next sheet as well.
public struct CellCorrection: Hashable, Sendable {
  /// The column's header.
  public let column: String
  /// What stands in the cell; empty for a blank one.
  public let value: String
  /// The row's key, where the value alone would not tell the cell; else empty.
  public let row: [RowKeyPart]
  /// What is meant; empty where nothing should stand there.
  public let replacement: String

  /// States it.
  public init(column: String, value: String, row: [RowKeyPart] = [], replacement: String) {
    self.column = column
    self.value = value
    self.row = row
    self.replacement = replacement
  }

  /// By what changes name it: eight hexadecimal digits of what it is about.
  public var id: String {
    var hash = StableHash()
    for text in [column, value] + row.flatMap({ [$0.column, $0.value] }) {
      let bytes = ContiguousArray(text.utf8 + [0])
      hash.add(bytes.span)
    }
    return String(decoding: hash.digits.prefix(8), as: UTF8.self)
  }
}
