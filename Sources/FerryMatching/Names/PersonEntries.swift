/// Names of persons taken apart: what each says, and its words.
struct PersonEntries: Sendable {
  /// A name's place in ``words``, and what else it says.
  struct Entry: Sendable {
    var start: UInt32 = 0
    var count: UInt8 = 0
    /// How many words in Latin letters follow, for a name in syllables.
    var romanCount: UInt8 = 0
    var generation = PersonWords.Role.name
    var isSyllables = false
    var isFamilyOnly = false
    /// The same person's other name, among ``others``; 0 for none.
    var other: UInt32 = 0
    var letterSum: UInt64 = 0
  }

  private(set) var entries = ContiguousArray<Entry>()
  /// Names beside those of ``entries``, in another script; the first is none.
  private(set) var others: ContiguousArray<Entry> = [Entry()]
  private(set) var words = ContiguousArray<NameWord>()

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    others.removeLast(others.count - 1)
    words.removeAll(keepingCapacity: true)
  }

  /// Appends a name and the same person's name in another script, which may be empty.
  mutating func append(_ name: PersonNameReader.Name, _ other: PersonNameReader.Name) {
    var entry = entry(of: name)
    if !other.isEmpty {
      others.append(self.entry(of: other))
      entry.other = UInt32(others.count - 1)
    }
    entries.append(entry)
  }

  private mutating func entry(of name: PersonNameReader.Name) -> Entry {
    var entry = Entry()
    entry.start = UInt32(words.count)
    entry.count = UInt8(name.words.count)
    entry.romanCount = UInt8(name.romanWords.count)
    entry.generation = name.generation
    entry.isSyllables = name.isSyllables
    entry.isFamilyOnly = name.isFamilyOnly
    entry.letterSum = name.letterSum
    for word in name.words { words.append(word) }
    for word in name.romanWords { words.append(word) }
    return entry
  }

  /// Appends entry `index` of `source`.
  mutating func append(_ index: Int, of source: PersonEntries) {
    var entry = source.entries[index]
    copyWords(of: &entry, source)
    if entry.other != 0 {
      var other = source.others[Int(entry.other)]
      copyWords(of: &other, source)
      others.append(other)
      entry.other = UInt32(others.count - 1)
    }
    entries.append(entry)
  }

  private mutating func copyWords(of entry: inout Entry, _ source: PersonEntries) {
    let start = Int(entry.start)
    entry.start = UInt32(words.count)
    for index in start..<start + Int(entry.count) + Int(entry.romanCount) {
      words.append(source.words[index])
    }
  }
}
