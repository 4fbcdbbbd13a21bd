import FerryCore

extension PersonNames {
  /// Indices into ``levels``.
  enum Level {
    static let same = 0
    static let sound = 1
    static let homophone = 2
    static let short = 3
    static let near = 4
    static let alike = 5
    static let compatible = 6
    static let family = 7
    static let partly = 8
    static let different = 9
  }

  static let levels = [
    AgreementLevel(
      id: "same", words: Words(en: "same name", zh: "姓名相同"), m: 0.66, u: 0.0004),
    AgreementLevel(
      id: "same-sound", words: Words(en: "same sound", zh: "读音相同"), m: 0.05, u: 0.0003),
    AgreementLevel(
      id: "homophone",
      words: Words(en: "same sound, other characters", zh: "读音相同，用字不同"), m: 0.03, u: 0.0003),
    AgreementLevel(
      id: "short-form",
      words: Words(en: "short form, nickname or initial", zh: "简称、昵称或首字母"), m: 0.08, u: 0.001),
    AgreementLevel(
      id: "near", words: Words(en: "one or two letters differ", zh: "相差一两个字母"), m: 0.08, u: 0.002),
    AgreementLevel(
      id: "alike", words: Words(en: "alike as a whole", zh: "整体相近"), m: 0.04, u: 0.004),
    AgreementLevel(
      id: "compatible",
      words: Words(en: "one may be part of the other", zh: "一方可能是另一方的一部分"), m: 0.02, u: 0.022),
    AgreementLevel(
      id: "same-family",
      words: Words(en: "same family name, other given name", zh: "同姓不同名"), m: 0.015, u: 0.03),
    AgreementLevel(
      id: "partly", words: Words(en: "part of the name the same", zh: "部分相同"), m: 0.01, u: 0.04),
    AgreementLevel(
      id: "different", words: Words(en: "different names", zh: "姓名不同"), m: 0.015, u: 0.9),
  ]

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let one = entries[Int(left)]
    let other = entries[Int(right)]
    var best = level(one, other)
    if one.other != 0 { best = min(best, level(others[Int(one.other)], other)) }
    if other.other != 0 {
      best = min(best, level(one, others[Int(other.other)]))
      if one.other != 0 {
        best = min(best, level(others[Int(one.other)], others[Int(other.other)]))
      }
    }
    return best
  }

  private func level(_ one: Entry, _ other: Entry) -> Int {
    let level =
      one.isSyllables == other.isSyllables
      ? one.isSyllables ? syllableLevel(one, other) : wordLevel(one, other)
      : crossLevel(one, other)
    let isContradiction =
      one.generation != other.generation && one.generation != .name && other.generation != .name
    if isContradiction { return max(level, Level.family) }
    // Father or son, or the same: one of the two does not say.
    return one.generation != other.generation ? max(level, Level.short) : level
  }

  // MARK: - Chinese and Korean names

  private func syllableLevel(_ one: Entry, _ other: Entry) -> Int {
    let (start, otherStart) = (Int(one.start), Int(other.start))
    let (family, otherFamily) = (words[start].word, words[otherStart].word)
    if one.isFamilyOnly || other.isFamilyOnly {
      return family == otherFamily ? Level.compatible : Level.different
    }
    let (given, otherGiven) = (words[start + 1].word, words[otherStart + 1].word)
    if family == otherFamily, given == otherGiven { return Level.same }
    if one.letterSum == other.letterSum, soundsAlike(one, other) {
      return Level.homophone
    }
    if family == otherFamily { return givenLevel(given, otherGiven) }
    if given == otherGiven {
      let length = pool.facts[Int(given)].length
      let isHomophone = pool.facts[Int(family)].sound == pool.facts[Int(otherFamily)].sound
      return isHomophone ? Level.homophone : length >= 2 ? Level.partly : Level.different
    }
    return Level.different
  }

  /// Whether two names have the same syllables, in order.
  private func soundsAlike(_ one: Entry, _ other: Entry) -> Bool {
    let (start, otherStart) = (Int(one.start), Int(other.start))
    for offset in 0..<2 {
      let (sound, otherSound) = (
        pool.facts[Int(words[start + offset].word)].sound,
        pool.facts[Int(words[otherStart + offset].word)].sound
      )
      if sound != otherSound || sound == 0 { return false }
    }
    return true
  }

  /// Two given names behind one family name.
  private func givenLevel(_ given: UInt32, _ otherGiven: UInt32) -> Int {
    let one = pool.range(given)
    let other = pool.range(otherGiven)
    let letters = pool.letters
    if one.count == other.count {
      var homophones = 0
      var equal = 0
      for (index, otherIndex) in zip(one, other) {
        let (sign, otherSign) = (letters[index], letters[otherIndex])
        if sign == otherSign {
          equal += 1
        } else if Pinyin.isHomophone(sign, otherSign) {
          homophones += 1
        }
      }
      if equal + homophones == one.count { return Level.homophone }
      if one.count == 2, letters[one.lowerBound] == letters[other.lowerBound + 1],
        letters[one.lowerBound + 1] == letters[other.lowerBound]
      {
        return Level.near
      }
      return one.count >= 3 && equal == one.count - 1 ? Level.alike : Level.family
    }
    // One sign has been left out: 王小明, 王明.
    let shorter = one.count < other.count ? one : other
    let longer = one.count < other.count ? other : one
    let isPart = shorter.allSatisfy { index in
      longer.contains { letters[$0] == letters[index] }
    }
    return isPart ? Level.alike : Level.family
  }

  /// A name in syllables and one in words: their sounds are compared.
  private func crossLevel(_ one: Entry, _ other: Entry) -> Int {
    let syllables = one.isSyllables ? one : other
    let plain = one.isSyllables ? other : one
    if syllables.letterSum == plain.letterSum, plain.count > 0 { return Level.sound }
    let romanStart = Int(syllables.start) + Int(syllables.count)
    let level = alignedLevel(
      romanStart..<romanStart + Int(syllables.romanCount),
      Int(plain.start)..<Int(plain.start) + Int(plain.count))
    if syllables.isFamilyOnly { return max(level, Level.compatible) }
    switch level {
    case Level.same: return Level.sound
    case Level.near: return Level.alike
    default: return level
    }
  }

  // MARK: - Names in words

  private func wordLevel(_ one: Entry, _ other: Entry) -> Int {
    alignedLevel(
      Int(one.start)..<Int(one.start) + Int(one.count),
      Int(other.start)..<Int(other.start) + Int(other.count),
      haveSameLetters: one.letterSum == other.letterSum)
  }
}
