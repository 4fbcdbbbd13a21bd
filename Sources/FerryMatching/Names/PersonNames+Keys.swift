extension PersonNames {
  /// What a key is made of; strongest first.
  private enum Slot {
    static let letters: UInt8 = 0
    static let sounds: UInt8 = 1
    static let familyAndInitial: UInt8 = 2
    static let familyAndNickname: UInt8 = 3
    static let twoSyllables: UInt8 = 4
    static let word: UInt8 = 5
    static let family: UInt8 = 6
  }

  static var partSlots: [UInt8] { [Slot.twoSyllables, Slot.family] }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let entry = entries[Int(value)]
    appendKeys(of: entry, to: &keys)
    if entry.other != 0 { appendKeys(of: others[Int(entry.other)], to: &keys) }
  }

  private func appendKeys(of entry: Entry, to keys: inout ContiguousArray<BlockingKey>) {
    keys.append(BlockingKey(slot: Slot.letters, hash: entry.letterSum))
    if entry.isSyllables {
      appendSyllableKeys(entry, to: &keys)
    } else {
      let start = Int(entry.start)
      appendWordKeys(start..<start + Int(entry.count), to: &keys)
    }
  }

  /// Each pair of signs, and the family name where there is no more.
  private func appendSyllableKeys(_ entry: Entry, to keys: inout ContiguousArray<BlockingKey>) {
    let start = Int(entry.start)
    let romanStart = start + Int(entry.count)
    appendNameKeys(romanStart..<romanStart + Int(entry.romanCount), to: &keys)
    let family = words[start].word
    keys.append(BlockingKey(slot: Slot.family, hash: pool.hash(family)))
    if entry.isFamilyOnly { return }
    let given = pool.range(words[start + 1].word)
    for index in given {
      let pair = LetterHash.step(pool.hash(family), pool.letters[index])
      keys.append(BlockingKey(slot: Slot.twoSyllables, hash: LetterHash.finish(pair)))
    }
    if given.count > 1 {
      keys.append(BlockingKey(slot: Slot.word, hash: pool.hash(words[start + 1].word)))
    }
  }

  /// Each word, and what all of them give.
  private func appendWordKeys(_ range: Range<Int>, to keys: inout ContiguousArray<BlockingKey>) {
    appendNameKeys(range, to: &keys)
    for index in range.prefix(3) where pool.facts[Int(words[index].word)].length > 2 {
      keys.append(BlockingKey(slot: Slot.word, hash: UInt64(bare(index))))
    }
  }

  private func appendNameKeys(_ range: Range<Int>, to keys: inout ContiguousArray<BlockingKey>) {
    var sum: UInt64 = 0
    for index in range { sum &+= LetterHash.share(bare(index)) }
    keys.append(BlockingKey(slot: Slot.sounds, hash: sum))
    guard range.count > 1 else { return }
    appendPair(family: range.upperBound - 1, given: range.lowerBound, to: &keys)
    appendPair(family: range.lowerBound, given: range.upperBound - 1, to: &keys)
  }

  private func bare(_ index: Int) -> UInt32 {
    let facts = pool.facts[Int(words[index].word)]
    return facts.bareSound != 0
      ? facts.bareSound : UInt32(truncatingIfNeeded: pool.hash(words[index].word))
  }

  /// The sound of one word with the first letter of another, and with its full names.
  private func appendPair(
    family: Int, given: Int, to keys: inout ContiguousArray<BlockingKey>
  ) {
    let sound = UInt64(bare(family))
    let facts = pool.facts[Int(words[given].word)]
    let initial = LetterHash.step(sound, pool.letters[Int(facts.start)])
    keys.append(BlockingKey(slot: Slot.familyAndInitial, hash: LetterHash.finish(initial)))
    for name in Nicknames.names(of: facts.nicknames).prefix(2) {
      let pair = LetterHash.step(sound, UInt32(name) + 1)
      keys.append(BlockingKey(slot: Slot.familyAndNickname, hash: LetterHash.finish(pair)))
    }
  }
}
