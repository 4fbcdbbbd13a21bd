import FerryCore

/// Takes companies' names apart; one is used again for every name.
struct CompanyNameReader: Sendable {
  /// More words say no more.
  private static let mostWords = 20

  /// The words without legal forms and without those that bind.
  private(set) var words = ContiguousArray<CompanyWord>()
  private(set) var form = CompanyWords.Form.none
  /// Sums over the letters of the words, and of all words with the legal forms.
  private(set) var coreSum: UInt64 = 0
  private(set) var wholeSum: UInt64 = 0
  /// How many letters the whole name has, and which; see ``WordFacts/mask``.
  private(set) var length: UInt8 = 0
  private(set) var mask: UInt32 = 0
  /// A hash of the words' first letters; 0 where they are too few.
  private(set) var acronym: UInt64 = 0
  private var folded = ContiguousArray<UInt32>()
  private var text = CompanyText()
  private var signs = ContiguousArray<UInt32>()

  mutating func read(_ bytes: Span<UInt8>, pool: inout WordPool) {
    words.removeAll(keepingCapacity: true)
    form = .none
    coreSum = 0
    wholeSum = 0
    acronym = 0
    folded.removeAll(keepingCapacity: true)
    TextFold.appendFolded(bytes, to: &folded)
    text.read(folded)
    var facts = WordFacts()
    for letter in text.letters {
      wholeSum &+= LetterHash.share(letter)
      facts.note(letter)
    }
    mask = facts.mask
    length = UInt8(min(text.letters.count, 255))
    var range = 0..<text.words.count
    takeForms(&range)
    var index = range.lowerBound
    while index < range.upperBound, words.count < Self.mostWords {
      index += appendWord(index, before: range.upperBound, &pool)
    }
    if words.isEmpty, !text.words.isEmpty {
      for index in text.words.indices.prefix(Self.mostWords) {
        words.append(CompanyWord(pool.add(text.letters.span.extracting(text.words[index])), .name))
      }
    }
    noteSums(pool)
  }

  private mutating func noteSums(_ pool: WordPool) {
    var state: UInt64 = 0
    var count = 0
    for word in words {
      for index in pool.range(word.word) { coreSum &+= LetterHash.share(pool.letters[index]) }
      let letter = pool.letters[Int(pool.facts[Int(word.word)].start)]
      state = LetterHash.step(state, letter)
      count += letter &- 0x61 < 26 ? 1 : 0
    }
    if count >= 2, count == words.count { acronym = LetterHash.finish(state) }
  }

  // MARK: - Legal forms

  /// Takes legal forms off both ends; a word stays.
  private mutating func takeForms(_ range: inout Range<Int>) {
    for _ in 0..<3 {
      guard let (count, form) = formAtEnd(range) else { break }
      note(form)
      range = range.lowerBound..<range.upperBound - count
    }
    for _ in 0..<2 {
      guard let (count, form) = formAtStart(range) else { break }
      note(form)
      range = range.lowerBound + count..<range.upperBound
    }
  }

  private mutating func note(_ form: CompanyWords.Form) {
    if self.form == .none || self.form == .open || form == .branch { self.form = form }
  }

  private func formAtEnd(_ range: Range<Int>) -> (Int, CompanyWords.Form)? {
    guard range.count > 1 else { return nil }
    let longest = CompanyWords.longestForm(endingWith: text.hash(range.upperBound - 1))
    var length = min(longest, range.count - 1)
    while length > 0 {
      if let form = form(range.upperBound - length..<range.upperBound) { return (length, form) }
      length -= 1
    }
    return nil
  }

  private func formAtStart(_ range: Range<Int>) -> (Int, CompanyWords.Form)? {
    guard range.count > 1 else { return nil }
    let longest = CompanyWords.longestForm(beginningWith: text.hash(range.lowerBound))
    var length = min(longest, range.count - 1)
    while length > 0 {
      let row = range.lowerBound..<range.lowerBound + length
      // One short word in front is rather the name: SE Asia, Co Op.
      if let form = form(row), form != .open || length > 1 { return (length, form) }
      length -= 1
    }
    return nil
  }

  private func form(_ row: Range<Int>) -> CompanyWords.Form? {
    guard !row.isEmpty else { return nil }
    var hash = text.hash(row.lowerBound)
    for index in row.dropFirst() { hash = CompanyWords.join(hash, text.hash(index)) }
    return CompanyWords.form(of: hash)
  }

  // MARK: - Words

  /// Takes the word at `index`, or the words that are one; how many it took.
  private mutating func appendWord(_ index: Int, before end: Int, _ pool: inout WordPool) -> Int {
    let range = text.words[index]
    if Script.of(text.letters[range.lowerBound]) == .syllable {
      signs.removeAll(keepingCapacity: true)
      signs.append(contentsOf: text.letters[range])
      appendSigns(&pool)
      return 1
    }
    if let length = CompanyWords.phrase(at: index, before: end, text) {
      let last = text.words[index + length - 1].upperBound
      let number = pool.add(text.letters.span.extracting(range.lowerBound..<last))
      words.append(CompanyWord(number, CompanyWords.meaning(of: pool.hash(number)).kind))
      return length
    }
    let (kind, _) = CompanyWords.meaning(of: text.hash(index))
    let number = pool.add(text.letters.span.extracting(range))
    switch kind {
    case .binding: break
    case .number where words.isEmpty && range.count == 1: words.append(CompanyWord(number, .name))
    case .name where text.letters[range].allSatisfy({ $0 &- 0x30 < 10 }):
      words.append(CompanyWord(number, .number))
    default: words.append(CompanyWord(number, kind))
    }
    return 1
  }

  /// Takes a run of Chinese signs apart: place, name, trade, form.
  private mutating func appendSigns(_ pool: inout WordPool) {
    var (start, end) = (0, signs.count)
    let first = ChineseCompany.form(atStartOf: signs.span)
    if first.count > 0 {
      note(first.form)
      start = first.count
    }
    takeChineseForms(start, &end, &pool)
    while start < end {
      let count = ChineseCompany.place(atStartOf: signs.span.extracting(start..<end))
      if count == 0 || end - start - count == 1 { break }
      append(start..<start + count, .place, &pool)
      start += count
    }
    let tradeEnd = end
    while end - start > 2 {
      let count = ChineseCompany.trade(atEndOf: signs.span.extracting(start..<end))
      if count == 0 || end - start - count < 2 { break }
      end -= count
    }
    if start < end {
      let isNumber = end < tradeEnd && ChineseCompany.isNumber(signs.span.extracting(start..<end))
      append(start..<end, isNumber ? .number : .name, &pool)
    }
    if end < tradeEnd { append(end..<tradeEnd, .trade, &pool) }
  }

  /// Legal forms, 集团 and a branch's place go from the end.
  private mutating func takeChineseForms(_ start: Int, _ end: inout Int, _ pool: inout WordPool) {
    for _ in 0..<4 where end > start {
      let (count, form) = ChineseCompany.form(atEndOf: signs.span.extracting(start..<end))
      if count > 0 {
        note(form)
        end -= count
        if form == .branch { takeBranchPlace(start, &end, &pool) }
        continue
      }
      let group = ChineseCompany.group(atEndOf: signs.span.extracting(start..<end))
      if group == 0 || end - start - group == 1 { return }
      end -= group
    }
  }

  private mutating func takeBranchPlace(_ start: Int, _ end: inout Int, _ pool: inout WordPool) {
    let count = ChineseCompany.place(atEndOf: signs.span.extracting(start..<end))
    guard count > 0, end - start > count else { return }
    append(end - count..<end, .place, &pool)
    end -= count
  }

  private mutating func append(
    _ range: Range<Int>, _ kind: CompanyWords.Kind, _ pool: inout WordPool
  ) {
    words.append(CompanyWord(pool.add(signs.span.extracting(range)), kind))
  }
}
