extension CompanyNames {
  /// What a key is made of; strongest first.
  private enum Slot {
    static let letters: UInt8 = 0
    static let names: UInt8 = 1
    static let acronym: UInt8 = 2
    static let firstWord: UInt8 = 3
    static let twoSigns: UInt8 = 4
    static let word: UInt8 = 5
    static let placed: UInt8 = 6
    static let traded: UInt8 = 7
  }

  static var partSlots: [UInt8] { [Slot.twoSigns] }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let entry = entries[Int(value)]
    let range = Int(entry.start)..<Int(entry.start) + Int(entry.count)
    keys.append(BlockingKey(slot: Slot.letters, hash: entry.coreSum))
    var nameSum: UInt64 = 0
    for index in range where words[index].kind == .name {
      nameSum &+= LetterHash.share(sound(words[index].word))
    }
    if nameSum != 0 {
      keys.append(BlockingKey(slot: Slot.names, hash: nameSum))
      if areSubject { appendKeys(ofNames: nameSum, range, to: &keys) }
    }
    if entry.acronym != 0 {
      keys.append(BlockingKey(slot: Slot.acronym, hash: entry.acronym))
    } else if entry.count == 1 {
      appendSpelling(of: words[range.lowerBound].word, to: &keys)
    }
    for index in range.prefix(4) where words[index].kind == .name {
      appendKeys(ofName: words[index].word, to: &keys)
    }
  }

  /// The first name with the first place, by their sounds, and the names with the first trade.
  ///
  /// In a large table many have the brand alone; people who work there have other keys.
  private func appendKeys(
    ofNames nameSum: UInt64, _ range: Range<Int>, to keys: inout ContiguousArray<BlockingKey>
  ) {
    if let place = range.first(where: { words[$0].kind == .place }),
      let name = range.first(where: { words[$0].kind == .name })
    {
      let hash = CompanyWords.join(
        UInt64(sound(words[name].word)), UInt64(sound(words[place].word)))
      keys.append(BlockingKey(slot: Slot.placed, hash: hash))
    }
    if let trade = range.first(where: { words[$0].kind == .trade }) {
      let hash = CompanyWords.join(nameSum, meanings[Int(words[trade].word)])
      keys.append(BlockingKey(slot: Slot.traded, hash: hash))
    }
  }

  private func sound(_ word: UInt32) -> UInt32 {
    let facts = pool.facts[Int(word)]
    if facts.isSyllables, facts.latinSound != 0 { return facts.latinSound }
    return facts.latinSound != 0 ? facts.latinSound : UInt32(truncatingIfNeeded: pool.hash(word))
  }

  /// The key by which a name that may be an acronym meets what it stands for.
  private func appendSpelling(of word: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    guard (2...6).contains(pool.facts[Int(word)].length) else { return }
    var state: UInt64 = 0
    for index in pool.range(word) { state = LetterHash.step(state, pool.letters[index]) }
    keys.append(BlockingKey(slot: Slot.acronym, hash: LetterHash.finish(state)))
  }

  private func appendKeys(ofName word: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let facts = pool.facts[Int(word)]
    keys.append(BlockingKey(slot: Slot.word, hash: UInt64(sound(word))))
    guard facts.isSyllables, facts.length >= 2 else {
      if facts.bareSound != 0, facts.length > 3 {
        keys.append(BlockingKey(slot: Slot.firstWord, hash: UInt64(facts.bareSound)))
      }
      return
    }
    let range = pool.range(word)
    for start in [range.lowerBound, range.upperBound - 2] {
      let pair = LetterHash.step(UInt64(pool.letters[start]), pool.letters[start + 1])
      keys.append(BlockingKey(slot: Slot.twoSigns, hash: LetterHash.finish(pair)))
      if range.count == 2 { break }
    }
  }
}
