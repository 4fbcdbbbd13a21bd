import FerryCore

/// Reads UTF-8 as if everything that has an ASCII twin were written in it, letters small.
struct HalfWidth {
  private var index = 0

  /// The next byte, or `nil` at the end.
  ///
  /// Signs without an ASCII twin come as they are.
  mutating func next(in text: Span<UInt8>) -> UInt8? {
    guard index < text.count else { return nil }
    let byte = text[index]
    if byte == 0xEF, index + 2 < text.count, let twin = Self.twin(text[index + 1], text[index + 2])
    {
      index += 3
      return Self.small(twin)
    }
    index += 1
    return Self.small(byte)
  }

  /// Appends all of `text`, blanks at its ends aside.
  static func append(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt8>) {
    var reader = HalfWidth()
    let start = output.count
    while let byte = reader.next(in: text) {
      if byte > 0x20 || output.count > start { output.append(byte) }
    }
    while output.count > start, output[output.count - 1] <= 0x20 { output.removeLast() }
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// U+FF01…U+FF5E.
  private static func twin(_ second: UInt8, _ third: UInt8) -> UInt8? {
    switch second {
    case 0xBC where third >= 0x81: 0x21 + (third - 0x81)
    case 0xBD where third <= 0x9E: 0x60 + (third - 0x80)
    default: nil
    }
  }
}
