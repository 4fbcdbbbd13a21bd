import FerryCore

// The short way for names that need no work, which are most of them; tests hold it against
// `PersonName.parse`.
extension PersonName {
  /// Where family and given name stand in a name that is nothing but both; `nil` where only
  /// ``parse(_:)`` can tell.
  ///
  /// An empty range where there is none.
  public static func plainParts(
    of text: Span<UInt8>
  ) -> (family: Range<Int>, given: Range<Int>)? {
    guard !text.isEmpty, PlainNames.isPlain(text) else { return nil }
    return text[0] < 0x80 ? latinParts(of: text) : chineseParts(of: text)
  }

  /// Two to four Chinese signs.
  private static func chineseParts(
    of text: Span<UInt8>
  ) -> (family: Range<Int>, given: Range<Int>) {
    let family = compound.contains(pair(in: text)) ? 6 : 3
    return (0..<family, family..<text.count)
  }

  /// The first two signs as one number.
  private static func pair(in text: Span<UInt8>) -> UInt64 {
    var pair: UInt64 = 0
    for index in 0..<6 { pair = pair << 8 | UInt64(text[index]) }
    return pair
  }

  private static let compound = Set(
    Surnames.compound.map { name in name.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } })

  /// Two or more Latin words: the last is the family name, with a particle before it left to
  /// ``parse(_:)``.
  private static func latinParts(
    of text: Span<UInt8>
  ) -> (family: Range<Int>, given: Range<Int>)? {
    var blanks = 0
    var (first, last) = (0, 0)
    for index in text.indices where text[index] == UInt8(ascii: " ") {
      if blanks == 0 { first = index }
      last = index
      blanks += 1
    }
    // Titles of five and more letters; shorter ones are not plain.
    guard blanks == 1 || blanks == 2 && last - first > longestParticle + 1 else { return nil }
    switch (first, text[0].lower) {
    case (9, UInt8(ascii: "p")), (5, UInt8(ascii: "m")), (6, UInt8(ascii: "m")),
      (6, UInt8(ascii: "d")):
      return nil
    default: return (last + 1..<text.count, 0..<last)
    }
  }

  /// `della`; a middle word of more letters is none.
  private static let longestParticle = 5
}
