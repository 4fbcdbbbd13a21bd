// The words of two names are paired: equal ones first, then those that are alike, then initials,
// then words that have been joined. What remains decides: words on one side only are a middle name
// left out, words on both sides contradict each other.

/// What pairing the words of two names has brought.
struct NameAlignment {
  let left: Range<Int>
  let right: Range<Int>
  /// Words not paired yet, as bits.
  var leftRest: UInt32
  var rightRest: UInt32
  /// Paired words of two letters and more.
  var strong = 0
  var equal = 0
  var sounds = 0
  var nicknames = 0
  var initials = 0
  var beginnings = 0
  var nears = 0
  /// Letters that differ in the words that are near.
  var edits = 0
  /// Given names paired with family names.
  var swaps = 0
  /// Words that are the father's name on their side and not on the other.
  var leftFathers = 0
  var rightFathers = 0
  var familyAgrees = false

  init(_ left: Range<Int>, _ right: Range<Int>) {
    self.left = left
    self.right = right
    leftRest = 1 << UInt32(left.count) - 1
    rightRest = 1 << UInt32(right.count) - 1
  }

  var isOpen: Bool { leftRest != 0 && rightRest != 0 }

  func isFree(left index: Int) -> Bool { leftRest >> UInt32(index) & 1 != 0 }
  func isFree(right index: Int) -> Bool { rightRest >> UInt32(index) & 1 != 0 }

  mutating func note(_ likeness: WordLikeness) {
    switch likeness {
    case .same: equal += 1
    case .sound: sounds += 1
    case .near(let count):
      nears += 1
      edits += count
    case .nickname: nicknames += 1
    case .beginning: beginnings += 1
    case .initial: initials += 1
    case .different: break
    }
    if likeness != .initial, likeness != .beginning { strong += 1 }
  }
}

extension PersonNames {
  /// The index in ``levels`` of how two rows of words stand to each other.
  ///
  /// Where both hold the same letters, in whatever order, words that remain have been joined or
  /// split, or letters have changed places.
  func alignedLevel(
    _ left: Range<Int>, _ right: Range<Int>, haveSameLetters: Bool = false
  ) -> Int {
    var alignment = NameAlignment(left, right)
    pairEqual(&alignment)
    if alignment.isOpen {
      // Equally many words on both sides are not joined or split.
      let isUneven = alignment.leftRest.nonzeroBitCount != alignment.rightRest.nonzeroBitCount
      if isUneven {
        pairJoined(&alignment)
        if alignment.isOpen, isNearTogether(alignment) { return Level.near }
      }
      if alignment.isOpen { pairAlike(&alignment) }
      if isUneven, alignment.isOpen { pairInitials(&alignment) }
    }
    guard alignment.isOpen else { return level(alignment) }
    if haveSameLetters { return Level.near }
    return contradictingLevel(alignment)
  }

  private func pair(_ one: Int, _ other: Int, _ alignment: inout NameAlignment) {
    alignment.leftRest &= ~(1 << UInt32(one))
    alignment.rightRest &= ~(1 << UInt32(other))
    let leftWord = words[alignment.left.lowerBound + one]
    let rightWord = words[alignment.right.lowerBound + other]
    if leftWord.isOpposite(to: rightWord) { alignment.swaps += 1 }
    if leftWord.isFather, !rightWord.isFather { alignment.leftFathers += 1 }
    if rightWord.isFather, !leftWord.isFather { alignment.rightFathers += 1 }
    let isLast = one == alignment.left.count - 1 && other == alignment.right.count - 1
    if isLast || leftWord.isFamily && rightWord.isFamily { alignment.familyAgrees = true }
  }

  private func pairEqual(_ alignment: inout NameAlignment) {
    for one in 0..<alignment.left.count {
      let number = words[alignment.left.lowerBound + one].word
      for other in 0..<alignment.right.count
      where words[alignment.right.lowerBound + other].word == number
        && alignment.isFree(right: other)
      {
        pair(one, other, &alignment)
        if pool.facts[Int(number)].length > 1 { alignment.strong += 1 }
        alignment.equal += 1
        break
      }
    }
  }

  private func pairAlike(_ alignment: inout NameAlignment) {
    for round in 0..<2 {
      for one in 0..<alignment.left.count where alignment.isFree(left: one) {
        let number = words[alignment.left.lowerBound + one].word
        var best = WordLikeness.different
        var partner = -1
        for other in 0..<alignment.right.count where alignment.isFree(right: other) {
          let likeness = pool.likeness(
            number, words[alignment.right.lowerBound + other].word)
          if likeness.rank < best.rank, (likeness == .initial) == (round == 1) {
            best = likeness
            partner = other
          }
        }
        if partner >= 0 {
          pair(one, partner, &alignment)
          alignment.note(best)
        }
      }
    }
  }

  /// Pairs initials written as one word, JC, with the words they stand for.
  private func pairInitials(_ alignment: inout NameAlignment) {
    for one in 0..<alignment.left.count where alignment.isFree(left: one) {
      let short = words[alignment.left.lowerBound + one].word
      if let bits = named(by: short, alignment.right, alignment.rightRest) {
        alignment.leftRest &= ~(1 << UInt32(one))
        alignment.rightRest &= ~bits
        alignment.initials += 1
      }
    }
    for other in 0..<alignment.right.count where alignment.isFree(right: other) {
      let short = words[alignment.right.lowerBound + other].word
      if let bits = named(by: short, alignment.left, alignment.leftRest) {
        alignment.rightRest &= ~(1 << UInt32(other))
        alignment.leftRest &= ~bits
        alignment.initials += 1
      }
    }
  }

  /// The free words in a row that begin with the letters of `short`, as bits.
  private func named(by short: UInt32, _ range: Range<Int>, _ free: UInt32) -> UInt32? {
    let letters = pool.range(short)
    guard letters.count == 2 || letters.count == 3 else { return nil }
    let row: UInt32 = 1 << UInt32(letters.count) - 1
    for first in 0..<max(0, range.count - letters.count + 1)
    where free >> UInt32(first) & row == row {
      let isNamed = letters.indices.allSatisfy { index in
        let word = words[range.lowerBound + first + index - letters.lowerBound].word
        return pool.letters[Int(pool.facts[Int(word)].start)] == pool.letters[index]
      }
      if isNamed { return row << UInt32(first) }
    }
    return nil
  }

  // MARK: - Joined words

  /// Whether the words that remain, written together, are spelled nearly alike: FridrichBuchenberg.
  private func isNearTogether(_ alignment: NameAlignment) -> Bool {
    var leftMask: UInt32 = 0
    var rightMask: UInt32 = 0
    var (leftLength, rightLength) = (0, 0)
    for index in 0..<alignment.left.count where alignment.isFree(left: index) {
      let facts = pool.facts[Int(words[alignment.left.lowerBound + index].word)]
      leftMask |= facts.mask
      leftLength += Int(facts.length)
    }
    for index in 0..<alignment.right.count where alignment.isFree(right: index) {
      let facts = pool.facts[Int(words[alignment.right.lowerBound + index].word)]
      rightMask |= facts.mask
      rightLength += Int(facts.length)
    }
    guard min(leftLength, rightLength) >= 8, abs(leftLength - rightLength) <= 2,
      (leftMask ^ rightMask).nonzeroBitCount <= 4
    else { return false }
    return Edits.count(
      together(alignment.left, alignment.leftRest).span,
      together(alignment.right, alignment.rightRest).span) <= 2
  }

  /// The letters of the free words, in order.
  private func together(_ range: Range<Int>, _ free: UInt32) -> ContiguousArray<UInt32> {
    var result = ContiguousArray<UInt32>()
    for index in 0..<range.count where free >> UInt32(index) & 1 != 0 {
      result.append(contentsOf: pool.letters[pool.range(words[range.lowerBound + index].word)])
    }
    return result
  }

  /// Pairs a word of one side with two of the other that spell it together.
  private func pairJoined(_ alignment: inout NameAlignment) {
    for one in 0..<alignment.left.count where alignment.isFree(left: one) {
      let whole = words[alignment.left.lowerBound + one].word
      if let bits = parts(of: whole, alignment.right, alignment.rightRest) {
        alignment.leftRest &= ~(1 << UInt32(one))
        alignment.rightRest &= ~bits
        alignment.strong += 2
        alignment.equal += 2
      }
    }
    for other in 0..<alignment.right.count where alignment.isFree(right: other) {
      let whole = words[alignment.right.lowerBound + other].word
      if let bits = parts(of: whole, alignment.left, alignment.leftRest) {
        alignment.rightRest &= ~(1 << UInt32(other))
        alignment.leftRest &= ~bits
        alignment.strong += 2
        alignment.equal += 2
      }
    }
  }

  /// The two free words that spell `whole` together, as bits.
  private func parts(of whole: UInt32, _ range: Range<Int>, _ free: UInt32) -> UInt32? {
    if free & (free &- 1) == 0 { return nil }
    let length = pool.facts[Int(whole)].length
    for first in 0..<range.count where free >> UInt32(first) & 1 != 0 {
      for second in 0..<range.count where second != first && free >> UInt32(second) & 1 != 0 {
        let (head, tail) = (
          words[range.lowerBound + first].word, words[range.lowerBound + second].word
        )
        if pool.facts[Int(head)].length &+ pool.facts[Int(tail)].length == length,
          pool.isJoined(whole, head, tail)
        {
          return 1 << UInt32(first) | 1 << UInt32(second)
        }
      }
    }
    return nil
  }

  // MARK: - Judging

  private func level(_ alignment: NameAlignment) -> Int {
    if alignment.leftFathers > 0, alignment.rightFathers > 0 { return Level.partly }
    if alignment.leftRest == 0, alignment.rightRest == 0 { return completeLevel(alignment) }
    return shorterLevel(alignment)
  }

  /// One side says less.
  private func shorterLevel(_ alignment: NameAlignment) -> Int {
    if alignment.strong >= 2 {
      if alignment.edits > alignment.nears { return Level.compatible }
      return alignment.nears + alignment.beginnings > 0 ? Level.alike : Level.short
    }
    if alignment.strong == 1, alignment.initials > 0 {
      return alignment.nears == 0 ? Level.alike : Level.compatible
    }
    return alignment.strong == 1 && alignment.nears == 0 ? Level.compatible : Level.partly
  }

  /// Every word has a partner.
  private func completeLevel(_ alignment: NameAlignment) -> Int {
    let edits = alignment.edits
    if alignment.strong == 0 { return alignment.initials > 1 ? Level.compatible : Level.partly }
    if alignment.left.count == 1, alignment.right.count == 1, alignment.nears > 0 {
      let length = Int(
        max(
          pool.facts[Int(words[alignment.left.lowerBound].word)].length,
          pool.facts[Int(words[alignment.right.lowerBound].word)].length))
      return length >= 5 + edits ? Level.alike : Level.compatible
    }
    if edits > 3 { return Level.compatible }
    if alignment.beginnings > 0 { return edits == 0 ? Level.alike : Level.compatible }
    if alignment.swaps > 0 { return Level.alike }
    if alignment.nears > 0 {
      let isClean = edits <= 2 && alignment.nicknames + alignment.initials == 0
      return isClean ? Level.near : Level.alike
    }
    if alignment.nicknames + alignment.initials > 0 { return Level.short }
    return alignment.sounds > 0 ? Level.sound : Level.same
  }

  /// Both sides hold a word that the other lacks.
  private func contradictingLevel(_ alignment: NameAlignment) -> Int {
    if alignment.equal + alignment.sounds + alignment.nears == 0 { return Level.different }
    return alignment.familyAgrees ? Level.family : Level.partly
  }
}
