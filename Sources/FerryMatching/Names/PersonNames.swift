import FerryCore

// A name is read once, when it is first seen: folded, its titles taken off, its words numbered in a
// pool. Comparing two names then compares numbers, and looks at letters only where numbers differ.
// A name in Chinese characters also keeps its words in pinyin, so that it meets the same name in
// Latin letters. See `PersonNames+Levels.swift` for what is alike, and `+Keys` for what is looked up.

/// The distinct names of persons in one field.
struct PersonNames: ValueStore {
  typealias Entry = PersonEntries.Entry

  private let parts: [PersonNamePart]
  private var numbers = NumberTable()
  private var reader = PersonNameReader()
  /// What the rows of a batch say, and its hashes; 0 where a row says nothing.
  private var read = PersonEntries()
  private var hashes = ContiguousArray<UInt64>()
  /// What each value says; value 0 says nothing.
  private var names = PersonEntries()
  private(set) var pool = WordPool()

  /// Makes a store for names that come in these columns.
  init(parts: [PersonNamePart]) {
    self.parts = parts
    names.append(PersonNameReader.Name(), PersonNameReader.Name())
  }

  var count: Int { names.entries.count - 1 }
  var entries: ContiguousArray<Entry> { names.entries }
  var others: ContiguousArray<Entry> { names.others }
  var words: ContiguousArray<NameWord> { names.words }

  /// Frees what only adding needs.
  mutating func finish() {
    numbers = NumberTable()
    read = PersonEntries()
    hashes = []
    pool.finish()
  }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    read.removeAll()
    hashes.removeAll(keepingCapacity: true)
    for row in 0..<rows.count {
      reader.read(rows, row, parts: parts, pool: &pool)
      read.append(reader.name, reader.other)
      hashes.append(reader.name.isEmpty ? 0 : max(1, Self.hash(reader.name, reader.other)))
    }
    numbers.touch(hashes)
    for row in hashes.indices {
      let (value, isNew) = hashes[row] == 0 ? (0, false) : numbers.add(hashes[row])
      values.append(value)
      if isNew { names.append(row, of: read) }
    }
  }

  func touch(_ values: ContiguousArray<UInt32>) -> UInt64 {
    var sum: UInt64 = 0
    for value in values { sum += UInt64(words[Int(entries[Int(value)].start)].bits) }
    return sum
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
