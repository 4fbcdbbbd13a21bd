/// The Jaro–Winkler similarity of two texts, in 0…1.
///
/// How it works: the characters of one text that agree with one of the other are found by words of
/// bits, one position a bit, as far as both have at most 64 characters; longer texts are walked.
/// Both ways count half of the agreeing characters that stand in another order, rounded down, as
/// Winkler's program does, and lift a similarity above 0.7 for up to four equal first characters.
///
/// Sources: M. Jaro, "Advances in Record-Linkage Methodology", JASA 84 (1989), 414–420;
/// W. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi–Sunter Model
/// of Record Linkage", ASA Survey Research Methods (1990), 354–359.
package enum JaroWinkler {
  /// Longer texts are compared by their first characters, as many as this; it bounds the work on
  /// a cell that holds a book.
  static let longestText = 1024

  /// The similarity of two texts of code points; 1 for two empty ones.
  ///
  /// - Complexity: O(*n*) up to 64 characters, O(*n*²) beyond.
  package static func similarity(_ left: Span<UInt32>, _ right: Span<UInt32>) -> Double {
    anySimilarity(left, right)
  }

  /// The similarity of two texts of ASCII bytes.
  package static func similarity(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Double {
    anySimilarity(left, right)
  }

  private static func anySimilarity<Unit: CharacterUnit>(_ left: Span<Unit>, _ right: Span<Unit>)
    -> Double
  {
    guard max(left.count, right.count) <= CharacterMasks.longestPattern else {
      return longSimilarity(first(left), first(right))
    }
    return CharacterMasks.withTable(of: left) { keys, masks in
      shortSimilarity(left, right) { CharacterMasks.mask(of: $0, keys, masks) }
    }
  }

  /// The similarity of texts of at most 64 characters; `mask` tells where one stands in `pattern`.
  @inline(__always)
  static func shortSimilarity<Unit: CharacterUnit>(
    _ pattern: Span<Unit>, _ text: Span<Unit>, mask: (Unit) -> UInt64
  ) -> Double {
    if pattern.isEmpty || text.isEmpty { return pattern.count == text.count ? 1 : 0 }
    let reach = max(max(pattern.count, text.count) / 2 - 1, 0)
    var window: UInt64 = (1 << UInt64(reach + 1)) - 1
    // From the character on whose window no longer begins at the first one, it only moves.
    var widening: UInt64 = (1 << UInt64(reach)) - 1
    var found: UInt64 = 0
    var agreeing: UInt64 = 0
    var crossed: UInt64 = 0
    var bit: UInt64 = 1
    for index in text.indices {
      let free = mask(text[index]) & window & ~found
      let place = free & (0 &- free)
      crossed |= found & (0 &- place)
      found |= place
      agreeing |= free == 0 ? 0 : bit
      bit = bit << 1
      window = window << 1 | (widening & 1)
      widening >>= 1
    }
    if found == 0 { return 0 }
    return similarity(pattern, found, text, agreeing, isCrossed: crossed != 0)
  }

  /// The similarity of two texts whose agreeing characters are known, one at least; `isCrossed`
  /// where they don't rise in both texts, so that some may stand in another order.
  @inline(__always)
  static func similarity<Unit: CharacterUnit>(
    _ pattern: Span<Unit>, _ found: UInt64, _ text: Span<Unit>, _ agreeing: UInt64,
    isCrossed: Bool
  ) -> Double {
    let moved = isCrossed ? self.moved(pattern, found, text, agreeing) : 0
    return winkler(pattern, text, matches: found.nonzeroBitCount, moved: moved)
  }

  /// How many of the agreeing characters, taken in the order of each text, are not the same.
  @inline(__always)
  private static func moved<Unit: CharacterUnit>(
    _ pattern: Span<Unit>, _ found: UInt64, _ text: Span<Unit>, _ agreeing: UInt64
  ) -> Int {
    var (left, right) = (found, agreeing)
    var moved = 0
    while left != 0 {
      let isSame = pattern[left.trailingZeroBitCount] == text[right.trailingZeroBitCount]
      moved &+= isSame ? 0 : 1
      left &= left &- 1
      right &= right &- 1
    }
    return moved
  }

  private static func longSimilarity(
    _ left: ContiguousArray<UInt32>, _ right: ContiguousArray<UInt32>
  ) -> Double {
    if left.isEmpty || right.isEmpty { return 0 }
    let reach = max(left.count, right.count) / 2 - 1
    var isFound = ContiguousArray(repeating: false, count: left.count)
    var agreeing = ContiguousArray<UInt32>()
    for index in right.indices {
      let end = min(left.count, index + reach + 1)
      var place = max(0, index - reach)
      while place < end, isFound[place] || left[place] != right[index] { place += 1 }
      guard place < end else { continue }
      isFound[place] = true
      agreeing.append(right[index])
    }
    if agreeing.isEmpty { return 0 }
    var seen = 0
    var moved = 0
    for place in left.indices where isFound[place] {
      moved += left[place] == agreeing[seen] ? 0 : 1
      seen += 1
    }
    return winkler(left.span, right.span, matches: agreeing.count, moved: moved)
  }

  private static func first<Unit: CharacterUnit>(_ text: Span<Unit>) -> ContiguousArray<UInt32> {
    var units = ContiguousArray<UInt32>()
    for index in 0..<min(text.count, longestText) {
      units.append(UInt32(truncatingIfNeeded: text[index]))
    }
    return units
  }

  @inline(__always)
  private static func winkler<Unit: CharacterUnit>(
    _ left: Span<Unit>, _ right: Span<Unit>, matches: Int, moved: Int
  ) -> Double {
    let count = Double(matches)
    let jaro =
      (count / Double(left.count) + count / Double(right.count)
        + Double(matches - moved / 2) / count) / 3
    guard jaro > 0.7 else { return jaro }
    var prefix = 0
    while prefix < min(4, left.count, right.count), left[prefix] == right[prefix] { prefix += 1 }
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
  }
}
