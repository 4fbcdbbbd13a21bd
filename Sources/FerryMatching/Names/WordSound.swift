// Two spellings of one sound get one key. The rules fold what writers of several languages do with
// the same sound (ph/f, w/v, ck/k, oo/ou/u, y/i/j, doubled letters), in the manner of Metaphone
// (L. Philips, "Hanging on the Metaphone", Computer Language 7.12, 1990), but vowels stay, as three
// classes; a second key leaves them out. When changing a rule, look at what it does to the short
// names: they have little left to tell them apart.

/// How a word of Latin letters sounds.
struct WordSound {
  /// The sound with vowels, as small letters.
  private(set) var signs = ContiguousArray<UInt8>()

  /// Listens to `word`; signs are empty where it holds other than Latin letters.
  mutating func read(_ word: Span<UInt32>) {
    signs.removeAll(keepingCapacity: true)
    var index = 0
    while index < word.count {
      guard word[index] &- 0x61 < 26 else { return signs.removeAll(keepingCapacity: true) }
      index += isVowel(word, index) ? appendVowels(word, index) : appendConsonant(word, index)
    }
    if signs.count > 3, signs.last == UInt8(ascii: "e"), word[word.count - 1] == 0x65 {
      signs.removeLast()
    }
  }

  mutating func read(_ word: ContiguousArray<UInt32>) { read(word.span) }

  /// A hash of the signs; without vowels but a leading one if `isBare`; 0 for none.
  func hash(isBare: Bool) -> UInt32 {
    var state: UInt32 = 0x811C_9DC5
    var count = 0
    for (index, sign) in signs.enumerated() {
      if isBare, index > 0, Self.isVowelSign(sign) { continue }
      state = (state ^ UInt32(sign)) &* 0x0100_0193
      count += 1
    }
    return count == 0 ? 0 : state | 1
  }

  private static func isVowelSign(_ sign: UInt8) -> Bool {
    sign == UInt8(ascii: "a") || sign == UInt8(ascii: "e") || sign == UInt8(ascii: "o")
  }

  // MARK: - Vowels

  private func isVowel(_ word: Span<UInt32>, _ index: Int) -> Bool {
    switch word[index] {
    case 0x61, 0x65, 0x69, 0x6F, 0x75: true
    case 0x79: index > 0 || word.count == 1 || !isPlainVowel(word, 1)  // y
    case 0x6A: index > 0 && !isPlainVowel(word, index + 1)  // j as in Andrej
    case 0x76: index == 1 && (word[0] == 0x6C || word[0] == 0x6E) && word.count <= 3  // lv, nv
    default: false
    }
  }

  private func isPlainVowel(_ word: Span<UInt32>, _ index: Int) -> Bool {
    guard index < word.count else { return false }
    switch word[index] {
    case 0x61, 0x65, 0x69, 0x6F, 0x75: return true
    default: return false
    }
  }

  /// One class for a run of vowels: `e` if any is front, else `o` if any is round, else `a`.
  private mutating func appendVowels(_ word: Span<UInt32>, _ start: Int) -> Int {
    var index = start
    var isFront = false
    var isRound = false
    while index < word.count, isVowel(word, index) {
      switch word[index] {
      case 0x65, 0x69, 0x6A: isFront = true
      case 0x79: isFront = isFront || !isPlainVowel(word, index + 1)
      case 0x6F, 0x75, 0x76: isRound = true
      default: break
      }
      index += 1
    }
    // ae, oe and ue are how ä, ö and ü are written without their dots.
    if index == start + 2, word[start + 1] == 0x65, word[start] != 0x65,
      word[start] < 0x69
        || word[start] > 0x6A, word[start] != 0x79
    {
      isFront = false
      isRound = word[start] != 0x61
    }
    push(isFront ? UInt8(ascii: "e") : isRound ? UInt8(ascii: "o") : UInt8(ascii: "a"))
    return index - start
  }

  // MARK: - Consonants

  private mutating func appendConsonant(_ word: Span<UInt32>, _ index: Int) -> Int {
    let letter = word[index]
    let next = index + 1 < word.count ? word[index + 1] : 0
    let third = index + 2 < word.count ? word[index + 2] : 0
    switch (letter, next) {
    case (0x73, 0x63) where third == 0x68: return push("x", 3)  // sch
    case (0x74, 0x73) where third == 0x68: return push("c", 3)  // tsh
    case (0x74, 0x63) where third == 0x68: return push("c", 3)  // tch
    case (0x73, 0x68): return push("x", 2)
    case (0x63, 0x68): return push("c", 2)
    case (0x70, 0x68): return push("f", 2)
    case (0x7A, 0x68), (0x64, 0x6A): return push("j", 2)
    case (0x74, 0x7A), (0x63, 0x7A), (0x74, 0x73): return push("s", 2)
    case (0x63, 0x6B): return push("k", 2)
    case (0x6B, 0x68), (0x67, 0x68), (0x74, 0x68), (0x64, 0x68), (0x62, 0x68):
      return push(letter, 2)
    case (0x71, 0x75): return push("k", 2)
    case (0x63, 0x65), (0x63, 0x69), (0x63, 0x79): return push("s", 1)
    case (0x63, _), (0x71, _): return push("k", 1)
    case (0x78, _): return index == 0 ? push("s", 1) : pushBoth(letter: "k", "s")
    case (0x77, _): return push("v", 1)
    case (0x7A, _): return push("s", 1)
    case (0x79, _): return push("j", 1)
    case (0x68, _) where index > 0 && !isPlainVowel(word, index + 1): return 1
    default: return push(letter, 1)
    }
  }

  private mutating func pushBoth(letter: Unicode.Scalar, _ other: Unicode.Scalar) -> Int {
    _ = push(letter, 1)
    return push(other, 1)
  }

  private mutating func push(_ sign: Unicode.Scalar, _ length: Int) -> Int {
    push(UInt8(ascii: sign))
    return length
  }

  private mutating func push(_ letter: UInt32, _ length: Int) -> Int {
    push(UInt8(truncatingIfNeeded: letter))
    return length
  }

  /// Doubled signs count once.
  private mutating func push(_ sign: UInt8) {
    if signs.last != sign { signs.append(sign) }
  }
}
