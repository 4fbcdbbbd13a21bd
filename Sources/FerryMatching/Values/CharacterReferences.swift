import FerryCore

/// The signs that exports of web applications write as `&amp;` or `&#225;`.
///
/// Source: HTML Living Standard, 13.5 "Named character references" (those that XML knows, and the
/// blank) and 13.2.5.80 "Numeric character reference end state".
enum CharacterReferences {
  /// The longest that is read, its ampersand and semicolon with it: `&#x10FFFF;`.
  private static let mostBytes = 10

  /// Appends `text`, references replaced by what they stand for.
  static func append(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt8>) {
    guard holdsAmpersand(text) else { return output.append(copying: text) }
    var start = 0
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "&"), let (sign, end) = reference(in: text, at: index)
      else {
        index += 1
        continue
      }
      output.append(copying: text.extracting(start..<index))
      output.append(contentsOf: Array(String(sign).utf8))
      index = end
      start = end
    }
    output.append(copying: text.extracting(start..<text.count))
  }

  /// Looks at eight bytes at a time, as every cell is asked and few hold one.
  private static func holdsAmpersand(_ text: Span<UInt8>) -> Bool {
    let raw = unsafe text.bytes
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var offset = 0
    while offset + 8 <= text.count {
      // In bounds by the condition; a byte becomes 0 where it is an ampersand.
      let word =
        unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ ones &* UInt64(UInt8(ascii: "&"))
      if (word &- ones) & ~word & highs != 0 { return true }
      offset += 8
    }
    while offset < text.count {
      if text[offset] == UInt8(ascii: "&") { return true }
      offset += 1
    }
    return false
  }

  /// What the reference at an ampersand stands for, and where it ends; `nil` where it is none.
  private static func reference(
    in text: Span<UInt8>, at start: Int
  ) -> (sign: Character, end: Int)? {
    let limit = min(text.count, start + mostBytes)
    var end = start + 1
    while end < limit, text[end] != UInt8(ascii: ";") { end += 1 }
    guard end < limit, end > start + 1 else { return nil }
    let name = text.extracting(start + 1..<end).text
    guard let sign = named[name] ?? numbered(name) else { return nil }
    return (sign, end + 1)
  }

  private static let named: [String: Character] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ",
  ]

  private static func numbered(_ name: String) -> Character? {
    guard name.first == "#" else { return nil }
    let isHexadecimal = name.dropFirst().first == "x" || name.dropFirst().first == "X"
    let number =
      isHexadecimal
      ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst(1), radix: 10)
    guard let number, number >= 0x20, let scalar = Unicode.Scalar(number) else { return nil }
    return Character(scalar)
  }
}
