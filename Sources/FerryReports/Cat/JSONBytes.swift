import FerryCore

/// Writes JSON strings from UTF-8 bytes.
enum JSONBytes {
  /// Appends `value` as a JSON string, quotes and all.
  ///
  /// Control characters are escaped (RFC 8259, section 7); everything else stays UTF-8.
  static func append(_ value: Span<UInt8>, to output: inout ContiguousArray<UInt8>) {
    output.append(UInt8(ascii: "\""))
    var start = 0
    for index in value.indices where isSpecial(value[index]) {
      output.append(copying: value.extracting(start..<index))
      appendEscape(value[index], to: &output)
      start = index + 1
    }
    output.append(copying: value.extracting(start..<value.count))
    output.append(UInt8(ascii: "\""))
  }

  @inline(__always)
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private static func appendEscape(_ byte: UInt8, to output: inout ContiguousArray<UInt8>) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
    case UInt8(ascii: "\n"): output.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): output.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): output.append(UInt8(ascii: "t"))
    default:
      let digits = String(byte, radix: 16)
      output.append(UInt8(ascii: "u"))
      output.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
      output.append(contentsOf: digits.utf8)
    }
  }
}
