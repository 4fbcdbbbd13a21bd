/// Takes the text of a company's name apart into words.
///
/// A word is a run of letters and digits of alphabets, in Latin letters, or a run of Chinese signs;
/// single letters that follow each other are one word (S.A.R.L., A B C).
struct CompanyText: Sendable {
  /// The letters of all words.
  private(set) var letters = ContiguousArray<UInt32>()
  /// Where each word lies in ``letters``.
  private(set) var words = ContiguousArray<Range<Int>>()
  /// The hash of the letters of each word.
  private(set) var hashes = ContiguousArray<UInt64>()
  private var lastIsSingle = false
  private var start = 0

  /// Reads folded text.
  mutating func read(_ text: ContiguousArray<UInt32>) {
    letters.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    lastIsSingle = false
    start = 0
    var script = Script.other
    for (index, letter) in text.enumerated() {
      var kind = Script.of(letter)
      let isSlip =
        kind == .other && script == .letter && Self.slips.contains(letter)
        && index + 1 < text.count && Script.of(text[index + 1]) == .letter
      if kind == .digit || isSlip { kind = .letter }
      if kind == .other {
        if letter == 0x27 { continue }
        endWord()
        if letter != 0x2E, letter != 0x20 { lastIsSingle = false }
      } else {
        if kind != script, script != .other { endWord() }
        if kind == .letter { Roman.append(letter, to: &letters) } else { letters.append(letter) }
      }
      script = kind
    }
    endWord()
    hashes.removeAll(keepingCapacity: true)
    for word in words { hashes.append(LetterHash.hash(letters.span.extracting(word))) }
  }

  /// Signs that in the midst of a word are rather slips of the finger: `_ | ~ ^ ; # ? * [ ] { } < > =`.
  private static let slips: Set<UInt32> = [
    0x5F, 0x7C, 0x7E, 0x5E, 0x3B, 0x23, 0x3F, 0x2A, 0x5B, 0x5D, 0x7B, 0x7D, 0x3C, 0x3E, 0x3D,
  ]

  private mutating func endWord() {
    guard letters.count > start else { return }
    let isSingle = letters.count == start + 1 && letters[start] &- 0x61 < 26
    if isSingle, lastIsSingle, let last = words.popLast() {
      words.append(last.lowerBound..<letters.count)
    } else {
      words.append(start..<letters.count)
    }
    lastIsSingle = isSingle
    start = letters.count
  }

  /// The hash of the letters of word `index`.
  func hash(_ index: Int) -> UInt64 { hashes[index] }
}
