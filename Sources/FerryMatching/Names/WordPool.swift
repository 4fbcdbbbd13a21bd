/// The distinct words of a field's names, each kept once and numbered from 1.
///
/// Names are many, words are few: what comparing needs to know of a word is found out once.
struct WordPool: Sendable {
  /// The code points of all words.
  private(set) var letters = ContiguousArray<UInt32>()
  /// The sounds of all words, as ``WordSound`` writes them.
  private(set) var sounds = ContiguousArray<UInt8>()
  /// What is known of word n; word 0 is none.
  private(set) var facts: ContiguousArray<WordFacts> = [WordFacts()]
  private var hashes: ContiguousArray<UInt64> = [0]
  private var table = NumberTable()
  private var sound = WordSound()
  private var roman = ContiguousArray<UInt32>()
  /// The readings of words, and of words as family names, by word; filled as they are asked for.
  private var readings = Readings()
  private var familyReadings = Readings()

  /// How many words there are.
  var count: Int { facts.count - 1 }

  /// The number of `word`, new or known; 0 for none.
  mutating func add(_ word: Span<UInt32>) -> UInt32 {
    if word.isEmpty { return 0 }
    let hash = LetterHash.hash(word)
    let (number, isNew) = table.add(hash)
    if isNew { append(word, hash) }
    return number
  }

  /// A word in syllables as a word in Latin letters.
  struct Reading: Sendable {
    /// The number of the word in Latin letters; 0 for none.
    var word: UInt32 = 0
    /// The sum of its letters.
    var letterSum: UInt64 = 0
  }

  private struct Readings: Sendable {
    private var all = ContiguousArray<Reading>()

    subscript(word: UInt32) -> Reading {
      get { Int(word) < all.count ? all[Int(word)] : Reading() }
      set {
        while all.count <= Int(word) { all.append(Reading()) }
        all[Int(word)] = newValue
      }
    }
  }

  /// How `word`, which is these syllables, is read.
  mutating func reading(
    of word: UInt32, _ syllables: Span<UInt32>, asFamily: Bool
  ) -> Reading {
    let known = asFamily ? familyReadings[word] : readings[word]
    if known.word != 0 { return known }
    var letters = ContiguousArray<UInt32>()
    for index in syllables.indices {
      Roman.appendSyllable(syllables[index], asFamily: asFamily && index == 0, to: &letters)
    }
    let reading = Reading(
      word: add(letters.span), letterSum: letters.reduce(0) { $0 &+ LetterHash.share($1) })
    if asFamily { familyReadings[word] = reading } else { readings[word] = reading }
    return reading
  }

  /// Where the code points of a word lie in ``letters``.
  func range(_ word: UInt32) -> Range<Int> {
    let facts = facts[Int(word)]
    return Int(facts.start)..<Int(facts.start) + Int(facts.length)
  }

  /// Frees what only adding needs.
  mutating func finish() {
    table = NumberTable()
    (readings, familyReadings) = (Readings(), Readings())
  }

  /// The hash of a word's code points, the same in every run.
  func hash(_ word: UInt32) -> UInt64 { hashes[Int(word)] }

  private mutating func append(_ word: Span<UInt32>, _ hash: UInt64) {
    var facts = WordFacts()
    facts.start = UInt32(letters.count)
    facts.length = UInt8(min(word.count, Int(UInt8.max)))
    for index in 0..<Int(facts.length) {
      letters.append(word[index])
      facts.note(word[index])
    }
    sound.read(word)
    facts.soundStart = UInt32(sounds.count)
    facts.soundLength = UInt8(min(sound.signs.count, Int(UInt8.max)))
    sounds.append(contentsOf: sound.signs.prefix(Int(facts.soundLength)))
    facts.latinSound = sound.hash(isBare: false)
    facts.sound = facts.latinSound
    facts.bareSound = sound.hash(isBare: true)
    if sound.signs.isEmpty { noteSyllables(word, &facts) }
    facts.nicknames = Nicknames.list(of: hash)
    facts.role = PersonWords.role(of: hash)
    self.facts.append(facts)
    hashes.append(hash)
  }

  /// Notes how a word of Chinese or Korean signs sounds, and how its reading in Latin letters does.
  private mutating func noteSyllables(_ word: Span<UInt32>, _ facts: inout WordFacts) {
    var state: UInt32 = 0x811C_9DC5
    roman.removeAll(keepingCapacity: true)
    for index in word.indices {
      if Script.of(word[index]) != .syllable { return }
      let sound = Pinyin.sound(of: word[index])
      state = (state ^ (sound == 0 ? word[index] : UInt32(sound))) &* 0x0100_0193
      Roman.appendSyllable(word[index], to: &roman)
    }
    facts.isSyllables = true
    facts.sound = state | 1
    facts.bareSound = facts.sound
    sound.read(roman)
    facts.latinSound = sound.hash(isBare: false)
  }
}

/// What is known of a word.
struct WordFacts: Sendable {
  /// Where its code points start, and how many there are.
  var start: UInt32 = 0
  var soundStart: UInt32 = 0
  /// Which letters it holds: a to z by their place, all others by some bits of theirs.
  var mask: UInt32 = 0
  /// Hashes of its sound, with and without vowels; 0 where it has none.
  var sound: UInt32 = 0
  var bareSound: UInt32 = 0
  /// The sound of its reading in Latin letters, with vowels; 0 where it has none.
  var latinSound: UInt32 = 0
  /// Its list in ``Nicknames``; 0 for none.
  var nicknames: UInt16 = 0
  var length: UInt8 = 0
  var soundLength: UInt8 = 0
  var role: PersonWords.Role = .name
  /// Whether it is all Chinese characters or Hangul.
  var isSyllables = false
  var digitCount: UInt8 = 0

  /// Whether digits are at least half of it.
  var isNumber: Bool { digitCount > 0 && digitCount >= length - digitCount }

  /// Takes in a code point.
  mutating func note(_ codePoint: UInt32) {
    let letter = codePoint &- 0x61
    mask |= 1 << (letter < 26 ? letter : codePoint &* 0x9E37_79B1 >> 27)
    if codePoint &- 0x30 < 10 { digitCount += 1 }
  }
}

/// A hash of code points that is the same in every run and on every machine.
enum LetterHash {
  /// Where a row of steps begins.
  static let start: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func hash(_ letters: Span<UInt32>) -> UInt64 {
    var state = start
    for index in letters.indices { state = step(state, letters[index]) }
    return finish(state)
  }

  static func hash(_ text: some Sequence<UInt32>) -> UInt64 {
    finish(text.reduce(start) { step($0, $1) })
  }

  @inline(__always)
  static func step(_ state: UInt64, _ letter: UInt32) -> UInt64 {
    (state ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
  }

  @inline(__always)
  static func finish(_ state: UInt64) -> UInt64 {
    // The last step of MurmurHash3 (Austin Appleby, public domain).
    var state = state
    state = (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
    state = (state ^ state >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return state ^ state >> 33
  }

  /// What a letter adds to a sum that does not know the order of letters.
  @inline(__always)
  static func share(_ letter: UInt32) -> UInt64 { finish(UInt64(letter) &+ 1) }
}
