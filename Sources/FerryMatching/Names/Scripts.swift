/// What kind of sign a code point is, as far as names are concerned.
enum Script {
  /// Chinese characters, and Hangul blocks, which are used like them: each is a syllable.
  case syllable
  /// Letters of alphabets and kana.
  case letter
  case digit
  /// Blanks, dots, brackets and all else.
  case other

  @inline(__always)
  static func of(_ codePoint: UInt32) -> Script {
    switch codePoint {
    case 0x61...0x7A: .letter
    case 0x30...0x39: .digit
    case 0...0xA9: .other
    case 0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x2_0000...0x3_FFFF:
      .syllable
    default: Self.ofOther(codePoint)
    }
  }

  private static func ofOther(_ codePoint: UInt32) -> Script {
    if codePoint == 0x30FB { return .other }
    guard let scalar = Unicode.Scalar(codePoint) else { return .other }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .spacingMark, .nonspacingMark,
      .uppercaseLetter, .titlecaseLetter:
      return .letter
    case .decimalNumber: return .digit
    default: return .other
    }
  }
}

/// Letters of other scripts in Latin ones.
enum Roman {
  /// Appends `codePoint`, folded, as Latin letters; a letter no table knows stays as it is.
  @inline(__always)
  static func append(_ codePoint: UInt32, to output: inout ContiguousArray<UInt32>) {
    if codePoint < 0x80 { return output.append(codePoint) }
    if codePoint == 0x30FC { return }  // lengthens a vowel of kana
    appendOther(codePoint, to: &output)
  }

  private static func appendOther(_ codePoint: UInt32, to output: inout ContiguousArray<UInt32>) {
    if let letters = table[codePoint] {
      for letter in letters { output.append(UInt32(letter)) }
    } else {
      output.append(codePoint)
    }
  }

  /// Appends how a syllable sounds: pinyin of a Chinese character, a Hangul block letter by letter.
  static func appendSyllable(
    _ codePoint: UInt32, asFamily: Bool = false, to output: inout ContiguousArray<UInt32>
  ) {
    guard (0xAC00...0xD7A3).contains(codePoint) else {
      let sound = asFamily ? Pinyin.familySound(of: codePoint) : Pinyin.sound(of: codePoint)
      if sound == 0 { output.append(codePoint) }
      return Pinyin.appendLetters(of: sound, to: &output)
    }
    let index = Int(codePoint - 0xAC00)
    for part in [heads[index / 588], vowels[index / 28 % 21], tails[index % 28]] {
      for letter in part.utf8 { output.append(UInt32(letter)) }
    }
  }

  private static let table: [UInt32: [UInt8]] = {
    var table: [UInt32: [UInt8]] = [:]
    for line in RomanTable.letters.unicodeScalars.split(separator: "\n") {
      let target = line.prefix { $0 != " " }
      let letters = target.filter { $0 != "-" }.map { UInt8(truncatingIfNeeded: $0.value) }
      for sign in line.dropFirst(target.count + 1) { table[sign.value] = letters }
    }
    return table
  }()

  // Revised Romanization of Korean (2000), letter by letter; sounds that meet are left as they are.
  private static let heads = split("g kk n d tt r m b pp s ss - j jj ch k t p h")
  private static let vowels = split("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
  private static let tails = split(
    "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")

  private static func split(_ text: String) -> [String] {
    text.split(separator: " ").map { $0 == "-" ? "" : String($0) }
  }
}
