import FerryCore

extension CompanyNames {
  /// Indices into ``levels``.
  enum Level {
    static let same = 0
    static let core = 1
    static let short = 2
    static let near = 3
    static let alike = 4
    static let sister = 5
    static let brand = 6
    static let partly = 7
    static let different = 8
  }

  static let levels = [
    AgreementLevel(
      id: "same", words: Words(en: "same company name", zh: "公司名称相同"), m: 0.5, u: 0.0003),
    AgreementLevel(
      id: "same-core",
      words: Words(en: "same name, other legal form or order", zh: "名称相同，组织形式或顺序不同"), m: 0.2,
      u: 0.0004),
    AgreementLevel(
      id: "short-form", words: Words(en: "short form or acronym", zh: "简称或缩写"), m: 0.1, u: 0.001),
    AgreementLevel(
      id: "near", words: Words(en: "spelled nearly alike", zh: "拼写相近"), m: 0.08, u: 0.001),
    AgreementLevel(
      id: "alike", words: Words(en: "alike as a whole", zh: "整体相近"), m: 0.04, u: 0.003),
    AgreementLevel(
      id: "sister",
      words: Words(en: "same name, other place, number or form", zh: "名称相同，地点、编号或组织形式不同"), m: 0.03,
      u: 0.04),
    AgreementLevel(
      id: "same-brand", words: Words(en: "same first word, other trade", zh: "字号相同，行业不同"), m: 0.02,
      u: 0.03),
    AgreementLevel(
      id: "partly", words: Words(en: "some words the same", zh: "部分词语相同"), m: 0.015, u: 0.1),
    AgreementLevel(
      id: "different", words: Words(en: "different company names", zh: "公司名称不同"), m: 0.015,
      u: 0.8243),
  ]

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let one = entries[Int(left)]
    let other = entries[Int(right)]
    if one.traits & other.traits == 0, (one.nameMask & other.nameMask).nonzeroBitCount < 2 {
      return isAcronym(one, other) ? Level.short : Level.different
    }
    var alignment = CompanyAlignment(range(one), range(other))
    alignment.leftFirst = Int(one.firstName)
    alignment.rightFirst = Int(other.firstName)
    if one.traits & other.traits != 0 { pairEqual(&alignment) }
    if alignment.isOpen {
      // Equally many words on both sides are not joined or split.
      let isUneven = alignment.leftRest.nonzeroBitCount != alignment.rightRest.nonzeroBitCount
      if isUneven { pairJoined(&alignment) }
      if alignment.isOpen { pairAlike(&alignment) }
    }
    let leftRest = rest(alignment.left, alignment.leftRest)
    let rightRest = rest(alignment.right, alignment.rightRest)
    let level = level(alignment, leftRest, rightRest, one, other)
    if level <= Level.alike { return level }
    if leftRest.names + rightRest.names > 0, leftRest.numbers + rightRest.numbers == 0 {
      if isNearTogether(left, right, leftRest, rightRest) { return Level.near }
      if isAcronym(one, other) || isAbbreviation(one, other) { return Level.short }
    }
    return level
  }

  /// Whether the words, written together, are spelled nearly alike.
  private func isCoreNear(_ left: Range<Int>, _ right: Range<Int>, _ length: Int) -> Bool {
    guard length >= 5 else { return false }
    let limit = min(2, length / 5)
    let (mask, count) = outline(left)
    let (otherMask, otherCount) = outline(right)
    guard abs(count - otherCount) <= limit, (mask ^ otherMask).nonzeroBitCount <= 2 * limit else {
      return false
    }
    let (one, other) = (lettersOf(left), lettersOf(right))
    return Edits.count(one.span, other.span) <= limit
  }

  /// Which letters the words hold, and how many.
  private func outline(_ range: Range<Int>) -> (mask: UInt32, count: Int) {
    var mask: UInt32 = 0
    var count = 0
    for index in range {
      let facts = pool.facts[Int(words[index].word)]
      mask |= facts.mask
      count += Int(facts.length)
    }
    return (mask, count)
  }

  private func lettersOf(_ range: Range<Int>) -> ContiguousArray<UInt32> {
    var letters = ContiguousArray<UInt32>()
    for index in range {
      for place in pool.range(words[index].word) { letters.append(pool.letters[place]) }
    }
    return letters
  }

  private func range(_ entry: Entry) -> Range<Int> {
    Int(entry.start)..<Int(entry.start) + Int(entry.count)
  }

  /// Whether the names, written together as they are, are spelled nearly alike.
  ///
  /// Not where all that differs is a short word: LXC and LAU are two names.
  private func isNearTogether(
    _ left: UInt32, _ right: UInt32, _ leftRest: CompanyRest, _ rightRest: CompanyRest
  ) -> Bool {
    let one = entries[Int(left)]
    let other = entries[Int(right)]
    let length = max(leftRest.nameLength, rightRest.nameLength)
    // A slip in a legal form leaves a short word on one side: Zo., Ltd.
    let isSlip = leftRest.count + rightRest.count == 1 && length >= 2
    guard length >= 5 || isSlip else { return false }
    if isChinese(one), length < 6 { return false }
    if isCoreNear(range(one), range(other), length) { return true }
    if one.wholeSum == other.wholeSum, one.length >= 8 { return true }
    let limit = max(1, min(2, length / 5))
    return abs(Int(one.length) - Int(other.length)) <= limit
      && (one.mask ^ other.mask).nonzeroBitCount <= 2 * limit
      && wholeEdits(left, right) <= limit
  }

  /// Whether one name is the first letters of the other.
  private func isAcronym(_ one: Entry, _ other: Entry) -> Bool {
    spells(one, other.acronym) || spells(other, one.acronym)
  }

  /// Whether the entry's first word, which is all but a place, spells an acronym.
  private func spells(_ entry: Entry, _ acronym: UInt64) -> Bool {
    for index in Int(entry.start) + 1..<Int(entry.start) + Int(entry.count)
    where words[index].kind != .place && words[index].kind != .weak {
      return false
    }
    let facts = pool.facts[Int(words[Int(entry.start)].word)]
    guard acronym != 0, facts.length >= 2 else { return false }
    var state: UInt64 = 0
    for index in pool.range(words[Int(entry.start)].word) {
      state = LetterHash.step(state, pool.letters[index])
    }
    return LetterHash.finish(state) == acronym
  }

  /// Whether one name is made of signs of the other, in their order: 中石化, 中国石油化工.
  private func isAbbreviation(_ one: Entry, _ other: Entry) -> Bool {
    guard isChinese(one), isChinese(other) else { return false }
    if one.count == 1 { return picks(words[Int(one.start)].word, range(other)) }
    return other.count == 1 && picks(words[Int(other.start)].word, range(one))
  }

  /// Whether the signs of `short`, two to five, stand in the words of `range`, the first one first.
  private func picks(_ short: UInt32, _ range: Range<Int>) -> Bool {
    let signs = pool.range(short)
    guard (2...5).contains(signs.count) else { return false }
    var next = signs.lowerBound
    var length = 0
    for index in range {
      for letter in pool.range(words[index].word) {
        length += 1
        if next < signs.upperBound, pool.letters[letter] == pool.letters[next] {
          next += 1
        } else if length == 1 {
          return false
        }
      }
    }
    return next == signs.upperBound && length >= signs.count + 2
  }

  // MARK: - Pairing

  private func pair(_ one: Int, _ other: Int, _ alignment: inout CompanyAlignment) {
    alignment.leftRest &= ~(1 << UInt32(one))
    alignment.rightRest &= ~(1 << UInt32(other))
    if words[alignment.left.lowerBound + one].kind == .name { alignment.names += 1 }
    alignment.paired += 1
    if one == alignment.leftFirst, other == alignment.rightFirst { alignment.firstAgrees = true }
  }

  private func pairEqual(_ alignment: inout CompanyAlignment) {
    for one in 0..<alignment.left.count {
      let meaning = meanings[Int(words[alignment.left.lowerBound + one].word)]
      for other in 0..<alignment.right.count
      where alignment.rightRest >> UInt32(other) & 1 != 0
        && meanings[Int(words[alignment.right.lowerBound + other].word)] == meaning
      {
        pair(one, other, &alignment)
        break
      }
    }
  }

  private func pairAlike(_ alignment: inout CompanyAlignment) {
    let hasSeveral = nameCount(alignment.left) > 1 && nameCount(alignment.right) > 1
    for one in 0..<alignment.left.count where alignment.leftRest >> UInt32(one) & 1 != 0 {
      let word = words[alignment.left.lowerBound + one]
      if word.kind == .number { continue }
      var best = WordLikeness.different
      var partner = -1
      for other in 0..<alignment.right.count where alignment.rightRest >> UInt32(other) & 1 != 0 {
        let otherWord = words[alignment.right.lowerBound + other]
        if otherWord.kind == .number { continue }
        // Two places are one by their meaning, or, in two scripts, by their sound.
        if word.kind == .place, otherWord.kind == .place,
          isSyllables(word.word) == isSyllables(otherWord.word)
        {
          continue
        }
        let likeness = pool.likeness(word.word, otherWord.word)
        if likeness.rank < best.rank, isAlike(likeness, word.word, hasSeveral) {
          best = likeness
          partner = other
        }
      }
      if partner >= 0 {
        pair(one, partner, &alignment)
        if case .near(let edits) = best {
          alignment.edits += edits
          alignment.nears += 1
          let length = max(
            pool.facts[Int(word.word)].length,
            pool.facts[Int(words[alignment.right.lowerBound + partner].word)].length)
          if length <= 4, word.kind == .name { alignment.hasShortNear = true }
        } else {
          alignment.sounds += 1
        }
      }
    }
  }

  private func nameCount(_ range: Range<Int>) -> Int {
    range.count { words[$0].kind == .name }
  }

  /// Whether words are alike enough for a company's name, of which the letters are chosen to differ.
  private func isAlike(_ likeness: WordLikeness, _ word: UInt32, _ hasSeveral: Bool) -> Bool {
    switch likeness {
    case .same, .sound: true
    case .near(let edits): edits == 1 || pool.facts[Int(word)].length >= (hasSeveral ? 7 : 9)
    default: false
    }
  }

  /// Pairs a word of one side with two of the other that spell it together.
  private func pairJoined(_ alignment: inout CompanyAlignment) {
    for one in 0..<alignment.left.count where alignment.leftRest >> UInt32(one) & 1 != 0 {
      let whole = words[alignment.left.lowerBound + one].word
      if let bits = parts(of: whole, alignment.right, alignment.rightRest) {
        alignment.leftRest &= ~(1 << UInt32(one))
        alignment.rightRest &= ~bits
        alignment.names += 1
        alignment.firstAgrees = alignment.firstAgrees || one == alignment.leftFirst
      }
    }
    for other in 0..<alignment.right.count where alignment.rightRest >> UInt32(other) & 1 != 0 {
      let whole = words[alignment.right.lowerBound + other].word
      if let bits = parts(of: whole, alignment.left, alignment.leftRest) {
        alignment.rightRest &= ~(1 << UInt32(other))
        alignment.leftRest &= ~bits
        alignment.names += 1
        alignment.firstAgrees = alignment.firstAgrees || other == alignment.rightFirst
      }
    }
  }

  /// Two free words, neighbours, that spell `whole` together, as bits.
  private func parts(of whole: UInt32, _ range: Range<Int>, _ free: UInt32) -> UInt32? {
    let length = pool.facts[Int(whole)].length
    for first in 0..<max(0, range.count - 1) where free >> UInt32(first) & 3 == 3 {
      let (head, tail) = (
        words[range.lowerBound + first].word, words[range.lowerBound + first + 1].word
      )
      if pool.facts[Int(head)].length &+ pool.facts[Int(tail)].length == length,
        pool.isJoined(whole, head, tail)
      {
        return 3 << UInt32(first)
      }
    }
    return nil
  }

  // MARK: - Judging

  private func rest(_ range: Range<Int>, _ bits: UInt32) -> CompanyRest {
    var rest = CompanyRest()
    var bits = bits
    while bits != 0 {
      let word = words[range.lowerBound + bits.trailingZeroBitCount]
      rest.note(word.kind, length: Int(pool.facts[Int(word.word)].length))
      bits &= bits &- 1
    }
    return rest
  }

  private func level(
    _ alignment: CompanyAlignment, _ left: CompanyRest, _ right: CompanyRest, _ one: Entry,
    _ other: Entry
  ) -> Int {
    if alignment.names == 0 {
      guard alignment.paired > 0, left.names == 0, right.names == 0 else {
        return alignment.paired > 0 ? Level.partly : Level.different
      }
    }
    if isChinese(one) != isChinese(other),
      isSameInTwoScripts(
        alignment, signs: isChinese(one) ? left : right, letters: isChinese(one) ? right : left)
    {
      return one.form == .branch || other.form == .branch ? Level.sister : Level.short
    }
    if left.names > 0, right.names > 0 {
      return alignment.firstAgrees ? Level.brand : Level.partly
    }
    if left.trades > 0, right.trades > 0 {
      return alignment.names > 0 ? Level.brand : Level.partly
    }
    if left.places > 0 && right.places > 0 || left.numbers > 0 || right.numbers > 0
      || contradict(one, other)
    {
      return left.names + right.names + left.trades + right.trades > 0
        ? Level.brand : Level.sister
    }
    if left.count > 0, right.count > 0 {
      return alignment.firstAgrees ? Level.brand : Level.partly
    }
    if alignment.edits > max(2, alignment.nears) || alignment.isShortNear { return Level.sister }
    return agreeingLevel(alignment, left, right, one, other)
  }

  /// Whether a name in Chinese signs and one in Latin letters begin with the same names, and have no
  /// other place or number.
  ///
  /// What they say of their trade is in two languages, and not every word for one is known.
  private func isSameInTwoScripts(
    _ alignment: CompanyAlignment, signs: CompanyRest, letters: CompanyRest
  ) -> Bool {
    let mayTranslate = letters.names == 0 || signs.trades > 0 && alignment.firstAgrees
    return alignment.names > 0 && signs.count + letters.count > 0
      && signs.names + signs.numbers + letters.numbers == 0 && mayTranslate
      && (signs.places == 0 || letters.places == 0) && !alignment.isShortNear
  }

  /// Nothing contradicts; one side may say less.
  private func agreeingLevel(
    _ alignment: CompanyAlignment, _ left: CompanyRest, _ right: CompanyRest, _ one: Entry,
    _ other: Entry
  ) -> Int {
    let leftSaysLess = right.names + right.trades + right.places > 0
    let rightSaysLess = left.names + left.trades + left.places > 0
    if !leftSaysLess, !rightSaysLess {
      return alignment.nears + alignment.sounds > 0 ? Level.near : Level.core
    }
    let isSigned =
      leftSaysLess && one.form != .none && other.form != .none
      || rightSaysLess && other.form != .none && one.form != .none
    let onlyPlace = left.names + left.trades + right.names + right.trades == 0
    if onlyPlace, isChinese(one) { return alignment.nears > 0 ? Level.alike : Level.short }
    if isSigned { return onlyPlace ? Level.sister : Level.brand }
    if !alignment.firstAgrees { return Level.partly }
    return alignment.nears > 0 ? Level.alike : Level.short
  }

  /// Whether two legal forms tell two companies.
  ///
  /// 有限公司 and 股份有限公司 do not: a company becomes the other when it grows, under its old name,
  /// and both are Co., Ltd. in English.
  private func contradict(_ one: Entry, _ other: Entry) -> Bool {
    if one.form == other.form { return false }
    if one.form == .branch || other.form == .branch { return true }
    if one.form <= .open || other.form <= .open { return false }
    return !isChinese(one) && !isChinese(other) || max(one.form, other.form) > .stock
  }

  private func isChinese(_ entry: Entry) -> Bool { isSyllables(words[Int(entry.start)].word) }

  private func isSyllables(_ word: UInt32) -> Bool { pool.facts[Int(word)].isSyllables }
}
