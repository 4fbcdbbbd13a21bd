import FerryCore

/// Texts as they are compared: small letters without marks, half-width signs, 简体, one kind of blank.
///
/// What stays are the code points; words, order and punctuation are their readers' business.
enum TextFold {
  /// Stands for a character outside the table's planes, and for bytes that are no UTF-8.
  static let unknown: UInt32 = 0xFFFD

  /// Appends the folded code points of `text`, which is UTF-8.
  ///
  /// ＡＢＣ and `Abc` become `abc`, É and Ø become e and o, ß becomes ss, 華 becomes 华, ひ and ﾋ
  /// become ヒ, ㈱ becomes (株); every blank becomes a space and every dash a hyphen.
  static func appendFolded(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt32>) {
    var index = 0
    while index < text.count {
      var special: UInt16?
      output.append(addingCapacity: text.count - index) { output in
        special = appendPlain(text, from: &index, to: &output)
      }
      if let special { appendSpecial(special, to: &output) }
    }
  }

  /// Appends up to the first character that does not become one code point or none; gives what
  /// that becomes.
  private static func appendPlain(
    _ text: Span<UInt8>, from index: inout Int, to output: inout OutputSpan<UInt32>
  ) -> UInt16? {
    let table = table
    let (pages, entries) = (table.pages.span, table.entries.span)
    while index < text.count {
      let byte = text[index]
      guard byte >= 0x80 else {
        output.append(small(byte))
        index += 1
        continue
      }
      let (scalar, length) = decode(text, at: index)
      index += length
      guard scalar < 0x1_0000 else {
        output.append(scalar)
        continue
      }
      let entry = entries[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
      if entry == 0 {
        output.append(scalar)
      } else if entry > FoldPages.dropped {
        return entry
      } else if entry != FoldPages.dropped {
        output.append(UInt32(entry))
      }
    }
    return nil
  }

  /// The code points of `text`, folded; allocates, so it is for tables and tests.
  static func folded(_ text: String) -> ContiguousArray<UInt32> {
    var output = ContiguousArray<UInt32>()
    appendFolded(ContiguousArray(text.utf8).span, to: &output)
    return output
  }

  @inline(__always)
  private static func small(_ byte: UInt8) -> UInt32 {
    if byte &- 0x41 < 26 { return UInt32(byte | 0x20) }
    if byte < 0x20 || byte == 0x7F { return 0x20 }
    return byte == 0x60 ? 0x27 : UInt32(byte)
  }

  /// The character at `index` and how many bytes it takes; a broken byte stands alone.
  @inline(__always)
  private static func decode(_ text: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(text[index])
    let left = text.count - index
    if first >= 0xE0, first < 0xF0, left >= 3 {
      let (second, third) = (UInt32(text[index + 1]), UInt32(text[index + 2]))
      guard second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return (unknown, 1) }
      return ((first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F, 3)
    }
    if first >= 0xC2, first < 0xE0, left >= 2 {
      let second = UInt32(text[index + 1])
      guard second & 0xC0 == 0x80 else { return (unknown, 1) }
      return ((first & 0x1F) << 6 | second & 0x3F, 2)
    }
    guard first >= 0xF0, first < 0xF5, left >= 4 else { return (unknown, 1) }
    var scalar = first & 0x07
    for offset in 1...3 {
      let next = UInt32(text[index + offset])
      guard next & 0xC0 == 0x80 else { return (unknown, 1) }
      scalar = scalar << 6 | next & 0x3F
    }
    return (scalar, 4)
  }

  /// Several code points for one, or a mark that changes the kana before it.
  private static func appendSpecial(_ entry: UInt16, to output: inout ContiguousArray<UInt32>) {
    if entry >= FoldPages.firstMark {
      guard let last = output.last, (0x30A1...0x30FE).contains(last) else { return }
      output[output.count - 1] = last + UInt32(entry - FoldPages.firstMark) + 1
      return
    }
    let start = Int(entry - FoldPages.firstSequence)
    let end = start + 1 + Int(table.sequences[start])
    for index in start + 1..<end { output.append(UInt32(table.sequences[index])) }
  }

  private static let table = FoldPages()
}

/// The fold table, unpacked: a page of 256 entries for each 256 code points that hold any.
private struct FoldPages: Sendable {
  // The ranges of an entry lie where the basic plane has surrogates and private signs.
  static let dropped: UInt16 = 0xD800
  static let firstSequence: UInt16 = 0xD801
  /// Voiced and half-voiced marks of kana, in this order.
  static let firstMark: UInt16 = 0xF8F0

  /// Which page the code points of a block of 256 have; page 0 changes nothing.
  private(set) var pages = ContiguousArray<UInt8>(repeating: 0, count: 256)
  /// What a code point becomes; 0 where it stays as it is.
  private(set) var entries = ContiguousArray<UInt16>(repeating: 0, count: 256)
  /// Counts, each followed by as many code points.
  private(set) var sequences = ContiguousArray<UInt16>()

  init() {
    for line in FoldTable.letters.unicodeScalars.split(separator: "\n") {
      let target = line.prefix { $0 != " " }
      let entry = self.entry(for: target)
      for sign in line.dropFirst(target.count + 1) { set(sign.value, entry) }
    }
    var pairs = FoldTable.characters.unicodeScalars.lazy.filter { $0 != "\n" }.makeIterator()
    while let sign = pairs.next(), let form = pairs.next() {
      set(sign.value, UInt16(truncatingIfNeeded: form.value))
    }
    setSpecials()
  }

  private mutating func entry(for target: Substring.UnicodeScalarView) -> UInt16 {
    if target.count == 1, let only = target.first { return UInt16(truncatingIfNeeded: only.value) }
    let entry = Self.firstSequence + UInt16(sequences.count)
    precondition(entry < Self.firstMark, "the table has outgrown its numbers")
    sequences.append(UInt16(target.count))
    for sign in target { sequences.append(UInt16(truncatingIfNeeded: sign.value)) }
    return entry
  }

  /// Blanks, marks that go, and the marks of kana that join the sign before them.
  private mutating func setSpecials() {
    for range: ClosedRange<UInt32> in [
      0x0300...0x036F, 0x0591...0x05BD, 0x05BF...0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5,
      0x05C7...0x05C7, 0x0640...0x0640, 0x064B...0x065F, 0x0670...0x0670, 0x00AD...0x00AD,
      0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFE00...0xFE0F,
      0xFEFF...0xFEFF,
    ] {
      for scalar in range { set(scalar, Self.dropped) }
    }
    for range: ClosedRange<UInt32> in [
      0x0080...0x00A0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
      0x205F...0x205F, 0x3000...0x3000,
    ] {
      for scalar in range { set(scalar, 0x20) }
    }
    for mark: UInt32 in [0x3099, 0x309B, 0xFF9E] { set(mark, Self.firstMark) }
    for mark: UInt32 in [0x309A, 0x309C, 0xFF9F] { set(mark, Self.firstMark + 1) }
  }

  private mutating func set(_ scalar: UInt32, _ entry: UInt16) {
    let block = Int(scalar >> 8)
    if pages[block] == 0 {
      pages[block] = UInt8(entries.count >> 8)
      entries.append(contentsOf: repeatElement(0, count: 256))
    }
    entries[Int(pages[block]) << 8 | Int(scalar & 0xFF)] = entry
  }
}
