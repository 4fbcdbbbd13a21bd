/// How many characters must be put in, taken out, replaced or swapped with their neighbour to make
/// one text of another, each character touched once at most ("optimal string alignment").
///
/// How it works: a column of the table of distances is two words of bits, a bit where the distance
/// goes up or down by one, as far as one text has at most 64 characters without the beginning and
/// end that both share. Beyond, a band of the table is walked, as wide as the limit allows.
///
/// Sources: F. Damerau, CACM 7 (1964), 171–176; G. Myers, JACM 46 (1999), 395–415; H. Hyyrö,
/// "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances", Nordic Journal of
/// Computing 10 (2003), 29–39, whose term for swapped neighbours is used.
package enum DamerauLevenshtein {
  /// The distance of two texts of code points; `limit + 1` where it is more than `limit`.
  ///
  /// - Complexity: O(*n*) up to 64 characters, O(*n* × `limit`) beyond.
  package static func distance(
    _ left: Span<UInt32>, _ right: Span<UInt32>, atMost limit: Int
  ) -> Int {
    anyDistance(left, right, atMost: limit)
  }

  /// The distance of two texts of ASCII bytes; `limit + 1` where it is more than `limit`.
  package static func distance(
    _ left: Span<UInt8>, _ right: Span<UInt8>, atMost limit: Int
  ) -> Int {
    anyDistance(left, right, atMost: limit)
  }

  private static func anyDistance<Unit: CharacterUnit>(
    _ left: Span<Unit>, _ right: Span<Unit>, atMost limit: Int
  ) -> Int {
    let (long, short) = left.count < right.count ? (right, left) : (left, right)
    let difference = long.count - short.count
    if difference > limit { return limit + 1 }
    var start = 0
    while start < short.count, short[start] == long[start] { start += 1 }
    var end = short.count
    while end > start, short[end - 1] == long[end - 1 + difference] { end -= 1 }
    if start == end { return difference }
    if limit == 0 { return 1 }
    let pattern = short.extracting(start..<end)
    let text = long.extracting(start..<end + difference)
    guard pattern.count <= CharacterMasks.longestPattern else {
      return bandedDistance(pattern, text, atMost: min(limit, text.count))
        .bounded(by: limit)
    }
    return CharacterMasks.withTable(of: pattern) { keys, masks in
      shortDistance(pattern.count, text, atMost: limit) { CharacterMasks.mask(of: $0, keys, masks) }
    }
  }

  /// The distance of a text of any length from a pattern of `length`, in 1…64, whose characters'
  /// positions `mask` tells.
  @inline(__always)
  static func shortDistance<Unit: CharacterUnit>(
    _ length: Int, _ text: Span<Unit>, atMost limit: Int, mask: (Unit) -> UInt64
  ) -> Int {
    let last: UInt64 = 1 << UInt64(length - 1)
    var up = ~(0 as UInt64)
    var down: UInt64 = 0
    var diagonal: UInt64 = 0
    var previous: UInt64 = 0
    var distance = length
    // What is left of the text can take the distance down by one a character.
    var room = min(limit, length + text.count) + text.count
    for index in text.indices {
      let positions = mask(text[index])
      let swapped = ((~diagonal & positions) << 1) & previous
      diagonal = (((positions & up) &+ up) ^ up) | positions | down | swapped
      let right = down | ~(diagonal | up)
      let left = diagonal & up
      distance += (right & last == 0 ? 0 : 1) - (left & last == 0 ? 0 : 1)
      room -= 1
      if distance > room { return limit + 1 }
      let shifted = right << 1 | 1
      up = left << 1 | ~(diagonal | shifted)
      down = shifted & diagonal
      previous = positions
    }
    return distance
  }

  /// Walks the cells of the table that lie no further than `limit` off the diagonal.
  private static func bandedDistance<Unit: CharacterUnit>(
    _ pattern: Span<Unit>, _ text: Span<Unit>, atMost limit: Int
  ) -> Int {
    let width = pattern.count + 1
    let far = limit + 1
    var beforeLast = ContiguousArray(repeating: far, count: width)
    var last = ContiguousArray(0..<width)
    var row = beforeLast
    for index in text.indices {
      let start = max(1, index + 1 - limit)
      let end = min(pattern.count, index + 1 + limit)
      if start > end { return far }
      row[start - 1] = start == 1 ? index + 1 : far
      var least = row[start - 1]
      for place in start...end {
        let above = place < index + 1 + limit ? last[place] : far
        var distance = min(
          last[place - 1] + (pattern[place - 1] == text[index] ? 0 : 1),
          min(above, row[place - 1]) + 1)
        if index > 0, place > 1, pattern[place - 1] == text[index - 1],
          pattern[place - 2] == text[index]
        {
          distance = min(distance, beforeLast[place - 2] + 1)
        }
        row[place] = distance
        least = min(least, distance)
      }
      // A swap reaches back two rows, at the price of one.
      if least > limit + 1 { return far }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[pattern.count]
  }
}

extension Int {
  /// The number itself, or `limit + 1` where it is more than `limit`.
  fileprivate func bounded(by limit: Int) -> Int { self > limit ? limit + 1 : self }
}
