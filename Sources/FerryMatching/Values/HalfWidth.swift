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
    var (start, end) = (0, text.count)
    while start < end, text[start] <= 0x20 { start += 1 }
    while start < end, text[end - 1] <= 0x20 { end -= 1 }
    let text = text.extracting(start..<end)
    output.append(addingCapacity: text.count) { output in
      var reader = HalfWidth()
      while let byte = reader.next(in: text) { output.append(byte) }
    }
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// U+FF01…U+FF5E.
  private static func twin(_ second: UInt8, _ third: UInt8) -> UInt8? {
    switch second {
    case 0xBC where (0x81...0xBF).contains(third): 0x21 + (third - 0x81)
    case 0xBD where (0x80...0x9E).contains(third): 0x60 + (third - 0x80)
    default: nil
    }
  }
}
