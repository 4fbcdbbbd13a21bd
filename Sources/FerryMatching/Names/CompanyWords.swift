import FerryNormalization

/// What words of company names mean: legal forms, trades, places, numbers.
enum CompanyWords {
  /// What a word is for.
  enum Kind: UInt8, Sendable {
    /// The name itself.
    case name
    /// Says nothing that tells companies apart: group, holding, company.
    case weak
    /// What the company does.
    case trade
    case place
    case number
    /// Binds words: the, of, and.
    case binding
  }

  /// A legal form's kind, across countries.
  enum Form: UInt8, Comparable, Sendable {
    case none
    /// A form whose kind is open: company, corporation, 公司.
    case open
    case limited, stock, partnership, limitedPartnership, sole, cooperative, nonprofit
    /// 分公司: a part of another company.
    case branch

    static func < (left: Form, right: Form) -> Bool { left.rawValue < right.rawValue }
  }

  /// What a word is, by the hash of its letters, and a number that words of one meaning share.
  static func meaning(of hash: UInt64) -> (kind: Kind, meaning: UInt16) {
    table.meanings[hash] ?? (.name, 0)
  }

  /// How many words from `index` on are one, such as New York; `nil` where the word stands alone.
  static func phrase(at index: Int, before end: Int, _ text: CompanyText) -> Int? {
    var hash = text.hash(index)
    guard table.phraseHeads.contains(hash) else { return nil }
    var longest: Int?
    for next in index + 1..<max(index + 1, min(end, index + longestForm)) {
      hash = join(hash, text.hash(next))
      if table.phrases.contains(hash) { longest = next - index + 1 }
    }
    return longest
  }

  /// The legal form that a row of words is, by the joined hash of their letters.
  static func form(of hash: UInt64) -> Form? { table.forms[hash] }

  /// How many words the longest legal form has that ends with a word; 0 where none does.
  static func longestForm(endingWith hash: UInt64) -> Int { table.formEnds[hash] ?? 0 }
  /// How many words the longest legal form has that begins with a word; 0 where none does.
  static func longestForm(beginningWith hash: UInt64) -> Int { table.formHeads[hash] ?? 0 }

  /// Joins the hash of a row of words with that of the word behind it.
  static func join(_ row: UInt64, _ word: UInt64) -> UInt64 {
    LetterHash.finish(row &* 31 &+ word)
  }

  /// The most words that a legal form has.
  static let longestForm = 8

  private static let table = CompanyWordLists()
}

/// The tables of ``CompanyWords``, unpacked.
private struct CompanyWordLists: Sendable {
  private(set) var meanings = HashedTable<(kind: CompanyWords.Kind, meaning: UInt16)>()
  private(set) var forms = HashedTable<CompanyWords.Form>()
  /// How many words the longest form has that ends, or begins, with a word.
  private(set) var formEnds = HashedTable<Int>()
  private(set) var formHeads = HashedTable<Int>()
  /// Rows of words that are one, and their first words.
  private(set) var phrases = HashedTable<Bool>()
  private(set) var phraseHeads = HashedTable<Bool>()
  private var nextMeaning: UInt16 = 1
  private var text = CompanyText()

  // The tables are long, so they are read as bytes: as characters they cost ten times as much.
  private static let lineEnd = UInt8(ascii: "\n")
  private static let colon = UInt8(ascii: ":")
  private static let bar = UInt8(ascii: "|")

  /// Groups of general words that tell companies apart least.
  private static let weak: Set<String> = [
    "co", "corp", "grp", "holding", "concern", "org", "enterprise", "business",
  ]

  init() {
    addPlaces()
    add(CompanyWordTable.trades, weak: [])
    add(CompanyWordTable.general, weak: Self.weak)
    let binding = "the a an of and for in at de la le les du des d von und et y e i da do das"
    for word in binding.utf8.split(separator: UInt8(ascii: " ")) { set(word, .binding, 0) }
    addNumbers()
    addForms()
  }

  private mutating func add(_ table: String, weak: Set<String>) {
    for line in table.utf8.split(separator: Self.lineEnd) {
      guard let colon = line.firstIndex(of: Self.colon) else { continue }
      let isWeak = weak.contains(String(Substring(line[..<colon])))
      for word in line[line.index(after: colon)...].split(separator: Self.bar) {
        set(word, isWeak ? .weak : .trade, nextMeaning)
      }
      nextMeaning += 1
    }
  }

  private mutating func addPlaces() {
    for line in CompanyWordTable.places.utf8.split(separator: Self.lineEnd) {
      for word in line.split(separator: Self.bar) {
        set(word, .place, nextMeaning)
        nextMeaning += 1
      }
    }
    for names in [
      "usa,us,united states,united states of america", "uk,united kingdom,great britain",
      "uae,united arab emirates", "china,prc,people's republic of china", "hong kong,hk",
      "new york,new york city,nyc", "los angeles,la", "korea,south korea", "eu,europe", "asia",
      "africa", "emea", "america", "north america", "latin america", "asia pacific,apac",
    ] {
      for name in names.utf8.split(separator: UInt8(ascii: ",")) {
        set(name, .place, nextMeaning)
      }
      nextMeaning += 1
    }
  }

  /// Numbers in words and in Roman signs stand for digits.
  private mutating func addNumbers() {
    let names = [
      "one first 1st i", "two second 2nd ii", "three third 3rd iii", "four fourth 4th iv",
      "five fifth 5th v", "six sixth 6th vi", "seven seventh 7th vii", "eight eighth 8th viii",
      "nine ninth 9th ix", "ten tenth 10th x", "eleven 11th xi", "twelve 12th xii", "xiii",
      "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
    ]
    for (index, line) in names.enumerated() {
      for word in (line + " \(index + 1)").utf8.split(separator: UInt8(ascii: " ")) {
        set(word, .number, nextMeaning)
      }
      nextMeaning += 1
    }
  }

  private mutating func set(
    _ name: Substring.UTF8View, _ kind: CompanyWords.Kind, _ meaning: UInt16
  ) {
    let words = words(of: name)
    guard let first = words.first else { return }
    if words.count > 1 {
      phraseHeads[first] = true
      phrases[words.dropFirst().reduce(first) { CompanyWords.join($0, $1) }] = true
    }
    // The words of a phrase are kept as one word, without blanks.
    meanings[LetterHash.hash(text.letters.span)] = (kind, meaning)
  }

  private mutating func words(of name: Substring.UTF8View) -> ContiguousArray<UInt64> {
    var folded = ContiguousArray<UInt32>()
    TextFold.appendFolded(ContiguousArray(name).span, to: &folded)
    text.read(folded)
    return text.hashes
  }

  private mutating func addForms() {
    let kinds: [String: CompanyWords.Form] = [
      "LLC": .limited, "JSC": .stock, "LP": .limitedPartnership, "LLP": .limitedPartnership,
      "GP": .partnership, "SP": .sole, "COOP": .cooperative, "NGO": .nonprofit, "-": .open,
    ]
    for line in CompanyWordTable.legalForms.utf8.split(separator: Self.lineEnd) {
      guard let colon = line.firstIndex(of: Self.colon),
        let kind = kinds[String(Substring(line[..<colon]))]
      else { continue }
      for form in line[line.index(after: colon)...].split(separator: Self.bar) {
        set(form: form, kind)
      }
    }
    for form in LegalForms.latinSuffixes {
      set(form: Substring(form.joined(separator: " ")).utf8, .open)
    }
    for form in ["co", "corp", "corporation", "company", "cie", "the company"] {
      set(form: Substring(form).utf8, .open)
    }
    for form in LegalForms.cjkSuffixes {
      set(form: Substring(form).utf8, Self.kind(ofChinese: form), isFinal: true)
    }
  }

  private static func kind(ofChinese text: String) -> CompanyWords.Form {
    let form = String(
      String.UnicodeScalarView(TextFold.folded(text).compactMap(Unicode.Scalar.init)))
    if form.hasSuffix("分公司") { return .branch }
    if form.contains("股份") || form.contains("株") { return .stock }
    if form.contains("有限") || form.contains("有") { return .limited }
    return .open
  }

  private mutating func set(
    form: Substring.UTF8View, _ kind: CompanyWords.Form, isFinal: Bool = false
  ) {
    let words = words(of: form)
    guard let first = words.first, let last = words.last,
      words.count <= CompanyWords.longestForm
    else { return }
    let hash = words.dropFirst().reduce(first) { CompanyWords.join($0, $1) }
    if meanings[hash]?.kind == .number { return }
    formHeads[first] = max(formHeads[first] ?? 0, words.count)
    formEnds[last] = max(formEnds[last] ?? 0, words.count)
    if isFinal || forms[hash] == nil { forms[hash] = kind }
  }
}
