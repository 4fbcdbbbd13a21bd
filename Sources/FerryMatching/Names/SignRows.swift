/// Rows of signs, looked for at the ends of texts, the longest first.
struct SignRows: Sendable {
  // The hash of a row runs from the end at which it is looked for, so that one pass tries all lengths.
  private var fromStart = HashedTable<Bool>()
  private var fromEnd = HashedTable<Bool>()
  private var firstSigns = SignSet()
  private var lastSigns = SignSet()
  private var longest = 0

  mutating func add(_ text: String) {
    let signs = TextFold.folded(text).filter { Script.of($0) != .other }
    guard let first = signs.first, let last = signs.last else { return }
    fromStart[LetterHash.hash(signs)] = true
    fromEnd[LetterHash.hash(signs.reversed())] = true
    firstSigns.insert(first)
    lastSigns.insert(last)
    longest = max(longest, signs.count)
  }

  /// How many signs the longest row takes that `text` ends with; 0 for none.
  func longest(atEndOf text: Span<UInt32>) -> Int {
    guard text.count > 0, lastSigns.contains(text[text.count - 1]) else { return 0 }
    var state = LetterHash.start
    var found = 0
    for length in 1...min(longest, text.count) {
      state = LetterHash.step(state, text[text.count - length])
      if fromEnd.contains(LetterHash.finish(state)) { found = length }
    }
    return found
  }

  /// How many signs the longest row takes that `text` begins with; 0 for none.
  func longest(atStartOf text: Span<UInt32>) -> Int {
    guard text.count > 0, firstSigns.contains(text[0]) else { return 0 }
    var state = LetterHash.start
    var found = 0
    for length in 1...min(longest, text.count) {
      state = LetterHash.step(state, text[length - 1])
      if fromStart.contains(LetterHash.finish(state)) { found = length }
    }
    return found
  }
}
