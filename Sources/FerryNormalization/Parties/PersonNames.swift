import FerryCore

extension FieldNormalizer {
  /// A longer text is no name, and stays as it is.
  private static let longestName = 300

  /// Writes the name without honorifics; what was taken off is said.
  func readPersonName(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    if PlainNames.isPlain(text) { return copy(text, into: &output) }
    guard text.count <= Self.longestName else { return copy(text, into: &output) }
    let written = text.string
    let name = PersonName.parse(written)
    guard !name.full.isEmpty else { return .blank }
    output.append(contentsOf: name.full.utf8)
    if PlainNames.holdsSeveral(text) {
      return .valueWithIssue(NormalizationIssue(.severalNames, written))
    }
    if name.isFamilyOnly { return .valueWithIssue(NormalizationIssue(.familyNameOnly, written)) }
    guard let honorific = name.honorific else { return .value }
    return .valueWithIssue(NormalizationIssue(.honorificSplit, written, honorific))
  }
}

/// A quick look at a name's bytes: most names need no work.
package enum PlainNames {
  /// Whether `text` is a name that ``PersonName`` would give back as it is, with no honorific.
  package static func isPlain(_ text: Span<UInt8>) -> Bool {
    text[0] < 0x80 ? isPlainLatin(text) : isPlainChinese(text)
  }

  /// Two to four signs of the main block, the last of which ends no honorific.
  private static func isPlainChinese(_ text: Span<UInt8>) -> Bool {
    guard text.count % 3 == 0, text.count >= 6, text.count <= 12 else { return false }
    var index = 0
    while index < text.count {
      guard (0xE4...0xE9).contains(text[index]), text[index] > 0xE4 || text[index + 1] >= 0xB8
      else { return false }
      index += 3
    }
    let last =
      UInt32(text[text.count - 3]) << 16 | UInt32(text[text.count - 2]) << 8
      | UInt32(text[text.count - 1])
    for sign in lastSigns where sign == last { return false }
    return true
  }

  /// The last signs of all honorifics, as three bytes each.
  private static let lastSigns: ContiguousArray<UInt32> = ContiguousArray(
    "理长師师人裁总监任管记席工事手书计授士生夫傅志姐太板娘柜哥姨董叔局处科部院校所导队爷總經監醫律助秘".unicodeScalars.map {
      $0.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    })

  /// Two or three words of letters with one blank between, none of them a title.
  private static func isPlainLatin(_ text: Span<UInt8>) -> Bool {
    var words = 1
    var length = 0
    for index in text.indices {
      let byte = text[index]
      if byte.isLetter || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-") {
        length += 1
      } else if byte == UInt8(ascii: " ") {
        guard length >= 5 || (length > 0 && words > 1) || isGivenName(text, length: length) else {
          return false
        }
        words += 1
        length = 0
      } else {
        return false
      }
    }
    // Short last words may be suffixes (Jr, III, PhD).
    return words >= 2 && length >= 4
  }

  /// Whether a short first word is no title; titles of up to four letters start with these.
  private static func isGivenName(_ text: Span<UInt8>, length: Int) -> Bool {
    guard length > 0 else { return false }
    switch text[0].lower {
    case UInt8(ascii: "m"), UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "s"),
      UInt8(ascii: "l"), UInt8(ascii: "r"), UInt8(ascii: "h"), UInt8(ascii: "c"),
      UInt8(ascii: "f"), UInt8(ascii: "i"):
      return false
    default: return true
    }
  }

  /// Whether separators stand between what may be several names.
  static func holdsSeveral(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      if text[index] == UInt8(ascii: "/") || text[index] == UInt8(ascii: ";") { return true }
      if text.has("、", at: index) || text.has("；", at: index) || text.has("／", at: index) {
        return true
      }
    }
    return false
  }
}
