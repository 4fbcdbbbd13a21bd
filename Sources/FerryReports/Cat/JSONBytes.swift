import FerryCore

/// Writes JSON strings from UTF-8 bytes.
enum JSONBytes {
  /// Appends `value` as a JSON string, quotes and all.
  ///
  /// Control characters are escaped (RFC 8259, section 7); everything else stays UTF-8.
  static func append(_ value: Span<UInt8>, to output: inout ContiguousArray<UInt8>) {
    output.append(UInt8(ascii: "\""))
    for index in value.indices {
      let byte = value[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case UInt8(ascii: "\n"): output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case UInt8(ascii: "\r"): output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case UInt8(ascii: "\t"): output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0..<0x20, 0x7F: appendEscape(byte, to: &output)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ byte: UInt8, to output: inout ContiguousArray<UInt8>) {
    let digits = String(byte, radix: 16)
    output.append(contentsOf: "\\u".utf8)
    output.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
    output.append(contentsOf: digits.utf8)
  }
}
