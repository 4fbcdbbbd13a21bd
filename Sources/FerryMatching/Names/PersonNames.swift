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
  private var texts = TextPool()
  /// The value of each text.
  private var values = ContiguousArray<UInt32>([0])
  private var numbers = NumberTable()
  private var reader = PersonNameReader()
  private var joined = ContiguousArray<UInt8>()
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
    texts = TextPool()
    values = []
    numbers = NumberTable()
  }

  mutating func add(_ text: FieldText) -> UInt32 {
    var joined = ContiguousArray<UInt8>()
    swap(&joined, &self.joined)
    joined.removeAll(keepingCapacity: true)
    for index in 0..<text.count {
      // A sign between that no text holds.
      if index > 0 { joined.append(0xFF) }
      joined.append(copying: text.bytes.span.extracting(text.range(index)))
    }
    let (number, isNew) = texts.add(joined.span)
    swap(&joined, &self.joined)
    if !isNew { return values[Int(number)] }
    reader.read(text, parts: parts, pool: &pool)
    let value = reader.name.isEmpty ? 0 : addName()
    values.append(value)
    return value
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
