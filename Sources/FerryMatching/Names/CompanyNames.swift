import FerryCore

// A name is read once, when it is first seen: folded, its legal form taken off, its words numbered
// in a pool and sorted by what they are for (the name itself, trade, place, number). A name that
// bears a legal form is taken to be whole; one without may be short for a longer one. See
// `CompanyNames+Levels.swift` for what is alike, and `+Keys` for what is looked up.

/// The distinct names of companies in one field.
struct CompanyNames: ValueStore {
  /// A name's place in ``words``, and what else it says.
  struct Entry: Sendable {
    var start: UInt32 = 0
    var count: UInt8 = 0
    /// The place of the first word that is the name itself; 0 where there is none.
    var firstName: UInt8 = 0
    var form = CompanyWords.Form.none
    /// How many letters the whole name has, and which.
    var length: UInt8 = 0
    var mask: UInt32 = 0
    /// The letters of the words that are the name itself; see ``WordFacts/mask``.
    var nameMask: UInt32 = 0
    /// A bit for each meaning and each sound of a word: names without a common bit share none.
    var traits: UInt64 = 0
    var coreSum: UInt64 = 0
    var wholeSum: UInt64 = 0
    var acronym: UInt64 = 0
  }

  private var numbers = NumberTable()
  private var reader = CompanyNameReader()
  /// What the rows of a batch say, and its hashes; 0 where a row says nothing.
  private var read = ContiguousArray<Entry>()
  private var readWords = ContiguousArray<CompanyWord>()
  private var hashes = ContiguousArray<UInt64>()
  private(set) var entries: ContiguousArray<Entry> = [Entry()]
  private(set) var words = ContiguousArray<CompanyWord>()
  private(set) var pool = WordPool()
  /// The text in which each value was first seen.
  private var texts = TextRows()
  /// What each word of the pool means; words of one meaning share a number, 0 is none.
  private(set) var meanings: ContiguousArray<UInt64> = [0]

  /// Whether the rows are about companies, and not about people who work there.
  let areSubject: Bool

  init(areSubject: Bool = true) { self.areSubject = areSubject }

  var count: Int { entries.count - 1 }

  /// Frees what only adding needs.
  mutating func finish() {
    numbers = NumberTable()
    (read, readWords, hashes) = ([], [], [])
    pool.finish()
  }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    read.removeAll(keepingCapacity: true)
    readWords.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    for row in 0..<rows.count { read(rows.bytes.span.extracting(rows.range(row))) }
    numbers.touch(hashes)
    for row in hashes.indices {
      let (value, isNew) = hashes[row] == 0 ? (0, false) : numbers.add(hashes[row])
      values.append(value)
      guard isNew else { continue }
      texts.append(rows.bytes.span.extracting(rows.range(row)))
      var entry = read[row]
      entry.start = UInt32(words.count)
      for index in 0..<Int(entry.count) { words.append(readWords[Int(read[row].start) + index]) }
      entries.append(entry)
    }
  }

  func touch(_ values: ContiguousArray<UInt32>) -> UInt64 {
    var sum: UInt64 = 0
    for value in values { sum += UInt64(words[Int(entries[Int(value)].start)].bits) }
    return sum
  }

  /// Takes a name apart, and notes its hash.
  private mutating func read(_ text: Span<UInt8>) {
    reader.read(text, pool: &pool)
    while meanings.count < pool.count + 1 { noteMeaning(UInt32(meanings.count)) }
    var entry = Entry()
    entry.start = UInt32(readWords.count)
    entry.count = UInt8(reader.words.count)
    entry.form = reader.form
    entry.coreSum = reader.coreSum
    entry.wholeSum = reader.wholeSum
    entry.mask = reader.mask
    entry.length = reader.length
    entry.acronym = reader.acronym
    noteWords(&entry)
    read.append(entry)
    var hash = UInt64(reader.form.rawValue)
    for word in reader.words {
      readWords.append(word)
      hash = ByteHash.join(hash, UInt64(word.bits))
    }
    hashes.append(reader.words.isEmpty ? 0 : max(1, hash))
  }

  private func noteWords(_ entry: inout Entry) {
    var hasName = false
    for (index, word) in reader.words.enumerated() {
      let facts = pool.facts[Int(word.word)]
      entry.traits |= 1 << (LetterHash.finish(meanings[Int(word.word)]) & 31)
      if facts.latinSound != 0 { entry.traits |= 1 << UInt64(32 + facts.latinSound >> 27) }
      guard word.kind == .name else { continue }
      entry.nameMask |= facts.mask
      if !hasName { entry.firstName = UInt8(index) }
      hasName = true
    }
  }

  /// How many letters differ between two names as they were written, legal forms and all.
  func wholeEdits(_ left: UInt32, _ right: UInt32) -> Int {
    Edits.count(wholeLetters(left).span, wholeLetters(right).span)
  }

  private func wholeLetters(_ value: UInt32) -> ContiguousArray<UInt32> {
    var letters = ContiguousArray<UInt32>()
    TextFold.appendFolded(
      texts.bytes.span.extracting(texts.range(Int(value) - 1)), to: &letters)
    letters.removeAll { Script.of($0) == .other }
    return letters
  }

  private mutating func noteMeaning(_ word: UInt32) {
    let hash = pool.hash(word)
    let (_, meaning) = CompanyWords.meaning(of: hash)
    if meaning != 0 {
      meanings.append(UInt64(meaning))
    } else if pool.facts[Int(word)].isSyllables {
      meanings.append(ChineseCompany.placeHash(pool.letters.span.extracting(pool.range(word))))
    } else {
      meanings.append(hash)
    }
  }
}
