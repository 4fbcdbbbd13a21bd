import FerryCore

/// Writes names so that two spellings of one name give the same bytes.
///
/// ASCII letters become small, full-width signs half-width, and blanks and the brackets, dots and
/// hyphens that people use as they like go away. It works on bytes, since it sees every account.
enum NameFolding {
  /// Appends the folded name to `output`.
  static func fold(_ name: Span<UInt8>, into output: inout ContiguousArray<UInt8>) {
    var index = 0
    while index < name.count {
      let byte = name[index]
      if byte < 0x80 {
        append(byte, to: &output)
        index += 1
      } else if index + 2 < name.count,
        let ascii = halfWidth(byte, name[index + 1], name[index + 2])
      {
        append(ascii, to: &output)
        index += 3
      } else if byte == 0xC2, index + 1 < name.count,
        name[index + 1] == 0xA0 || name[index + 1] == 0xB7
      {
        index += 2
      } else {
        output.append(byte)
        index += 1
      }
    }
  }

  private static func append(_ byte: UInt8, to output: inout ContiguousArray<UInt8>) {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): output.append(byte | 0x20)
    case ...0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: ","),
      UInt8(ascii: "-"):
      break
    default: output.append(byte)
    }
  }

  /// The ASCII sign for U+FF01…U+FF5E and the ideographic space; `nil` for any other.
  private static func halfWidth(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8? {
    switch (first, second) {
    case (0xEF, 0xBC) where third >= 0x81: 0x21 + (third - 0x81)
    case (0xEF, 0xBD) where third <= 0x9E: 0x60 + (third - 0x80)
    case (0xE3, 0x80) where third == 0x80: 0x20
    default: nil
    }
  }
}
