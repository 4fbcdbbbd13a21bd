internal import FerryCSV
internal import FerryCore

// How it works: a text that was read in a wrong encoding still holds its bytes. They are taken
// back and read as what they were; real words hardly ever give such bytes. Nearly all values are
// passed at sight, since no character in them begins a run like this.

/// Text that an earlier conversion has spoilt.
enum Mojibake {
  /// Whether the text is spoilt; `flags` are those of its bytes.
  static func isSeen(in value: Span<UInt8>, _ flags: ByteFlags) -> Bool {
    if flags.contains(.wide), hasReplacement(value) { return true }
    if flags.contains(.latin), isReadAsLatin(value) { return true }
    return flags.contains(.chinese) && GBKLeads.shared.occur(in: value) && isReadAsGBK(value)
  }

  /// U+FFFD.
  private static func hasReplacement(_ value: Span<UInt8>) -> Bool {
    var index = 0
    while index + 2 < value.count {
      if value[index] == 0xEF, value[index + 1] == 0xBF, value[index + 2] == 0xBD { return true }
      index += 1
    }
    return false
  }

  // MARK: Read as GBK

  /// UTF-8 that was read as GBK: 涓浗, or 锟斤拷 where the characters had been lost before.
  private static func isReadAsGBK(_ value: Span<UInt8>) -> Bool {
    var bytes: [UInt8] = []
    var before: UInt16 = 0
    for scalar in text(value).unicodeScalars {
      let code = scalar.isASCII ? 0 : GBKCodes.shared[scalar]
      // 锟 and 斤: two characters that stand together nowhere else.
      if before == 0xEFBF, code == 0xBDEF { return true }
      before = code
      if code == 0 {
        if isForeignChinese(bytes) { return true }
        bytes = []
      } else {
        bytes += [UInt8(code >> 8), UInt8(code & 0xFF)]
      }
    }
    return isForeignChinese(bytes)
  }

  /// Whether bytes are two Chinese characters or more in UTF-8, the last one whole or not.
  private static func isForeignChinese(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 6 else { return false }
    let cut = bytes.count - bytes.count % 3
    guard let text = String(validating: bytes[..<cut], as: UTF8.self) else { return false }
    let scalars = text.unicodeScalars
    guard scalars.count * 3 == cut, bytes[cut...].allSatisfy({ $0 >= 0x80 }) else { return false }
    // Traditional characters may form bytes like these by chance, but seldom common characters.
    return scalars.allSatisfy(isOfChinese)
      && scalars.count(where: isCommon) * 2 >= scalars.count
  }

  /// A character of GB2312's first level, or a mark.
  private static func isCommon(_ scalar: Unicode.Scalar) -> Bool {
    (0xA1...0xD7).contains(GBKCodes.shared[scalar] >> 8) && GBKCodes.shared[scalar] & 0xFF >= 0xA1
  }

  /// Characters and marks that Chinese text is made of.
  private static func isOfChinese(_ scalar: Unicode.Scalar) -> Bool {
    (0x3000...0x9FFF).contains(scalar.value) || (0xFF00...0xFFEF).contains(scalar.value)
  }

  // MARK: Read as Latin

  /// UTF-8 or GBK that was read as Latin-1 or Windows-1252: `JosÃ©`, `â€™`, `å¼ ä¸‰`, `ÖÐ¹ú`.
  private static func isReadAsLatin(_ value: Span<UInt8>) -> Bool {
    var run: [UInt8] = []
    for scalar in text(value).unicodeScalars {
      if let byte = latinByte(of: scalar) {
        run.append(byte)
      } else if scalar == " ", isMissingBlank(after: run) {
        // The no-break blank became a plain one on its way.
        run.append(0xA0)
      } else {
        if isForeign(run, isWordGoingOn: scalar.properties.isAlphabetic) { return true }
        run = []
      }
    }
    return isForeign(run, isWordGoingOn: false)
  }

  /// Whether a character of three bytes lacks its last one.
  private static func isMissingBlank(after run: [UInt8]) -> Bool {
    guard run.count >= 2 else { return false }
    return (0xE4...0xE9).contains(run[run.count - 2]) && run[run.count - 1] & 0xC0 == 0x80
  }

  private static func isForeign(_ run: [UInt8], isWordGoingOn: Bool) -> Bool {
    guard run.count >= 2 else { return false }
    if let text = String(validating: run, as: UTF8.self), text.unicodeScalars.count < run.count {
      // É» is a letter of phonetics in UTF-8, and the end of a quotation in French; Å“ is œ, and
      // the end of one in Danish.
      if run.count == 2, !isWordGoingOn, closers.contains(run[1]) { return false }
      return text.unicodeScalars.allSatisfy {
        (0xC0...0x17F).contains($0.value) || (0x2010...0x2026).contains($0.value)
          || $0.value == 0x20AC || $0.value == 0x2122 || isOfChinese($0)
      }
    }
    // Characters of GB2312's first level: lead B0 to D7, trail A1 to FE.
    guard run.count >= 4, run.count.isMultiple(of: 2) else { return false }
    return stride(from: 0, to: run.count, by: 2).allSatisfy {
      (0xB0...0xD7).contains(run[$0]) && (0xA1...0xFE).contains(run[$0 + 1])
    }
  }

  /// What may follow a letter at the end of a word: … ‘ ’ “ ” – — ™ › « ® ° ² ³ · ».
  private static let closers: Set<UInt8> = [
    0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0x9B, 0xAB, 0xAE, 0xB0, 0xB2, 0xB3, 0xB7, 0xBB,
  ]

  /// The byte that Windows-1252 has for a character beyond ASCII.
  private static func latinByte(of scalar: Unicode.Scalar) -> UInt8? {
    if (0x80...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
    return windowsBytes[scalar]
  }

  /// Source: the table of Windows-1252 of the WHATWG's Encoding Standard.
  private static let windowsBytes: [Unicode.Scalar: UInt8] = [
    "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88,
    "‰": 0x89, "Š": 0x8A, "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93,
    "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97, "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B,
    "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
  ]

  private static func text(_ value: Span<UInt8>) -> String {
    unsafe value.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

/// The characters that the first two bytes of a Chinese character in UTF-8 become in GBK.
///
/// Rare ones, nearly all: a text without them was not read so.
private struct GBKLeads {
  static let shared = GBKLeads()

  /// One bit for each character of three bytes, by its number.
  private var bits = ContiguousArray<UInt64>(repeating: 0, count: 1 << 10)

  private init() {
    for number in 0x0800..<0x1_0000 {
      guard let scalar = Unicode.Scalar(UInt32(number)) else { continue }
      let code = GBKCodes.shared[scalar]
      let isLead = (0xE4...0xE9).contains(code >> 8) && (0x80...0xBF).contains(code & 0xFF)
      // 锟 is what U+FFFD begins with.
      if isLead || code == 0xEFBF { bits[number >> 6] |= 1 << UInt64(number & 63) }
    }
  }

  /// Whether one of them stands in a text.
  func occur(in value: Span<UInt8>) -> Bool {
    let bits = bits.span
    var index = 0
    while index + 2 < value.count {
      guard value[index] >= 0xE0, value[index] < 0xF0 else {
        index += 1
        continue
      }
      let (one, two) = (Int(value[index] & 0x0F), Int(value[index + 1] & 0x3F))
      let number = one << 12 | two << 6 | Int(value[index + 2] & 0x3F)
      if bits[number >> 6] & 1 << UInt64(number & 63) != 0 { return true }
      index += 3
    }
    return false
  }
}
