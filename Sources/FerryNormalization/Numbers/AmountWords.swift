/// What may stand around the digits of an amount.
struct AmountWord: Sendable {
  enum Meaning: Hashable {
    /// An ISO 4217 code.
    case currency(String)
    /// A power of ten, such as 4 for 万.
    case unit(Int)
    /// 元: the unit itself, of the currency at hand.
    case whole
    /// 整, 正: nothing follows.
    case filler
    /// 约, ≈: not exact.
    case about
    /// 角 or 分 behind a number.
    case minor(Int)
  }

  let word: ContiguousArray<UInt8>
  let meaning: Meaning

  /// All words, by the low five bits of their first byte, longest first.
  static let table: [[AmountWord]] = {
    var table = [[AmountWord]](repeating: [], count: 32)
    for (word, meaning) in plain + Currency.names.map({ ($0.0, Meaning.currency($0.1)) }) {
      let bytes = ContiguousArray(word.utf8)
      table[Int(bytes[0] & 31)].append(AmountWord(word: bytes, meaning: meaning))
    }
    return table.map { $0.sorted { $0.word.count > $1.word.count } }
  }()

  private static let plain: [(String, Meaning)] = [
    ("元", .whole), ("圆", .whole), ("圓", .whole), ("块", .whole), ("块钱", .whole), ("整", .filler),
    ("正", .filler), ("十", .unit(1)), ("百", .unit(2)), ("千", .unit(3)), ("仟", .unit(3)),
    ("万", .unit(4)), ("萬", .unit(4)),
    ("十万", .unit(5)), ("百万", .unit(6)), ("千万", .unit(7)), ("亿", .unit(8)), ("億", .unit(8)),
    ("k", .unit(3)), ("w", .unit(4)), ("m", .unit(6)), ("mn", .unit(6)), ("mm", .unit(6)),
    ("mio", .unit(6)), ("bn", .unit(9)), ("b", .unit(9)), ("thousand", .unit(3)),
    ("million", .unit(6)), ("billion", .unit(9)), ("约", .about), ("约为", .about), ("大约", .about),
    ("≈", .about), ("~", .about), ("左右", .about), ("approx.", .about), ("approx", .about),
    ("about", .about), ("ca.", .about), ("角", .minor(1)), ("毛", .minor(1)), ("分", .minor(2)),
  ]

  /// The word at `offset`; a three-letter ISO 4217 code counts as one.
  static func find(in text: Span<UInt8>, at offset: Int) -> (meaning: Meaning, length: Int)? {
    for entry in table[Int(text[offset].lower & 31)] where text.has(entry.word, at: offset) {
      let end = offset + entry.word.count
      if entry.word[0].isLetter, end < text.count, text[end].isLetter,
        entry.word[entry.word.count - 1].isLetter
      {
        continue
      }
      return (entry.meaning, entry.word.count)
    }
    return isoCode(in: text, at: offset)
  }

  private static func isoCode(in text: Span<UInt8>, at offset: Int) -> (Meaning, Int)? {
    guard offset + 3 <= text.count else { return nil }
    for index in offset..<offset + 3 where !text[index].isLetter { return nil }
    guard offset + 3 == text.count || !text[offset + 3].isLetter else { return nil }
    let code = text.extracting(offset..<offset + 3).string.uppercased()
    return Currency.isKnown(code) ? (.currency(code), 3) : nil
  }
}
