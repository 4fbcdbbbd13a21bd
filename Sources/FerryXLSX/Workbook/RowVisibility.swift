import FerryCore

/// Whether the markup of a row or a column says that nobody sees it.
///
/// A row that a filter takes away is marked like one that a person hid.
///
/// Source: ECMA-376 Part 1, 18.3.1.73 (row: hidden, ht), 18.3.1.13 (col: hidden, width).
enum RowVisibility {
  /// Whether the row of this tag is hidden or has no height.
  static func isHidden(_ tag: Markup, in bytes: Span<UInt8>) -> Bool {
    // Most rows have neither attribute, and all names of both hold this letter.
    guard tag.attributes.contains(where: { bytes[$0] == UInt8(ascii: "h") }) else { return false }
    if let flag = tag.attribute("hidden", in: bytes) {
      if bytes.equals("1", flag) || bytes.equals("true", flag) { return true }
    }
    guard let height = tag.attribute("ht", in: bytes), !height.isEmpty else { return false }
    return height.allSatisfy { bytes[$0] == UInt8(ascii: "0") || bytes[$0] == UInt8(ascii: ".") }
  }

  /// The same of attributes as text; `size` is a height or a width.
  static func isHidden(hidden: String?, size: String?) -> Bool {
    if hidden == "1" || hidden == "true" { return true }
    guard let size, !size.isEmpty else { return false }
    return size.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
  }
}
