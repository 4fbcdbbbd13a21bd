/// How two words of names stand to each other.
enum WordLikeness: Equatable {
  case same
  /// Spelled otherwise, said alike.
  case sound
  /// Short or pet forms of one name.
  case nickname
  /// One is the other's first letter.
  case initial
  /// One or two letters differ.
  case near(edits: Int)
  /// One begins the other.
  case beginning
  case different

  /// The better, the less.
  var rank: Int {
    switch self {
    case .same: 0
    case .sound: 1
    case .near(let edits): 1 + edits
    case .nickname: 4
    case .beginning: 5
    case .initial: 6
    case .different: 7
    }
  }
}

extension WordPool {
  /// How two words stand to each other.
  func likeness(_ left: UInt32, _ right: UInt32) -> WordLikeness {
    if left == right { return .same }
    let one = facts[Int(left)]
    let other = facts[Int(right)]
    if one.length == 1 || other.length == 1 {
      let isInitial = letters[Int(one.start)] == letters[Int(other.start)]
      return isInitial ? .initial : .different
    }
    if one.sound == other.sound, one.sound != 0 { return .sound }
    if one.isSyllables != other.isSyllables {
      return one.latinSound == other.latinSound && one.latinSound != 0 ? .sound : .different
    }
    if Nicknames.meet(one.nicknames, other.nicknames) { return .nickname }
    return one.isNumber || other.isNumber ? .different : nearness(one, other)
  }

  private func nearness(_ one: WordFacts, _ other: WordFacts) -> WordLikeness {
    let longer = Int(max(one.length, other.length))
    let shorter = Int(min(one.length, other.length))
    // Of two or three Chinese signs, one that differs makes another name.
    if one.isSyllables, longer < 4 { return .different }
    let limit = longer < 5 ? 1 : longer < 7 ? 2 : 3
    let apart = (one.mask ^ other.mask).nonzeroBitCount
    if longer - shorter <= limit, apart <= limit * 2 {
      let edits = edits(one, other)
      if edits <= 1 { return .near(edits: edits) }
      // More letters, but said nearly alike: Muhammad, Mohamed; Sergejs, Sergey.
      if edits <= limit, min(one.soundLength, other.soundLength) >= 5, soundEdits(one, other) <= 1 {
        return .near(edits: edits - 1)
      }
      if edits == 2, limit >= 2 { return .near(edits: 2) }
    }
    return shorter >= 3 && isBeginning(one, other, shorter) ? .beginning : .different
  }

  /// Whether `whole` is spelled by `head` and `tail`.
  func isJoined(_ whole: UInt32, _ head: UInt32, _ tail: UInt32) -> Bool {
    let range = range(whole)
    let (head, tail) = (self.range(head), self.range(tail))
    guard range.count == head.count + tail.count else { return false }
    for (index, other) in zip(range, head) where letters[index] != letters[other] { return false }
    for (index, other) in zip(range.dropFirst(head.count), tail)
    where letters[index] != letters[other] {
      return false
    }
    return true
  }

  private func isBeginning(_ one: WordFacts, _ other: WordFacts, _ length: Int) -> Bool {
    for offset in 0..<length
    where letters[Int(one.start) + offset] != letters[Int(other.start) + offset] {
      return false
    }
    return true
  }

  /// How many letters differ, neighbours that have changed places counting once.
  func edits(_ one: WordFacts, _ other: WordFacts) -> Int {
    let left = Int(one.start)..<Int(one.start) + Int(one.length)
    let right = Int(other.start)..<Int(other.start) + Int(other.length)
    return Edits.count(letters.span.extracting(left), letters.span.extracting(right))
  }

  private func soundEdits(_ one: WordFacts, _ other: WordFacts) -> Int {
    let left = Int(one.soundStart)..<Int(one.soundStart) + Int(one.soundLength)
    let right = Int(other.soundStart)..<Int(other.soundStart) + Int(other.soundLength)
    return Edits.count(sounds.span.extracting(left), sounds.span.extracting(right))
  }
}

/// Counts the edits between short texts.
///
/// Source: H. Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances",
/// Nordic Journal of Computing 10 (2003), 29–39; here without a table of the letters, since words
/// are short.
enum Edits {
  /// Edits between texts, the first of which counts to its 64th element only.
  static func count<Element: Equatable>(_ left: Span<Element>, _ right: Span<Element>) -> Int {
    var start = 0
    var leftEnd = left.count
    var rightEnd = right.count
    while start < leftEnd, start < rightEnd, left[start] == right[start] { start += 1 }
    while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
      leftEnd -= 1
      rightEnd -= 1
    }
    let length = min(leftEnd - start, 64)
    if length == 0 || rightEnd == start { return max(leftEnd, rightEnd) - start }
    var columns = EditColumns(length)
    for index in start..<rightEnd {
      var matches: UInt64 = 0
      for offset in 0..<length where left[start + offset] == right[index] {
        matches |= 1 << UInt64(offset)
      }
      columns.take(matches)
    }
    return columns.edits
  }
}

/// The columns of the table of edits, as bits.
private struct EditColumns {
  private(set) var edits: Int
  private let last: UInt64
  private var rises: UInt64 = .max
  private var falls: UInt64 = 0
  private var steps: UInt64 = 0
  private var before: UInt64 = 0

  init(_ length: Int) {
    edits = length
    last = 1 << UInt64(length - 1)
  }

  @inline(__always)
  mutating func take(_ matches: UInt64) {
    let swaps = (~steps & matches) << 1 & before
    steps = ((matches & rises) &+ rises) ^ rises | matches | falls | swaps
    var up = falls | ~(steps | rises)
    let down = steps & rises
    if up & last != 0 { edits += 1 }
    if down & last != 0 { edits -= 1 }
    up = up << 1 | 1
    rises = down << 1 | ~(steps | up)
    falls = up & steps
    before = matches
  }
}
