extension Texts {
  /// Texts of up to this many words are compared word by word even where they share none.
  private static let fewWords = 3
  /// How much of what is missing two texts gain that name one product's code, and what is left to
  /// those that name two; from products of two shops, where neither depends much on the figure.
  private static let codeGain: Float = 0.5
  private static let codeLoss: Float = 0.75
  /// Words of a text that are looked at for slips.
  private static let mostSlips = 12

  /// The soft cosine of two texts, in 0…1, and how many words both hold.
  func similarity(_ left: UInt32, _ right: UInt32) -> (cosine: Float, sharedWords: Int) {
    let (leftRange, rightRange) = (range(left), range(right))
    let product = lengths[Int(left)] * lengths[Int(right)]
    guard product > 0 else { return (0, 0) }
    var dot: Float = 0
    var shared = 0
    var (one, other) = (leftRange.lowerBound, rightRange.lowerBound)
    while one < leftRange.upperBound, other < rightRange.upperBound {
      let (leftWord, rightWord) = (wordsOf[one], wordsOf[other])
      if leftWord == rightWord {
        dot += weights[Int(leftWord)] * weights[Int(leftWord)]
        shared += 1
      }
      one += leftWord <= rightWord ? 1 : 0
      other += rightWord <= leftWord ? 1 : 0
    }
    let isShort = max(leftRange.count, rightRange.count) <= Self.fewWords
    let isDone = shared == min(leftRange.count, rightRange.count)
    let codes = codes(leftRange, rightRange)
    if !isDone, isShort || dot > product * 0.1 || codes == .same { dot += slips(left, right) }
    let cosine = min(1, dot / product)
    switch codes {
    case .unknown, .near: return (cosine, shared)
    case .same: return (cosine + (1 - cosine) * Self.codeGain, shared)
    case .differs: return (cosine * Self.codeLoss, shared)
    }
  }

  /// Whether both texts name a product's code, and the same one.
  private func codes(_ left: Range<Int>, _ right: Range<Int>) -> PartAgreement {
    var agreement = PartAgreement.unknown
    for one in left where isCode[Int(wordsOf[one])] {
      for other in right where isCode[Int(wordsOf[other])] {
        if wordsOf[one] == wordsOf[other]
          || WordSlips.likeness(words, wordsOf[one], wordsOf[other]) > 0
        {
          return .same
        }
        agreement = .differs
      }
    }
    return agreement
  }

  /// What words that are not shared, but a slip apart, add to the product.
  ///
  /// Each word of the text with fewer takes the best of the other's; a word may serve twice.
  private func slips(_ left: UInt32, _ right: UInt32) -> Float {
    let (few, many) =
      (range(left).count, left) <= (range(right).count, right)
      ? (range(left), range(right)) : (range(right), range(left))
    var sum: Float = 0
    var tried = 0
    for index in few {
      let word = wordsOf[index]
      if holds(many, word) { continue }
      tried += 1
      if tried > Self.mostSlips { break }
      var best: Float = 0
      for other in many {
        let factor = WordSlips.likeness(words, word, wordsOf[other])
        guard factor > 0, !holds(few, wordsOf[other]) else { continue }
        best = max(best, factor * weights[Int(wordsOf[other])])
      }
      sum += best * weights[Int(word)]
    }
    return sum
  }

  private func holds(_ range: Range<Int>, _ word: UInt32) -> Bool {
    for index in range where wordsOf[index] >= word { return wordsOf[index] == word }
    return false
  }
}

/// How much two different words are one.
enum WordSlips {
  /// In 0…1; 0 where they have nothing to do with each other.
  @inline(__always)
  static func likeness(_ words: CodePointPool, _ left: UInt32, _ right: UInt32) -> Float {
    // Most words are told apart by their characters alone.
    let difference = words.characterDifference(left, right)
    guard difference.both <= 4 || difference.isSubset else { return 0 }
    return closeLikeness(words, left, right, difference.isSubset)
  }

  private static func closeLikeness(
    _ words: CodePointPool, _ left: UInt32, _ right: UInt32, _ isSubset: Bool
  ) -> Float {
    let (one, other) = (words.length(left), words.length(right))
    let (short, long) = (min(one, other), max(one, other))
    if words.hasDigit(left) || words.hasDigit(right) {
      guard isSubset, short >= 4, words.hasDigit(left), words.hasDigit(right) else { return 0 }
      let affix = words.isAffix(left, right)
      return affix.prefix || affix.suffix ? 0.9 : 0
    }
    if Sign.isIdeograph(words.first(left)) || Sign.isIdeograph(words.first(right)) { return 0 }
    if short == 1, isSubset, words.first(left) == words.first(right) { return 0.5 }
    if short >= 4 {
      let limit = long >= 8 ? 2 : 1
      let distance = words.distance(left, right, atMost: limit)
      if distance <= limit { return distance == 1 ? 0.9 : 0.8 }
    }
    guard isSubset, short >= 3 else { return 0 }
    return words.isAffix(left, right).prefix ? 0.6 : 0
  }
}
