import FerryCore

/// Takes persons' names apart, column by column; one is used again for every name.
struct PersonNameReader: Sendable {
  /// What was found of a name.
  struct Name: Sendable {
    /// The words in the order in which they stand, those that bind aside.
    var words = ContiguousArray<NameWord>()
    /// The words in Latin letters, where ``words`` are syllables; otherwise empty.
    var romanWords = ContiguousArray<NameWord>()
    /// Whether the words are a family name and a given name in syllables.
    var isSyllables = false
    /// Whether there is a family name and a form of address, and no more.
    var isFamilyOnly = false
    /// Junior, senior and their like; `name` for none.
    var generation = PersonWords.Role.name
    /// A sum over all letters, in Latin ones, whatever their order.
    var letterSum: UInt64 = 0

    var isEmpty: Bool { words.isEmpty }

    mutating func append(_ reading: WordPool.Reading) {
      romanWords.append(NameWord(reading.word))
      letterSum &+= reading.letterSum
    }

    mutating func removeAll() {
      words.removeAll(keepingCapacity: true)
      romanWords.removeAll(keepingCapacity: true)
      isSyllables = false
      isFamilyOnly = false
      generation = .name
      letterSum = 0
    }
  }

  /// A longer name is cut off here; no person has so many.
  private static let mostWords = 12

  private(set) var name = Name()
  /// The same person's name in another script.
  private(set) var other = Name()
  private var spare = Name()
  private var letters = ContiguousArray<UInt32>()
  private var latin = ContiguousArray<UInt32>()
  private var syllables = ContiguousArray<UInt32>()
  private var word = ContiguousArray<UInt32>()

  /// Reads the name of a row.
  mutating func read(
    _ rows: TextRows, _ row: Int, parts: [PersonNamePart], pool: inout WordPool
  ) {
    name.removeAll()
    other.removeAll()
    for column in 0..<min(rows.columnCount, parts.count) {
      let range = rows.range(row, column: column)
      if range.isEmpty || parts[column] == .title { continue }
      letters.removeAll(keepingCapacity: true)
      TextFold.appendFolded(rows.bytes.span.extracting(range), to: &letters)
      read(parts[column], &pool)
    }
    joinSyllableParts(&pool)
    if name.isEmpty { swap(&name, &other) }
  }

  private mutating func read(_ part: PersonNamePart, _ pool: inout WordPool) {
    sortScripts()
    if syllables.isEmpty {
      appendWords(latin, part, &pool)
    } else if latin.isEmpty || !latin.contains(where: { Script.of($0) == .letter }) {
      appendSyllables(part, &pool)
    } else if syllables.count >= 2 || part != .full {
      appendSyllables(part, &pool)
      appendWords(latin, .native, &pool)
    } else {
      appendWords(letters, part, &pool)
    }
  }

  /// Parts the text into syllable signs and the rest.
  private mutating func sortScripts() {
    latin.removeAll(keepingCapacity: true)
    syllables.removeAll(keepingCapacity: true)
    for letter in letters {
      if Script.of(letter) == .syllable { syllables.append(letter) } else { latin.append(letter) }
    }
  }

  // MARK: - Names in syllables

  /// More signs than that are no Chinese or Korean name of a person.
  private static let longestSyllables = 4

  private mutating func appendSyllables(_ part: PersonNamePart, _ pool: inout WordPool) {
    if part == .suffix { return }
    let isNative = !name.isEmpty && (part == .native || part == .full)
    takeForm()
    if syllables.isEmpty { return }
    if part == .full || part == .native, letters.contains(where: Self.isDot) {
      appendDotted(isNative: isNative, &pool)
      return
    }
    if part == .given || part == .family || part == .middle {
      let number = pool.add(syllables.span)
      name.words.append(NameWord(number, part))
      return
    }
    var result = takeSpare()
    defer { put(&result, isNative: isNative) }
    let familyCount = ChineseFamilies.familyCount(syllables.span)
    guard syllables.count <= Self.longestSyllables || familyCount == 2 && syllables.count <= 5
    else {
      // A company: its legal form tells little.
      let form = ChineseCompany.form(atEndOf: syllables.span).count
      if form < syllables.count { syllables.removeLast(form) }
      result.words.append(NameWord(pool.add(syllables.span)))
      result.letterSum = romanSum()
      return
    }
    fill(&result, familyCount: familyCount, &pool)
  }

  private static func isDot(_ letter: UInt32) -> Bool { letter == 0xB7 || letter == 0x30FB }

  /// A name in parts with a dot between: 阿依努尔·买买提.
  private mutating func appendDotted(isNative: Bool, _ pool: inout WordPool) {
    var result = takeSpare()
    result.letterSum = romanSum()
    word.removeAll(keepingCapacity: true)
    for index in 0...letters.count {
      if index < letters.count, Script.of(letters[index]) == .syllable {
        word.append(letters[index])
      } else if index == letters.count || Self.isDot(letters[index]), !word.isEmpty {
        result.words.append(NameWord(pool.add(word.span)))
        word.removeAll(keepingCapacity: true)
      }
    }
    put(&result, isNative: isNative)
  }

  /// An empty name to fill, whose memory is used again.
  private mutating func takeSpare() -> Name {
    var result = Name()
    swap(&result, &spare)
    result.removeAll()
    return result
  }

  /// Puts a name in the place of the one that was read before, or of the other one.
  private mutating func put(_ result: inout Name, isNative: Bool) {
    if isNative { swap(&result, &other) } else { swap(&result, &name) }
    swap(&result, &spare)
  }

  /// Makes a name of `syllables`.
  private mutating func fill(
    _ result: inout Name, familyCount: Int, _ pool: inout WordPool
  ) {
    result.isSyllables = true
    result.isFamilyOnly = syllables.count == familyCount
    let family = syllables.span.extracting(0..<familyCount)
    let given = syllables.span.extracting(familyCount...)
    let (familyWord, givenWord) = (pool.add(family), pool.add(given))
    result.words.append(NameWord(familyWord, .family))
    result.append(pool.reading(of: familyWord, family, asFamily: true))
    if givenWord == 0 { return }
    result.words.append(NameWord(givenWord, .given))
    result.append(pool.reading(of: givenWord, given, asFamily: false))
  }

  /// The sum of the letters of all syllables.
  private mutating func romanSum() -> UInt64 {
    word.removeAll(keepingCapacity: true)
    for syllable in syllables { Roman.appendSyllable(syllable, to: &word) }
    return word.reduce(0) { $0 &+ LetterHash.share($1) }
  }

  /// 姓 and 名 in two columns are one name.
  private mutating func joinSyllableParts(_ pool: inout WordPool) {
    guard !name.isSyllables, name.letterSum == 0, name.words.count >= 1, name.words.count <= 2
    else { return }
    syllables.removeAll(keepingCapacity: true)
    var familyCount = 0
    for word in name.words where word.isFamily {
      for index in pool.range(word.word) { syllables.append(pool.letters[index]) }
      familyCount = syllables.count
    }
    for word in name.words where !word.isFamily {
      for index in pool.range(word.word) { syllables.append(pool.letters[index]) }
    }
    guard !syllables.isEmpty, syllables.allSatisfy({ Script.of($0) == .syllable }) else { return }
    // The whole name in the column of given names.
    if familyCount == 0, syllables.count > 2 {
      familyCount = ChineseFamilies.familyCount(syllables.span)
    }
    if familyCount == 0 { return }
    var result = takeSpare()
    fill(&result, familyCount: familyCount, &pool)
    put(&result, isNative: false)
  }

  /// Takes a form of address off the end of the syllables.
  private mutating func takeForm() {
    let count = ChineseForms.count(atEndOf: syllables.span)
    if count > 0, count < syllables.count { syllables.removeLast(count) }
  }

  // MARK: - Names in words

  private mutating func appendWords(
    _ text: ContiguousArray<UInt32>, _ part: PersonNamePart, _ pool: inout WordPool
  ) {
    var result = takeSpare()
    let isNative = part == .native && !name.isEmpty
    if !isNative { swap(&result, &name) }
    let first = result.words.count
    var comma = -1
    var isFather = false
    word.removeAll(keepingCapacity: true)
    for index in 0...text.count {
      let letter = index < text.count ? text[index] : 0x20
      let script = Script.of(letter)
      if script != .other {
        Roman.append(letter, to: &word)
        continue
      }
      if letter == 0x27, !word.isEmpty { continue }
      endWord(part, &isFather, first, &result, &pool)
      if letter == 0x2C, comma < 0, result.words.count > first { comma = result.words.count }
    }
    if comma > first, comma < result.words.count, part == .full || part == .native {
      // Family name before the comma: what stands behind it goes first.
      let tail = result.words[comma...]
      result.words.replaceSubrange(first..., with: Array(tail) + result.words[first..<comma])
    }
    put(&result, isNative: isNative)
  }

  /// Takes the word that has been gathered.
  private mutating func endWord(
    _ part: PersonNamePart, _ isFather: inout Bool, _ first: Int, _ result: inout Name,
    _ pool: inout WordPool
  ) {
    if word.isEmpty || result.words.count >= Self.mostWords { return }
    unleet()
    let number = pool.add(word.span)
    let role = pool.facts[Int(number)].role
    defer { word.removeAll(keepingCapacity: true) }
    if role == .title, result.words.count == first, part != .family { return }
    for letter in word { result.letterSum &+= LetterHash.share(letter) }
    switch role {
    case .degree where result.words.count > first: return
    case .junior, .senior, .second, .third, .fourth:
      if result.words.count > first || part == .suffix {
        result.generation = role
        for letter in word { result.letterSum &-= LetterHash.share(letter) }
        return
      }
    case .particle where part != .given: return
    case .patronymic where result.words.count > first || !isBen && part != .given:
      isFather = true
      return
    default: break
    }
    result.words.append(NameWord(number, part, isFather: isFather))
    isFather = false
  }

  /// Whether the word is Ben, which in front of a name is short for Benjamin.
  private var isBen: Bool { word.elementsEqual([0x62, 0x65, 0x6E]) }

  /// Digits amid letters that stand for letters: Ig0r.
  private mutating func unleet() {
    var letterCount = 0
    var digitCount = 0
    for letter in word {
      if letter &- 0x30 < 10 { digitCount += 1 } else { letterCount += 1 }
    }
    guard digitCount > 0, letterCount > digitCount else { return }
    for index in word.indices {
      switch word[index] {
      case 0x30: word[index] = 0x6F
      case 0x31: word[index] = 0x69
      case 0x33: word[index] = 0x65
      case 0x34: word[index] = 0x61
      case 0x35: word[index] = 0x73
      case 0x37: word[index] = 0x74
      case 0x39: word[index] = 0x67
      default: break
      }
    }
  }
}
