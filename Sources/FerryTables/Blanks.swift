internal import FerryCore

/// The text without white space around it, wide and unbreakable blanks too.
func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[first...last])
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || scalar.value == 0xFEFF || scalar.value == 0x200B
}

extension RowBatch {
  /// Whether a cell holds nothing but blanks.
  func isBlank(_ cell: RawCell) -> Bool {
    let end = Int(cell.startOffset) + Int(cell.byteCount)
    var index = Int(cell.startOffset)
    while index < end {
      let length = blankLength(at: index, before: end)
      if length == 0 { return false }
      index += length
    }
    return true
  }

  /// How many bytes a blank takes that begins at `index`; 0 where none does.
  ///
  /// Source: PropList.txt of Unicode, White_Space; and U+200B and U+FEFF, which nobody sees.
  private func blankLength(at index: Int, before end: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x20 || byte &- 0x09 < 5 ? 1 : 0 }
    guard byte == 0xC2 || (0xE1...0xE3).contains(byte) || byte == 0xEF, index + 1 < end else {
      return 0
    }
    let next = bytes[index + 1]
    if byte == 0xC2 { return next == 0x85 || next == 0xA0 ? 2 : 0 }
    guard index + 2 < end else { return 0 }
    switch (byte, next, bytes[index + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8...0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
      return 3
    default: return 0
    }
  }
}
