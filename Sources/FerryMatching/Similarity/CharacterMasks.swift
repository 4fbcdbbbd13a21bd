// Bit-parallel comparisons ask for every character of one text where it stands in the other. The
// answer is a word with a bit a position. For one comparison it is looked up in a small
// open-addressed table on the stack; for many with one text, in a table of which each character has
// a place of its own, so that a lookup has no branch that the processor could guess wrong.

/// A character of a text: a code point, or a byte of ASCII.
typealias CharacterUnit = FixedWidthInteger & UnsignedInteger & Sendable

/// Where each character of a pattern stands, as bits, for one comparison.
enum CharacterMasks {
  /// The longest pattern, in characters.
  static let longestPattern = 64
  private static let placeCount = 128

  /// Calls `body` with the table of `pattern`, which lies on the stack: the character of each place
  /// plus one, 0 where it is free, and its positions.
  @inline(__always)
  static func withTable<Unit: CharacterUnit, Result>(
    of pattern: Span<Unit>, _ body: (Span<UInt32>, Span<UInt64>) -> Result
  ) -> Result {
    precondition(pattern.count <= longestPattern, "a pattern longer than a word has bits")
    return unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: placeCount) {
      keyBuffer in
      unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: placeCount) { maskBuffer in
        unsafe keyBuffer.initialize(repeating: 0)
        unsafe maskBuffer.initialize(repeating: 0)
        var keys = unsafe keyBuffer.mutableSpan
        var masks = unsafe maskBuffer.mutableSpan
        for index in pattern.indices {
          let key = UInt32(truncatingIfNeeded: pattern[index]) &+ 1
          var place = Int(truncatingIfNeeded: pattern[index]) & (placeCount - 1)
          while keys[place] != 0, keys[place] != key { place = (place + 1) & (placeCount - 1) }
          keys[place] = key
          masks[place] |= 1 << UInt64(index)
        }
        return body(keys.span, masks.span)
      }
    }
  }

  /// The positions of `unit`, the first one lowest; 0 where it does not occur.
  @inline(__always)
  static func mask<Unit: CharacterUnit>(
    of unit: Unit, _ keys: Span<UInt32>, _ masks: Span<UInt64>
  ) -> UInt64 {
    let key = UInt32(truncatingIfNeeded: unit) &+ 1
    var place = Int(truncatingIfNeeded: unit) & (placeCount - 1)
    while keys[place] != key, keys[place] != 0 { place = (place + 1) & (placeCount - 1) }
    return masks[place]  // 0 at a free place
  }
}

/// Where each character of a pattern stands, as bits, for many comparisons.
struct LastingMasks: Sendable {
  private static let placeCount = 256
  /// Multipliers that are tried; the first takes the lowest eight bits.
  private static let tries = 64

  /// The character of each place plus one; 0 at a free place.
  let keys: ContiguousArray<UInt32>
  /// The positions of the character of each place, and a 0 for each place.
  let masks: ContiguousArray<UInt64>
  /// Times a character, its highest eight bits are the character's place.
  let multiplier: UInt32

  /// `nil` where the pattern is longer than a word has bits, or no multiplier tried keeps its
  /// characters apart.
  init?(_ pattern: Span<UInt32>) {
    guard pattern.count <= CharacterMasks.longestPattern else { return nil }
    var multiplier: UInt32 = 1 << 24
    for attempt in 1...Self.tries {
      if let keys = Self.keys(of: pattern, multiplier) {
        var masks = ContiguousArray<UInt64>(repeating: 0, count: Self.placeCount * 2)
        for index in pattern.indices {
          masks[Self.place(of: pattern[index], multiplier)] |= 1 << UInt64(index)
        }
        self.keys = keys
        self.masks = masks
        self.multiplier = multiplier
        return
      }
      multiplier = UInt32(attempt) &* 0x9E37_79B1
    }
    return nil
  }

  private static func keys(of pattern: Span<UInt32>, _ multiplier: UInt32)
    -> ContiguousArray<UInt32>?
  {
    var keys = ContiguousArray<UInt32>(repeating: 0, count: placeCount)
    for index in pattern.indices {
      let place = place(of: pattern[index], multiplier)
      let key = pattern[index] &+ 1
      if keys[place] != 0, keys[place] != key { return nil }
      keys[place] = key
    }
    return keys
  }

  @inline(__always)
  static func place(of unit: UInt32, _ multiplier: UInt32) -> Int {
    Int(truncatingIfNeeded: (unit &* multiplier) >> 24)
  }

  /// The positions of `unit`, the first one lowest; 0 where it does not occur.
  @inline(__always)
  static func mask(
    of unit: UInt32, _ keys: Span<UInt32>, _ masks: Span<UInt64>, _ multiplier: UInt32
  ) -> UInt64 {
    let place = place(of: unit, multiplier)
    // Another character's positions lie in the second half: none, and no branch to find them.
    return masks[place &+ (keys[place] == unit &+ 1 ? 0 : placeCount)]
  }

  /// Calls `body` with both tables, checked once for all lookups.
  @inline(__always)
  func withTables<Result>(_ body: (Span<UInt32>, Span<UInt64>) -> Result) -> Result {
    let (keySpan, maskSpan) = (keys.span, masks.span)
    precondition(keySpan.count == Self.placeCount && maskSpan.count == Self.placeCount * 2)
    return body(keySpan, maskSpan)
  }
}
