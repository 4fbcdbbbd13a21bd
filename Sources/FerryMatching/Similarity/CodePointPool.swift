/// Texts of code points, each kept once and numbered from 1 in the order they were first seen.
///
/// Beside each text stands a word with a bit for each of its characters, by which most texts that
/// are nothing alike are told apart at once.
struct CodePointPool: Sendable {
  /// Text 0 is the empty one.
  private var units = ContiguousArray<UInt32>()
  private var ends: ContiguousArray<UInt32> = [0]
  private var characters: ContiguousArray<UInt64> = [0]
  private var hashes: ContiguousArray<UInt32> = [0]
  /// Open addressing; 0 is a free place.
  private var places = ContiguousArray<UInt32>(repeating: 0, count: 256)

  /// How many texts there are.
  var count: Int { ends.count - 1 }

  /// The number of the text, new or known; 0 for the empty one.
  mutating func add(_ text: ContiguousArray<UInt32>) -> UInt32 {
    guard !text.isEmpty else { return 0 }
    let hash = Self.hash(text)
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let number = places[place]
      if hashes[Int(number)] == UInt32(truncatingIfNeeded: hash >> 32), holds(text, at: number) {
        return number
      }
      place = (place + 1) & (places.count - 1)
    }
    let number = UInt32(ends.count)
    var bits: UInt64 = 0
    for unit in text { bits |= Self.bit(unit) }
    units.append(contentsOf: text)
    ends.append(UInt32(units.count))
    characters.append(bits)
    hashes.append(UInt32(truncatingIfNeeded: hash >> 32))
    places[place] = number
    if count * 2 > places.count { grow() }
    return number
  }

  /// How many code points text `number` has.
  func length(_ number: UInt32) -> Int { range(number).count }

  /// The first code point; 0 for the empty text.
  func first(_ number: UInt32) -> UInt32 {
    let range = range(number)
    return range.isEmpty ? 0 : units[range.lowerBound]
  }

  /// Whether the text holds one of 0…9.
  func hasDigit(_ number: UInt32) -> Bool { units[range(number)].contains(where: Sign.isDigit) }

  /// Whether the text is a product's code: letters and digits, five at least.
  func isCode(_ number: UInt32) -> Bool {
    let text = units[range(number)]
    return text.count >= 5 && text.allSatisfy(Sign.isAlphanumeric)
      && text.contains(where: Sign.isDigit)
      && text.contains(where: Sign.isLetter)
  }

  /// How many kinds of characters, by their hashes, only one of two texts holds, and whether one
  /// holds all of the other's.
  @inline(__always)
  func characterDifference(_ left: UInt32, _ right: UInt32) -> (both: Int, isSubset: Bool) {
    let (one, other) = (characters[Int(left)], characters[Int(right)])
    let shared = one & other
    return ((one ^ other).nonzeroBitCount, shared == one || shared == other)
  }

  /// The code points of text `number`; allocates.
  func text(_ number: UInt32) -> ContiguousArray<UInt32> { ContiguousArray(units[range(number)]) }

  /// The edits between two texts, as ``DamerauLevenshtein`` counts them; `limit + 1` beyond.
  func distance(_ left: UInt32, _ right: UInt32, atMost limit: Int) -> Int {
    // An edit adds one kind of character at most, and takes one away.
    let others = characters[Int(left)] ^ characters[Int(right)]
    if others.nonzeroBitCount > limit * 2 { return limit + 1 }
    let span = units.span
    return DamerauLevenshtein.distance(
      span.extracting(range(left)), span.extracting(range(right)), atMost: limit)
  }

  /// Whether one text is the beginning of the other, or its end.
  func isAffix(_ left: UInt32, _ right: UInt32) -> (prefix: Bool, suffix: Bool) {
    let (long, short) =
      length(left) < length(right) ? (range(right), range(left)) : (range(left), range(right))
    // All kinds of characters of the short one are in the long one.
    let (one, other) = (characters[Int(left)], characters[Int(right)])
    guard one & other == one || one & other == other else { return (false, false) }
    var isPrefix = true
    var isSuffix = true
    for offset in 0..<short.count {
      let unit = units[short.lowerBound + offset]
      isPrefix = isPrefix && units[long.lowerBound + offset] == unit
      isSuffix = isSuffix && units[long.upperBound - short.count + offset] == unit
      if !isPrefix, !isSuffix { break }
    }
    return (isPrefix, isSuffix)
  }

  /// A hash that is the same in every run.
  func hash(_ number: UInt32) -> UInt64 {
    var hash: UInt64 = 0
    for unit in units[range(number)] { hash = ByteHash.join(hash, UInt64(unit)) }
    return hash
  }

  private func range(_ number: UInt32) -> Range<Int> {
    Int(ends[max(0, Int(number) - 1)])..<Int(ends[Int(number)])
  }

  private func holds(_ text: ContiguousArray<UInt32>, at number: UInt32) -> Bool {
    let range = range(number)
    guard range.count == text.count else { return false }
    for offset in text.indices where units[range.lowerBound + offset] != text[offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    places = ContiguousArray(repeating: 0, count: places.count * 2)
    for number in 1...UInt32(count) {
      var place = Int(truncatingIfNeeded: hash(number)) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = number
    }
  }

  private static func hash(_ text: ContiguousArray<UInt32>) -> UInt64 {
    var hash: UInt64 = 0
    for unit in text { hash = ByteHash.join(hash, UInt64(unit)) }
    return hash
  }

  @inline(__always)
  private static func bit(_ unit: UInt32) -> UInt64 {
    1 << UInt64(truncatingIfNeeded: (unit &* 0x9E37_79B1) >> 26)
  }
}
