import FerryCore

// A name is read once, when it is first seen: folded, its titles taken off, its words numbered in a
// pool. Comparing two names then compares numbers, and looks at letters only where numbers differ.
// A name in Chinese characters also keeps its words in pinyin, so that it meets the same name in
// Latin letters. See `PersonNames+Levels.swift` for what is alike, and `+Keys` for what is looked up.

/// The distinct names of persons in one field.
struct PersonNames: ValueStore {
  /// A name's place in ``words``, and what else it says.
  struct Entry: Sendable {
    var start: UInt32 = 0
    var count: UInt8 = 0
    /// How many words in Latin letters follow, for a name in syllables.
    var romanCount: UInt8 = 0
    var generation = PersonWords.Role.name
    var isSyllables = false
    var isFamilyOnly = false
    /// The entry of the same person's other name; 0 for none.
    var other: UInt32 = 0
    var letterSum: UInt64 = 0
  }

  private let parts: [PersonNamePart]
  private var numbers = NumberTable()
  private var reader = PersonNameReader()
  /// The entry of each value; value 0 has an empty one.
  private(set) var entryNumbers: ContiguousArray<UInt32> = [0]
  private(set) var entries: ContiguousArray<Entry> = [Entry()]
  private(set) var words = ContiguousArray<NameWord>()
  private(set) var pool = WordPool()

  /// Makes a store for names that come in these columns.
  init(parts: [PersonNamePart]) { self.parts = parts }

  var count: Int { entryNumbers.count - 1 }

  /// Frees what only adding needs.
  mutating func finish() {
    numbers = NumberTable()
  }

  mutating func add(_ text: TextList) -> UInt32 {
    reader.read(text, parts: parts, pool: &pool)
    return reader.name.isEmpty ? 0 : addName()
  }

  private mutating func addName() -> UInt32 {
    let (value, isNew) = numbers.add(Self.hash(reader.name, reader.other))
    guard isNew else { return value }
    let other = reader.other.isEmpty ? 0 : append(reader.other, other: 0)
    entryNumbers.append(append(reader.name, other: other))
    return value
  }

  private mutating func append(_ name: PersonNameReader.Name, other: UInt32) -> UInt32 {
    var entry = Entry()
    entry.start = UInt32(words.count)
    entry.count = UInt8(name.words.count)
    entry.romanCount = UInt8(name.romanWords.count)
    entry.generation = name.generation
    entry.isSyllables = name.isSyllables
    entry.isFamilyOnly = name.isFamilyOnly
    entry.letterSum = name.letterSum
    entry.other = other
    words.append(contentsOf: name.words)
    words.append(contentsOf: name.romanWords)
    entries.append(entry)
    return UInt32(entries.count - 1)
  }

  /// The order of words in a whole name does not count.
  private static func hash(_ name: PersonNameReader.Name, _ other: PersonNameReader.Name) -> UInt64
  {
    var sum: UInt64 = UInt64(name.generation.rawValue) << 1 | (name.isFamilyOnly ? 1 : 0)
    for word in name.words { sum &+= LetterHash.share(word.bits) }
    var otherSum: UInt64 = 0
    for word in other.words { otherSum &+= LetterHash.share(word.bits) }
    return ByteHash.join(LetterHash.finish(sum), otherSum)
  }
}
